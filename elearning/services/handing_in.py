"""Handing in: what is empty before, grading once, and what follows from it in the same transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from elearning.domain.attempt import (
    STILL_COUNTS,
    Saved,
    Total,
    counting,
    has_passed,
    is_over,
    last_moment,
    remaining_seconds,
    total,
)
from elearning.domain.attempt_states import OPEN, State, ending, moved
from elearning.domain.behaviour import final
from elearning.domain.edition import Compiled
from elearning.domain.message import message, packed
from elearning.domain.person import Actor
from elearning.domain.question import Grade
from elearning.domain.quiz import Rules
from elearning.services import completing
from elearning.services.auditing import record
from elearning.services.paper import OpenPaper, StripItem, open_paper, paper_of, strip_of
from elearning.services.work import House, Work, not_here
from elearning.store.models import learning as rows
from elearning.store.queries import attempt_writing, attempts
from elearning.store.queries.attempt_writing import Ending
from elearning.store.queries.attempts import SlotRow


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What is answered, empty and marked, before handing in. `over` says that the time is up."""

    id: str
    title: str
    total: int
    answered: int
    empty: tuple[StripItem, ...]
    flagged: tuple[StripItem, ...]
    strip: tuple[StripItem, ...]
    remaining: int | None
    closes: datetime | None
    attempts_left: int | None
    may_go_back: bool
    over: bool
    handed_in: bool


def review_page(work: Work, public: str) -> ReviewPage:
    """The last page of the actor's attempt. Raises NotFound for anybody else's."""
    paper = open_paper(work, public)
    attempt, rules = paper.sitting.attempt, paper.rules
    strip = strip_of(paper, counting(paper.saved), 0)
    over = is_over(attempt.closes, rules, work.now)
    return ReviewPage(
        public, paper.compiled.quiz_in(attempt.quiz, work.actor.language)[0].rules.title, len(strip),
        sum(item.answered for item in strip), tuple(item for item in strip if not item.answered),
        tuple(item for item in strip if item.flagged), strip, remaining_seconds(attempt.closes, work.now), attempt.closes,
        None if rules.attempts is None else max(0, rules.attempts + paper.sitting.extra - attempt.number), rules.navigation == "free" and not over,
        over, attempt.state not in OPEN,
    )  # fmt: skip


def submit(work: Work, public: str) -> None:
    """Hand in the actor's attempt: grade every slot, keep the result, and let completion and certificate follow.

    Handing in twice changes nothing. Raises NotFound for anybody else's attempt.
    """
    sitting = attempts.locked_sitting(work.session, work.actor.id, public)
    if sitting is None:
        raise not_here()
    if sitting.attempt.state not in OPEN:
        return
    paper = paper_of(work, sitting)
    row, rules = sitting.attempt, paper.rules
    event = ending(rules, is_over(row.closes, rules, work.now))
    ended = min(work.now, last_moment(row.closes, rules)) if row.closes else work.now
    attempt = Ending(
        row.id, row.person_id, row.course_id, row.edition_id, row.quiz, moved(cast(State, row.state), event), ended,
        row.share_milli, row.share_num, row.share_den, row.passed,
    )  # fmt: skip
    if event == "give up":
        attempt_writing.write_ending(work.session, attempt)
    else:
        keep_grades(work, attempt, paper)
    record(work, "abandon attempt" if event == "give up" else "hand in", "attempt", public)


def state_of(attempt: Ending | rows.Attempt) -> State:
    """The state of a row, which a constraint of the table keeps to the known ones."""
    return cast(State, attempt.state)


def keep_grades(work: Work, attempt: Ending | rows.Attempt, paper: OpenPaper) -> None:
    """Grade every slot of an attempt that was handed in, in new rows; where nothing waits for a person, write the result down
    and let completion and certificate follow.
    """
    grades = _grades(paper, [slot.number for slot in paper.slots])
    points = {slot.number: Fraction(slot.points_num, slot.points_den) for slot in paper.slots}
    if all(grade is not None for grade in grades.values()):
        settle(attempt, paper.rules, total((g.share, points[n]) for n, g in grades.items() if g is not None))
    _add_grades(work, attempt, paper, grades)
    follow_up(work, attempt, paper.compiled)


