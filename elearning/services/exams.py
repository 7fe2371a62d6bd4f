"""Examinations as those who run them see them: every quiz, one quiz with what is arranged for it and its attempts, one attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import cast

from elearning.domain.attempt import Saved, counting
from elearning.domain.attempt_states import OPEN, State, state_at
from elearning.domain.message import Message
from elearning.domain.names import fold
from elearning.domain.questions import TYPES
from elearning.domain.quiz import Rules
from elearning.services.arranging import course_with, ensure_may_run
from elearning.services.handing_in import state_of
from elearning.services.paper import OpenPaper, paper_of, saved_of
from elearning.services.rectifying import found_for
from elearning.services.review_words import ReviewLine, in_short, line_by_line
from elearning.services.work import Work
from elearning.store.queries import arrangements, attempts, exams, texts, units
from elearning.store.queries.arrangements import Standing
from elearning.store.queries.exams import RecordLine
from elearning.store.queries.units import ListedUnit

PAGE = 50
STATES = ("", "running", "submitted", "graded", "abandoned")


@dataclass(frozen=True, slots=True)
class ExamRow:
    """A quiz in the list, with its dates for everybody."""

    course: str
    course_title: str
    quiz: str
    title: str
    kind: str
    opens: datetime | None
    closes: datetime | None
    total: int
    running: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ExamsPage:
    """Every quiz of every live course, in the order of the outlines. `refused` says why a file was not taken in."""

    rows: tuple[ExamRow, ...]
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """A row that is or was arranged. `whom` is empty for everybody; `ended` says when it was over."""

    id: int
    kind: str
    reach: str
    whom: str
    opens: datetime | None
    closes: datetime | None
    password: str
    number: int
    reason: str
    made: datetime
    by: str
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt in the list; `own` is the reader's, which only a colleague may open."""

    id: str
    name: str
    unit: str
    number: int
    state: str
    began: datetime
    closes: datetime | None
    ended: datetime | None
    share: Fraction | None
    passed: bool | None
    late: int
    own: bool


@dataclass(frozen=True, slots=True)
class ExamPage:
    """One quiz: its rules, what learners see afterwards, what is arranged, and one page of its attempts."""

    course: str
    course_title: str
    quiz: str
    rules: Rules
    review_rule: Message | None
    review: tuple[ReviewLine, ...]
    arranged: tuple[ArrangementRow, ...]
    history: tuple[ArrangementRow, ...]
    units: tuple[ListedUnit, ...]
    attempts: tuple[AttemptRow, ...]
    total: int
    number: int
    pages: int
    state: str
    asked: str


def exams_page(work: Work) -> ExamsPage:
    """Every quiz. Raises NotFound for actors who do not run examinations."""
    ensure_may_run(work)
    counts, dates = exams.counts(work.session), arrangements.for_everybody(work.session)
    rows = []
    for course in texts.live_courses(work.session):
        compiled = work.shelf.get(work.session, course.digest)
        title = compiled.course_in(work.actor.language)[0].title
        for activity in compiled.course.activities():
            if activity.kind != "quiz":
                continue
            rules = compiled.quiz_in(activity.key, work.actor.language)[0].rules
            count, row = counts.get((course.course_id, activity.key)), dates.get((course.course_id, activity.key))
            rows.append(
                ExamRow(
                    course.key, title, activity.key, rules.title, rules.kind, row.opens if row else None,
                    row.closes if row else None, *((count.total, count.running, count.waiting) if count else (0, 0, 0)),
                )
            )  # fmt: skip
    return ExamsPage(tuple(rows))


