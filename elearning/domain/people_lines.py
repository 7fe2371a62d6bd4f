"""One line of a list of people, read: what is in it, what is wrong with it by itself, what a reader should look at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from elearning.domain.message import Message, message
from elearning.domain.names import clean
from elearning.domain.signing_in import SignInName, sign_in_name

LONGEST = 200
_SEVERAL = re.compile(r"[;,/]")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+")
COLUMNS = {
    "name": message("Full name"),
    "unit": message("Unit"),
    "title": message("Position"),
    "duty": message("Duty"),
    "email": message("E-mail"),
    "phone": message("Telephone"),
    "code": message("Staff code"),
    "contact": message("Contact"),
    "kind": message("Kind of unit"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: values by column (the keys of COLUMNS), in NFC and with single spaces.

    `numeric` are the columns whose cell holds a number and not text; `merged` those whose cell is covered by a merged
    one, with the row of that. The unit of such a row may have been filled in from there.
    """

    number: int
    values: Mapping[str, str]
    numeric: frozenset[str] = frozenset()
    merged: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """A sign-in name as it was written, and the column that it stands in."""

    column: str
    name: SignInName
    shown: str


@dataclass(frozen=True, slots=True)
class Read:
    """A line that was read. `reasons` say why it cannot go in, `notes` what to look at."""

    number: int
    name: str
    unit: str
    title: str
    duty: str
    contact: str
    names: tuple[Named, ...]
    reasons: tuple[Message, ...]
    notes: tuple[Message, ...]


def read_line(line: Line) -> Read:
    """Read one line of a list of people."""
    values = {column: line.values.get(column, "") for column in COLUMNS}
    reasons = [*_merged(line, values), *_missing(values, line), *_too_long(values)]
    notes: list[Message] = []
    names: dict[SignInName, Named] = {}
    for column, read in (("code", _code), ("email", _email), ("phone", _phone)):
        for shown in _parts(column, values[column]):
            said = read(shown, column in line.numeric)
            if isinstance(said, Message):
                reasons.append(said)
                continue
            name = sign_in_name(said)
            names.setdefault(name, Named(column, name, said))
            if column == "code" and column in line.numeric:
                notes.append(
                    message("The staff code is kept as the number %(code)s; zeros at its front may be lost.", code=said)
                )
    return Read(
        line.number, values["name"], values["unit"], values["title"], values["duty"], values["contact"],
        tuple(names.values()), tuple(reasons), tuple(notes),
    )  # fmt: skip


def _parts(column: str, text: str) -> list[str]:
    """The parts of a cell that holds several addresses; a staff code is one, whatever is in it."""
    if column == "code":
        return [text] if text else []
    return [part for found in _SEVERAL.split(text) if (part := clean(found))]


def _merged(line: Line, values: Mapping[str, str]) -> list[Message]:
    return [
        message(
            "The cell “%(column)s” is merged with row %(row)s. Undo the merging and fill in each row.",
            column=COLUMNS[column],
            row=row,
        )
        for column, row in line.merged.items()
        if column in COLUMNS and not values[column]
    ]


def _missing(values: Mapping[str, str], line: Line) -> list[Message]:
    reasons = []
    if not values["name"] and "name" not in line.merged:
        reasons.append(message("Write the full name as on the ID card, in up to %(most)s characters.", most=LONGEST))
    elif values["name"] and not any(char.isalpha() for char in values["name"]):
        reasons.append(
            message("“%(name)s” is not a name. Check whether the columns are in place.", name=values["name"])
        )
    if not values["unit"] and "unit" not in line.merged:
        reasons.append(message("Write the unit."))
    return reasons


def _too_long(values: Mapping[str, str]) -> list[Message]:
    return [
        message("Shorten “%(column)s” to %(most)s characters.", column=COLUMNS[column], most=LONGEST)
        for column in ("name", "title", "duty", "email", "phone", "code", "contact")
        if len(values[column]) > LONGEST
    ]


def _code(shown: str, numeric: bool) -> str | Message:
    return (
        message("“%(text)s” is not a staff code. Write it without the sign @.", text=shown) if "@" in shown else shown
    )


def _email(shown: str, numeric: bool) -> str | Message:
    if _EMAIL.fullmatch(shown):
        return shown
    return message("“%(text)s” is not an e-mail address. Correct it, or leave the cell empty.", text=shown)


def _phone(shown: str, numeric: bool) -> str | Message:
    """A telephone number. A spreadsheet drops the 0 at the front of one that it takes for a number: it is put back."""
    digits = re.sub(r"[\s.\-()]", "", shown)
    if re.fullmatch(r"[1-9]\d{8}", digits):
        shown = digits = f"0{digits}"
    if sign_in_name(digits).kind == "phone":
        return shown
    return message("“%(text)s” is not a telephone number. Correct it, or leave the cell empty.", text=shown)
