"""Vietnamese text in the encodings of before Unicode: CP1258, TCVN3 (ABC) and VNI, recognised and turned into Unicode.

TCVN3 and VNI were fonts rather than encodings: files that were saved with them are Windows-1252 to every program, and
read as “Quyết định” only in a font such as .VnTime or VNI-Times.
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "cp1258", "tcvn3", "vni", "latin-1"]

_TCVN3: Mapping[str, str] = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
    "Ñ": "Đ", "Ô": "Ơ", "Ö": "Ư", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ",
}  # fmt: skip
_VNI_MARKS = _MARKS | {letter.upper(): mark for letter, mark in _MARKS.items() if letter.upper() != letter}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_ALONE)}])")
# Letters that no text of an old font holds by chance.
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
# Vowels with their tones as whole words use them: what a right reading is full of, and a wrong one has by chance.
_COMMON = re.compile(
    r"(?<!\w)(?:của|và|là|các|được|người|không|có|cho|một|những|với|này|trong|khi|để|đã|theo|về|từ|đến|trả lời|phải|nào"
    r"|gì|câu|hỏi|đúng|sai|thông|tin|báo|chí|phát|ngôn|cơ|quan|nước|việt|nam|điều|định|hành|chính|việc|giờ|ngày|năm|bao)(?!\w)"
)


def tcvn3_to_unicode(text: str) -> str:
    """Text that was typed in TCVN3 and read as Windows-1252, in Unicode.

    >>> tcvn3_to_unicode("§¸p ¸n ®óng")
    'Đáp án đúng'
    """
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def vni_to_unicode(text: str) -> str:
    """Text that was typed in VNI and read as Windows-1252, in Unicode.

    >>> vni_to_unicode("Vieät Nam ñoåi môùi")
    'Việt Nam đổi mới'
    """

    def letter(found: re.Match[str]) -> str:
        if found[3]:
            return _VNI_ALONE[found[3]]
        return _VNI_ALONE.get(found[1], found[1]) + _VNI_MARKS[found[2]]

    return unicodedata.normalize("NFC", _VNI_PAIR.sub(letter, text))


def likeness(text: str) -> int:
    """How much a text looks like Vietnamese that was read in the right encoding: its common words, counted."""
    return len(_COMMON.findall(unicodedata.normalize("NFC", text).lower()))


def is_vietnamese(text: str) -> bool:
    """Whether letters stand in a text that no old font holds by chance."""
    return _VIETNAMESE.search(text) is not None


def decoded(data: bytes) -> tuple[str, Encoding]:
    """The text of some bytes in NFC, and the encoding in which it was found to be.

    UTF-8 and UTF-16 are known by themselves. What is neither is read in each of the old encodings, and the reading
    with the most Vietnamese in it is taken; a text that is UTF-8 may have been copied from an old font as well.
    """
    text, encoding = _by_itself(data)
    if text is None:
        single = data.decode("cp1252", errors="replace")
        text, encoding = single, "latin-1"
        readings: dict[Encoding, str] = {"cp1258": data.decode("cp1258", errors="replace"), **_old_fonts(single)}
    else:
        readings = {} if is_vietnamese(text) else dict(_old_fonts(text))
    best = max(readings, key=lambda name: likeness(readings[name]), default=encoding)
    if best in readings and likeness(readings[best]) > likeness(text):
        text, encoding = readings[best], best
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"), encoding


def _old_fonts(text: str) -> dict[Encoding, str]:
    return {"tcvn3": tcvn3_to_unicode(text), "vni": vni_to_unicode(text)}


def _by_itself(data: bytes) -> tuple[str | None, Encoding]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(data) >= 4 and not len(data) % 2 and data[at::2][:200].count(0) > len(data[at::2][:200]) * 0.6:
            return data.decode(name, errors="replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return None, "latin-1"
