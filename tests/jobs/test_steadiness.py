"""A clock that is stepped forward ends nobody's examination at once: the worker waits, so that somebody can look."""

from dataclasses import dataclass

from elearning.jobs.steadiness import Steadiness, since_start


@dataclass
class Clocks:
    """The clock on the wall, and the one that nobody sets."""

    wall: float = 1_000_000.0
    steady: float = 500.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def watched(self) -> Steadiness:
        return Steadiness(lambda: self.wall, lambda: self.steady)


def test_a_clock_that_runs_as_time_does_is_steady() -> None:
    clocks = Clocks()
    watch = clocks.watched()
    for _ in range(20):
        clocks.pass_by(60)
        clocks.wall += 0.2
        assert watch.is_steady()


def test_after_a_step_forward_it_rests_for_ten_minutes() -> None:
    clocks = Clocks()
    watch = clocks.watched()
    clocks.wall += 3600
    seen = []
    for _ in range(12):
        seen.append(watch.is_steady())
        clocks.pass_by(60)
    assert seen == [False] * 10 + [True] * 2


def test_a_step_back_that_mends_it_ends_the_rest() -> None:
    clocks = Clocks()
    watch = clocks.watched()
    clocks.wall += 3600
    assert not watch.is_steady()
    clocks.pass_by(30)
    clocks.wall -= 3600
    assert watch.is_steady()


def test_a_machine_that_slept_was_not_stepped() -> None:
    clocks = Clocks()
    watch = clocks.watched()
    clocks.pass_by(8 * 3600)
    assert watch.is_steady()
    assert since_start() > 0
