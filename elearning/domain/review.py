"""What a learner sees of an attempt, and when: four moments, seven aspects, and rows of this matrix by name.

After Moodle's review options, with explanation and right answer apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Moment = Literal["during", "after", "open", "closed"]
Aspect = Literal["answers", "right", "points", "feedback", "explanation", "answer", "overall"]
Shown = frozenset[Aspect]
MOMENTS: tuple[Moment, ...] = ("during", "after", "open", "closed")
ASPECTS: tuple[Aspect, ...] = ("answers", "right", "points", "feedback", "explanation", "answer", "overall")
ALL: Shown = frozenset(ASPECTS)
NOTHING: Shown = frozenset()
RESULT: Shown = frozenset({"points", "overall"})
JUDGED: Shown = frozenset({"answers", "right", "points", "overall"})
RIGHT_AFTER = timedelta(minutes=15)
# What makes no sense without the other: (aspect, what must be shown with it).
NEEDS: tuple[tuple[Aspect, Aspect], ...] = (
    ("right", "answers"), ("feedback", "answers"), ("explanation", "answers"), ("answer", "right"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """What is shown at each moment. `during` bounds what a check tells while the attempt runs, `after` holds for a quarter of
    an hour after handing in, `open` from then until the quiz closes (for good where it never does), `closed` after that.

    With `when_passed`, what is shown after handing in is no more than the result until the learner has passed or has no
    attempt left.
    """

    during: Shown = ALL
    after: Shown = ALL
    open: Shown = ALL
    closed: Shown = ALL
    when_passed: bool = False

    def at(self, moment: Moment) -> Shown:
        """What is shown at a moment."""
        shown: Shown = getattr(self, moment)
        return shown


PRESETS: Mapping[str, Review] = {
    "after-submit": Review(),
    "after-pass": Review(when_passed=True),
    "after-closing": Review(after=RESULT, open=RESULT),
    "right-or-wrong": Review(ALL, JUDGED, JUDGED, JUDGED),
    "marks-only": Review(ALL, RESULT, RESULT, RESULT),
    "nothing": Review(ALL, NOTHING, NOTHING, NOTHING),
}


def preset_of(review: Review) -> str:
    """The name of a matrix that has one; empty for rows of its own."""
    return next((name for name, preset in PRESETS.items() if preset == review), "")


def moment_after(ended: datetime, closes: datetime | None, now: datetime) -> Moment:
    """Which moment it is for an attempt that was handed in; `closes` is when the quiz closes for this learner."""
    if now <= ended + RIGHT_AFTER:
        return "after"
    return "closed" if closes is not None and now > closes else "open"


def shown_after(
    review: Review, ended: datetime, closes: datetime | None, now: datetime, passed: bool, last: bool
) -> Shown:
    """What is shown now of an attempt that was handed in. `last` says that no further attempt is left."""
    shown = review.at(moment_after(ended, closes, now))
    return shown if not review.when_passed or passed or last else shown & RESULT
