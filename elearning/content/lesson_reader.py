"""A lesson: front matter and Markdown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from elearning.content import question_reader
from elearning.content.bank_lines import Marked, marked_questions
from elearning.content.fields import Fields, key_of
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import QuestionDraft, check_keys_once, read_marked
from elearning.content.text import Line, Source, joined, trimmed
from elearning.domain.course import Lesson, Objective, Part
from elearning.domain.question import Question
from elearning.domain.questions import TYPES as KINDS

_TERM = re.compile(r'data-term="([a-z0-9-]+)"')
FIELDS = frozenset(["key", "formerly", "title", "minutes", "objectives", "facts", "dwell", "language", "of"])


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson as parsed; `parts` are tickets of text, each with the key of the check question that follows it."""

    key: str
    path: str
    title: str
    minutes: int
    objectives: dict[str, str]
    facts: tuple[str, ...]
    facts_line: int
    dwell: int
    parts: tuple[tuple[int, str], ...]
    questions: tuple[QuestionDraft, ...]
    formerly: tuple[str, ...]


def read_lesson(source: Source, pieces: Pieces, problems: Problems, translates: bool = False) -> LessonDraft:
    """Read a lesson; all that is wrong is noted. One that `translates` another holds the words of its check questions
    and not what is right, so that these are not read as questions here.
    """
    front = read_front(source, FIELDS, problems)
    fields = Fields(front, problems)
    body = trimmed(source.body)
    if not body:
        problems.add(source.path, 1, "The lesson holds no text. Write it below the front matter.")
    marked = marked_questions(source.path, body, problems)
    questions = () if translates else _questions(source.path, marked, pieces, problems)
    if translates:
        check_keys_once(source.path, marked, problems)
    return LessonDraft(
        key=key_of(source.path, front, problems),
        path=source.path,
        title=fields.text("title", required=True),
        minutes=fields.whole("minutes", 10, 1, 300) or 10,
        objectives=fields.pairs("objectives"),
        facts=fields.words("facts"),
        facts_line=front.line("facts"),
        dwell=fields.minutes("dwell", 0) or 0,
        parts=_parts(source.path, body, marked, pieces),
        questions=questions,
        formerly=fields.words("formerly"),
    )


def _questions(path: str, marked: Sequence[Marked], pieces: Pieces, problems: Problems) -> tuple[QuestionDraft, ...]:
    questions = read_marked(path, marked, pieces, problems)
    for question in questions:
        if KINDS[question.type].MARKED != "by-rule":
            problems.add(
                path,
                question.text.heading.number,
                "Only questions that are judged by rule can stand in a lesson. Put this one into a quiz.",
            )
    return questions


def _parts(path: str, body: tuple[Line, ...], marked: Sequence[Marked], pieces: Pieces) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    start = 0
    for one in (*marked, None):
        end = one.start if one else len(body)
        text = trimmed(body[start:end])
        if one or text or not found:
            found.append((pieces.ask(path, text[0].number if text else 0, joined(text)), one.text.key if one else ""))
        start = one.end if one else end
    return tuple(found)


def built(draft: LessonDraft, pieces: Pieces, unsure: frozenset[str]) -> Lesson:
    """The lesson with its HTML."""
    checks = {one.key: question_reader.built(one, pieces, unsure) for one in draft.questions}
    return Lesson(
        draft.key, draft.path, draft.title, draft.minutes,
        tuple(Objective(key, words) for key, words in draft.objectives.items()),
        tuple(Part(pieces.html(ticket), key) for ticket, key in draft.parts),
        tuple(dict.fromkeys((*pieces.cites(*(ticket for ticket, _ in draft.parts)), *_cites(checks)))),
        any(fact in unsure for fact in draft.facts), draft.dwell, draft.formerly, checks, terms_of(pieces.html(ticket) for ticket, _ in draft.parts),
    )  # fmt: skip


def terms_of(parts: Iterable[str]) -> tuple[str, ...]:
    """The terms of the glossary that some safe HTML links to, each once, in order."""
    return tuple(dict.fromkeys(key for html in parts for key in _TERM.findall(html)))


def _cites(checks: Mapping[str, Question]) -> list[str]:
    return [cite for question in checks.values() for cite in question.cites]
