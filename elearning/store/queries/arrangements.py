"""What is arranged for quizzes and persons, and the attempts that it bears on."""

from collections.abc import Iterable
from typing import NamedTuple, cast

from sqlalchemy import (
    BindParameter,
    String,
    and_,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from elearning.domain.arrangement import Arrangement as Rule
from elearning.domain.arrangement import Kind, Reach
from elearning.store.models.arrangement import Arrangement
from elearning.store.models.learning import Attempt
from elearning.store.models.person import Person
from elearning.store.models.text import Edition
from elearning.store.models.unit import Placement, Unit, UnitTree
from elearning.store.prepared import Prepared, Row
from elearning.store.queries.attempts import PAST_COLUMNS, UNFINISHED, PastRow

_PERSON: BindParameter[int] = bindparam("person")
_HERE = and_(Arrangement.course_id == bindparam("course"), Arrangement.quiz == bindparam("quiz"))
_AS_PAST = (
    literal("").label("public"), Arrangement.id, Arrangement.kind, Arrangement.opens, Arrangement.closes,
    null(), func.coalesce(UnitTree.steps, 0), Arrangement.number,
    null(), Arrangement.scope, Arrangement.password,
)  # fmt: skip
_PAST = select(*PAST_COLUMNS, cast_to(literal(""), String), cast_to(literal(""), String)).where(
    Attempt.person_id == _PERSON, Attempt.course_id == bindparam("course"), Attempt.quiz == bindparam("quiz"),
    Attempt.round == bindparam("round"),
)  # fmt: skip
_FOR_UNITS = (
    select(*_AS_PAST)
    .select_from(Arrangement)
    .outerjoin(
        Placement, and_(Arrangement.scope == "unit", Placement.person_id == _PERSON, Placement.running == 1)
    )
    .outerjoin(UnitTree, and_(UnitTree.unit_id == Placement.unit_id, UnitTree.above_id == Arrangement.scope_id))
    .where(
        _HERE, Arrangement.ended.is_(None),
        or_(Arrangement.scope == "all", and_(Arrangement.scope == "unit", UnitTree.steps.is_not(None))),
    )
)  # fmt: skip
_FOR_PERSON = (
    select(*_AS_PAST)
    .select_from(Arrangement)
    .outerjoin(UnitTree, UnitTree.unit_id == -1)
    .where(
        Arrangement.scope == "person", Arrangement.scope_id == _PERSON, Arrangement.ended.is_(None),
        or_(_HERE, Arrangement.course_id.is_(None)),
    )
)  # fmt: skip
PAST_AND_RULES = Prepared(union_all(_PAST, _FOR_UNITS, _FOR_PERSON))


def past_and_rules(
    session: Session, person: int, course: int, quiz: str, round_: int = 1
) -> tuple[list[PastRow], list[Rule]]:
    """A person's attempts at a quiz, oldest first, and what is arranged for them there; one statement."""
    values = {"person": person, "course": course, "quiz": quiz, "round": round_}
    past, rules = [], []
    for row in PAST_AND_RULES.rows(session, values):
        if row[9]:
            rules.append(_rule(row))
        else:
            past.append(PastRow(*row[:9]))
    return sorted(past, key=lambda one: one.number), rules


def _rule(row: Row) -> Rule:
    """A row that came among the attempts: id, kind, dates, steps, number, scope and password in their places."""
    _, number, kind, opens, closes, _, steps, amount, _, scope, password = row
    return Rule(number, cast(Kind, kind), cast(Reach, scope), steps, opens, closes, password, amount)


class RunningRow(NamedTuple):
    """An attempt that runs, with what its closing depends on."""

    attempt: Attempt
    digest: str


def running(session: Session, course: int | None, quiz: str, person: int | None = None) -> list[RunningRow]:
    """Attempts that run at a quiz of a course (or everywhere, without a course), of one person where named; locked."""
    statement = (
        select(Attempt, Edition.digest)
        .join(Edition, Edition.id == Attempt.edition_id)
        .where(UNFINISHED, Attempt.state.in_(("in_progress", "overdue")))
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
    )
    if course is not None:
        statement = statement.where(Attempt.course_id == course, Attempt.quiz == quiz)
    if person is not None:
        statement = statement.where(Attempt.person_id == person)
    return [RunningRow(*row) for row in session.execute(statement)]


class Standing(NamedTuple):
    """A running arrangement as staff see it. `unit` and `person` name its scope; `by` who made it."""

    row: Arrangement
    unit: str | None
    person: str | None
    person_public: str | None
    by: str | None


def at_quiz(session: Session, course: int, quiz: str) -> list[Standing]:
    """What is and was arranged for a quiz, the newest first."""
    maker = Person.__table__.alias("maker")
    statement = (
        select(Arrangement, Unit.name, Person.name, Person.public, maker.c.name)
        .outerjoin(Unit, and_(Arrangement.scope == "unit", Unit.id == Arrangement.scope_id))
        .outerjoin(Person, and_(Arrangement.scope == "person", Person.id == Arrangement.scope_id))
        .outerjoin(maker, maker.c.id == Arrangement.made_by)
        .where(Arrangement.course_id == course, Arrangement.quiz == quiz)
        .order_by(Arrangement.id.desc())
        .limit(500)
    )
    return [Standing(*row) for row in session.execute(statement)]


def for_everybody(session: Session) -> dict[tuple[int, str], Arrangement]:
    """The running dates of every quiz for the whole platform, the newest row of each, by (course, quiz)."""
    rows = session.scalars(
        select(Arrangement)
        .where(Arrangement.kind == "dates", Arrangement.scope == "all", Arrangement.ended.is_(None))
        .order_by(Arrangement.id)
    )
    return {(row.course_id or 0, row.quiz): row for row in rows}


def rights(session: Session, person: int) -> list[Arrangement]:
    """The running rights of a person at every quiz, the newest first."""
    statement = select(Arrangement).where(
        Arrangement.scope == "person", Arrangement.scope_id == person, Arrangement.course_id.is_(None),
        Arrangement.ended.is_(None),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(Arrangement.id.desc())))


