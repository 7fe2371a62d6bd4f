"""What must hold across all tables whatever was killed, restored or moved: `phatngon doctor --audit` looks at every row."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from elearning.domain.attempt import total
from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message
from elearning.domain.organisation import tree
from elearning.services.upkeep import Finding
from elearning.services.work import NOBODY, House, Work
from elearning.store.base import AnySelect
from elearning.store.queries import consistency as rows
from elearning.store.queries import units


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold, and how to find what breaks it."""

    said: Message
    broken: Callable[[Work], tuple[int, list[str]]]


def _by(statement: Callable[[], AnySelect]) -> Callable[[Work], tuple[int, list[str]]]:
    return lambda work: rows.some(work.session, statement())


def _by_reading(read: Callable[[Work], Iterable[str]]) -> Callable[[Work], tuple[int, list[str]]]:
    def broken(work: Work) -> tuple[int, list[str]]:
        count, first = 0, []
        for one in read(work):
            count += 1
            if count <= rows.SOME:
                first.append(one)
        return count, first

    return broken


def _wrong_sums(work: Work) -> Iterator[str]:
    for public, slots in groupby(rows.results(work.session), key=lambda row: row.public):
        there = list(slots)
        share = total((Fraction(r.slot_num, r.slot_den), Fraction(r.points_num, r.points_den)) for r in there).share
        kept = there[0]
        if (kept.share_num, kept.share_den, kept.share_milli) != (
            share.numerator,
            share.denominator,
            round(share * 1000),
        ):
            yield public


def _wrong_texts(work: Work) -> Iterator[str]:
    return (digest for digest, data in rows.texts(work.session) if hashlib.sha256(data).hexdigest() != digest)


def _missing_recordings(work: Work) -> Iterator[str]:
    return (public for public, size in rows.finished_uploads(work.session) if work.files.size(public) != size)


def _wrong_tree(work: Work) -> Iterator[str]:
    derived = rows.derived_tree(work.session)
    try:
        wanted = set(tree(units.everywhere(work.session), units.parents(work.session)))
    except Mistaken:
        wanted = set()
    return (str(unit) for unit in sorted({unit for _, unit, _ in derived ^ wanted}))


RULES = (
    Rule(message("The file of the database and its links are whole."), _by_reading(lambda work: map(str, rows.damage(work.session)))),
    Rule(message("Every slot of an attempt that was handed in has a grade."), _by(rows.slots_without_grade)),
    Rule(message("Nothing of an attempt with a result waits to be marked."), _by(rows.graded_and_waiting)),
    Rule(message("Every result is the sum of its grades."), _by_reading(_wrong_sums)),
    Rule(message("Answers and grades belong to a slot of their own paper."), _by(rows.beside_the_paper)),
    Rule(message("The answers of an attempt are numbered without gaps."), _by(rows.versions_with_gaps)),
    Rule(message("An attempt has ended, or it is open."), _by(rows.ended_or_not)),
    Rule(message("Nobody sits one quiz twice at once."), _by(rows.two_at_once)),
    Rule(message("Every certificate has the completion of its holder and course."), _by(rows.certificates_without_completion)),
    Rule(message("Certificates are numbered without gaps within a year."), _by(rows.years_with_gaps)),
    Rule(message("Courses and attempts stand on editions of their own course."), _by(rows.foreign_editions)),
    Rule(message("Every text is what its digest says."), _by_reading(_wrong_texts)),
    Rule(message("Every recording is there, in full length."), _by_reading(_missing_recordings)),
    Rule(message("The tree of units is the one that the links give."), _by_reading(_wrong_tree)),
    Rule(message("Placements run, or have an end."), _by(rows.placements_astray)),
)  # fmt: skip


def audit(house: House) -> list[Finding]:
    """Look at every row, in one view of the database; what holds and what does not, with the first three places of each.

    Places are named by the address of an attempt, the number of a certificate or the id of a row, never by a person.
    """
    found = []
    with house.reading(NOBODY) as work:
        for rule in RULES:
            count, first = rule.broken(work)
            said = message(
                "%(rule)s Not so here (%(count)s in all): %(places)s",
                rule=rule.said, count=count, places=", ".join(first),
            )  # fmt: skip
            found.append(Finding(count == 0, said if count else rule.said))
    return found
