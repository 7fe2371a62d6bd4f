"""Certificates: their codes, and whether one is valid today.

A code is 80 random bits as 16 characters of Crockford's base 32, and one check character (modulo 37), so that a code read
aloud over the telephone, with a letter misheard, is called mistyped and not unknown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["valid", "withdrawn", "expired"]
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _ALPHABET + "*~$=U"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
BITS = 80


@dataclass(frozen=True, slots=True)
class CertificatePrint:
    """All that is printed on a certificate, as it was on the day of issue."""

    code: str
    number: int
    year: int
    holder: str
    unit: str
    course_title: str
    certificate_title: str
    hours: str
    score: str
    issued_on: date
    valid_until: date | None
    issuer: str
    verify_url: str
    language: str


def code_of(bits: int) -> str:
    """The 17 characters that stand for 80 bits.

    >>> code_of(0)
    '00000000000000000'
    """
    body = "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(BITS - 5, -5, -5))
    return body + _CHECK[bits % 37]


def normal_code(typed: str) -> str:
    """The code without spaces and dashes, in capitals, with O read as 0 and I, L as 1."""
    text = "".join(c for c in typed.upper() if c.isalnum() or c in "*~$=")
    return text[:-1].translate(_READ_AS) + (text[-1:] if text[-1:] in "*~$=U" else text[-1:].translate(_READ_AS))


def is_well_typed(code: str) -> bool:
    """Whether the check character fits; a code that fails this was mistyped and cannot exist."""
    if len(code) != 17 or any(c not in _ALPHABET for c in code[:-1]):
        return False
    bits = 0
    for char in code[:-1]:
        bits = bits * 32 + _ALPHABET.index(char)
    return _CHECK[bits % 37] == code[-1]


def spelled(code: str) -> str:
    """The code in groups of four, as it is read aloud.

    >>> spelled("0123456789ABCDEFG")
    '0123-4567-89AB-CDEF-G'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def state_on(day: date, valid_until: date | None, withdrawn: bool) -> State:
    """Whether a certificate is valid, withdrawn or expired on a day. It is valid through its last day."""
    if withdrawn:
        return "withdrawn"
    if valid_until is not None and day > valid_until:
        return "expired"
    return "valid"


def number_words(number: int, year: int) -> str:
    """The number as printed: six digits and the year.

    >>> number_words(123, 2026)
    '000123/2026'
    """
    return f"{number:06d}/{year}"


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
