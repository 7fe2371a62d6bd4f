"""The paper of an attempt as it is shown: slots with their questions, options in the order of this paper, answers so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from elearning.domain.attempt import Saved
from elearning.domain.edition import Compiled
from elearning.domain.message import Message
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.questions.letters import LETTERS
from elearning.domain.questions.number import number_words
from elearning.domain.quiz import Rules
from elearning.services.work import Work, not_here
from elearning.store.queries import attempts
from elearning.store.queries.attempts import Kept, Sitting, SlotRow


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option under the letter of this paper."""

    letter: str
    html: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SlotView:
    """A question of an open attempt: nothing in it depends on what is right."""

    number: int
    type: str
    ask: str
    stem: str
    options: tuple[OptionView, ...]
    value: Any
    flagged: bool
    points: str
    unit: str
    error: Message | None


@dataclass(frozen=True, slots=True)
class StripItem:
    """One number of the strip."""

    number: int
    page: int
    answered: bool
    flagged: bool
    current: bool


class AskedSlot(Protocol):
    """What a slot must tell to find its question."""

    @property
    def bank(self) -> str: ...
    @property
    def question(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """An attempt with its paper and what has been saved."""

    sitting: Sitting
    compiled: Compiled
    rules: Rules
    slots: tuple[SlotRow, ...]
    saved: tuple[Saved, ...]

    def answered(self, slot: SlotRow, counting: Mapping[int, Saved]) -> bool:
        """Whether the answer that counts holds anything."""
        kind = TYPES[self.compiled.banks[slot.bank][slot.question].type]
        return slot.number in counting and not kind.is_empty(counting[slot.number].value)

    def page_of(self, number: int) -> int:
        """The page on which a slot stands, both counted from 1."""
        return (number - 1) // self.rules.page + 1


def saved_of(rows: Sequence[Kept]) -> tuple[Saved, ...]:
    """Stored answers as the rules see them."""
    return tuple(Saved(r.slot, r.value, r.version, r.base, r.tab, r.at, r.late, r.chosen) for r in rows)


def open_paper(work: Work, public: str) -> OpenPaper:
    """The actor's own attempt with its paper. Three statements. Raises NotFound for anybody else's."""
    sitting = attempts.sitting(work.session, work.actor.id, public)
    if sitting is None:
        raise not_here()
    compiled = work.shelf.get(work.session, sitting.digest)
    rows = attempts.slots(work.session, sitting.attempt.id)
    saved = saved_of(attempts.answers(work.session, sitting.attempt.id))
    return OpenPaper(sitting, compiled, compiled.quizzes[sitting.attempt.quiz].rules, tuple(rows), saved)


def question_of(compiled: Compiled, slot: AskedSlot, language: str) -> tuple[Question, str]:
    """The question of a slot, in the language of the reader where it is translated; and which language that is."""
    return compiled.question_in(slot.bank, slot.question, language)


def slot_view(paper: OpenPaper, slot: SlotRow, value: Any, language: str) -> SlotView:
    """A slot as it is asked."""
    question, _ = question_of(paper.compiled, slot, language)
    kind = TYPES[question.type]
    chosen = kind.describe(question.body, slot.order, value)
    options = tuple(
        OptionView(LETTERS[place], question.body.options[source].html, LETTERS[place] in chosen)
        for place, source in enumerate(slot.order)
    )
    return SlotView(
        slot.number, question.type, question.ask, question.stem, options,
        kind.to_form(question.body, slot.order, value), slot.flagged,
        number_words(Fraction(slot.points_num, slot.points_den)), getattr(question.body, "unit", ""),
        kind.complaint(question.body, slot.order, value),
    )  # fmt: skip


def strip_of(paper: OpenPaper, counting: Mapping[int, Saved], current: int) -> tuple[StripItem, ...]:
    """The numbers of a paper: answered, marked, and whether they stand on the page that is open (0: none)."""
    return tuple(
        StripItem(
            slot.number,
            paper.page_of(slot.number),
            paper.answered(slot, counting),
            slot.flagged,
            paper.page_of(slot.number) == current,
        )
        for slot in paper.slots
    )