def rules_by_person(session: Session, course: int, quiz: str, people: Iterable[int]) -> dict[int, list[Rule]]:
    """What is arranged at a quiz for each of some people, in two statements however many they are."""
    wanted = set(people)
    rows = session.scalars(
        select(Arrangement).where(
            Arrangement.ended.is_(None),
            or_(and_(Arrangement.course_id == course, Arrangement.quiz == quiz), Arrangement.course_id.is_(None)),
        )
    ).all()
    units = {row.scope_id for row in rows if row.scope == "unit"}
    steps = _steps(session, units, wanted) if units else {}
    found: dict[int, list[Rule]] = {person: [] for person in wanted}
    for row in rows:
        if row.scope == "all":
            reached = dict.fromkeys(wanted, 0)
        elif row.scope == "person":
            reached = {row.scope_id: 0} if row.scope_id in wanted else {}
        else:
            reached = steps.get(row.scope_id, {})
        for person, up in reached.items():
            found[person].append(_as_rule(row, up))
    return found


def _as_rule(row: Arrangement, steps: int) -> Rule:
    return Rule(
        row.id, cast(Kind, row.kind), cast(Reach, row.scope), steps, row.opens, row.closes, row.password, row.number
    )


def _steps(session: Session, units: set[int], wanted: set[int]) -> dict[int, dict[int, int]]:
    """Unit → person → how far above the person's own unit it stands."""
    found: dict[int, dict[int, int]] = {}
    rows = session.execute(
        select(UnitTree.above_id, Placement.person_id, UnitTree.steps)
        .join(Placement, and_(Placement.unit_id == UnitTree.unit_id, Placement.running == 1))
        .where(UnitTree.above_id.in_(units))
    )
    for unit, person, up in rows:
        if person in wanted:
            found.setdefault(unit, {})[person] = up
    return found
