"""Pictures as people have them → pictures as courses carry them: drawn anew, so that nothing hidden in the file comes along."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError

MOST_PIXELS = 60_000_000
WIDEST = 2_000
KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
SIGNS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn anew: the ending of its name, its bytes, and its size."""

    ending: str
    data: bytes
    width: int
    height: int


def is_picture(start: bytes) -> bool:
    """Whether a file begins as a picture does that can be drawn anew."""
    return start.startswith(SIGNS) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP")


def is_drawing(start: bytes) -> bool:
    """Whether a file begins as an SVG does, which may carry programs."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<svg", b"<?xml", b"<!doctype svg"))


def drawn_anew(data: bytes) -> Picture:
    """The picture, turned the right way round, at most 2,000 pixels wide, without what a camera writes beside it.

    Raises ExchangeError for what is no picture, and for one with more than 60 million pixels, before it is unpacked.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _drawn(Image.open(io.BytesIO(data), formats=KINDS))
    except Image.DecompressionBombError as error:
        raise ExchangeError(_too_many()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ExchangeError(
            message("This picture cannot be read. Open it in a program for pictures and save it again as PNG or JPEG.")
        ) from error


def _too_many() -> Message:
    return message(
        "This picture has more than %(most)s million pixels. Make it smaller.", most=MOST_PIXELS // 1_000_000
    )


def _drawn(opened: Image.Image) -> Picture:
    if opened.width * opened.height > MOST_PIXELS:
        raise ExchangeError(_too_many())
    is_photo = opened.format in ("JPEG", "TIFF", "BMP")
    image = ImageOps.exif_transpose(opened)
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    image = image.convert("RGBA" if see_through else "RGB")
    if image.width > WIDEST:
        image = image.resize((WIDEST, max(1, round(image.height * WIDEST / image.width))))
    out = io.BytesIO()
    if is_photo and not see_through:
        image.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    elif opened.format == "WEBP":
        image.save(out, "WEBP", quality=85)
    else:
        image.save(out, "PNG", optimize=True)
    ending = ".jpg" if is_photo and not see_through else ".webp" if opened.format == "WEBP" else ".png"
    return Picture(ending, out.getvalue(), image.width, image.height)
