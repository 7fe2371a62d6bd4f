"""What saving asks of an attempt, and the answers that it appends. Ownership stands in the query."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from elearning.store.base import AnySelect
from elearning.store.models.learning import Answer, Attempt, AttemptSlot, Flag
from elearning.store.models.text import Edition
from elearning.store.prepared import Prepared, PreparedInsert, Row
from elearning.store.queries.attempts import ANSWER_COLUMNS, Kept


class SavingAttempt(NamedTuple):
    """What saving needs to know of an attempt."""

    id: int
    quiz: str
    state: str
    closes: datetime | None
    ended: datetime | None


class SavingSlot(NamedTuple):
    """What saving needs to know of a slot."""

    number: int
    bank: str
    question: str
    order: list[int]


class SavingRow(NamedTuple):
    """What saving needs to know of one slot, once for each answer that the slot has already (or once with none)."""

    attempt: SavingAttempt
    digest: str
    last: int
    slot: SavingSlot
    flagged: bool
    answer: Kept | None


_every = aliased(Answer)
_LAST = select(func.max(_every.version)).where(_every.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
# A prepared statement takes no list, so there is one for each of these lengths; a shorter list is filled up with its last slot.
_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200)


def _for_saving(length: int) -> Prepared:
    numbers: list[BindParameter[int]] = [bindparam(f"n{place}") for place in range(length)]
    asked = (
        select(
            Attempt.id, Attempt.quiz, Attempt.state, Attempt.closes, Attempt.ended, Edition.digest, _LAST,
            AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.order, Flag.slot.is_not(None), *ANSWER_COLUMNS,
        )
        .join(Edition, Edition.id == Attempt.edition_id)
        .join(AttemptSlot, and_(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.number.in_(numbers)))
        .outerjoin(Flag, and_(Flag.attempt_id == Attempt.id, Flag.slot == AttemptSlot.number))
        .outerjoin(Answer, and_(Answer.attempt_id == Attempt.id, Answer.slot == AttemptSlot.number))
        .where(Attempt.public == bindparam("public"), Attempt.person_id == bindparam("person"))
        .order_by(AttemptSlot.number, Answer.version)
    )  # fmt: skip
    return Prepared(asked)


_FOR_SAVING = {length: _for_saving(length) for length in _LENGTHS}
_LOCK = Prepared(
    select(Attempt.id)
    .where(Attempt.public == bindparam("public"), Attempt.person_id == bindparam("person"))
    .with_for_update()
)


def for_saving(session: Session, person: int, public: str, numbers: Collection[int], lock: bool) -> list[SavingRow]:
    """Attempt, edition, slots and their answers in one statement. Empty for a stranger's attempt, and without slots. Raises
    StopIteration for more than 200 slots.

    With `lock` no other writer comes near the attempt until the end of the work. PostgreSQL is asked for that before: a statement
    that waits for a lock goes on to see what was there when it began, without the answer that it had to wait for.
    """
    if not numbers:
        return []
    asked, length = list(numbers), next(length for length in _LENGTHS if length >= len(numbers))
    filled = asked + asked[-1:] * (length - len(asked))
    values = {"person": person, "public": public, **{f"n{place}": number for place, number in enumerate(filled)}}
    if lock and session.connection().dialect.name == "postgresql":
        _LOCK.rows(session, {"person": person, "public": public})
    return [_saving_row(row) for row in _FOR_SAVING[length].rows(session, values)]


def _saving_row(row: Row) -> SavingRow:
    answer = Kept(*row[12:]) if row[12] is not None else None
    return SavingRow(SavingAttempt(*row[:5]), row[5], row[6] or 0, SavingSlot(*row[7:11]), row[11], answer)


_COLUMNS = (
    "attempt_id", "slot", "tab", "seq", "base", "version", "value", "at", "late", "chosen", "checked", "certainty",
)  # fmt: skip
_ADD = PreparedInsert(Answer, *_COLUMNS)
_before = aliased(Answer)


def _still(row: AnySelect) -> AnySelect:
    """A row whose attempt is in the state that was seen, and has had no other answer since: the locks of the database hold it there."""
    attempt = bindparam("attempt_id", type_=Attempt.id.type)
    last = select(func.coalesce(func.max(_before.version), 0)).where(_before.attempt_id == attempt).scalar_subquery()
    seen = (
        Attempt.id == attempt,
        Attempt.state == bindparam("state"),
        last == bindparam("version", type_=Answer.version.type) - 1,
    )
    return row.select_from(Attempt).where(*seen).with_for_update(of=Attempt)


_ADD_WHERE_STILL = PreparedInsert(Answer, *_COLUMNS, where=_still)


def add_answers(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append answers, in one statement."""
    _ADD.add(session, rows)


def add_where_still(session: Session, rows: list[dict[str, Any]], state: str) -> bool:
    """Append answers of one attempt, numbered on from the last that was seen, unless it has had another since or has left its
    state; then none is added, and the answer is False.
    """
    seen = [{**row, "state": state} for row in rows]
    return _ADD_WHERE_STILL.add(session, seen) == len(rows)
