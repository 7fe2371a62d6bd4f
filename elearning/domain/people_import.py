"""What becomes of each row of a list of people or units, before anything is written.

A row goes in, or its person is there already, or it is bad and says why. A possible duplicate is a note, not a reason:
two people in one unit may well have one name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from elearning.domain.message import Message, message
from elearning.domain.names import fold
from elearning.domain.people_lines import LONGEST, Line, Named, Read, read_line
from elearning.domain.signing_in import SignInName
from elearning.domain.unit_paths import Found, Place, Places

LONGEST_KIND = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who has a sign-in name already; `name` is folded."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is on the platform already: who holds the sign-in names of the list, and the (unit, folded name) of people."""

    holders: Mapping[SignInName, Holder]
    present: frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be added."""

    name: str
    title: str
    duty: str
    contact: str
    place: Place
    names: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row. `new` goes in, `there` is on the platform already, `bad` says why in `reasons`."""

    number: int
    state: Literal["new", "there", "bad"]
    reasons: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    person: NewPerson | None = None
    place: Place | None = None
    kind: str = ""


def read_lines(lines: Iterable[Line]) -> list[Read]:
    """Read the lines of a list of people."""
    return [read_line(line) for line in lines]


def judge_people(rows: Sequence[Read], places: Places, known: Known) -> list[Verdict]:
    """One verdict for each row, in their order."""
    named: dict[SignInName, list[Read]] = defaultdict(list)
    alike: dict[tuple[Place, str], list[int]] = defaultdict(list)
    for row in rows:
        for one in row.names:
            named[one.name].append(row)
        found = places.by_text.get(row.unit)
        if isinstance(found, Found) and row.name:
            alike[found.place, fold(row.name)].append(row.number)
    return [_judge(row, places, known, named, alike) for row in rows]


def _judge(
    row: Read,
    places: Places,
    known: Known,
    named: Mapping[SignInName, Sequence[Read]],
    alike: Mapping[tuple[Place, str], Sequence[int]],
) -> Verdict:
    found = places.by_text.get(row.unit)
    own, lent, reasons, notes = _names(row, known, named)
    if not own and not reasons:
        reasons = [_nothing_to_sign_in_with(row, lent)]
    reasons = [*row.reasons, *reasons, *([found] if isinstance(found, Message) and row.unit else [])]
    if not reasons and _is_there(row, known):
        return Verdict(row.number, "there", notes=row.notes)
    if reasons or not isinstance(found, Found):
        return Verdict(row.number, "bad", tuple(dict.fromkeys(reasons)), row.notes)
    contact = " · ".join(dict.fromkeys(part for part in (row.contact, *(one.shown for one in lent)) if part))[:LONGEST]
    person = NewPerson(row.name, row.title, row.duty, contact, found.place, tuple(own))
    notes = [*row.notes, *notes, *_place_notes(row, found), *_duplicates(row, found.place, known, alike)]
    return Verdict(row.number, "new", (), tuple(notes), person, found.place)


def _is_there(row: Read, known: Known) -> bool:
    """Whether the person has been brought in before: somebody of this name holds one of the sign-in names."""
    holders = (known.holders.get(one.name) for one in row.names)
    return any(holder is not None and holder.name == fold(row.name) for holder in holders)


def _names(
    row: Read, known: Known, named: Mapping[SignInName, Sequence[Read]]
) -> tuple[list[Named], list[Named], list[Message], list[Message]]:
    """Names that let this person in, shared ones that can only be a contact, reasons and notes."""
    own: list[Named] = []
    lent: list[Named] = []
    reasons: list[Message] = []
    notes: list[Message] = []
    for one in row.names:
        others = [other for other in named[one.name] if other.number != row.number]
        holder = known.holders.get(one.name)
        taken = holder is not None and holder.name != fold(row.name)
        same = next((other for other in others if fold(other.name) == fold(row.name)), None)
        if others and (one.column == "code" or same):
            reasons.append(_twice(one, (same or others[0]).number))
        elif taken and one.column == "code":
            reasons.append(
                message("“%(name)s” already lets somebody else sign in. Check the staff code.", name=one.shown)
            )
        elif others or taken:
            lent.append(one)
            notes.append(_shared(one, others))
        else:
            own.append(one)
    return own, lent, reasons, notes


def _twice(one: Named, number: int) -> Message:
    return message(
        "“%(name)s” stands in row %(row)s too. Keep one of the two rows, or correct it.", name=one.shown, row=number
    )


def _shared(one: Named, others: Sequence[Read]) -> Message:
    if others:
        return message(
            "“%(name)s” stands in row %(row)s too, so it goes into the contact and nobody signs in with it.",
            name=one.shown,
            row=others[0].number,
        )
    return message("“%(name)s” already lets somebody else sign in, so it goes into the contact.", name=one.shown)


def _nothing_to_sign_in_with(row: Read, lent: Sequence[Named]) -> Message:
    if lent:
        return message(
            "“%(name)s” is shared with others, so nobody can sign in with it. Add an e-mail address or a staff code.",
            name=lent[0].shown,
        )
    return message("Write an e-mail address, a telephone number or a staff code, to sign in with.")


def _place_notes(row: Read, found: Found) -> list[Message]:
    if not found.loosely:
        return []
    return [message("“%(text)s” was taken for the unit “%(unit)s”.", text=row.unit, unit=" > ".join(found.place.path))]


def _duplicates(
    row: Read, place: Place, known: Known, alike: Mapping[tuple[Place, str], Sequence[int]]
) -> list[Message]:
    notes = []
    if (place.id, fold(row.name)) in known.present:
        notes.append(message("Possible duplicate: somebody of this name is in this unit already."))
    other = next((number for number in alike[place, fold(row.name)] if number != row.number), None)
    if other is not None:
        notes.append(message("Possible duplicate: row %(row)s has the same name in the same unit.", row=other))
    return notes


def judge_units(lines: Sequence[Line], places: Places) -> list[Verdict]:
    """One verdict for each row of a list of units, in their order."""
    new = set(places.new)
    verdicts = []
    for line in lines:
        found, kind = places.by_text[line.values["unit"]], line.values.get("kind", "")
        if isinstance(found, Message):
            verdicts.append(Verdict(line.number, "bad", (found,)))
        elif len(kind) > LONGEST_KIND:
            reason = message("Shorten the kind of unit to %(most)s characters.", most=LONGEST_KIND)
            verdicts.append(Verdict(line.number, "bad", (reason,)))
        elif found.place in new:
            verdicts.append(Verdict(line.number, "new", place=found.place, kind=kind))
            new.discard(found.place)
        else:
            verdicts.append(Verdict(line.number, "there", place=found.place))
    return verdicts
