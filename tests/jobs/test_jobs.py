"""Long work: done once, in order, by whoever comes first; what was left behind is taken up again."""

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from sqlalchemy import select

from elearning.domain.errors import Mistaken, NotFound
from elearning.domain.message import message
from elearning.domain.person import Actor
from elearning.jobs import worker
from elearning.services import working
from elearning.services.work import House
from elearning.services.working import JobPage, Outcome, Ticket
from elearning.store.models.notice import JobPiece
from elearning.store.queries.jobs import PIECE
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.store.databases import Seen


@pytest.fixture
def actor(make_person: Callable[..., Someone]) -> Actor:
    return make_person("admin").actor


@pytest.fixture
def runner() -> Iterator[Callable[[working.Runner], None]]:
    """Says what is done for jobs of the kind “test”, and forgets it afterwards."""
    yield lambda function: working.register("test", function)
    working._RUNNERS.pop("test", None)


class Killed(BaseException):
    """The worker is gone."""


def ask(house: House, actor: Actor, file: bytes = b"list", **asked: object) -> str:
    with house.writing(actor) as work:
        return working.add(work, "test", asked, "bao-cao.pdf", BytesIO(file))


def seen(house: House, actor: Actor, public: str) -> JobPage:
    with house.reading(actor) as work:
        return working.job_page(work, public)


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(
    house: House, actor: Actor, runner: Callable[[working.Runner], None]
) -> None:
    done: list[object] = []

    def run(house: House, ticket: Ticket) -> Outcome:
        done.append(ticket.asked["number"])
        return Outcome(0, {"figure": 1}, b"made", "moi.pdf")

    runner(run)
    names = [ask(house, actor, number=number) for number in (1, 2)]
    assert [worker.work_once(house) for _ in range(3)] == [True, True, False]
    assert done == [1, 2]
    page = seen(house, actor, names[0])
    assert (page.state, page.result, page.file_name, page.has_output) == ("done", {"figure": 1}, "moi.pdf", True)
    with house.reading(actor) as work:
        assert working.output(work, names[0]) == ("test", "moi.pdf", b"made")


def test_a_refusal_is_told_to_whoever_asked(
    house: House, actor: Actor, runner: Callable[[working.Runner], None]
) -> None:
    def run(house: House, ticket: Ticket) -> Outcome:
        raise Mistaken(message("Row %(row)s: %(why)s", row=7, why=message("Write the unit.")))

    runner(run)
    public = ask(house, actor)
    assert worker.work_once(house) is True
    said = seen(house, actor, public).said
    assert said == message("Row %(row)s: %(why)s", row=7, why=message("Write the unit."))


def test_a_job_that_breaks_is_not_tried_for_ever_and_stops_no_other(
    house: House, actor: Actor, runner: Callable[[working.Runner], None]
) -> None:
    def run(house: House, ticket: Ticket) -> Outcome:
        if ticket.asked["number"] == 1:
            raise RuntimeError("secret detail")
        return Outcome(0, {})

    runner(run)
    first, second = ask(house, actor, number=1), ask(house, actor, number=2)
    assert [worker.work_once(house) for _ in range(3)] == [True, True, False]
    assert [seen(house, actor, one).state for one in (first, second)] == ["failed", "done"]
    said = seen(house, actor, first).said
    assert said is not None
    assert "secret detail" not in said.plain()


def test_a_job_left_behind_is_taken_up_after_a_while_where_it_stopped(
    house: House, actor: Actor, clock: Clock, runner: Callable[[working.Runner], None]
) -> None:
    begun: list[int] = []

    def run(house: House, ticket: Ticket) -> Outcome:
        begun.append(ticket.done)
        with house.writing(ticket.actor) as work:
            working.advance(work, ticket, ticket.done, ticket.done + 10, 20, {})
        if len(begun) == 1:
            raise Killed
        return Outcome(ticket.done + 10, {})

    runner(run)
    public = ask(house, actor)
    with pytest.raises(Killed):
        working.run_next(house)
    assert (seen(house, actor, public).state, seen(house, actor, public).done) == ("running", 10)
    clock.forward(seconds=89)
    assert working.run_next(house) is False
    clock.forward(seconds=2)
    assert working.run_next(house) is True
    assert begun == [0, 10]
    assert (seen(house, actor, public).state, seen(house, actor, public).done) == ("done", 20)


