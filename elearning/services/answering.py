"""An attempt while it runs: the page with its questions, and saving answers so that none that was acknowledged is lost."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from elearning.domain.attempt import (
    OPEN,
    Saved,
    counting,
    is_over,
    remaining_seconds,
    still_counts,
    waiting,
)
from elearning.domain.errors import Closed, Mistaken
from elearning.domain.message import Message, message
from elearning.domain.questions import TYPES
from elearning.services.paper import (
    OpenPaper,
    SlotView,
    StripItem,
    open_paper,
    question_of,
    saved_of,
    slot_view,
    strip_of,
)
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Flag
from elearning.store.queries import attempts
from elearning.store.queries.attempts import SavingRow

TAB = re.compile(r"[A-Za-z0-9_-]{8,40}")
MOST_AT_ONCE = 200
MOST_VERSIONS = 2**31


class TimeUp(Closed):
    """The time of the attempt is over; what was saved is kept."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer of this tab that waits, because another tab or device has answered the slot since."""

    slot: int
    mine: str
    theirs: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """One page of a running attempt."""

    id: str
    title: str
    course: str
    quiz: str
    number: int
    pages: int
    total: int
    slots: tuple[SlotView, ...]
    strip: tuple[StripItem, ...]
    remaining: int | None
    closes: datetime | None
    saved_at: datetime | None
    tab: str
    seq: int
    base: int
    may_go_back: bool
    is_last: bool
    answered: int
    original_only: bool
    shown_language: str
    conflicts: tuple[Conflict, ...]


def ensure_running(paper: OpenPaper, now: datetime) -> None:
    """Raises Closed for an attempt that was handed in, TimeUp for one whose time is over."""
    attempt = paper.sitting.attempt
    if attempt.state not in OPEN:
        raise Closed(message("This attempt has been handed in. Its answers can no longer be changed."))
    if is_over(attempt.closes, paper.rules, now):
        raise TimeUp(message("The time is up. Everything that was saved is kept and counts."))


def attempt_page(work: Work, public: str, number: int, tab: str = "") -> AttemptPage:
    """One page of the actor's running attempt; pages out of range give the nearest one.

    Raises NotFound for anybody else's attempt, Closed or TimeUp for one that is over.
    """
    paper = open_paper(work, public)
    ensure_running(paper, work.now)
    current = counting(paper.saved)
    pages = paper.page_of(len(paper.slots))
    number = min(max(number, 1), pages)
    tab = tab if TAB.fullmatch(tab) else work.chance.token(12)
    here = [slot for slot in paper.slots if paper.page_of(slot.number) == number]
    language = work.actor.language
    languages = {question_of(paper.compiled, slot, language)[1] for slot in here}
    strip = strip_of(paper, current, number)
    quiz = paper.compiled.quiz_in(paper.sitting.attempt.quiz, language)[0]
    rows = [row for row in paper.saved if row.tab == tab]
    return AttemptPage(
        public, quiz.rules.title, paper.sitting.course, quiz.key, number, pages, len(paper.slots),
        tuple(slot_view(paper, slot, _shown(current, waiting(paper.saved, tab), slot.number), language) for slot in here), strip,
        remaining_seconds(paper.sitting.attempt.closes, work.now), paper.sitting.attempt.closes,
        max((row.at for row in paper.saved), default=None), tab, len(rows) + 1,
        max((row.version for row in paper.saved), default=0), paper.rules.navigation == "free", number == pages,
        sum(item.answered for item in strip), languages != {language}, languages.pop() if len(languages) == 1 else language,
        _conflicts(paper, tab, [slot.number for slot in here], language),
    )  # fmt: skip


def _shown(current: Mapping[int, Saved], held_back: Mapping[int, Saved], number: int) -> Any:
    """What the fields of a slot hold: this tab's own answer while it waits for a choice, else the one that counts."""
    row = held_back.get(number) or current.get(number)
    return row.value if row else None