def exam_page(work: Work, course: str, quiz: str, state: str, asked: str, number: int) -> ExamPage:
    """One quiz with one page of its attempts. Raises NotFound where there is none, and for actors who may not."""
    found = course_with(work, course, quiz)
    compiled = work.shelf.get(work.session, found.digest)
    state, words = state if state in STATES else "", fold(asked)
    total = exams.count_attempts(work.session, found.course_id, quiz, state, words)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    listed = exams.attempts(work.session, found.course_id, quiz, state, words, (number - 1) * PAGE, PAGE)
    arranged = [_arrangement(row) for row in arrangements.at_quiz(work.session, found.course_id, quiz)]
    shown = compiled.quiz_in(quiz, work.actor.language)[0].rules
    return ExamPage(
        course, compiled.course_in(work.actor.language)[0].title, quiz, shown, in_short(shown.review), line_by_line(shown),
        tuple(row for row in arranged if row.ended is None), tuple(row for row in arranged if row.ended is not None),
        tuple(units.all_units(work.session)),
        tuple(
            AttemptRow(
                row.public, row.name, row.unit or "", row.number, state_at(cast(State, row.state), row.closes, shown, work.now), row.began, row.closes,
                row.ended, Fraction(row.share_num or 0, row.share_den) if row.share_den else None, row.passed, row.late,
                row.person_id == work.actor.id,
            )
            for row in listed
        ),
        total, number, pages, state, asked,
    )  # fmt: skip


def _arrangement(found: Standing) -> ArrangementRow:
    row = found.row
    return ArrangementRow(
        row.id, row.kind, row.scope, found.unit or found.person or "", row.opens, row.closes, row.password, row.number,
        row.reason, row.made, found.by or "", row.ended,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LateRow:
    """An answer that came too late, in words beside the one that counts."""

    version: int
    label: int
    ask: str
    words: str
    counts: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExamAttemptPage:
    """One attempt for those who run the examination: how far it is, what came late, and what was done about it."""

    id: str
    course: str
    quiz: str
    title: str
    name: str
    number: int
    state: str
    began: datetime
    closes: datetime | None
    ended: datetime | None
    share: Fraction | None
    passed: bool | None
    answered: int
    total: int
    saved: datetime | None
    runs: bool
    limited: bool
    late: tuple[LateRow, ...]
    record: tuple[RecordLine, ...]


def attempt_page(work: Work, public: str) -> ExamAttemptPage:
    """One attempt of somebody else. Raises NotFound for one's own, and for actors who do not run examinations."""
    sitting = found_for(work, public)
    attempt, paper = sitting.attempt, paper_of(work, sitting)
    current = counting(paper.saved)
    asking = [slot for slot in paper.slots if paper.asks(slot)]
    answered = sum(paper.answered(slot, current) for slot in asking)
    kept = saved_of(attempts.answers(work.session, attempt.id))
    return ExamAttemptPage(
        public, sitting.course, attempt.quiz, paper.compiled.quiz_in(attempt.quiz, work.actor.language)[0].rules.title,
        exams.person_name(work.session, attempt.person_id), attempt.number,
        state_at(state_of(attempt), attempt.closes, paper.rules, work.now), attempt.began, attempt.closes, attempt.ended,
        Fraction(attempt.share_num or 0, attempt.share_den) if attempt.share_den else None, attempt.passed, answered,
        len(asking), max((row.at for row in kept), default=None), attempt.state in OPEN, paper.rules.minutes is not None,
        _late(paper, [row for row in kept if row.late], work.actor.language),
        tuple(exams.record_of(work.session, [("attempt", public)])),
    )  # fmt: skip


def _late(paper: OpenPaper, rows: Sequence[Saved], language: str) -> tuple[LateRow, ...]:
    """The last late answer of each slot that says something else than the one that counts."""
    current = counting(paper.saved)
    last = {row.slot: row for row in rows}
    found = []
    for slot in paper.slots:
        row = last.get(slot.number)
        if row is None or (slot.number in current and current[slot.number].value == row.value):
            continue
        question, _ = paper.compiled.question_in(slot.bank, slot.question, language)
        words = TYPES[question.type].describe
        counts = words(question.body, slot.order, current[slot.number].value) if slot.number in current else ()
        found.append(
            LateRow(
                row.version, paper.labels.get(slot.number, 0), question.ask,
                "; ".join(words(question.body, slot.order, row.value)), "; ".join(counts), row.at,
            )
        )  # fmt: skip
    return tuple(found)
