"""The cells of a row as the body of a question, type by type."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from elearning.domain.message import Message, message
from elearning.domain.questions import datetime, number, short
from elearning.domain.questions.moments import read_moment
from elearning.domain.questions.number import read_number
from elearning.domain.questions.several import Credit
from elearning.domain.written import Choice, Choices, Nothing, Pair, Pairs, Recording, Rubric, Statement
from elearning.exchange.questions.given_words import usual_heads, usual_rubric
from elearning.exchange.questions.pairing import paired
from elearning.exchange.questions.rubric_tables import rubric_of
from elearning.exchange.questions.xlsx_columns import LETTERS, heading_of
from elearning.exchange.questions.xlsx_places import blanks_of, faults_of

_WEIGHT = re.compile(r"([A-L])\s*[=:]\s*([+-]?\d+(?:[.,]\d+)?(?:/\d+)?\s*%?)", re.IGNORECASE)
_SETTINGS = frozenset({"keep", "credit", "several", "strict", "unit", "heads", "least", "most", "seconds", "penalty"})
USUAL_SECONDS = 60


@dataclass(slots=True)
class Row:
    """A row by the names of its columns, with what was noted while it was read."""

    cells: Mapping[str, str]
    notes: list[Message] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers that stand there, each with its letter."""
        return [(letter, self[letter]) for letter in LETTERS if self[letter].strip()]

    @property
    def settings(self) -> dict[str, str]:
        """What stands in the last column, as in `unit=giờ; strict=yes`."""
        pairs = (piece.partition("=") for piece in self["more"].replace("\n", ";").split(";") if piece.strip())
        return {name.strip().lower(): value.strip() for name, _, value in pairs}

    def unknown(self) -> list[str]:
        """The settings that there are none of."""
        return [name for name in self.settings if name not in _SETTINGS]

    def wrong(self, column: str, said: Message) -> None:
        """Note what is wrong in a column; whoever reads it also reads which."""
        self.notes += [message("Look at the column “%(column)s”.", column=heading_of(column)), said]


Body = object


def _letters(row: Row) -> set[str]:
    return {letter.upper() for letter in re.findall(r"(?<![A-Za-z])[A-La-l](?![A-Za-z])", row["right"])}


def _options(row: Row, shares: Mapping[str, Fraction]) -> tuple[Choice, ...]:
    said = {
        found[1].upper(): found[2].strip()
        for found in re.finditer(r"(?m)^\s*([A-La-l])\s*[:.)]\s*(.+(?:\n(?!\s*[A-La-l]\s*[:.)]).*)*)", row["feedback"])
    }
    keep = {letter.strip().upper() for letter in row.settings.get("keep", "").split(",")}
    return tuple(
        Choice(text, shares.get(letter, Fraction(0)), said.get(letter, ""), letter in keep)
        for letter, text in row.answers
    )


def _chosen(row: Row) -> Body | None:
    right, letters = _letters(row), {letter for letter, _ in row.answers}
    if not right:
        row.wrong("right", message("No answer is named as right. Write its letter."))
    elif not right <= letters:
        row.wrong("right", message("It names a letter that no answer has. Correct it."))
    elif len(letters) < 2:
        row.wrong("B", message("A question with choices needs at least two answers."))
    else:
        credit = row.settings.get("credit", "right-minus-wrong")
        known = credit if credit in ("right-minus-wrong", "each", "all") else "right-minus-wrong"
        return Choices(_options(row, dict.fromkeys(right, Fraction(1))), credit=cast(Credit, known))
    return None


def _share(text: str) -> Fraction:
    bare = text.replace(",", ".").replace("%", "").replace("+", "").strip()
    value = Fraction(bare) if "/" not in text or not text.endswith("/0") else Fraction(0)
    return value / 100 if "%" in text or abs(value) > 1 else value


def _graded(row: Row) -> Body | None:
    try:
        shares = {found[1].upper(): _share(found[2]) for found in _WEIGHT.finditer(row["right"])}
    except (ValueError, ZeroDivisionError):
        shares = {}
    if not shares or max(shares.values()) <= 0 or len(row.answers) < 2:
        row.wrong("right", message("Write what each answer is worth, as in “A=100; B=50; C=-50”."))
        return None
    return Choices(_options(row, shares), several=row.settings.get("several") == "yes")


