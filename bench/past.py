"""A past of any size, made by the database itself: people, attempts with papers, answers and grades, the ledger, certificates, who
came and went. Every table that grows with people or attempts gets rows, so that none of them is read through unnoticed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, String, case, insert, join, literal, select, text, true
from sqlalchemy import cast as as_type

from bench.course import JOURNEY, SITTING, TWENTY
from bench.crowd import SORTED, UNIT
from elearning.services.work import NOBODY, House, Work
from elearning.store.base import AnySelect, Base
from elearning.store.models.arrangement import Acceptance
from elearning.store.models.learning import (
    Answer,
    Attempt,
    AttemptSlot,
    Certificate,
    Completion,
    Enrolment,
    Flag,
    Grade,
    LessonVisit,
    Upload,
)
from elearning.store.models.notice import Notice
from elearning.store.models.person import Audit, BrowserSession, Grant, OneTimeCode, Person, SignInFailure, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import bulk

CHUNK = 100_000
AGO = timedelta(days=90)
WIDTH = 64
SELDOM = 10
UNIT_NAME = "Sở Đo Tải"
YEAR = 2000


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rows of the past point at: the first person and attempt of this growth, course and edition of the journey, unit,
    and both courses with their editions.
    """

    people: int
    person: int
    attempt: int
    course: int
    edition: int
    unit: int
    courses: dict[int, int]


def grow(house: House, people: int, attempts: int, slots: int) -> None:
    """Add so many people who have completed both courses of the bench, and so many attempts of theirs that were handed in, each
    with so many slots, answers and grades.
    """
    with house.writing(NOBODY) as work:
        ground = _ground(work, people)
    for start in range(0, people, CHUNK):
        some = range(start, min(start + CHUNK, people))
        with _adding(house) as work:
            _people(work, ground, _numbers(some))
            _accounts(work, ground, _numbers(some))
            for course, edition in ground.courses.items():
                _records(work, ground, (course, edition), _numbers(some))
                _certificates(work, ground, course, some)
    for start in range(0, attempts, CHUNK):
        with _adding(house) as work:
            _attempts(work, ground, _numbers(range(start, min(start + CHUNK, attempts))), slots)
    with house.writing(NOBODY) as work:
        bulk.move_sequences(work.session, (Person, Attempt))
    look_at_all(house)


def look_at_all(house: House) -> None:
    """Let PostgreSQL tidy up and count what there is, as it does by itself sooner or later, and then beside what is measured."""
    if house.store.engine.dialect.name == "postgresql":
        with house.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM (ANALYZE) {', '.join(Base.metadata.tables)}"))


@contextmanager
def _adding(house: House) -> Iterator[Work]:
    """Work whose links PostgreSQL does not look up row by row, which takes most of the time; its user must be a superuser."""
    with house.writing(NOBODY) as work:
        if house.store.engine.dialect.name == "postgresql":
            work.session.execute(text("SET LOCAL session_replication_role = replica"))
        yield work


def _ground(work: Work, people: int) -> Ground:
    courses = {one.key: one for one in work.session.scalars(select(Course).where(Course.key.in_((JOURNEY, SITTING))))}
    live = {one.id: one.live_id for one in courses.values() if one.live_id is not None}
    unit = work.session.scalar(select(Unit.id).where(Unit.public == UNIT))
    assert unit is not None, "somebody is added before the past is"
    assert len(live) == 2, "the courses of the bench are not published"
    course = courses[JOURNEY].id
    person, attempt = bulk.next_id(work.session, Person), bulk.next_id(work.session, Attempt)
    return Ground(people, person, attempt, course, live[course], unit, live)


def _numbers(some: range, name: str = "counted") -> Any:
    """A table of these numbers, as the column `n`."""
    counted = select(literal(some.start, Integer).label("n")).cte(name, recursive=True)
    return counted.union_all(select(counted.c.n + 1).where(counted.c.n < some.stop - 1))


