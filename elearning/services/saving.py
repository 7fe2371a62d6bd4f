"""Saving answers, so that none that was acknowledged is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from elearning.domain.attempt import Saved, counting, remaining_seconds, still_counts, waiting
from elearning.domain.attempt_states import OPEN
from elearning.domain.behaviour import CERTAINTIES, asks_certainty, may_check, tried
from elearning.domain.edition import Compiled
from elearning.domain.errors import Closed, Mistaken
from elearning.domain.message import Message, message
from elearning.domain.person import Actor
from elearning.domain.questions import TYPES
from elearning.domain.quiz import Rules
from elearning.services import uploading
from elearning.services.answering import TAB
from elearning.services.paper import saved_of
from elearning.services.work import House, View, Work, not_here
from elearning.store.models.learning import Attempt, Flag
from elearning.store.queries import saving as rows_of
from elearning.store.queries.saving import SavingRow, SavingSlot

MOST_AT_ONCE = 200
MOST_VERSIONS = 2**31


@dataclass(frozen=True, slots=True)
class Typed:
    """What a plain form holds for one slot: the values of `a<slot>`, and of `a<slot>.<part>` by part."""

    values: tuple[str, ...]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saving:
    """A request to save. Values are as in JSON, or `Typed` from a plain form, which also says which slots are marked.
    `certainty` says how sure the learner is of an answer, 1 to 3, and `check` names the slot that is to be judged at once.
    """

    tab: str
    seq: int
    base: int
    answers: Mapping[int, Any]
    chosen: frozenset[int] = frozenset()
    flags: Mapping[int, bool] = field(default_factory=dict)
    certainty: Mapping[int, int] = field(default_factory=dict)
    check: int | None = None

    @property
    def slots(self) -> frozenset[int]:
        """The slots it is about. One may be marked without an answer: where another page's answer was chosen to stay."""
        return frozenset((*self.answers, *self.flags, *self.certainty, *([self.check] if self.check else [])))


@dataclass(frozen=True, slots=True)
class Newer:
    """The answer that another tab or device has given since."""

    value: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedReply:
    """What was acknowledged: the version, when, the time left, where another answer is newer, and whether a check was asked for
    a slot without an answer.
    """

    version: int
    at: datetime
    remaining: int | None
    newer: Mapping[int, Newer]
    late: Message | None = None
    nothing_to_check: bool = False


