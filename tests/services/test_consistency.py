"""The audit: silent where all holds, and each rule is broken once to see that it is noticed, and it alone."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, update

from elearning.services.consistency import RULES, audit
from elearning.services.lessons import finish_lesson
from elearning.services.work import NOBODY, House, Work
from elearning.store.models import learning as rows
from elearning.store.models.text import Course, TextBytes
from elearning.store.models.unit import Placement, UnitLink, UnitTree
from tests.services.cast import Cast
from tests.services.examining import Room
from tests.services.keeping import lived_in
from tests.services.texts import COURSE, LESSONS


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    """A house with a full history, a certificate in it."""
    room = lived_in(practice, cast)
    with practice.writing(room.learner.actor) as work:
        for lesson in LESSONS:
            finish_lesson(work, COURSE, lesson)
    return room


def broken(house: House) -> list[str]:
    """The rules that do not hold."""
    return [str(f.message.named["rule"].key) for f in audit(house) if not f.good]  # type: ignore[attr-defined]


def test_a_house_with_a_full_history_is_sound_and_all_rules_were_looked_at(room: Room) -> None:
    with room.house.reading(NOBODY) as work:
        assert work.session.query(rows.Certificate).count() == 1
    assert [finding.good for finding in audit(room.house)] == [True] * len(RULES)


def test_an_empty_house_is_sound(house: House) -> None:
    assert broken(house) == []


def graded(work: Work) -> rows.Attempt:
    return work.session.query(rows.Attempt).filter_by(state="graded").one()


def running(work: Work) -> rows.Attempt:
    return work.session.query(rows.Attempt).filter_by(state="in_progress").one()


def without_a_grade(work: Work) -> None:
    last = work.session.query(rows.Grade).order_by(rows.Grade.slot.desc()).first()
    work.session.delete(last)
    # A slot that earned all its points or none leaves the sum as it was only where the result says so, too.
    attempt = graded(work)
    attempt.share_num, attempt.share_den, attempt.share_milli = 1, 1, 1000


def waiting(work: Work) -> None:
    work.session.execute(update(rows.Grade).where(rows.Grade.slot == 1).values(waits=True))


def another_sum(work: Work) -> None:
    graded(work).share_milli = 999


def another_slot(work: Work) -> None:
    work.session.execute(update(rows.Answer).where(rows.Answer.attempt_id == running(work).id).values(slot=77))


def a_gap(work: Work) -> None:
    work.session.execute(update(rows.Answer).where(rows.Answer.attempt_id == running(work).id).values(version=7))


def ended_and_open(work: Work) -> None:
    running(work).ended = work.now


def twice_at_once(work: Work) -> None:
    attempt = graded(work)
    attempt.state, attempt.ended = "in_progress", None


def a_completion_of_a_lesson(work: Work) -> None:
    lesson = work.session.query(rows.Completion).filter_by(kind="lesson").first()
    work.session.execute(update(rows.Certificate).values(completion_id=lesson.id))  # type: ignore[union-attr]


def a_number_left_out(work: Work) -> None:
    work.session.execute(update(rows.CertificateCounter).values(last=2))


def no_such_edition(work: Work) -> None:
    work.session.execute(update(Course).values(live_id=999))


def another_text(work: Work) -> None:
    first = work.session.query(TextBytes).order_by(TextBytes.digest).first()
    first.data = b"x" + first.data  # type: ignore[union-attr]


def half_a_recording(work: Work) -> None:
    work.session.execute(update(rows.Upload).values(size=rows.Upload.size + 1))


def another_tree(work: Work) -> None:
    work.session.execute(delete(UnitTree).where(UnitTree.steps == 1))


def a_circle(work: Work) -> None:
    link = work.session.query(UnitLink).one()
    work.session.add(UnitLink(unit_id=link.parent_id, parent_id=link.unit_id, since=work.today))


def an_ended_placement_that_runs(work: Work) -> None:
    work.session.execute(update(Placement).values(until=work.today))


@pytest.mark.parametrize(
    ("break_it", "rule"),
    [
        (without_a_grade, "has a grade"),
        (waiting, "waits to be marked"),
        (another_sum, "sum of its grades"),
        (another_slot, "slot of their own paper"),
        (a_gap, "numbered without gaps."),
        (ended_and_open, "has ended, or it is open"),
        (twice_at_once, "twice at once"),
        (a_completion_of_a_lesson, "completion of its holder"),
        (a_number_left_out, "gaps within a year"),
        (no_such_edition, "editions of their own course"),
        (another_text, "what its digest says"),
        (half_a_recording, "in full length"),
        (another_tree, "the links give"),
        (a_circle, "the links give"),
        (an_ended_placement_that_runs, "Placements run"),
    ],
)
def test_what_is_broken_is_found_and_nothing_else(room: Room, break_it: Callable[[Work], Any], rule: str) -> None:
    with room.house.writing(NOBODY) as work:
        break_it(work)
    found = broken(room.house)
    assert len(found) == 1, found
    assert rule in found[0]


def test_a_finding_names_places_and_no_person(room: Room) -> None:
    with room.house.writing(NOBODY) as work:
        another_sum(work)
        public = graded(work).public
    (said,) = [finding.message.plain() for finding in audit(room.house) if not finding.good]
    assert said == f"Every result is the sum of its grades. Not so here (1 in all): {public}"
    assert room.learner.name not in said