def _conflicts(paper: OpenPaper, tab: str, numbers: Sequence[int], language: str) -> tuple[Conflict, ...]:
    current = counting(paper.saved)
    found = []
    for slot in paper.slots:
        stale = waiting(paper.saved, tab).get(slot.number) if slot.number in numbers else None
        if stale is not None:
            question, _ = question_of(paper.compiled, slot, language)
            words = TYPES[question.type].describe
            mine = ", ".join(words(question.body, slot.order, stale.value)) or "–"
            theirs = ", ".join(words(question.body, slot.order, current[slot.number].value)) or "–"
            found.append(Conflict(slot.number, mine, theirs, current[slot.number].at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a plain form holds for one slot: the values of `a<slot>`, and of `a<slot>.<part>` by part."""

    values: tuple[str, ...]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saving:
    """A request to save. Values are as in JSON, or `Typed` from a plain form."""

    tab: str
    seq: int
    base: int
    answers: Mapping[int, Any]
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Newer:
    """The answer that another tab or device has given since."""

    value: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedReply:
    """What was acknowledged: the version, when, the time left, and where another answer is newer."""

    version: int
    at: datetime
    remaining: int | None
    newer: Mapping[int, Newer]
    late: Message | None = None


LATE = message("The time was up when this answer arrived. It is kept, and counts only if the examiner accepts it.")


def save(work: Work, public: str, saving: Saving) -> SavedReply:
    """Append answers to the actor's running attempt. Two statements, and the commit at the end of the work.

    The same (tab, seq) again changes nothing and is acknowledged again. Raises NotFound for anybody else's attempt,
    Mistaken for values that no paper could have sent, Closed once it was handed in. What came too late to count is
    kept, marked as late, and the reply says so.
    """
    _ensure_well_formed(saving)
    rows = attempts.for_saving(work.session, work.actor.id, public, saving.answers)
    if not rows or len({row.slot.number for row in rows}) < len(saving.answers):
        raise not_here()
    attempt, rules = rows[0].attempt, work.shelf.get(work.session, rows[0].digest).quizzes[rows[0].attempt.quiz].rules
    ended_by_time = attempt.closes is not None and attempt.ended is not None and attempt.ended >= attempt.closes
    if attempt.state not in OPEN and not ended_by_time:
        raise Closed(message("This attempt has been handed in. Its answers can no longer be changed."))
    late = not still_counts(attempt.closes, rules, work.now) or attempt.state not in OPEN
    fresh = _fresh(work, saving, rows, late)
    if fresh:
        attempts.add_answers(work.session, fresh)
    version = max([rows[0].last, *(row["version"] for row in fresh)])
    newer = _newer(rows, fresh, saving)
    told = LATE if late else None
    return SavedReply(version, work.now, remaining_seconds(attempt.closes, work.now), newer, told)


def _ensure_well_formed(saving: Saving) -> None:
    sound = TAB.fullmatch(saving.tab) and 0 < saving.seq < 1_000_000 and 0 <= saving.base < MOST_VERSIONS
    if not sound or not 0 < len(saving.answers) <= MOST_AT_ONCE:
        raise Mistaken(message("This page cannot be saved as it is. Open the attempt again; what was saved is kept."))


def _fresh(work: Work, saving: Saving, rows: Sequence[SavingRow], late: bool) -> list[dict[str, Any]]:
    """The answers that are not stored yet, numbered on from the last version."""
    known = {
        row.answer.slot for row in rows if row.answer and (row.answer.tab, row.answer.seq) == (saving.tab, saving.seq)
    }
    compiled = work.shelf.get(work.session, rows[0].digest)
    slots = {row.slot.number: row.slot for row in rows}
    found: list[dict[str, Any]] = []
    for number in sorted(set(slots) - known):
        slot = slots[number]
        question = compiled.banks[slot.bank][slot.question]
        kind, raw = TYPES[question.type], saving.answers[number]
        value = kind.understood(
            question.body, slot.order, kind.from_form(raw.values, raw.parts) if isinstance(raw, Typed) else raw
        )
        if isinstance(value, Message):
            raise Mistaken(value)
        found.append(
            {
                "attempt_id": rows[0].attempt.id, "slot": number, "tab": saving.tab, "seq": saving.seq, "base": saving.base,
                "version": rows[0].last + len(found) + 1, "value": value, "at": work.now, "late": late,
                "chosen": number in saving.chosen,
            }
        )  # fmt: skip
    return found


def _newer(rows: Sequence[SavingRow], fresh: Sequence[Mapping[str, Any]], saving: Saving) -> dict[int, Newer]:
    """Slots whose counting answer is another tab's, given since this page was shown."""
    kept = list(saved_of([row.answer for row in rows if row.answer is not None]))
    kept += [
        Saved(r["slot"], r["value"], r["version"], r["base"], r["tab"], r["at"], r["late"], r["chosen"]) for r in fresh
    ]
    current = counting(kept)
    return {
        slot: Newer(current[slot].value, current[slot].at)
        for slot in waiting(kept, saving.tab)
        if slot in saving.answers
    }


def mark(work: Work, public: str, flags: Mapping[int, bool]) -> None:
    """Mark slots of the actor's attempt to look at again, or take the marks away. Raises NotFound for anybody else's."""
    sitting = attempts.sitting(work.session, work.actor.id, public)
    if sitting is None:
        raise not_here()
    known = {slot.number: slot.flagged for slot in attempts.slots(work.session, sitting.attempt.id)}
    on = [slot for slot, wanted in flags.items() if wanted and known.get(slot) is False]
    off = [slot for slot, wanted in flags.items() if not wanted and known.get(slot)]
    if on:
        work.session.execute(
            insert(Flag), [{"attempt_id": sitting.attempt.id, "slot": slot, "at": work.now} for slot in on]
        )
    if off:
        work.session.execute(delete(Flag).where(Flag.attempt_id == sitting.attempt.id, Flag.slot.in_(off)))