_NOT_SENT = object()
LATE = message("The time was up when this answer arrived. It is kept, and counts only if the examiner accepts it.")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a request to save comes to: the answers to add, in which state of the attempt, slots to mark and not to, and the reply."""

    attempt: int
    state: str
    fresh: list[dict[str, Any]]
    on: list[int]
    off: list[int]
    reply: SavedReply


def keep(
    house: House, actor: Actor, public: str, saving: Saving, now: datetime, address: str = "", begun: View | None = None
) -> SavedReply:
    """As `save`, for the many who save at once: what is to be added is worked out in a view, before anybody else is kept waiting.

    A page that is turned sends what is stored already, and then nothing waits at all. Where the attempt is no longer as it was seen,
    it is looked at again.
    """
    with house.reading(actor, now, begun) as work:
        plan = _planned(work, public, saving, lock=False)
    if not (plan.fresh or plan.on or plan.off):
        return plan.reply
    if not (plan.on or plan.off) and _added(house, actor, now, plan):
        return plan.reply
    with house.writing(actor, now, address, short=True) as work:
        return save(work, public, saving)


def _added(house: House, actor: Actor, now: datetime, plan: _Plan) -> bool:
    """Add what is planned, where nothing has happened since; whether it was added."""
    try:
        with house.adding(actor, now) as work:
            return rows_of.add_where_still(work.session, plan.fresh, plan.state)
    except IntegrityError:
        return False


def save(work: Work, public: str, saving: Saving) -> SavedReply:
    """Append answers to the actor's running attempt. Two statements, and the commit at the end of the work.

    The same (tab, seq) again changes nothing and is acknowledged again. Raises NotFound for anybody else's attempt,
    Mistaken for values that no paper could have sent, Closed once it was handed in. What came too late to count is
    kept, marked as late, and the reply says so.
    """
    plan = _planned(work, public, saving, lock=True)
    if plan.fresh:
        rows_of.add_answers(work.session, plan.fresh)
    _mark(work, plan)
    return plan.reply


def _planned(work: Work, public: str, saving: Saving, lock: bool) -> _Plan:
    _ensure_well_formed(saving)
    rows = rows_of.for_saving(work.session, work.actor.id, public, saving.slots, lock)
    if not {row.slot.number for row in rows} >= set(saving.slots):
        raise not_here()
    attempt, rules = rows[0].attempt, work.shelf.get(work.session, rows[0].digest).quizzes[rows[0].attempt.quiz].rules
    ended_by_time = attempt.closes is not None and attempt.ended is not None and attempt.ended >= attempt.closes
    if attempt.state not in OPEN and not ended_by_time:
        raise Closed(message("This attempt has been handed in. Its answers can no longer be changed."))
    late = not still_counts(attempt.closes, rules, work.now) or attempt.state not in OPEN
    fresh = _fresh(work, saving, rows, late)
    _ensure_arrived(work, rows, fresh)
    on, off = _marks(saving, rows)
    version = max([rows[0].last, *(row["version"] for row in fresh)])
    newer, told = _newer(rows, fresh, saving), LATE if late else None
    empty = saving.check is not None and _empty(work, saving.check, rows, fresh)
    reply = SavedReply(version, work.now, remaining_seconds(attempt.closes, work.now), newer, told, empty)
    return _Plan(attempt.id, attempt.state, fresh, on, off, reply)


def add_late(work: Work, attempt: Attempt, saving: Saving) -> int:
    """Append answers of anybody's attempt as late ones, as staff bring them; how many were new. The attempt is locked by the
    caller. Raises Mistaken for values or slots that no paper of this attempt could have sent.
    """
    _ensure_well_formed(saving)
    rows = rows_of.for_saving(work.session, attempt.person_id, attempt.public, saving.slots, lock=True)
    if not {row.slot.number for row in rows} >= set(saving.slots):
        raise Mistaken(message("This file holds what no page of this attempt could have sent. Nothing was changed."))
    fresh = _fresh(work, saving, rows, late=True)
    _ensure_arrived(work, rows, fresh)
    if fresh:
        rows_of.add_answers(work.session, fresh)
    return len(fresh)


def _empty(work: Work, number: int, rows: Sequence[SavingRow], fresh: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a slot holds no answer after this save."""
    kept = [row.value for row in saved_of([r.answer for r in rows if r.answer is not None]) if row.slot == number]
    kept += [row["value"] for row in fresh if row["slot"] == number]
    slot = next(row.slot for row in rows if row.slot.number == number)
    question = work.shelf.get(work.session, rows[0].digest).banks[slot.bank][slot.question]
    return not kept or TYPES[question.type].is_empty(kept[-1])


def _ensure_arrived(work: Work, rows: Sequence[SavingRow], fresh: Sequence[Mapping[str, Any]]) -> None:
    """Raises Mistaken for a recording that is not there, or is somebody else's."""
    compiled = work.shelf.get(work.session, rows[0].digest)
    slots = {row.slot.number: compiled.banks[row.slot.bank][row.slot.question] for row in rows}
    taking = {number for number, question in slots.items() if TYPES[question.type].held(question.body) == "upload"}
    named = {row["slot"]: row["value"] for row in fresh if row["slot"] in taking and row["value"]}
    why = uploading.ensure_own(work, rows[0].attempt.id, named)
    if why is not None:
        raise Mistaken(why)


def _ensure_well_formed(saving: Saving) -> None:
    sound = TAB.fullmatch(saving.tab) and 0 < saving.seq < 1_000_000 and 0 <= saving.base < MOST_VERSIONS
    if not sound or not 0 < len(saving.slots) <= MOST_AT_ONCE:
        raise Mistaken(message("This page cannot be saved as it is. Open the attempt again; what was saved is kept."))


