"""How a quiz behaves, whatever the types of its questions: when an answer is judged, how often it may be tried, and what
a try costs.

`deferred` judges all at the end. `immediate` lets each question be checked once, and the answer then stays. `tries` lets it
be checked again, with a hint before and a penalty for each further try. `certainty` asks how sure one is. `practice` lets
everything be checked and redone at will, and nothing counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from elearning.domain.attempt import Saved
from elearning.domain.message import Message, message
from elearning.domain.question import Grade
from elearning.domain.quiz import Rules

Certainty = Literal[1, 2, 3]
# Certainty-based marking after Gardner-Medwin, as Moodle has it, in thirds of the points: (right, wrong) by certainty.
CERTAINTIES: Mapping[int, tuple[Fraction, Fraction]] = {
    1: (Fraction(1, 3), Fraction(0)), 2: (Fraction(2, 3), Fraction(-2, 3)), 3: (Fraction(1), Fraction(-2)),
}  # fmt: skip
Judge = Callable[[object], Grade | None]


@dataclass(frozen=True, slots=True)
class Tried:
    """How far a slot is: answers that were checked, whether it is locked, how many checks are left (None: as many as one
    likes), and the last answer that was checked.
    """

    checks: int
    locked: bool
    left: int | None
    last: Saved | None


def may_check(rules: Rules) -> bool:
    """Whether an answer can be checked while the attempt runs."""
    return rules.behaviour in ("immediate", "tries", "practice")


def asks_certainty(rules: Rules) -> bool:
    """Whether each answer is given with how sure one is of it."""
    return rules.behaviour == "certainty"


def allowed(rules: Rules) -> int | None:
    """How often one question may be checked; None without limit."""
    return {"immediate": 1, "tries": rules.tries, "practice": None}.get(rules.behaviour, 0)


def tried(rules: Rules, rows: Sequence[Saved], judge: Judge) -> Tried:
    """How far a slot is, from all its answers, oldest first. An answer that is wholly right ends the tries."""
    checked = [row for row in rows if row.checked]
    most = allowed(rules)
    last = checked[-1] if checked else None
    if most is None:
        return Tried(len(checked), False, None, last)
    left = max(0, most - len(checked))
    grade = judge(last.value) if last else None
    locked = bool(checked) and (not left or (grade is not None and grade.share == 1))
    return Tried(len(checked), locked, 0 if locked else left, last)


def final(rules: Rules, penalty: Fraction, rows: Sequence[Saved], current: Saved | None, judge: Judge) -> Grade | None:
    """What a slot is worth in the end, from all its answers and the one that counts; None while a person has to mark it.

    With tries, the answer that counts is worth its share less one penalty for each try before it, never below nothing; an
    answer that was changed after the last check is a further try. With certainty, CERTAINTIES gives the share for a right
    and for a wrong answer; a partly right one gets that part of it, no answer gets nothing, and one given without
    certainty counts as the least sure.
    """
    grade = judge(current.value if current else None)
    if grade is None or current is None:
        return grade
    if rules.behaviour == "tries":
        return _after_tries(rules, penalty, rows, current, grade)
    if rules.behaviour == "certainty":
        return _by_certainty(current, grade)
    return grade


def _after_tries(rules: Rules, penalty: Fraction, rows: Sequence[Saved], current: Saved, grade: Grade) -> Grade:
    checked = [row for row in rows if row.checked]
    before = len(checked) - 1 if checked and checked[-1].value == current.value else len(checked)
    before = min(max(0, before), (rules.tries or 1) - 1)
    if not before or not grade.share:
        return grade
    share = grade.share * max(Fraction(0), 1 - penalty * before)
    said = message("%(reason)s; try %(number)s, less the penalty", reason=grade.reason, number=before + 1)
    return Grade(share, said)


def _by_certainty(current: Saved, grade: Grade) -> Grade:
    right, wrong = CERTAINTIES[current.certainty or 1]
    share = right * grade.share if grade.share > 0 else wrong
    return Grade(share, message("%(reason)s; %(sure)s", reason=grade.reason, sure=sure_words(current.certainty or 1)))


def sure_words(certainty: int) -> Message:
    """A certainty in words."""
    return {1: message("not sure"), 2: message("fairly sure"), 3: message("very sure")}[certainty]
