"""Bytes of a text format as text, with a note where an old encoding was turned into Unicode."""

import re

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.vietnamese_encodings import Encoding, decoded

_NAMES: dict[Encoding, str] = {
    "utf-16": "UTF-16",
    "cp1258": "CP1258",
    "tcvn3": "TCVN3",
    "vni": "VNI",
    "latin-1": "Windows-1252",
}
# What no keyboard types and no page can show; characters of the private use area would be taken for places in a text.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000-\uf8ff]")


def text_of(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text of a file, and the note on its encoding where that was not UTF-8. Raises ExchangeError for what is no text."""
    text, encoding = decoded(data)
    if text.count("\x00") or text.count("\ufffd") > max(20, len(text) // 50):
        raise ExchangeError(message("The file is no text. Export the questions anew and send that file."))
    notes = () if encoding == "utf-8" else (
        message("The text was written in %(encoding)s and was turned into Unicode. Look it over.", encoding=_NAMES[encoding]),
    )  # fmt: skip
    return _UNWANTED.sub("", text), notes


def is_markup(data: bytes) -> bool:
    """Whether a file is an XML, a page or an archive, and so no text of questions, though one may begin with a tag."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(
        (b"pk\x03\x04", b"<?xml", b"<!doctype", b"<html", b"<quiz", b"<assessment", b"<qti", b"<manifest")
    )
