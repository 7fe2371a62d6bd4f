"""Short work that waits shares a commit: each is kept or undone by itself, and none is told that it is kept before it is."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from elearning.store.engine import Store, open_store

Act = Callable[[Session], None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(f"sqlite:///{tmp_path}/site.db")
    with found.write() as session:
        session.execute(text("CREATE TABLE note (word TEXT PRIMARY KEY)"))
    yield found
    found.dispose()


def kept(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(text("SELECT word FROM note")))


def note(word: str) -> Act:
    return lambda session: (session.execute(text("INSERT INTO note VALUES (:word)"), {"word": word}), None)[1]


def does(store: Store, act: Act, short: bool = True) -> None:
    with store.write(short) as session:
        act(session)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.002)


def one_after_the_other(store: Store, *acts: Act) -> list[Future[None]]:
    """Do these by a thread each, so that all others wait while the first is at work. Each begins after the one before it waits."""
    goes_on = threading.Event()

    def first(session: Session) -> None:
        assert goes_on.wait(10)
        acts[0](session)

    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(does, store, first)]
        until(store.lock.inside.locked)
        for number, act in enumerate(acts[1:], 1):
            begun.append(pool.submit(does, store, act))
            until(lambda number=number: len(store.lock.waiting) == number)  # type: ignore[misc]  # a default, for this round
        goes_on.set()
    return begun


def commits(store: Store) -> list[Any]:
    seen: list[Any] = []
    event.listen(store.engine, "commit", seen.append)
    return seen


def fails(session: Session) -> None:
    note("half")(session)
    raise ValueError("on purpose")


def test_those_who_wait_share_one_commit(store: Store) -> None:
    seen = commits(store)
    for one in one_after_the_other(store, note("a"), note("b"), note("c")):
        one.result()
    assert (kept(store), len(seen)) == ({"a", "b", "c"}, 1)


def test_one_alone_commits_at_once(store: Store) -> None:
    seen = commits(store)
    does(store, note("a"))
    does(store, note("b"))
    assert (kept(store), len(seen)) == ({"a", "b"}, 2)


def test_none_is_told_that_it_is_kept_while_another_is_still_at_work(store: Store) -> None:
    told, seen_then = threading.Event(), []

    def second(session: Session) -> None:
        note("b")(session)
        time.sleep(0.1)
        seen_then.append((told.is_set(), kept(store)))

    with ThreadPoolExecutor(2) as pool:
        goes_on = threading.Event()
        one = pool.submit(does, store, lambda session: (note("a")(session), goes_on.wait(10), None)[-1])
        one.add_done_callback(lambda _: told.set())
        until(store.lock.inside.locked)
        two = pool.submit(does, store, second)
        until(lambda: len(store.lock.waiting) == 1)
        goes_on.set()
        one.result()
        two.result()
    assert seen_then == [(False, set())]
    assert kept(store) == {"a", "b"}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_raises_undoes_what_it_did_and_nothing_else(store: Store, place: int) -> None:
    acts = [note("a"), note("b")]
    acts.insert(place, fails)
    done = one_after_the_other(store, *acts)
    assert [type(one.exception()) for one in done].count(ValueError) == 1
    assert isinstance(done[place].exception(), ValueError)
    assert kept(store) == {"a", "b"}


def test_one_that_breaks_a_rule_of_the_table_undoes_nothing_else(store: Store) -> None:
    first, second, third = one_after_the_other(store, note("a"), note("a"), note("b"))
    assert (first.exception(), third.exception()) == (None, None)
    assert "UNIQUE" in str(second.exception())
    assert kept(store) == {"a", "b"}


def test_where_the_commit_fails_all_hear_of_it_and_the_next_goes_on(store: Store) -> None:
    def refuse(connection: Any) -> None:
        event.remove(store.engine, "commit", refuse)
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    event.listen(store.engine, "commit", refuse)
    done = one_after_the_other(store, note("a"), note("b"))
    assert ["disk is full" in str(one.exception()) for one in done] == [True, True]
    assert kept(store) == set()
    does(store, note("c"))
    assert kept(store) == {"c"}


def test_where_the_database_throws_the_whole_transaction_away_all_who_shared_it_hear_of_it(store: Store) -> None:
    def full(session: Session) -> None:
        driver: Any = session.connection().connection.dbapi_connection
        driver.execute("ROLLBACK")  # as SQLite does by itself when its disk is full
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    first, second, third = one_after_the_other(store, note("a"), full, note("b"))
    assert first.exception() is not None
    assert second.exception() is not None
    assert third.exception() is None
    assert kept(store) == {"b"}


def test_long_work_that_comes_next_has_those_before_it_kept_first(store: Store) -> None:
    seen: list[set[str]] = []
    goes_on = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        short = pool.submit(does, store, lambda session: (note("a")(session), goes_on.wait(10), None)[-1])
        until(store.lock.inside.locked)
        store.lock.waiting.append(None)  # somebody short who has not come to the lock yet
        long = pool.submit(does, store, lambda session: (note("b")(session), seen.append(kept(store)), None)[-1], False)
        goes_on.set()
        short.result(10)
        long.result(10)
        store.lock.waiting.clear()
    assert seen == [{"a"}]
    assert kept(store) == {"a", "b"}


def test_many_at_once_lose_nothing_and_share(store: Store) -> None:
    seen = commits(store)
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(does, store, fails if number % 10 == 0 else note(str(number))) for number in range(400)]
    assert sum(one.exception() is not None for one in done) == 40
    assert kept(store) == {str(number) for number in range(400) if number % 10}
    assert 1 <= len(seen) < 360
    assert not store.lock.waiting


def test_what_a_table_refuses_undoes_the_work_of_one_and_nothing_else(store: Store) -> None:
    def twice(session: Session) -> None:
        note("own")(session)
        note("a")(session)

    done = one_after_the_other(store, note("a"), twice, note("b"))
    assert [type(one.exception()) for one in done] == [type(None), IntegrityError, type(None)]
    assert kept(store) == {"a", "b"}
