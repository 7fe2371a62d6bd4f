"""The result of an attempt: a sentence, what to read again, and question by question what the rules allow to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from elearning.domain.arrangement import terms_of
from elearning.domain.attempt import attempts_allowed, is_last, why_not_start
from elearning.domain.attempt_states import OPEN
from elearning.domain.edition import Compiled
from elearning.domain.errors import Closed
from elearning.domain.message import Message, message
from elearning.domain.questions.number import number_words
from elearning.domain.quiz import Rules
from elearning.domain.review import Review, Shown, shown_after
from elearning.services.attempting import past_of
from elearning.services.outline import Step
from elearning.services.telling import ReviewSlot, review_slots, rounded
from elearning.services.work import Work, not_here
from elearning.store.queries import arrangements, attempts
from elearning.store.queries.attempts import AttemptRow, GradedSlot, Sitting


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """What was earned for one objective, and the lessons that teach it."""

    words: str
    earned: str
    possible: str
    share: Fraction
    lessons: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of an attempt. `waiting` says that a person has still to mark something, `said` what the quiz says of
    such a result (safe HTML). `hidden` says when more is shown; without `scored` not even the points are.
    """

    id: str
    title: str
    course: str
    course_title: str
    quiz: str
    number: int
    passed: bool | None
    scored: bool
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
    rules = compiled.quizzes[attempt.quiz].rules
    again = _again(work, attempt, rules)
    points = {row.number: Fraction(row.points_num, row.points_den) for row in rows}
    earned = sum((points[r.number] * Fraction(r.share_num, r.share_den) for r in rows), Fraction(0))
    share = Fraction(attempt.share_num or 0, attempt.share_den or 1)
    shown = shown_after(rules.review, submitted, again.closes, work.now, bool(attempt.passed), again.last)
    quiz = compiled.quiz_in(attempt.quiz, work.actor.language)[0]
    return ResultPage(
        id=public, title=quiz.rules.title, course=sitting.course,
        course_title=compiled.course_in(work.actor.language)[0].title, quiz=attempt.quiz, number=attempt.number,
        passed=attempt.passed, scored="points" in shown, share=share, earned=number_words(rounded(earned)),
        possible=number_words(sum(points.values(), Fraction(0))),
        pass_share=rules.pass_share, submitted=submitted, took=_seconds(sitting),
        objectives=_objectives(compiled, rows, work.actor.language) if "points" in shown else (),
        slots=review_slots(compiled, rows, shown, work.actor.language), hidden=_hidden(rules.review, shown, again.closes),
        certificate=sitting.certificate, course_done=sitting.complete,
        following=_following(work.shelf.get(work.session, sitting.live or sitting.digest), attempt.quiz, work.actor.language),
        may_retry=again.why_not is None and not attempt.passed, retry_note=again.why_not,
        attempts_left=again.left,
        counted=attempt.state == "graded", waiting=attempt.state == "submitted",
        said=quiz.said_of(share) if attempt.state == "graded" and "overall" in shown else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Again:
    """Whether the learner may try again, and what of the dates and attempts bears on what is shown."""

    why_not: Message | None
    left: int | None
    last: bool
    closes: datetime | None


def _again(work: Work, attempt: AttemptRow, rules: Rules) -> _Again:
    past, arranged = arrangements.past_and_rules(work.session, work.actor.id, attempt.course_id, attempt.quiz)
    terms = terms_of(arranged)
    allowed = attempts_allowed(rules, terms)
    left = None if allowed is None else max(0, allowed - len(past))
    why_not = why_not_start(rules, terms, past_of(past), work.now)
    return _Again(why_not, left, is_last(rules, terms, len(past)), terms.closes_for(rules))


def _submitted(attempt: AttemptRow) -> datetime:
    """When an attempt was handed in. Raises Closed while it runs."""
    if attempt.state in OPEN or attempt.ended is None:
        raise Closed(message("This attempt has not been handed in yet. Hand it in to see the result."))
    return attempt.ended


def _seconds(sitting: Sitting[AttemptRow]) -> int | None:
    ended = sitting.attempt.ended
    return int((ended - sitting.attempt.began).total_seconds()) if ended else None


def _hidden(review: Review, shown: Shown, closes: datetime | None) -> Message | None:
    """What to say where the questions are not shown now: when they will be, or that they will not."""
    if "answers" in shown:
        return None
    if review.when_passed:
        return message(
            "The questions with their answers are shown once you have passed, or have used your last attempt."
        )
    if "answers" in review.closed and closes is not None:
        return message(
            "The questions with their answers are shown once the quiz has closed, at %(moment)s.", moment=closes
        )
    if "answers" in review.closed and "answers" not in review.open:
        return message("The questions with their answers are shown once the quiz has closed.")
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
        ObjectiveRow(words.get(key, key), number_words(rounded(e)), number_words(p), e / p, tuple(lessons.get(key, ())))
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
