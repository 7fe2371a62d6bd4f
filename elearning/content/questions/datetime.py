"""Moment as text: `= 14:05 22/11/2026 ± 30 phút` lines with `type=datetime`, or days alone: `= 22/11/2026 ± 1 ngày`."""

import re
from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.content.questions.equals import equals_lines
from elearning.domain.questions.datetime import UNITS, Accepted, Body
from elearning.domain.questions.moments import DAY, Moment, moment_words, read_moment

SHAPE = "equals"
OWN_STEM = False
SHEET = "moments"
ATTRIBUTES: frozenset[str] = frozenset()
LONGEST = 100
_SIGN = re.compile(r"±|\+-")
_TOLERANCE = re.compile(rf"(\d{{1,4}}) *({'|'.join(sorted(UNITS, key=len, reverse=True))})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """The accepted moments, and whether they have an hour."""

    accepted: tuple[Accepted, ...]
    timed: bool


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """Never by shape alone: `type=datetime` says it, so that no short text is taken for a moment."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the accepted moments; None, with problems noted, when one is none or only some have an hour."""
    accepted: list[Accepted] = []
    timed: set[bool] = set()
    before = len(problems)
    for line, text in equals_lines(question):
        moment, one = _line(text)
        if moment is None or one is None:
            problems.add(
                path, line, "Write the moment as: = 14:05 22/11/2026 ± 30 phút, or a day as: = 22/11/2026 ± 1 ngày"
            )
            continue
        if not moment.timed and UNITS.get(one.unit, DAY) < DAY:
            problems.add(path, line, "A day alone has a tolerance in days: ± 1 ngày. Or write the hour before the day.")
        accepted.append(one)
        timed.add(moment.timed)
    if len(timed) > 1:
        problems.add(
            path, question.heading.number, "Some of the moments have an hour and some have none. Write all alike."
        )
    return Draft(tuple(accepted), True in timed) if len(problems) == before else None


def _line(text: str) -> tuple[Moment | None, Accepted | None]:
    """The moment of a line, and what is accepted by it; None for what cannot be read."""
    parts = _SIGN.split(text[:LONGEST])
    moment = read_moment(parts[0].strip())
    tolerance = _TOLERANCE.fullmatch(parts[1].strip()) if len(parts) == 2 else None
    if moment is None or len(text) > LONGEST or len(parts) > 2 or (len(parts) == 2 and tolerance is None):
        return None, None
    if tolerance is None or not int(tolerance[1]):
        return moment, Accepted(moment.minutes)
    return moment, Accepted(moment.minutes, int(tolerance[1]), tolerance[2])


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body."""
    return Body(draft.accepted, draft.timed)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form: hour, day, and the tolerance where there is one."""
    return [
        f"= {moment_words(Moment(one.minutes, draft.timed)).replace(',', '')}"
        + (f" ± {one.tolerance} {one.unit}" if one.tolerance else "")
        for one in draft.accepted
    ]


def written(draft: Draft, pieces: Pieces) -> Body:
    """The accepted moments as a trainer wrote them."""
    return Body(draft.accepted, draft.timed)


def unwritten(body: Body) -> Lines:
    """The accepted moments as they stand in a bank."""
    return Lines(format_answer(Draft(body.accepted, body.timed)))


def words(path: str, question: QuestionText, pieces: Pieces) -> tuple[str, ...]:
    """What a translation says: the units of the tolerances in its language."""
    return tuple(one.unit if one else "" for _, one in (_line(text) for _, text in equals_lines(question)))


def translated(body: Body, said: tuple[str, ...], pieces: Pieces) -> Body | None:
    """The body with the units of the other language where they are as long; moments stand in the original alone."""
    same = [UNITS.get(unit) for unit in said] == [UNITS.get(one.unit) for one in body.accepted]
    if not same:
        return body
    return replace(body, accepted=tuple(replace(one, unit=unit) for one, unit in zip(body.accepted, said, strict=True)))