def _fresh(work: Work, saving: Saving, rows: Sequence[SavingRow], late: bool) -> list[dict[str, Any]]:
    """The answers that are not stored yet, numbered on from the last version.

    One that says what the counting answer says already, or nothing where there is none, adds no row: a page that is
    turned sends all its fields again. It does add one where an answer of this tab waits for a choice: this is the choice,
    and where it is to be checked. A slot that a check has locked takes nothing more.
    """
    kept = saved_of([row.answer for row in rows if row.answer is not None])
    current, held_back = counting(kept), waiting(kept, saving.tab)
    answers = [row.answer for row in rows if row.answer is not None]
    known = {row.slot for row in answers if (row.tab, row.seq) == (saving.tab, saving.seq)}
    compiled = work.shelf.get(work.session, rows[0].digest)
    rules = compiled.quizzes[rows[0].attempt.quiz].rules
    slots = {row.slot.number: row.slot for row in rows}
    found: list[dict[str, Any]] = []
    for number in sorted({*saving.answers, *saving.certainty, *([saving.check] if saving.check else [])} - known):
        before = current.get(number)
        value, empty = _understood(compiled, slots[number], saving.answers.get(number, _NOT_SENT), before)
        certainty = _certainty(rules, saving, number, before)
        checks = number == saving.check and value != empty and may_check(rules)
        same = value == (before.value if before else empty) and certainty == (before.certainty if before else None)
        if (same and number not in held_back and not checks) or _locked(compiled, rules, slots[number], kept):
            continue
        found.append(
            {
                "attempt_id": rows[0].attempt.id, "slot": number, "tab": saving.tab, "seq": saving.seq, "base": saving.base,
                "version": rows[0].last + len(found) + 1, "value": value, "at": work.now, "late": late,
                "chosen": number in saving.chosen, "checked": checks, "certainty": certainty,
            }
        )  # fmt: skip
    return found


def _certainty(rules: Rules, saving: Saving, number: int, before: Saved | None) -> int | None:
    if not asks_certainty(rules):
        return None
    said = saving.certainty.get(number, before.certainty if before else None)
    return said if said in CERTAINTIES else None


def _locked(compiled: Compiled, rules: Rules, slot: SavingSlot, kept: Sequence[Saved]) -> bool:
    if not may_check(rules):
        return False
    question = compiled.banks[slot.bank][slot.question]
    own = [row for row in kept if row.slot == slot.number]
    return tried(rules, own, lambda value: TYPES[question.type].grade(question.body, slot.order, value)).locked


def _understood(compiled: Compiled, slot: SavingSlot, raw: Any, before: Saved | None) -> tuple[Any, Any]:
    """The stored form of what was sent for a slot, and that of no answer; where nothing was sent it is what was there.

    Raises Mistaken for what makes no sense.
    """
    question = compiled.banks[slot.bank][slot.question]
    kind = TYPES[question.type]
    empty = kind.understood(question.body, slot.order, None)
    if raw is _NOT_SENT:
        return (before.value if before else empty), empty
    typed = kind.from_form(raw.values, raw.parts) if isinstance(raw, Typed) else raw
    value = kind.understood(question.body, slot.order, typed)
    if isinstance(value, Message):
        raise Mistaken(value)
    return value, empty


def _newer(rows: Sequence[SavingRow], fresh: Sequence[Mapping[str, Any]], saving: Saving) -> dict[int, Newer]:
    """Slots whose counting answer is another tab's, given since this page was shown."""
    kept = list(saved_of([row.answer for row in rows if row.answer is not None]))
    kept += [Saved(*(row[name] for name in Saved._fields)) for row in fresh]
    current = counting(kept)
    return {
        slot: Newer(current[slot].value, current[slot].at)
        for slot in waiting(kept, saving.tab)
        if slot in saving.answers
    }


def _marks(saving: Saving, rows: Sequence[SavingRow]) -> tuple[list[int], list[int]]:
    """The slots to mark, to be looked at again, and those that lose their mark; none that stays as it is."""
    flagged = {row.slot.number: row.flagged for row in rows}
    on = [slot for slot, wanted in saving.flags.items() if wanted and flagged.get(slot) is False]
    return on, [slot for slot, wanted in saving.flags.items() if not wanted and flagged.get(slot)]


def _mark(work: Work, plan: _Plan) -> None:
    if plan.on:
        work.session.execute(
            insert(Flag), [{"attempt_id": plan.attempt, "slot": slot, "at": work.now} for slot in plan.on]
        )
    if plan.off:
        work.session.execute(delete(Flag).where(Flag.attempt_id == plan.attempt, Flag.slot.in_(plan.off)))
