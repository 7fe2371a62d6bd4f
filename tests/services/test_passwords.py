"""Passwords: kept as argon2id, compared rightly, and slow for nobody's account too."""

import multiprocessing
import os
import sys
import threading
from time import perf_counter

import pytest

from elearning.services.passwords import BEHIND, Crowded, Room, _hands, fits, hashed


def test_a_password_is_kept_as_argon2id_with_the_recommended_settings() -> None:
    assert hashed("một câu dễ nhớ").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_is_never_kept_in_the_same_form() -> None:
    assert hashed("một câu dễ nhớ") != hashed("một câu dễ nhớ")


def test_only_the_password_itself_fits() -> None:
    kept = hashed("một câu dễ nhớ")
    assert fits(kept, "một câu dễ nhớ")
    for other in ("", "mot cau de nho", "Một câu dễ nhớ", "một câu dễ nhớ "):
        assert not fits(kept, other)


def test_nothing_fits_an_account_without_a_password_or_with_a_broken_one() -> None:
    for kept in (None, "", "plain text", "$argon2id$broken"):
        assert not fits(kept, "")
        assert not fits(kept, "anything")


def test_nobodys_account_takes_as_long_as_somebodys() -> None:
    kept = hashed("một câu dễ nhớ")

    def shortest(stored: str | None) -> float:
        found = []
        for _ in range(5):
            began = perf_counter()
            fits(stored, "wrong")
            found.append(perf_counter() - began)
        return min(found)

    # A lookup that fails at once would be a thousand times faster.
    assert shortest(None) > shortest(kept) / 3


def test_one_hashes_few_stand_in_line_and_the_next_is_told_at_once() -> None:
    room, leave, most = Room(at_once=1, in_line=2), threading.Event(), list[int]()
    inside: list[int] = []

    def stay() -> None:
        with room.entered():
            inside.append(1)
            most.append(len(inside))
            leave.wait(5)
            inside.pop()

    people = [threading.Thread(target=stay) for _ in range(3)]
    for one in people:
        one.start()
    while room.inside < 3:
        pass
    began = perf_counter()
    with pytest.raises(Crowded) as told, room.entered():
        pass
    assert perf_counter() - began < 1
    assert told.value.seconds > 0
    leave.set()
    for one in people:
        one.join(5)
    assert most == [1, 1, 1]
    with room.entered():
        assert room.inside == 1


def test_a_process_that_parted_from_one_that_hashed_hashes_too() -> None:
    kept = hashed("một câu dễ nhớ")
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(fits, (kept, "một câu dễ nhớ")).get(timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a rank of their own on Linux only")
def test_passwords_stand_behind_those_who_save_and_read() -> None:
    hashed("một câu dễ nhớ")
    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    theirs = _hands.pool.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
    assert (mine, theirs) == (0, BEHIND)
