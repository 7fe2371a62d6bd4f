"""The result of an attempt: a sentence, what to read again, and question by question what the rules allow to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import ModuleType
from typing import Any

from elearning.domain.attempt import OPEN, why_not_start
from elearning.domain.edition import Compiled
from elearning.domain.errors import Closed
from elearning.domain.message import Message, message, unpacked
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.questions.number import number_words
from elearning.services.attempting import past_of
from elearning.services.outline import Step
from elearning.services.paper import verdict_of
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Attempt
from elearning.store.queries import attempts
from elearning.store.queries.attempts import GradedSlot, Sitting


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """What was earned for one objective, and the lessons that teach it."""

    words: str
    earned: str
    possible: str
    share: Fraction
    lessons: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ReviewSlot:
    """A question after grading; `label` is the number that people see, 0 for a text between questions; `told` is what its type
    says of the response. Points are empty where none are given.
    """

    number: int
    label: int
    type: str
    ask: str
    stem: str
    told: Any
    verdict: str
    earned: str
    possible: str
    reason: Message
    explanation: str
    comment: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of an attempt. `waiting` says that a person has still to mark something, `said` what the quiz says of
    such a result (safe HTML).
    """

    id: str
    title: str
    course: str
    course_title: str
    quiz: str
    number: int
    passed: bool | None
    share: Fraction
    earned: str
    possible: str
    pass_share: Fraction | None
    submitted: datetime
    took: int | None
    objectives: tuple[ObjectiveRow, ...]
    slots: tuple[ReviewSlot, ...]
    hidden: Message | None
    certificate: str | None
    course_done: bool
    following: Step | None
    may_retry: bool
    retry_note: Message | None
    attempts_left: int | None
    counted: bool
    waiting: bool
    said: str


def result_page(work: Work, public: str) -> ResultPage:
    """The result of the actor's attempt. Raises NotFound for anybody else's, Closed while it is not handed in."""
    sitting = attempts.sitting(work.session, work.actor.id, public)
    if sitting is None:
        raise not_here()
    attempt = sitting.attempt
    submitted = _submitted(attempt)
    compiled = work.shelf.get(work.session, sitting.digest)
    rows = attempts.graded(work.session, attempt.id)
    past = attempts.past(work.session, work.actor.id, attempt.course_id, attempt.quiz)
    rules = compiled.quizzes[attempt.quiz].rules
    refusal = why_not_start(rules, past_of(past), work.now)
    points = {row.number: Fraction(row.points_num, row.points_den) for row in rows}
    earned = sum((points[r.number] * Fraction(r.share_num, r.share_den) for r in rows), Fraction(0))
    share = Fraction(attempt.share_num or 0, attempt.share_den or 1)
    hidden = _hidden(rules.review, bool(attempt.passed), refusal is not None)
    quiz = compiled.quiz_in(attempt.quiz, work.actor.language)[0]
    return ResultPage(
        id=public, title=quiz.rules.title, course=sitting.course,
        course_title=compiled.course_in(work.actor.language)[0].title, quiz=attempt.quiz, number=attempt.number,
        passed=attempt.passed, share=share, earned=number_words(_rounded(earned)), possible=number_words(sum(points.values(), Fraction(0))),
        pass_share=rules.pass_share, submitted=submitted, took=_seconds(sitting),
        objectives=() if rules.review == "nothing" else _objectives(compiled, rows, work.actor.language),
        slots=() if hidden else _slots(compiled, rows, work.actor.language), hidden=hidden,
        certificate=sitting.certificate, course_done=sitting.complete,
        following=_following(work.shelf.get(work.session, sitting.live or sitting.digest), attempt.quiz, work.actor.language),
        may_retry=refusal is None and not attempt.passed, retry_note=refusal,
        attempts_left=None if rules.attempts is None else max(0, rules.attempts - len(past)),
        counted=attempt.state == "graded", waiting=attempt.state == "submitted",
        said=quiz.said_of(share) if attempt.state == "graded" else "",
    )  # fmt: skip


def _submitted(attempt: Attempt) -> datetime:
    """When an attempt was handed in. Raises Closed while it runs."""
    if attempt.state in OPEN or attempt.ended is None:
        raise Closed(message("This attempt has not been handed in yet. Hand it in to see the result."))
    return attempt.ended


