"""A lesson: front matter and Markdown."""

from dataclasses import dataclass

from elearning.content.fields import Fields, key_of
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.text import Source, joined, trimmed
from elearning.domain.course import Lesson, Objective

FIELDS = frozenset(["key", "formerly", "title", "minutes", "objectives", "facts", "dwell", "language", "of"])


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson as parsed."""

    key: str
    path: str
    title: str
    minutes: int
    objectives: dict[str, str]
    facts: tuple[str, ...]
    facts_line: int
    dwell: int
    body: int
    formerly: tuple[str, ...]


def read_lesson(source: Source, pieces: Pieces, problems: Problems) -> LessonDraft:
    """Read a lesson; all that is wrong is noted."""
    front = read_front(source, FIELDS, problems)
    fields = Fields(front, problems)
    body = trimmed(source.body)
    if not body:
        problems.add(source.path, 1, "The lesson holds no text. Write it below the front matter.")
    ticket = pieces.ask(source.path, body[0].number if body else 0, joined(body))
    return LessonDraft(
        key=key_of(source.path, front, problems),
        path=source.path,
        title=fields.text("title", required=True),
        minutes=fields.whole("minutes", 10, 1, 300) or 10,
        objectives=fields.pairs("objectives"),
        facts=fields.words("facts"),
        facts_line=front.line("facts"),
        dwell=fields.minutes("dwell", 0) or 0,
        body=ticket,
        formerly=fields.words("formerly"),
    )


def built(draft: LessonDraft, pieces: Pieces, unsure: frozenset[str]) -> Lesson:
    """The lesson with its HTML."""
    return Lesson(
        draft.key, draft.path, draft.title, draft.minutes,
        tuple(Objective(key, words) for key, words in draft.objectives.items()),
        pieces.html(draft.body), pieces.cites(draft.body),
        any(fact in unsure for fact in draft.facts), draft.dwell, draft.formerly,
    )  # fmt: skip
