"""What made-up people have done in a course: papers drawn and graded by the rules, the ledger, certificates in order of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from elearning.domain.arrangement import Terms, closing_time
from elearning.domain.attempt import has_passed, total
from elearning.domain.completion import Done, judge
from elearning.domain.edition import Compiled
from elearning.domain.fictional_answers import guessed, right
from elearning.domain.fictional_course import Outcome, Span, Step, minutes_of, steps, timetable
from elearning.domain.paper import Slot, draw_paper
from elearning.domain.question import Grade, Question
from elearning.domain.questions import TYPES
from elearning.services import certifying
from elearning.services.fictional_people import Place, Resident
from elearning.services.handing_in import grade_row
from elearning.services.work import Work
from elearning.store.models import learning as rows
from elearning.store.queries import bulk
from elearning.store.queries.texts import LiveCourse

TRIES = 40
RIGHT_WHEN_PASSING, RIGHT_WHEN_FAILING = 0.9, 0.35


@dataclass(frozen=True, slots=True)
class Sitting:
    """A paper with its answers (None: left blank) and their grades."""

    seed: str
    slots: tuple[Slot, ...]
    values: tuple[object, ...]
    grades: tuple[Grade, ...]
    share: Fraction


@dataclass(slots=True)
class Diary:
    """Rows of one course as they come about, with ids of their own; written at the end, all at once."""

    work: Work
    rng: Random
    course: LiveCourse
    compiled: Compiled
    places: Sequence[Place]
    ids: dict[str, int]
    attempts: list[dict[str, Any]] = field(default_factory=list)
    slots: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    grades: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    ledger: list[dict[str, Any]] = field(default_factory=list)

    def next(self, kind: str) -> int:
        """The next free id of attempts, answers or ledger rows."""
        self.ids[kind] += 1
        return self.ids[kind] - 1


def open_diary(work: Work, rng: Random, course: LiveCourse, places: Sequence[Place]) -> Diary:
    """An empty diary for a course."""
    ids = {
        "attempt": bulk.next_id(work.session, rows.Attempt),
        "answer": bulk.next_id(work.session, rows.Answer),
        "ledger": bulk.next_id(work.session, rows.Completion),
    }
    return Diary(work, rng, course, work.shelf.get(work.session, course.digest), places, ids)


def live(diary: Diary, person: Resident, outcome: Outcome) -> datetime | None:
    """Let a person go through the course to the outcome meant; when they began, None for somebody who has not."""
    compiled, rng = diary.compiled, diary.rng
    plan = steps(rng, compiled.course, compiled.quizzes, outcome)
    lessons = {key: max(lesson.minutes, lesson.dwell_minutes) for key, lesson in compiled.lessons.items()}
    lengths = [minutes_of(rng, step, lessons, compiled.quizzes) for step in plan]
    waits = [compiled.quizzes[step.activity.key].rules.wait_hours if step.number > 1 else 0 for step in plan]
    spans = timetable(rng, lengths, waits, diary.work.now, diary.work.platform.zone)
    done = Done()
    for step, span in zip(plan, spans, strict=True):
        if step.activity.kind == "lesson":
            _visit(diary, person, step, span)
        elif not _sit(diary, person, step, span):
            continue
        done = _note(diary, person, step, span.ended, done)
    return spans[0].began if spans else None


def _visit(diary: Diary, person: Resident, step: Step, span: Span) -> None:
    if diary.compiled.lessons[step.activity.key].dwell_minutes:
        diary.visits.append(
            {
                "person_id": person.id, "course_id": diary.course.course_id, "round": 1, "lesson": step.activity.key,
                "begun": span.began,
            }
        )  # fmt: skip


def _note(diary: Diary, person: Resident, step: Step, at: datetime, done: Done) -> Done:
    """Write what was done to the ledger, and the course when that was the last thing missing; all that is done now."""
    compiled, key = diary.compiled, step.activity.key
    before = judge(compiled.course, compiled.quizzes, done).complete
    if step.activity.kind == "lesson":
        done = Done(done.lessons | {key}, done.passed, done.tried)
    else:
        done = Done(done.lessons, done.passed | {key}, done.tried | {key})
    _ledger(diary, person, step.activity.kind, key, at, "done")
    if not before and judge(compiled.course, compiled.quizzes, done).complete:
        _ledger(diary, person, "course", compiled.course.key, at, f"{step.activity.kind} {key}")
    return done


def _ledger(diary: Diary, person: Resident, kind: str, item: str, at: datetime, reason: str) -> None:
    place = diary.places[person.place_on(at.astimezone(diary.work.platform.zone).date())]
    diary.ledger.append(
        {
            "id": diary.next("ledger"), "person_id": person.id, "course_id": diary.course.course_id, "round": 1,
            "kind": kind, "item": item, "at": at, "edition_id": diary.course.edition_id, "unit_id": place.id,
            "unit_name": place.name, "reason": reason,
        }
    )  # fmt: skip


def _sit(diary: Diary, person: Resident, step: Step, span: Span) -> bool:
    """One sitting of a quiz, written with paper, answers and grades; whether it counts as done."""
    quiz = diary.compiled.quizzes[step.activity.key]
    sitting = _sitting(diary, step)
    began = _began(diary, quiz.rules.minutes, span) if step.result == "running" else span.began
    attempt = diary.next("attempt")
    graded = step.result in ("passed", "failed")
    ended = None if step.result == "running" else span.ended
    passed = has_passed(quiz.rules, sitting.share) if graded else None
    diary.attempts.append(
        {
            "id": attempt, "public": diary.work.chance.token(16)[:22], "person_id": person.id,
            "course_id": diary.course.course_id, "edition_id": diary.course.edition_id, "quiz": quiz.key, "round": 1,
            "number": step.number, "state": STATES[step.result], "seed": sitting.seed, "began": began,
            "closes": closing_time(quiz.rules, Terms(), began), "ended": ended, "passed": passed,
            "share_milli": round(sitting.share * 1000) if graded else None,
            "share_num": sitting.share.numerator if graded else None,
            "share_den": sitting.share.denominator if graded else None,
        }
    )  # fmt: skip
    until = ended or min(diary.work.now, began + (span.ended - span.began))
    _write_paper(diary, attempt, sitting, Span(began, until), graded)
    return graded and passed is not False


STATES: Mapping[str, str] = {
    "passed": "graded", "failed": "graded", "running": "in_progress", "abandoned": "abandoned",
}  # fmt: skip


def _began(diary: Diary, minutes: int | None, span: Span) -> datetime:
    """When a sitting that still runs was begun: within its time before now, or any day where it has no limit."""
    if minutes is None:
        return span.began
    return diary.work.now - timedelta(seconds=diary.rng.randint(60, max(61, minutes * 48)))


def _sitting(diary: Diary, step: Step) -> Sitting:
    """Draw papers and answers until the result is the one meant; as a last resort all is right, or all is blank."""
    rules = diary.compiled.quizzes[step.activity.key].rules
    wanted = {"passed": True, "failed": False}.get(step.result)
    chance = RIGHT_WHEN_FAILING if step.result == "failed" else RIGHT_WHEN_PASSING
    blank = {"running": 0.5, "abandoned": 0.6, "failed": 0.08}.get(step.result, 0.01)
    for _ in range(TRIES):
        sitting = _drawn(diary, step, chance, blank)
        if wanted is None or has_passed(rules, sitting.share) in (wanted, None):
            return sitting
    return _drawn(diary, step, 1.0, 0.0) if wanted else _drawn(diary, step, 0.0, 1.0)


def _drawn(diary: Diary, step: Step, chance: float, blank: float) -> Sitting:
    quiz, rng = diary.compiled.quizzes[step.activity.key], diary.rng
    seed = diary.work.chance.token(16)[:22]
    paper = draw_paper(quiz, diary.compiled.banks, Random(seed))  # noqa: S311  a paper must be drawn again from its seed
    values, grades = [], []
    for slot in paper:
        question = diary.compiled.banks[slot.bank][slot.question]
        value = None if rng.random() < blank else _value(question, slot, rng, chance)
        values.append(value)
        grades.append(_grade(question, slot, value, rng))
    share = total((grade.share, slot.points) for grade, slot in zip(grades, paper, strict=True)).share
    return Sitting(seed, paper, tuple(values), tuple(grades), share)


def _grade(question: Question, slot: Slot, value: object, rng: Random) -> Grade:
    """What the rules give; where a person marks, the levels of the rubric that somebody made up has chosen."""
    kind, body = TYPES[question.type], question.body
    grade: Grade | None = kind.grade(body, slot.order, value)
    if grade is None:
        grade = kind.by_rubric(body, [rng.randrange(len(body.rubric.points)) for _ in body.rubric.criteria])
    if grade is None:
        raise LookupError(f"{question.type} has no grade")
    return grade


def _value(question: Question, slot: Slot, rng: Random, chance: float) -> object:
    if rng.random() < chance:
        return right(question, slot.order)
    return guessed(question, slot.order, rng)


def _write_paper(diary: Diary, attempt: int, sitting: Sitting, span: Span, graded: bool) -> None:
    """The slots of a paper; each answer, one request after the other over the time of the sitting; the grades."""
    given = [number for number, value in enumerate(sitting.values) if value is not None]
    apart = (span.ended - span.began) / (len(given) + 1)
    tab = diary.work.chance.token(12)
    versions = {number: version for version, number in enumerate(given, 1)}
    for number, slot in enumerate(sitting.slots):
        diary.slots.append(_slot_row(attempt, slot))
        answer = None
        if number in versions:
            answer, version = diary.next("answer"), versions[number]
            diary.answers.append(
                {
                    "id": answer, "attempt_id": attempt, "slot": slot.number, "tab": tab, "seq": version,
                    "base": version - 1, "version": version, "value": sitting.values[number],
                    "at": span.began + version * apart,
                }
            )  # fmt: skip
        if graded:
            diary.grades.append(grade_row(attempt, slot.number, sitting.grades[number], answer, span.ended))


def _slot_row(attempt: int, slot: Slot) -> dict[str, Any]:
    return {
        "attempt_id": attempt, "number": slot.number, "bank": slot.bank, "question": slot.question,
        "version": slot.digest, "order": list(slot.order), "points_num": slot.points.numerator,
        "points_den": slot.points.denominator,
    }  # fmt: skip


def close_diary(diary: Diary) -> None:
    """Write all that the diary holds."""
    session = diary.work.session
    bulk.add(session, rows.Attempt, diary.attempts)
    bulk.add(session, rows.AttemptSlot, diary.slots)
    bulk.add(session, rows.Answer, diary.answers)
    bulk.add(session, rows.Grade, diary.grades)
    bulk.add(session, rows.LessonVisit, diary.visits)
    bulk.add(session, rows.Completion, diary.ledger)
    bulk.move_sequences(session, (rows.Attempt, rows.Answer, rows.Completion))


def issue_certificates(diaries: Sequence[Diary]) -> list[rows.Certificate]:
    """Issue what completed courses give, in order of time over all courses, so that numbers rise with the days."""
    due = [(row["at"], row["id"], row, diary) for diary in diaries for row in diary.ledger if row["kind"] == "course"]
    found = []
    for at, _, row, diary in sorted(due, key=lambda one: one[:2]):
        issued = certifying.issue(replace(diary.work, now=at), rows.Completion(**row), diary.compiled)
        if issued is not None:
            found.append(issued)
    return found
