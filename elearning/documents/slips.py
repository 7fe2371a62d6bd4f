"""Slips of paper with one-time codes, ten to a sheet of A4, to be cut apart and handed out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from elearning.documents.qr import qr_svg
from elearning.documents.typesetting import one_line, typeset

WORDS: Final[dict[str, str]] = {
    "title": "Slips for signing in",
    "heading": "Your way into Phát Ngôn",
    "do": "Scan the code, or open the address and type the one-time code; then choose a password of your own.",
    "sign_in": "Sign in with",
    "code": "One-time code",
    "until": "Works once, until",
    "address": "Address",
    "qr_alt": "QR code that opens the page where the password is chosen",
}
"""The fixed phrases: key → English message id."""


@dataclass(frozen=True, slots=True)
class SlipPrint:
    """One slip. `address` is what the QR code opens."""

    name: str
    unit: str
    identifiers: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class SheetPrint:
    """All slips of a sheet; `until` in words, `moment` is the time of the file, `site` is typed by hand."""

    slips: Sequence[SlipPrint]
    until: str
    site: str
    language: str
    moment: datetime


def slips_pdf(sheet: SheetPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set the slips. Raises KeyError when a phrase is missing, `typst.TypstError` when the sheet cannot be set."""
    slips = [
        {
            "name": one_line(slip.name),
            "unit": one_line(slip.unit),
            "identifiers": one_line(slip.identifiers),
            "code": slip.code,
            "qr": qr_svg(slip.address, ground=None),
        }
        for slip in sheet.slips
    ]
    data = {
        "slips": slips,
        "until": sheet.until,
        "site": sheet.site.partition("://")[2] + "/welcome",
        "language": sheet.language,
        "words": {key: one_line(words[key]) for key in WORDS},
    }
    return typeset(templates / "documents", "slips.typ", data, sheet.moment)
