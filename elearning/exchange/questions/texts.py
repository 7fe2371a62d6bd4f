"""Bytes of a text format as text, with a note where an old encoding was turned into Unicode."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.streams import head_of, size_of
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


def portions_of(file: IO[bytes]) -> tuple[Iterator[str], tuple[Message, ...]]:
    """The same text of an open file in portions that joined are the whole, so that a large one is never held.

    Only what is ASCII, or UTF-8 and Vietnamese beyond doubt, comes in portions: to recognise an old encoding takes the whole text.
    Raises ExchangeError for what is no text.
    """
    if size_of(file) > PORTION and _is_beyond_doubt(file):
        return (_cleaned(raw.decode()) for raw in _portions(file)), ()
    file.seek(0)
    text, notes = text_of(file.read())
    return iter((text,)), notes


def _is_beyond_doubt(file: IO[bytes]) -> bool:
    if head_of(file, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return False
    # What is ASCII alone, as a manifest may be, reads the same in all encodings.
    is_ascii, found = True, False
    try:
        for raw in _portions(file):
            if b"\x00" in raw or b"\xef\xbf\xbd" in raw:
                return False
            is_ascii, found = is_ascii and raw.isascii(), is_vietnamese(raw.decode()) or found
    except UnicodeDecodeError:
        return False
    return is_ascii or found


def _portions(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes cut behind ends of lines, or blanks where a line is long: no mark of the next letter belongs to either."""
    marked = head_of(file, len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    file.seek(len(codecs.BOM_UTF8) if marked else 0)
    rest = bytearray()
    while read := file.read(PORTION):
        end = max(read.rfind(b"\n"), read.rfind(b" ")) + 1
        if end:
            yield bytes(rest + read[:end])
            rest.clear()
        rest += read[end:]
    if rest:
        yield bytes(rest)


def _cleaned(portion: str) -> str:
    return _UNWANTED.sub("", unicodedata.normalize("NFC", portion).replace("\r\n", "\n").replace("\r", "\n"))


def lines_of(portions: Iterable[str]) -> Iterator[str]:
    """The lines of a text that comes in portions."""
    rest = ""
    for portion in portions:
        *lines, rest = (rest + portion).split("\n")
        yield from lines
    yield rest


def is_markup(file: IO[bytes]) -> bool:
    """Whether a file is an XML, a page or an archive, and so no text of questions, though one may begin with a tag."""
    start = head_of(file, 200).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(
        (b"pk\x03\x04", b"<?xml", b"<!doctype", b"<html", b"<quiz", b"<assessment", b"<qti", b"<manifest")
    )
