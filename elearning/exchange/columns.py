"""What a table is made of, and how its values are made fit to leave the house."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["text", "date", "moment", "number", "share"]
Number = int | float | Decimal | Fraction

# Spreadsheets run a text that starts so; the full-width forms are read alike by some, and blanks before are ignored.
FORMULA = re.compile(r"[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# Neither XML nor a spreadsheet can hold these, and half a surrogate pair cannot be written as UTF-8 at all.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what its cells hold, and its width in characters.

    text: anything, as `str()` gives it. date: `date`, or an aware `datetime`, whose day is that of the table's zone.
    moment: aware `datetime`. number: a number. share: a number from 0 to 1, shown as a percentage. In every kind
    None is an empty cell, and a `str` stands as text ("chưa thi" among scores).
    """

    title: str
    kind: Kind
    width: int


def clean_text(value: object) -> str:
    """Text in NFC without what no file can hold; None is empty."""
    return "" if value is None else UNWRITABLE.sub("", unicodedata.normalize("NFC", str(value)))


def starts_formula(text: str) -> bool:
    """True when a spreadsheet might run the text instead of showing it."""
    return FORMULA.match(text) is not None


def local_moment(value: object, zone: ZoneInfo) -> datetime:
    """The moment on the clock of `zone`, without its zone, to the second.

    Raises TypeError for what is no moment, ValueError for a time without a zone.
    """
    if not isinstance(value, datetime):
        raise TypeError(f"A moment is a datetime, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise ValueError("A moment needs a zone")
    return value.astimezone(zone).replace(tzinfo=None, microsecond=0)


def local_day(value: object, zone: ZoneInfo) -> date:
    """The day, for a moment that on the calendar of `zone`. Raises as local_moment does."""
    if isinstance(value, datetime):
        return local_moment(value, zone).date()
    if not isinstance(value, date):
        raise TypeError(f"A day is a date, not {type(value).__name__}")
    return value


def exact(value: object) -> Decimal:
    """A number as a finite decimal, fractions to 15 digits. Raises TypeError for another kind, ValueError for NaN."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if not isinstance(value, int | float | Decimal):
        raise TypeError(f"A number is wanted, not {type(value).__name__}")
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError("A number in a table is finite")
    return number


def comma_number(number: Decimal, places: int) -> str:
    """The number with a decimal comma, at most `places` decimals, no zeros at the end: 8.50 → 8,5."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
