"""A text as a QR code, drawn once for paper and for pages."""

import io
from typing import Final

import segno

INK: Final = "#1c2326"
WHITE: Final = "#ffffff"
QUIET_ZONE: Final = 4
"""Modules of empty edge on each side; readers rely on it."""


def qr_svg(text: str, *, ground: str | None = WHITE) -> str:
    """Draw `text` as an SVG element without size, style or class: the page or the sheet that shows it gives the size.

    The code forgives damage to about 15 % of its area (level M, or more where that costs no space). Dark modules
    stand on a light `ground` of their own, so that the code can be read on a dark page too;
    with None they stand on whatever lies beneath.

    Raises `segno.DataOverflowError` when the text is longer than a QR code holds (about 2,300 bytes).
    """
    code = segno.make(text, error="m", micro=False)
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        border=QUIET_ZONE,
        dark=INK,
        light=ground,
        xmldecl=False,
        svgns=True,
        nl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue().decode("utf-8")
