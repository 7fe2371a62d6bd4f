"""Bytes of a text format as text, with a note where an old encoding was turned into Unicode."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.vietnamese_encodings import Encoding, decoded, is_vietnamese

_NAMES: dict[Encoding, str] = {
    "utf-16": "UTF-16",
    "cp1258": "CP1258",
    "tcvn3": "TCVN3",
    "vni": "VNI",
    "latin-1": "Windows-1252",
}
# What no keyboard types and no page can show; characters of the private use area would be taken for places in a text.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000-\uf8ff]")
PORTION = 65_536


def text_of(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text of a file, and the note on its encoding where that was not UTF-8. Raises ExchangeError for what is no text."""
    text, encoding = decoded(data)
    if text.count("\x00") or text.count("\ufffd") > max(20, len(text) // 50):
        raise ExchangeError(message("The file is no text. Export the questions anew and send that file."))
    notes = () if encoding == "utf-8" else (
        message("The text was written in %(encoding)s and was turned into Unicode. Look it over.", encoding=_NAMES[encoding]),
    )  # fmt: skip
    return _UNWANTED.sub("", text), notes


def portions_of(data: bytes) -> tuple[Iterator[str], tuple[Message, ...]]:
    """The same text in portions that joined are the whole, so that a large file is never held as a text.

    Only what is ASCII, or UTF-8 and Vietnamese beyond doubt, comes in portions: to recognise an old encoding takes the whole text.
    Raises ExchangeError for what is no text.
    """
    if len(data) > PORTION and _is_beyond_doubt(data):
        return map(_cleaned, _portions(data)), ()
    text, notes = text_of(data)
    return iter((text,)), notes


def _is_beyond_doubt(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data or b"\xef\xbf\xbd" in data:
        return False
    # What is ASCII alone, as a manifest may be, reads the same in all encodings.
    found = data.isascii()
    try:
        for portion in _portions(data):
            found = is_vietnamese(portion) or found
    except UnicodeDecodeError:
        return False
    return found


def _portions(data: bytes) -> Iterator[str]:
    """The text cut behind ends of lines, or blanks where a line is long: no mark of the next letter belongs to either."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    while start < len(data):
        end = max(data.rfind(sign, start, start + PORTION) for sign in (b"\n", b" ")) + 1
        after = [at for sign in (b"\n", b" ") if not end and (at := data.find(sign, start + PORTION)) >= 0]
        end = end or min(after, default=len(data) - 1) + 1
        yield data[start:end].decode()
        start = end


def _cleaned(portion: str) -> str:
    return _UNWANTED.sub("", unicodedata.normalize("NFC", portion).replace("\r\n", "\n").replace("\r", "\n"))


def lines_of(portions: Iterable[str]) -> Iterator[str]:
    """The lines of a text that comes in portions."""
    rest = ""
    for portion in portions:
        *lines, rest = (rest + portion).split("\n")
        yield from lines
    yield rest


def is_markup(data: bytes) -> bool:
    """Whether a file is an XML, a page or an archive, and so no text of questions, though one may begin with a tag."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(
        (b"pk\x03\x04", b"<?xml", b"<!doctype", b"<html", b"<quiz", b"<assessment", b"<qti", b"<manifest")
    )
