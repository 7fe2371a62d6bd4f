"""An attempt while it runs: the page with its questions and what has been answered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from elearning.domain.attempt import (
    Saved,
    counting,
    is_over,
    remaining_seconds,
    waiting,
)
from elearning.domain.attempt_states import OPEN
from elearning.domain.behaviour import asks_certainty
from elearning.domain.errors import Closed
from elearning.domain.message import message
from elearning.domain.questions import TYPES
from elearning.services.paper import (
    OpenPaper,
    SlotView,
    StripItem,
    open_paper,
    question_of,
    slot_view,
    strip_of,
)
from elearning.services.work import Work

TAB = re.compile(r"[A-Za-z0-9_-]{8,40}")
MOST_AT_ONCE = 200
MOST_VERSIONS = 2**31


class TimeUp(Closed):
    """The time of the attempt is over; what was saved is kept."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer of this tab that waits, because another tab or device has answered the slot since."""

    slot: int
    label: int
    mine: str
    theirs: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """One page of a running attempt. `seal` is the public key of the platform, for a sealed answer file."""

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
    by_certainty: bool
    seal: str
    platform: str

    @property
    def labels(self) -> tuple[int, ...]:
        """The numbers that people see of the questions on this page."""
        return tuple(slot.label for slot in self.slots if slot.label)

    @property
    def takes_files(self) -> bool:
        """Whether a question on this page takes a recording."""
        return any(slot.held == "upload" for slot in self.slots)


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
    strip, held_back = strip_of(paper, current, number), waiting(paper.saved, tab)
    quiz = paper.compiled.quiz_in(paper.sitting.attempt.quiz, language)[0]
    rows = [row for row in paper.saved if row.tab == tab]
    return AttemptPage(
        public, quiz.rules.title, paper.sitting.course, quiz.key, number, pages, len(strip),
        tuple(slot_view(paper, slot, held_back.get(slot.number) or current.get(slot.number), language) for slot in here), strip,
        remaining_seconds(paper.sitting.attempt.closes, work.now), paper.sitting.attempt.closes,
        max((row.at for row in paper.saved), default=None), tab, len(rows) + 1,
        max((row.version for row in paper.saved), default=0), paper.rules.navigation == "free", number == pages,
        sum(item.answered for item in strip), languages != {language}, languages.pop() if len(languages) == 1 else language,
        _conflicts(paper, current, held_back, [slot.number for slot in here], language), asks_certainty(paper.rules),
        work.platform.seal, work.platform.public_url,
    )  # fmt: skip


def _conflicts(
    paper: OpenPaper,
    current: Mapping[int, Saved],
    held_back: Mapping[int, Saved],
    numbers: Sequence[int],
    language: str,
) -> tuple[Conflict, ...]:
    found = []
    for slot in paper.slots:
        stale = held_back.get(slot.number) if slot.number in numbers else None
        if stale is not None:
            question, _ = question_of(paper.compiled, slot, language)
            words = TYPES[question.type].describe
            mine = ", ".join(words(question.body, slot.order, stale.value)) or "–"
            theirs = ", ".join(words(question.body, slot.order, current[slot.number].value)) or "–"
            found.append(Conflict(slot.number, paper.labels[slot.number], mine, theirs, current[slot.number].at))
    return tuple(found)
