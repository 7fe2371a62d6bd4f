"""A past of any size, made by the database itself: people, attempts with papers, answers and grades, the ledger, who came and went."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, Select, String, case, insert, join, literal, select, text, true
from sqlalchemy import cast as as_type

from bench.course import JOURNEY, TWENTY
from bench.crowd import SORTED, UNIT
from elearning.services.work import NOBODY, House, Work
from elearning.store.base import Base
from elearning.store.models.learning import Answer, Attempt, AttemptSlot, Completion, Enrolment, Grade
from elearning.store.models.person import Audit, BrowserSession, Person, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import bulk

CHUNK = 100_000
AGO = timedelta(days=90)
WIDTH = 64


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rows of the past point at: the first person and attempt of this growth, course, edition and unit."""

    people: int
    person: int
    attempt: int
    course: int
    edition: int
    unit: int


def grow(house: House, people: int, attempts: int, slots: int) -> None:
    """Add so many people, and so many attempts of theirs that were handed in, each with so many slots, answers and grades."""
    with house.writing(NOBODY) as work:
        ground = _ground(work, people)
    for start in range(0, people, CHUNK):
        with house.writing(NOBODY) as work:
            _people(work, ground, _numbers(start, min(CHUNK, people - start)))
    for start in range(0, attempts, CHUNK):
        with house.writing(NOBODY) as work:
            _attempts(work, ground, _numbers(start, min(CHUNK, attempts - start)), slots)
    with house.writing(NOBODY) as work:
        bulk.move_sequences(work.session, (Person, Attempt))
    if house.store.engine.dialect.name == "postgresql":
        with house.store.engine.begin() as connection:
            connection.execute(text("ANALYZE"))


def _ground(work: Work, people: int) -> Ground:
    course = work.session.scalars(select(Course).where(Course.key == JOURNEY)).one()
    unit = work.session.scalar(select(Unit.id).where(Unit.public == UNIT))
    assert unit is not None, "somebody is added before the past is"
    assert course.live_id is not None, "the course of the bench is not published"
    return Ground(
        people, bulk.next_id(work.session, Person), bulk.next_id(work.session, Attempt), course.id, course.live_id, unit
    )


def _numbers(start: int, number: int, name: str = "counted") -> Any:
    """A table of the numbers from `start` on, as the column `n`."""
    counted = select(literal(start, Integer).label("n")).cte(name, recursive=True)
    return counted.union_all(select(counted.c.n + 1).where(counted.c.n < start + number - 1))


def _add(work: Work, model: type[Base], rows: Select[Any]) -> None:
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
    _add(work, Enrolment, select(
        own, literal(ground.course).label("course_id"), literal("bench").label("reason"), at.label("since")
    ))  # fmt: skip
    _add(work, Completion, select(
        own, literal(ground.course).label("course_id"), literal("quiz").label("kind"), literal(TWENTY).label("item"),
        at.label("at"), literal(ground.edition).label("edition_id"), literal(ground.unit).label("unit_id"),
        literal("Sở Đo Tải").label("unit_name"), literal("done").label("reason"),
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
    _papers(work, attempt, (numbers, _numbers(1, slots, "slots")), at)
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
    _add(work, Grade, select(
        own, place.label("slot"), literal(1).label("share_num"), literal(2).label("share_den"), literal(500).label("share_milli"),
        literal({"key": "Right", "values": {}}, Grade.reason.type).label("reason"), at.label("at"),
    ).select_from(each))  # fmt: skip