def _seconds(sitting: Sitting) -> int | None:
    ended = sitting.attempt.ended
    return int((ended - sitting.attempt.began).total_seconds()) if ended else None


def _rounded(points: Fraction) -> Fraction:
    """Two decimals for print; what is kept stays exact."""
    return Fraction(round(points * 100), 100)


def _hidden(review: str, passed: bool, last: bool) -> Message | None:
    if review == "after-submit" or (review == "after-pass" and (passed or last)):
        return None
    if review == "after-pass":
        return message(
            "The questions with their answers are shown once you have passed, or have used your last attempt."
        )
    return message("This quiz does not show its questions again, so that they can be used in other sittings.")


def _following(compiled: Compiled, quiz: str, language: str) -> Step | None:
    activities = list(compiled.course.activities())
    place = next((p for p, a in enumerate(activities) if (a.kind, a.key) == ("quiz", quiz)), len(activities))
    if place + 1 >= len(activities):
        return None
    after = activities[place + 1]
    if after.kind == "lesson":
        return Step("lesson", after.key, compiled.lesson_in(after.key, language)[0].title)
    return Step("quiz", after.key, compiled.quiz_in(after.key, language)[0].rules.title)


def _objectives(compiled: Compiled, rows: Sequence[GradedSlot], language: str) -> tuple[ObjectiveRow, ...]:
    sums: dict[str, list[Fraction]] = {}
    for row in rows:
        objective = compiled.banks[row.bank][row.question].objective
        if objective:
            points = Fraction(row.points_num, row.points_den)
            if row.waits or not points:
                continue
            both = sums.setdefault(objective, [Fraction(0), Fraction(0)])
            both[0] += points * Fraction(row.share_num, row.share_den)
            both[1] += points
    words, lessons = _teaching(compiled, language)
    found = [
        ObjectiveRow(
            words.get(key, key), number_words(_rounded(e)), number_words(p), e / p, tuple(lessons.get(key, ()))
        )
        for key, (e, p) in sums.items()
    ]
    return tuple(sorted(found, key=lambda row: row.share))


def _teaching(compiled: Compiled, language: str) -> tuple[dict[str, str], dict[str, list[Step]]]:
    words: dict[str, str] = {}
    lessons: dict[str, list[Step]] = {}
    for key in compiled.lessons:
        shown = compiled.lesson_in(key, language)[0]
        for objective in shown.objectives:
            words[objective.key] = objective.words
            lessons.setdefault(objective.key, []).append(Step("lesson", key, shown.title))
    return words, lessons


def _slots(compiled: Compiled, rows: Sequence[GradedSlot], language: str) -> tuple[ReviewSlot, ...]:
    bodies = {row.number: compiled.banks[row.bank][row.question] for row in rows}
    asking = [number for number, one in bodies.items() if TYPES[one.type].held(one.body) != "nothing"]
    labels = {number: label for label, number in enumerate(asking, 1)}
    return tuple(_slot(compiled, row, labels.get(row.number, 0), language) for row in rows)


def _told(kind: ModuleType, question: Question, row: GradedSlot) -> Any:
    """What the type tells of a response; where a person has marked it, with the levels that were chosen."""
    if kind.MARKED == "by-person":
        return kind.told(question.body, row.order, row.value, True, row.reason.get("marks", ()))
    return kind.told(question.body, row.order, row.value, True)


def _slot(compiled: Compiled, row: GradedSlot, label: int, language: str) -> ReviewSlot:
    question, _ = compiled.question_in(row.bank, row.question, language)
    kind = TYPES[question.type]
    points = Fraction(row.points_num, row.points_den)
    share = Fraction(row.share_num, row.share_den)
    verdict = "waits" if row.waits else verdict_of(share, kind.is_empty(row.value))
    return ReviewSlot(
        row.number, label, question.type, question.ask, question.stem, _told(kind, question, row),
        verdict if points else "none", number_words(_rounded(points * share)), number_words(points) if points else "",
        unpacked(row.reason), question.explanation, str(row.reason.get("comment", "")),
    )  # fmt: skip
