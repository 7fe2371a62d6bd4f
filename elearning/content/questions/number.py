"""Number as text: `= 24 ± 0 giờ` lines, all of them numbers."""

import re
from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.content.questions.equals import equals_lines
from elearning.domain.questions.number import Accepted, Body, number_words, read_number

SHAPE = "equals"
OWN_STEM = False
SHEET = "numbers"
ATTRIBUTES: frozenset[str] = frozenset()
_LINE = re.compile(r"(?P<value>[+-]?\d[\d.,]*)(?:\s*(?:±|\+-)\s*(?P<tolerance>\d[\d.,]*))?(?:\s+(?P<unit>[^\d\s=].*))?")


@dataclass(frozen=True, slots=True)
class Draft:
    """The accepted numbers and the unit they share."""

    accepted: tuple[Accepted, ...]
    unit: str


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """`=` lines that are all numbers."""
    lines = equals_lines(question)
    return question.shape == SHAPE and bool(lines) and all(_LINE.fullmatch(text) for _, text in lines)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the accepted numbers; None, with problems noted, when one is none or their units differ."""
    accepted: list[Accepted] = []
    units: list[str] = []
    before = len(problems)
    for line, text in equals_lines(question):
        found = _LINE.fullmatch(text)
        value = read_number(found["value"]) if found else None
        tolerance = read_number(found["tolerance"] or "0") if found else None
        if found is None or value is None or tolerance is None:
            problems.add(path, line, "Write the number as: = 24 ± 0 unit")
            continue
        accepted.append(Accepted(value, tolerance))
        units.append((found["unit"] or "").strip())
    if len(set(units)) > 1:
        problems.add(path, question.heading.number, "The accepted numbers have different units. Use one unit.")
    if not accepted and len(problems) == before:
        problems.add(path, question.heading.number, "No answer is accepted. Write at least one line: = 24 ± 0 unit")
    return Draft(tuple(accepted), units[0]) if len(problems) == before else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body."""
    return Body(draft.accepted, draft.unit)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form: tolerance always written, unit last."""
    return [f"= {number_words(a.value)} ± {number_words(a.tolerance)} {draft.unit}".rstrip() for a in draft.accepted]


def written(draft: Draft, pieces: Pieces) -> Body:
    """The accepted numbers as a trainer wrote them."""
    return Body(draft.accepted, draft.unit)


def unwritten(body: Body) -> Lines:
    """The accepted numbers as they stand in a bank."""
    return Lines(format_answer(Draft(body.accepted, body.unit)))


def words(path: str, question: QuestionText, pieces: Pieces) -> str:
    """What a translation says: the unit in its language."""
    lines = equals_lines(question)
    found = _LINE.fullmatch(lines[0][1]) if lines else None
    return (found["unit"] or "").strip() if found else ""


def translated(body: Body, said: str, pieces: Pieces) -> Body | None:
    """The body with the unit of the other language, where it gives one."""
    return replace(body, unit=said or body.unit)