@pytest.mark.parametrize("file", [b"", b"list", bytes(range(256)) * (PIECE // 256), b"\x00\xff" * PIECE + b"end"])
def test_the_file_of_a_job_is_whole_for_whoever_goes_on_after_a_worker_that_was_killed(
    file: bytes, house: House, actor: Actor, clock: Clock, runner: Callable[[working.Runner], None]
) -> None:
    read: list[bytes] = []

    def run(house: House, ticket: Ticket) -> Outcome:
        with working.sent_file(house, ticket) as sent:
            read.append(sent.read())
        with house.writing(ticket.actor) as work:
            working.advance(work, ticket, ticket.done, ticket.done + 10, 20, {})
        if len(read) == 1:
            raise Killed
        return Outcome(ticket.done + 10, {}, b"made")

    runner(run)
    public = ask(house, actor, file)
    with pytest.raises(Killed):
        working.run_next(house)
    clock.forward(seconds=91)
    assert working.run_next(house) is True
    assert read == [file, file]
    assert seen(house, actor, public).state == "done"
    with house.reading(actor) as work:
        assert list(work.session.scalars(select(JobPiece.file))) == ["output"]


def test_a_step_of_a_job_neither_reads_nor_writes_its_file(
    house: House,
    actor: Actor,
    runner: Callable[[working.Runner], None],
    statements: Callable[[], AbstractContextManager[Seen]],
) -> None:
    said: list[str] = []

    def run(house: House, ticket: Ticket) -> Outcome:
        with statements() as heard, house.writing(ticket.actor) as work:
            working.advance(work, ticket, 0, 10, 20, {})
        said.extend(heard.statements)
        return Outcome(10, {}, keep_data=True)

    runner(run)
    ask(house, actor, b"x" * 3 * PIECE)
    with statements() as heard:
        assert working.run_next(house)
    assert [one.split()[:2] for one in said] == [["UPDATE", "job"]]
    assert not [one for one in heard.statements if "job_piece" in one]
    with house.reading(actor) as work:
        assert [len(one) for one in work.session.scalars(select(JobPiece.piece))] == [PIECE] * 3


def test_a_job_that_meets_a_full_disk_goes_on_later(
    house: House, actor: Actor, clock: Clock, runner: Callable[[working.Runner], None]
) -> None:
    met: list[int] = []

    def run(house: House, ticket: Ticket) -> Outcome:
        met.append(ticket.done)
        if len(met) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return Outcome(0, {})

    runner(run)
    public = ask(house, actor)
    assert working.run_next(house) is True
    assert seen(house, actor, public).state == "running"
    clock.forward(seconds=91)
    assert working.run_next(house) is True
    assert seen(house, actor, public).state == "done"


def test_two_workers_never_take_up_one_job(
    house: House, actor: Actor, runner: Callable[[working.Runner], None]
) -> None:
    count: list[str] = []
    gate = threading.Barrier(2, timeout=20)

    def run(house: House, ticket: Ticket) -> Outcome:
        count.append(ticket.public)
        return Outcome(0, {})

    def work() -> None:
        gate.wait()
        while working.run_next(house):
            pass

    runner(run)
    names = [ask(house, actor, number=number) for number in range(10)]
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(count) == sorted(names)


def test_the_worker_looks_for_jobs_until_it_is_told_to_stop(
    house: House, actor: Actor, runner: Callable[[working.Runner], None]
) -> None:
    stop = threading.Event()

    def run(house: House, ticket: Ticket) -> Outcome:
        stop.set()
        return Outcome(0, {})

    runner(run)
    public = ask(house, actor)
    worker.keep_working(house, stop)
    assert seen(house, actor, public).state == "done"


def test_files_of_old_jobs_are_dropped_and_new_ones_kept(
    house: House, actor: Actor, clock: Clock, runner: Callable[[working.Runner], None]
) -> None:
    runner(lambda house, ticket: Outcome(0, {}, b"made"))
    old = ask(house, actor)
    working.run_next(house)
    clock.forward(days=29)
    new = ask(house, actor)
    working.run_next(house)
    clock.forward(days=2)
    assert working.drop_old_files(house) == 1
    assert (seen(house, actor, old).has_output, seen(house, actor, new).has_output) == (False, True)
    with pytest.raises(NotFound), house.reading(actor) as work:
        working.output(work, old)


def test_a_large_file_stands_beside_the_database_and_goes_with_its_time(
    house: House, actor: Actor, clock: Clock, runner: Callable[[working.Runner], None]
) -> None:
    runner(lambda house, ticket: Outcome(0, {}, file=BytesIO(b"large")))
    public = ask(house, actor)
    working.run_next(house)
    with house.reading(actor) as work:
        kept = working.kept_file(work, public)
        assert kept is not None
        assert kept[0].read_bytes() == b"large"
        assert list(work.session.scalars(select(JobPiece.file))) == []
    assert seen(house, actor, public).has_output
    clock.forward(days=31)
    working.drop_old_files(house)
    assert not kept[0].exists()
    assert not seen(house, actor, public).has_output
    assert working.drop_old_files(house) == 0
