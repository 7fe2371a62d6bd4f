"""The paper of an attempt as it is shown: slots with their questions, options in the order of this paper, answers so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from elearning.domain.attempt import Saved
from elearning.domain.behaviour import Judge, Tried, asks_certainty, may_check, tried
from elearning.domain.edition import Compiled
from elearning.domain.message import Message
from elearning.domain.question import Held, Marked, Question
from elearning.domain.questions import TYPES
from elearning.domain.questions.number import number_words
from elearning.domain.quiz import Rules
from elearning.services.telling import told, verdict_of
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Attempt
from elearning.store.queries import attempts
from elearning.store.queries.attempts import AttemptRow, Kept, Sitting, SlotRow


@dataclass(frozen=True, slots=True)
class CheckedView:
    """What the learner is told of an answer that was checked while the attempt runs. `told` is what its type says."""

    verdict: str
    reason: Message
    told: Any
    explanation: str


@dataclass(frozen=True, slots=True)
class SlotView:
    """A question of an open attempt. Until an answer was checked nothing in it depends on what is right.

    `asked` is what its type shows, `held` how its fields hold the response. `may_check` offers to have the answer judged,
    `checks_left` says how often yet (None: at will); a locked slot stays as it is. `certainty` is how sure the learner was,
    0 where that was not said yet, None where the quiz does not ask. `key` is told of check questions in
    lessons only; `label` is the number that people see, which texts between questions do not count in.
    """

    number: int
    type: str
    held: Held
    ask: str
    stem: str
    asked: Any
    value: Any
    flagged: bool
    points: str
    error: Message | None
    may_check: bool = False
    locked: bool = False
    checks_left: int | None = None
    checked: CheckedView | None = None
    hint: str = ""
    certainty: int | None = None
    key: str = ""
    label: int = 0


class StripItem(NamedTuple):  # made as often as the paper has questions, for every page of it
    """One number of the strip: the slot, and the number that people see."""

    number: int
    label: int
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


@dataclass(frozen=True)  # without slots, so that what is worked out once can be kept
class OpenPaper:
    """An attempt with its paper and what has been saved; `answer_ids` names the row of the answer of each version."""

    sitting: Sitting[Attempt] | Sitting[AttemptRow]
    compiled: Compiled
    rules: Rules
    slots: tuple[SlotRow, ...]
    saved: tuple[Saved, ...]
    answer_ids: Mapping[int, int]

    @cached_property
    def labels(self) -> dict[int, int]:
        """Slot → the number that people see, for the slots that ask for anything."""
        return {slot.number: label for label, slot in enumerate(filter(self.asks, self.slots), 1)}

    def asks(self, slot: SlotRow) -> bool:
        """Whether the slot asks for anything; a text between questions does not."""
        question = self.compiled.banks[slot.bank][slot.question]
        held: Held = TYPES[question.type].held(question.body)
        return held != "nothing"

    def answered(self, slot: SlotRow, counting: Mapping[int, Saved]) -> bool:
        """Whether the answer that counts holds anything; a slot that asks for nothing lacks nothing."""
        kind = TYPES[self.compiled.banks[slot.bank][slot.question].type]
        if not self.asks(slot):
            return True
        return slot.number in counting and not kind.is_empty(counting[slot.number].value)

    def judge(self, slot: SlotRow) -> Judge:
        """Grades a stored response to a slot, by the original and never by a translation."""
        question = self.compiled.banks[slot.bank][slot.question]
        return lambda value: TYPES[question.type].grade(question.body, slot.order, value)

    def tried(self, slot: SlotRow) -> Tried:
        """How far a slot is where answers can be checked."""
        return tried(self.rules, [row for row in self.saved if row.slot == slot.number], self.judge(slot))

    def page_of(self, number: int) -> int:
        """The page on which a slot stands, both counted from 1."""
        return (number - 1) // self.rules.page + 1


def saved_of(rows: Sequence[Kept]) -> tuple[Saved, ...]:
    """Stored answers as the rules see them."""
    return tuple(
        Saved(r.slot, r.value, r.version, r.base, r.tab, r.at, r.late, r.chosen, r.checked, r.certainty, r.seq)
        for r in rows
    )


def open_paper(work: Work, public: str) -> OpenPaper:
    """The actor's own attempt with its paper. Three statements. Raises NotFound for anybody else's."""
    sitting = attempts.sitting(work.session, work.actor.id, public)
    if sitting is None:
        raise not_here()
    return paper_of(work, sitting)


def paper_of(work: Work, sitting: Sitting[Attempt] | Sitting[AttemptRow]) -> OpenPaper:
    """The paper of an attempt, whoever it belongs to, with all its answers. Two statements."""
    compiled = work.shelf.get(work.session, sitting.digest)
    rows = attempts.slots(work.session, sitting.attempt.id)
    kept = attempts.answers(work.session, sitting.attempt.id)
    rules, ids = compiled.quizzes[sitting.attempt.quiz].rules, {row.version: row.id for row in kept}
    return OpenPaper(sitting, compiled, rules, tuple(rows), saved_of(kept), ids)


def question_of(compiled: Compiled, slot: AskedSlot, language: str) -> tuple[Question, str]:
    """The question of a slot, in the language of the reader where it is translated; and which language that is."""
    return compiled.question_in(slot.bank, slot.question, language)


def slot_view(paper: OpenPaper, slot: SlotRow, shown: Saved | None, language: str) -> SlotView:
    """A slot as it is asked, with the answer that its fields hold."""
    question, _ = question_of(paper.compiled, slot, language)
    kind, value = TYPES[question.type], shown.value if shown else None
    view = SlotView(
        slot.number, question.type, kind.held(question.body), question.ask, question.stem, kind.asked(question.body, slot.order, value),
        kind.to_form(question.body, slot.order, value), slot.flagged,
        number_words(Fraction(slot.points_num, slot.points_den)), kind.complaint(question.body, slot.order, value),
        certainty=(shown.certainty if shown else 0) or 0 if _asks_certainty(paper, kind.MARKED) else None,
        label=paper.labels.get(slot.number, 0),
    )  # fmt: skip
    if not may_check(paper.rules) or kind.MARKED != "by-rule":
        return view
    return _with_check(paper, slot, question, view)


def _asks_certainty(paper: OpenPaper, marked: Marked) -> bool:
    return asks_certainty(paper.rules) and marked == "by-rule"


def _with_check(paper: OpenPaper, slot: SlotRow, question: Question, view: SlotView) -> SlotView:
    """The same slot with what a check has brought: the judgement, and the hint before the next try."""
    state = paper.tried(slot)
    if state.last is None:
        return replace(view, may_check=True, checks_left=state.left)
    grade = paper.judge(slot)(state.last.value)
    if grade is None:
        return view
    over = state.locked or state.left is None
    shown = paper.rules.review.during if over else paper.rules.review.during - {"answer", "explanation"}
    judgement = CheckedView(
        verdict_of(grade.share, empty=False), grade.reason, told(question, slot.order, state.last.value, shown),
        question.explanation if "explanation" in shown else "",
    )  # fmt: skip
    hint = question.hints[state.checks - 1] if not over and state.checks <= len(question.hints) else ""
    return replace(
        view, may_check=not state.locked, locked=state.locked, checks_left=state.left, checked=judgement, hint=hint
    )


def strip_of(paper: OpenPaper, counting: Mapping[int, Saved], current: int) -> tuple[StripItem, ...]:
    """The numbers of a paper: answered, marked, and whether they stand on the page that is open (0: none)."""
    labels = paper.labels
    found = []
    for slot in paper.slots:
        number = slot.number
        if number in labels:
            page = paper.page_of(number)
            answered = number in counting and paper.answered(slot, counting)
            found.append(StripItem(number, labels[number], page, answered, slot.flagged, page == current))
    return tuple(found)