def regrade(work: Work, attempt: rows.Attempt, paper: OpenPaper, numbers: Collection[int]) -> None:
    """Grade some slots anew; the grades of the others stand, marks given by a person among them."""
    _add_grades(work, attempt, paper, _grades(paper, numbers))
    settle_when_done(work, attempt, paper.compiled)


def _grades(paper: OpenPaper, numbers: Collection[int]) -> dict[int, Grade | None]:
    """What some slots earned."""
    current = counting(paper.saved)
    return {
        slot.number: _grade(paper, slot, current.get(slot.number)) for slot in paper.slots if slot.number in numbers
    }


def _add_grades(
    work: Work, attempt: Ending | rows.Attempt, paper: OpenPaper, grades: Mapping[int, Grade | None]
) -> None:
    """Keep grades in new rows; what has changed in the attempt itself goes to the database before them."""
    attempt_writing.write_ending(work.session, attempt)
    current, ids = counting(paper.saved), paper.answer_ids
    given = [
        grade_row(attempt.id, number, grade, ids[current[number].version] if number in current else None, work.now)
        for number, grade in grades.items()
    ]
    attempt_writing.add_grades(work.session, given)


def settle_when_done(work: Work, attempt: rows.Attempt, compiled: Compiled) -> bool:
    """Write the result of an attempt down once nothing of it waits for a person, and let completion and certificate follow;
    whether it has come to that.
    """
    graded = attempts.graded(work.session, attempt.id)
    if any(row.waits for row in graded):
        return False
    result = total((Fraction(r.share_num, r.share_den), Fraction(r.points_num, r.points_den)) for r in graded)
    settle(attempt, compiled.quizzes[attempt.quiz].rules, result)
    work.session.flush()
    follow_up(work, attempt, compiled)
    return True


def follow_up(work: Work, attempt: Ending | rows.Attempt, compiled: Compiled) -> None:
    """Completion and certificate after a result that passes, or at a quiz that asks for no more than being taken."""
    if attempt.state == "graded" and attempt.passed is not False:
        happened = completing.Happened("quiz", attempt.quiz, attempt.person_id, attempt.course_id, attempt.edition_id)
        completing.after(work, happened, compiled)


def settle(attempt: Ending | rows.Attempt, rules: Rules, result: Total) -> None:
    """Write the result down, once every slot has its grade."""
    share = result.share
    attempt.share_num, attempt.share_den = share.numerator, share.denominator
    attempt.share_milli = round(share * 1000)
    attempt.passed = has_passed(rules, share)
    attempt.state = moved(state_of(attempt), "settle")


def _grade(paper: OpenPaper, slot: SlotRow, current: Saved | None) -> Grade | None:
    """What a slot earned by the behaviour of the quiz; None where a person has to mark it."""
    question = paper.compiled.banks[slot.bank][slot.question]
    own = [row for row in paper.saved if row.slot == slot.number]
    return final(paper.rules, question.penalty, own, current, paper.judge(slot))


def grade_row(attempt: int, slot: int, grade: Grade | None, answer: int | None, at: datetime) -> dict[str, Any]:
    """The row in which a grade is kept, or that one waits; `answer` is the row of the answer that was graded, None for a blank."""
    share = grade.share if grade else Fraction(0)
    reason = grade.reason if grade else message("Waits to be marked")
    return {
        "attempt_id": attempt, "slot": slot, "answer_id": answer, "share_num": share.numerator,
        "share_den": share.denominator, "share_milli": round(share * 1000), "reason": packed(reason), "at": at,
        "waits": grade is None,
    }  # fmt: skip


def close_overdue(house: House, actor_of: Actor) -> int:
    """Hand in, for their owners, all attempts whose time and the 60 s for slow lines are over; how many there were.

    Each is one transaction of its own, so that a worker that is killed loses nothing and repeats nothing.
    """
    with house.reading(actor_of) as work:
        found = attempts.overdue(work.session, work.now - STILL_COUNTS)
    closed = 0
    for person, public in found:
        with house.writing(Actor(person, "")) as work:
            closed += _close(work, public)
    return closed


def _close(work: Work, public: str) -> int:
    paper = open_paper(work, public)
    attempt = paper.sitting.attempt
    if attempt.closes is None or work.now <= last_moment(attempt.closes, paper.rules) + STILL_COUNTS:
        return 0
    submit(work, public)
    return 1