def _unjudged(row: Row) -> Body | None:
    if row["type"] == "poll" and len(row.answers) < 2:
        row.wrong("B", message("A question with choices needs at least two answers."))
        return None
    return Choices(_options(row, {}), several=row.settings.get("several") == "yes")


def _ordered(row: Row) -> Body | None:
    if len(row.answers) < 2:
        row.wrong("B", message("Write at least two things, in the right order."))
        return None
    return Choices(_options(row, {}))


def _pairs(row: Row) -> Body | None:
    rows = []
    for letter, text in row.answers:
        left, arrow, right = text.partition("=>")
        if not arrow:
            row.wrong(letter, message("Write both sides of the pair, as in “left => right”."))
            return None
        rows.append(Pair(left.strip(), right.strip()))
    near = f"{row['ask']} {row['A']}"
    left, _, right = row.settings.get("heads", "").partition("|")
    heads = (left.strip(), right.strip()) if left and right else usual_heads(near)
    kind, body, notes = paired(rows, heads)
    row.notes += notes
    if body is not None and kind != row["type"]:
        return Pairs(heads, tuple(rows))
    return body


def _short(row: Row) -> Body | None:
    accepted = tuple(" ".join(text.split()) for _, text in row.answers)
    if not accepted:
        row.wrong("A", message("Write at least one answer that is right."))
        return None
    return short.Body(accepted, row.settings.get("strict") == "yes")


def _number(row: Row) -> Body | None:
    found = []
    for letter, text in row.answers:
        value, _, near = text.replace("+/-", "±").partition("±")
        figure, off = read_number(value.strip()), read_number(near.strip() or "0")
        if figure is None or off is None:
            row.wrong(letter, message("“%(words)s” is no number. Write it as in “24” or “24 ± 0,5”.", words=text[:40]))
            return None
        found.append(number.Accepted(figure, abs(off)))
    if not found:
        row.wrong("A", message("Write at least one number that is right."))
        return None
    return number.Body(tuple(found), row.settings.get("unit", ""))


def _moment(row: Row) -> Body | None:
    found: list[tuple[bool, datetime.Accepted]] = []
    for letter, text in row.answers:
        moment = read_moment(text.partition("±")[0].strip())
        off = re.fullmatch(r"\s*(\d{1,6})\s*(\w+)\s*", text.partition("±")[2])
        if moment is None or (found and found[0][0] != moment.timed):
            row.wrong(letter, message("“%(words)s” is no moment. Write it as in “14:05 22/11/2026”.", words=text[:40]))
            return None
        far = (int(off[1]), off[2]) if off else (0, "")
        found.append((moment.timed, datetime.Accepted(moment.minutes, *far)))
    if not found:
        row.wrong("A", message("Write at least one moment that is right."))
        return None
    return datetime.Body(tuple(one for _, one in found), found[0][0])


def _blanks(row: Row) -> Body | None:
    body = blanks_of(row["stem"], row.settings.get("strict") == "yes")
    if body is None:
        row.wrong("stem", message("Write each blank between double brackets, as in “[[24|hai mươi bốn]]”."))
    return body


def _faults(row: Row) -> Body | None:
    body = faults_of(row["A"])
    if body is None:
        row.wrong("A", message("Write each fault between double brackets, as in “[[!hai mươi ngày]]”."))
    return body


def _figure(row: Row, name: str, usual: int) -> int:
    text = row.settings.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else usual


def _rubric(row: Row) -> Rubric:
    found = rubric_of(row["A"])
    if found is None:
        row.notes.append(
            message("Open work has no rubric there. One of a single criterion was put; write what you look at.")
        )
    return found or usual_rubric(row["ask"])


def _statement(row: Row) -> Body:
    return Statement(_rubric(row), _figure(row, "least", 0), _figure(row, "most", 0))


def _recording(row: Row) -> Body:
    return Recording(_rubric(row), _figure(row, "seconds", USUAL_SECONDS))


def _nothing(row: Row) -> Body:
    return Nothing()


BODIES: Mapping[str, Callable[[Row], Body | None]] = {
    "one": _chosen, "several": _chosen, "graded": _graded, "poll": _unjudged, "likert": _unjudged, "order": _ordered,
    "match": _pairs, "sort": _pairs, "short": _short, "number": _number, "datetime": _moment, "blanks": _blanks,
    "faults": _faults, "statement": _statement, "recording": _recording, "description": _nothing,
}  # fmt: skip
