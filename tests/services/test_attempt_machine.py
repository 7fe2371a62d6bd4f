"""A model of the table of states, the clocks and the saved answers, run side by side with the services and the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from elearning.domain.attempt import counting
from elearning.domain.errors import Closed, DomainError
from elearning.services import rectifying
from elearning.services.paper import saved_of
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.queries import attempts
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.examining import Room, open_room
from tests.services.texts import publish, small_course

LIMIT, SLOW_LINES = timedelta(minutes=10), timedelta(seconds=60)
GRACE = {"submit": timedelta(0), "abandon": timedelta(0), "grace 2 minutes": timedelta(minutes=2)}
# Slots whose answer is wholly right or wholly wrong, with one that is wrong.
WRONG = {1: "a", 3: "thông tư", 4: "99"}
SECONDS = st.sampled_from([0, 1, 30, 59, 60, 61, 119, 121, 300, 599, 601, 700])


@dataclass
class Given:
    """An answer that was acknowledged."""

    version: int
    slot: int
    value: Any
    tab: str
    base: int
    late: bool


@dataclass
class Model:
    """What one attempt should be. `due` is when the rules would close it, None once staff have opened it again."""

    public: str
    state: str
    closes: datetime
    ended: datetime | None = None
    due: datetime | None = None
    answers: list[Given] = field(default_factory=list)
    accepted: set[int] = field(default_factory=set)
    share: Fraction | None = None

    def counting(self) -> dict[int, Given]:
        """The answer that counts, slot by slot, by the words of the design: the highest version that is neither late nor given
        on a page that had not seen the other one's answer.
        """
        current: dict[int, Given] = {}
        for one in sorted(self.answers, key=lambda given: given.version):
            before = current.get(one.slot)
            unseen = (
                before is not None and before.tab != one.tab and before.version > one.base and before.value != one.value
            )
            if one.version in self.accepted or not (one.late or unseen):
                current[one.slot] = one
        return current


class Examination(RuleBasedStateMachine):
    """One learner, their attempts, whoever runs the examination, and the worker."""

    house: House
    clock: Clock

    @initialize(overdue=st.sampled_from(sorted(GRACE)))
    def open(self, overdue: str) -> None:
        """A quiz with one of the three ways of ending, and a learner of its own."""
        publish(self.house, small_course(overdue=overdue, mark="40%"))
        self.room: Room = open_room(self.house, CAST[0])
        self.overdue, self.grace = overdue, GRACE[overdue]
        self.models: list[Model] = []
        self.seqs = {"first-tab": 0, "other-tab": 0}
        self.seen = {"first-tab": 0, "other-tab": 0}
        self.last: Callable[[], Any] | None = None
        self.extra = timedelta(0)

    # ---- what the model says ----

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def one(self) -> Model:
        """The attempt that was begun last."""
        return self.models[-1]

    def over(self, model: Model) -> bool:
        return self.now > model.closes + self.grace

    def close(self, model: Model, ended: datetime) -> None:
        """Handed in, by the learner or by the server."""
        model.ended = min(ended, model.closes + self.grace)
        if ended > model.closes + self.grace and self.overdue == "abandon":
            model.state = "abandoned"
        else:
            self.grade(model)

    def grade(self, model: Model) -> None:
        right, current = self.room.right(model.public), model.counting()
        points, possible = self.points(model)
        earned = sum((points[slot] for slot, one in current.items() if one.value == right[slot]), Fraction(0))
        model.state, model.share = "graded", earned / possible

    def points(self, model: Model) -> tuple[dict[int, Fraction], Fraction]:
        with self.house.reading(NOBODY) as work:
            slots = attempts.slots(work.session, self.room.row(model.public).id)
        points = {slot.number: Fraction(slot.points_num, slot.points_den) for slot in slots}
        return points, sum(points.values(), Fraction(0))

    # ---- what happens ----

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    @rule()
    def begin(self) -> None:
        """Begin, or take up the attempt that runs; several at once come to the same."""
        public = self.room.begin()
        assert self.room.begin() == public
        if not self.models or self.one.state != "in_progress":
            assert public not in {model.public for model in self.models}
            due = self.now + LIMIT + self.extra
            self.models.append(Model(public, "in_progress", due, due=due))
            self.seqs = dict.fromkeys(self.seqs, 0)
            self.seen = dict.fromkeys(self.seen, 0)
            self.last = None
        assert public == self.one.public

    @precondition(lambda self: self.models)
    @rule(tab=st.sampled_from(["first-tab", "other-tab"]), slot=st.sampled_from(sorted(WRONG)), good=st.booleans())
    def save(self, tab: str, slot: int, good: bool) -> None:
        """Save from one of two tabs, each of which knows what it saw when it last saved."""
        model = self.one
        value = self.room.right(model.public)[slot] if good else WRONG[slot]
        self.seqs[tab] += 1
        seq, base = self.seqs[tab], self.seen[tab]

        def send() -> Any:
            return self.room.save(model.public, {slot: value}, seq, base, tab)

        if model.state != "in_progress" and not (model.ended and model.ended >= model.closes):
            with pytest.raises(Closed):
                send()
            return
        said = send()
        late = self.now > model.closes + self.grace + SLOW_LINES or model.state != "in_progress"
        assert (said.late is not None) == late
        if said.version > max((one.version for one in model.answers), default=0):
            model.answers.append(Given(said.version, slot, value, tab, base, late))
        self.seen[tab] = said.version
        self.last = send

    @precondition(lambda self: self.models and self.last)
    @rule()
    def the_same_packet_comes_again(self) -> None:
        """A replay is acknowledged or refused, and changes nothing."""
        assert self.last is not None
        try:
            self.last()
        except DomainError:
            assert self.one.state != "in_progress"

    @precondition(lambda self: self.models)
    @rule()
    def hand_in(self) -> None:
        """Hand in; a second time changes nothing."""
        self.room.hand_in(self.one.public)
        if self.one.state == "in_progress":
            self.close(self.one, self.now)
        self.room.hand_in(self.one.public)

    @precondition(lambda self: self.models)
    @rule()
    def the_worker_comes(self) -> None:
        """The server ends what nobody handed in, a minute after its time."""
        due = self.one.state == "in_progress" and self.now > self.one.closes + self.grace + SLOW_LINES
        assert self.room.sweep() == int(due)
        if due:
            self.close(self.one, self.now)

    @precondition(lambda self: self.models and self.one.state == "in_progress")
    @rule(minutes=st.sampled_from([1, 5]))
    def more_time(self, minutes: int) -> None:
        """Whoever runs the examination gives this person more time."""
        with self.house.writing(self.room.trainer.actor) as work:
            rectifying.more_time(work, self.one.public, minutes, "Mất điện")
        more, model = timedelta(minutes=minutes), self.one
        self.extra += more
        model.due = model.due and model.due + more
        model.closes = max(model.due or model.closes + more, self.now)

    @precondition(lambda self: self.models and self.one.state in ("graded", "abandoned"))
    @rule(minutes=st.sampled_from([1, 20]))
    def reopen(self, minutes: int) -> None:
        """Opened again, unless it has passed."""
        passed = self.one.share is not None and self.one.share >= Fraction(2, 5)
        try:
            with self.house.writing(self.room.trainer.actor) as work:
                rectifying.reopen(work, self.one.public, minutes, "Mất điện")
        except DomainError:
            assert passed
            return
        assert not passed
        model = self.one
        model.state, model.share, model.ended, model.due = "in_progress", None, None, None
        model.closes = self.now + timedelta(minutes=minutes)

    @precondition(lambda self: self.models and self.one.state in ("graded", "abandoned"))
    @rule()
    def accept_what_came_late(self) -> None:
        """All late answers are accepted; where there is none, nothing happens."""
        late = {one.version for one in self.one.answers if one.late} - self.one.accepted
        try:
            with self.house.writing(self.room.trainer.actor) as work:
                rectifying.accept_late(work, self.one.public, late, "Mất mạng")
        except DomainError:
            assert not late
            return
        assert late
        self.one.accepted |= late
        self.grade(self.one)

    # ---- what must hold after every step ----

    @invariant()
    def the_rows_are_as_the_model_says(self) -> None:
        for model in getattr(self, "models", []):
            row = self.room.row(model.public)
            share = Fraction(row.share_num or 0, row.share_den) if row.share_den else None
            assert (row.state, row.closes, row.ended, share) == (model.state, model.closes, model.ended, model.share)
            with self.house.reading(NOBODY) as work:
                kept = saved_of(attempts.answers(work.session, row.id))
            assert [(one.version, one.slot, one.value, one.tab) for one in kept] == [
                (one.version, one.slot, one.value, one.tab) for one in model.answers
            ]
            assert {slot: one.version for slot, one in counting(kept).items()} == {
                slot: one.version for slot, one in model.counting().items()
            }

    @invariant()
    def a_pass_is_in_the_ledger_once(self) -> None:
        models = getattr(self, "models", [])
        if not models:
            return
        with self.house.reading(NOBODY) as work:
            count = work.session.scalar(
                select(func.count()).where(
                    rows.Completion.person_id == self.room.learner.id, rows.Completion.kind == "quiz"
                )
            )
        ever = count == 1
        assert ever or count == 0
        assert ever or not any(model.share is not None and model.share >= Fraction(2, 5) for model in models)

    def teardown(self) -> None:
        """Leave nothing behind that the worker of the next learner would end."""
        if getattr(self, "models", []):
            self.room.hand_in(self.one.public)


CAST: list[Cast] = []


def test_the_services_and_the_database_follow_the_model(house: House, cast: Cast, clock: Clock) -> None:
    """The machine asserts: in its rules what a deed answers, in its invariants what stands in the rows after each."""
    CAST[:] = [cast]
    machine = type("Sitting", (Examination,), {"house": house, "clock": clock})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
