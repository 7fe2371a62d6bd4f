"""Sealed files: only the key opens them, and no piece of them can be changed, moved or left out."""

import io
import os
from pathlib import Path
from random import Random

import pytest

from elearning.domain.errors import Refused
from elearning.store.keeping.sealing import HEAD, PIECE, TAG, Broken, Sealer, Unsealed, WrongKey, is_sealed, read_key

KEY, OTHER = b"k" * 32, b"o" * 32


def noise(size: int) -> bytes:
    """Bytes that look like nothing, the same in every run."""
    return Random(size).randbytes(size)  # noqa: S311  nothing that tests make is secret


def sealed(data: bytes, key: bytes = KEY) -> bytes:
    beneath = io.BytesIO()
    with Sealer(beneath, key) as sealer:
        for start in range(0, len(data), 300_001):
            sealer.write(data[start : start + 300_001])
    return beneath.getvalue()


def unsealed(data: bytes, key: bytes = KEY) -> bytes:
    return io.BufferedReader(Unsealed(io.BytesIO(data), key)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 17])
def test_what_was_sealed_comes_back_whatever_its_length(size: int) -> None:
    data = noise(size)
    assert unsealed(sealed(data)) == data


def test_any_place_can_be_read() -> None:
    data = noise(2 * PIECE + 500)
    opened = io.BufferedReader(Unsealed(io.BytesIO(sealed(data)), KEY))
    for start in (PIECE - 3, 0, 2 * PIECE - 1, 5):
        opened.seek(start)
        assert opened.read(700) == data[start : start + 700]
    opened.seek(-10, os.SEEK_END)
    assert opened.read() == data[-10:]


def test_the_same_bytes_are_sealed_differently_each_time_and_cannot_be_seen() -> None:
    data = b"Nguyen Van A" * 1000
    one, other = sealed(data), sealed(data)
    assert one != other
    assert b"Nguyen" not in one
    assert is_sealed(one)
    assert not is_sealed(data)


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(WrongKey):
        unsealed(sealed(b"x"), OTHER)


def damaged() -> list[bytes]:
    """One bit changed in the head, in the first, middle and last piece; cut at a piece and within; two pieces exchanged."""
    whole, size = sealed(noise(3 * PIECE)), PIECE + TAG
    flipped = [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in (3, HEAD, HEAD + size + 9, len(whole) - 1)]
    pieces = [whole[HEAD + n * size : HEAD + (n + 1) * size] for n in range(3)]
    cut = [whole[:-1], whole[: HEAD + 2 * size], whole[:HEAD], whole[:9]]
    return [*flipped, *cut, whole[:HEAD] + pieces[1] + pieces[0] + pieces[2], whole + b"x"]


@pytest.mark.parametrize("number", range(10))
def test_damage_of_any_sort_is_noticed(number: int) -> None:
    with pytest.raises(Broken):
        unsealed(damaged()[number])


def test_a_key_is_read_without_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(KEY + b"\n")
    assert read_key(path) == KEY


@pytest.mark.parametrize("content", [b"", b"short\n", b" " * 100])
def test_a_key_that_is_too_short_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(Refused, match="too short"):
        read_key(path)


def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_key(tmp_path / "none")
