"""Short text as text: `= accepted answer` lines."""

from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions import number
from elearning.content.questions.drafts import Lines
from elearning.content.questions.equals import equals_lines
from elearning.domain.questions.short import LONGEST, Body

SHAPE = "equals"
OWN_STEM = False
SHEET = "answers"
ATTRIBUTES = frozenset({"strict"})


@dataclass(frozen=True, slots=True)
class Draft:
    """The accepted answers as written."""

    accepted: tuple[str, ...]
    strict: bool


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """`=` lines of which at least one is no number."""
    return question.shape == SHAPE and not number.claims(question)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the accepted answers; None, with problems noted, when there is none or one is too long."""
    answers = equals_lines(question)
    before = len(problems)
    for line, text in answers:
        if not text:
            problems.add(path, line, "Nothing stands after the =. Write an accepted answer, or delete the line.")
        if len(text) > LONGEST:
            problems.add(path, line, "Shorten the accepted answer to %(most)s characters.", most=LONGEST)
    strict = question.attributes.values.get("strict", "no")
    if strict not in ("yes", "no"):
        problems.add(path, question.attributes_line, "strict= is yes or no.")
    if not answers:
        problems.add(path, question.heading.number, "No answer is accepted. Write at least one line: = answer")
    return Draft(tuple(text for _, text in answers), strict == "yes") if len(problems) == before else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body."""
    return Body(draft.accepted, draft.strict)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    return [f"= {text}" for text in draft.accepted]


def written(draft: Draft, pieces: Pieces) -> Body:
    """The accepted answers as a trainer wrote them."""
    return Body(draft.accepted, draft.strict)


def unwritten(body: Body) -> Lines:
    """The accepted answers as they stand in a bank."""
    return Lines([f"= {text}" for text in body.accepted], {"strict": "yes"} if body.strict else {})


def words(path: str, question: QuestionText, pieces: Pieces) -> tuple[str, ...]:
    """What a translation says: further answers that are accepted."""
    return tuple(text for _, text in equals_lines(question) if text)


def accepting(body: Body, other: Body) -> Body:
    """The body that accepts what a translation accepts as well."""
    return replace(body, accepted=tuple(dict.fromkeys((*body.accepted, *other.accepted))))


def translated(body: Body, said: tuple[str, ...], pieces: Pieces) -> Body | None:
    """The body with the answers of both languages, its own before those of the original."""
    return replace(body, accepted=tuple(dict.fromkeys((*said, *body.accepted))))