def _add(work: Work, model: type[Base], rows: AnySelect) -> None:
    """Insert what is selected, each column by its label."""
    work.session.execute(
        insert(model).from_select([one.name for one in rows.selected_columns], rows, include_defaults=True)
    )


def _moment(work: Work) -> Any:
    return literal(work.now - AGO, Attempt.began.type)


def _people(work: Work, ground: Ground, numbers: Any) -> None:
    person, at = numbers.c.n + ground.person, _moment(work)
    name, by_name, to_find = (
        case(dict(enumerate(row)), value=numbers.c.n % len(SORTED)) for row in zip(*SORTED, strict=True)
    )
    _add(work, Person, select(
        person.label("id"), (literal("past-") + as_type(person, String)).label("public"), name.label("name"),
        by_name.label("sort_key"), to_find.label("search_key"), at.label("created"),
    ))  # fmt: skip
    shown = literal("past") + as_type(person, String) + literal("@bench.example")
    own = person.label("person_id")
    _add(work, SignInName, select(own, literal("email").label("kind"), shown.label("normal"), shown.label("shown")))
    since = literal(work.today - AGO, Placement.since.type).label("since")
    _add(work, Placement, select(own, literal(ground.unit).label("unit_id"), since, literal(1).label("running")))


def _accounts(work: Work, ground: Ground, numbers: Any) -> None:
    person, at = numbers.c.n + ground.person, _moment(work)
    own = person.label("person_id")
    _add(work, Grant, select(own, literal("learner").label("role"), at.label("since"), at.label("until")))
    token = literal("past-") + as_type(person, String)
    _add(work, OneTimeCode, select(token.label("code"), own, at.label("made"), at.label("until"), at.label("used")))
    _add(work, SignInFailure, select(token.label("name"), literal(1).label("count"), at.label("free")))
    _add(work, Notice, select(
        own, literal("granted").label("kind"), literal("past").label("about"), literal({}, Notice.values.type).label("values"),
        at.label("at"), at.label("closed"), literal("none").label("mail"),
    ))  # fmt: skip


def _records(work: Work, ground: Ground, taught: tuple[int, int], numbers: Any) -> None:
    """Enrolments, what was opened and what was completed, in one course."""
    person, at = numbers.c.n + ground.person, _moment(work)
    taken = person.label("person_id"), literal(taught[0]).label("course_id")
    _add(work, Enrolment, select(*taken, literal("bench").label("reason"), at.label("since")))
    _add(work, LessonVisit, select(*taken, literal("past").label("lesson"), at.label("begun")))
    for kind, item in (("quiz", TWENTY), ("course", JOURNEY)):
        _add(work, Completion, select(
            *taken, literal(kind).label("kind"), literal(item).label("item"), at.label("at"),
            literal(taught[1]).label("edition_id"), literal(ground.unit).label("unit_id"), literal(UNIT_NAME).label("unit_name"),
            literal("done").label("reason"),
        ))  # fmt: skip


def _certificates(work: Work, ground: Ground, course: int, some: range) -> None:
    """One for each completion of a course, of a year in which no other was issued."""
    done, nothing, day = Completion, literal(""), literal(work.today - AGO, Certificate.issued_on.type)
    _add(work, Certificate, select(
        (literal("PAST") + as_type(done.id, String)).label("code"), literal(YEAR).label("year"), done.id.label("number"),
        done.person_id.label("person_id"), done.course_id.label("course_id"), done.edition_id.label("edition_id"),
        done.id.label("completion_id"), Person.name.label("holder"), done.unit_id.label("unit_id"),
        done.unit_name.label("unit_name"), nothing.label("course_title"), nothing.label("certificate_title"),
        literal("1").label("hours"), nothing.label("score"), literal("vi").label("language"), nothing.label("issuer"),
        done.at.label("issued"), day.label("issued_on"),
    ).join(Person, Person.id == done.person_id).where(
        done.person_id.between(ground.person + some.start, ground.person + some.stop - 1), done.course_id == course,
        done.kind == "course",
    ))  # fmt: skip


def _attempts(work: Work, ground: Ground, numbers: Any, slots: int) -> None:
    attempt, at = numbers.c.n + ground.attempt, _moment(work)
    person = (ground.person + numbers.c.n % ground.people).label("person_id")
    round_ = as_type((numbers.c.n - numbers.c.n % ground.people) / ground.people, Integer)
    _add(work, Attempt, select(
        attempt.label("id"), (literal("past-") + as_type(attempt, String)).label("public"), person,
        literal(ground.course).label("course_id"), literal(ground.edition).label("edition_id"), literal(TWENTY).label("quiz"),
        (round_ + 1).label("number"), literal("graded").label("state"), literal("0").label("seed"), at.label("began"),
        at.label("closes"), at.label("ended"), literal(500).label("share_milli"), literal(1).label("share_num"),
        literal(2).label("share_den"), literal(True).label("passed"),
    ))  # fmt: skip
    _papers(work, attempt, (numbers, _numbers(range(1, slots + 1), "slots")), at)
    token = literal("past-") + as_type(attempt, String)
    _add(
        work,
        BrowserSession,
        select(token.label("token"), person, at.label("created"), at.label("seen"), at.label("ended")),
    )
    _add(work, Audit, select(
        at.label("at"), person.label("actor_id"), literal("hand in").label("action"), literal("attempt").label("kind"),
        token.label("subject"),
    ))  # fmt: skip
    _seldom(work, attempt, numbers, at)


def _seldom(work: Work, attempt: Any, numbers: Any, at: Any) -> None:
    """What one attempt in ten has: a flag, a recording, an answer that came too late and was accepted."""
    some, own = numbers.c.n % SELDOM == 0, attempt.label("attempt_id")
    token = literal("past-") + as_type(attempt, String)
    slot = literal(1).label("slot")
    _add(work, Flag, select(own, slot, at.label("at")).where(some))
    _add(work, Upload, select(
        token.label("public"), own, slot, literal("noi.webm").label("name"), literal(1).label("size"), at.label("made"),
        at.label("finished"),
    ).where(some))  # fmt: skip
    late = select(
        Answer.id.label("answer_id"), at.label("at"), Attempt.person_id.label("by_id"), literal("").label("reason")
    )
    late = late.join(Attempt, Attempt.id == Answer.attempt_id).join(numbers, attempt == Answer.attempt_id)
    _add(work, Acceptance, late.where(some, Answer.slot == 1))


def _papers(work: Work, attempt: Any, tables: tuple[Any, Any], at: Any) -> None:
    own, place = attempt.label("attempt_id"), tables[1].c.n
    each = join(*tables, true())
    _add(work, AttemptSlot, select(
        own, place.label("number"), literal(f"quizzes/banks/{TWENTY}.md").label("bank"),
        (literal("cau-") + as_type(place, String)).label("question"), literal("0" * WIDTH).label("version"),
        literal([0, 1, 2, 3], AttemptSlot.order.type).label("order"), literal(1).label("points_num"), literal(1).label("points_den"),
    ).select_from(each))  # fmt: skip
    _add(work, Answer, select(
        own, place.label("slot"), literal("past").label("tab"), place.label("seq"), literal(0).label("base"),
        place.label("version"), literal("a", Answer.value.type).label("value"), at.label("at"),
    ).select_from(each))  # fmt: skip
    judged = select(
        Answer.attempt_id.label("attempt_id"), Answer.slot.label("slot"), Answer.id.label("answer_id"),
        literal(1).label("share_num"), literal(2).label("share_den"), literal(500).label("share_milli"),
        literal({"key": "Right", "values": {}}, Grade.reason.type).label("reason"), at.label("at"),
    )  # fmt: skip
    _add(work, Grade, judged.join(tables[0], attempt == Answer.attempt_id))
