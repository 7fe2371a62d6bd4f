"""Sealed answer files: what was sealed is opened again, and nothing else is."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.domain.errors import Mistaken
from elearning.exchange import sealed_answers
from elearning.exchange.sealed_answers import (
    MOST_BYTES,
    Broken,
    ElsewhereSealed,
    Lane,
    NotOurs,
    SealedAnswers,
    TooLarge,
    key_id,
    open_sealed,
    private_key,
    public_key,
    seal,
)

OURS = private_key("một khóa bí mật")
PLATFORM = "https://phatngon.example.vn"
HELD = SealedAnswers(
    "gZ9n2npGnmD6bn1jlLpnvA", (Lane("first-tab", 3, 7, {"1": "b", "2": ["a", "c"]}, flags={"2": True}),)
)

slots = st.integers(1, 9999).map(str)
short = st.text(max_size=3)
values = st.one_of(st.text(max_size=40), st.lists(short, max_size=4), st.dictionaries(short, short, max_size=3))
lanes = st.builds(
    Lane, st.text("abcXYZ019_-", min_size=8, max_size=40), st.integers(1, 999_999), st.integers(0, 2**31 - 1),
    st.dictionaries(slots, values, max_size=8), st.dictionaries(slots, st.integers(1, 3), max_size=3),
    st.lists(slots, max_size=3).map(tuple),
    st.dictionaries(slots, st.booleans(), max_size=3), st.dictionaries(slots, st.integers(0), max_size=3),
)  # fmt: skip
held = st.builds(SealedAnswers, st.text("abcXYZ019_-", min_size=1, max_size=30), st.lists(lanes, max_size=4).map(tuple))


@given(held, st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_was_sealed_is_opened_again(sealed: SealedAnswers, platform: str) -> None:
    assert open_sealed(seal(sealed, OURS, platform), OURS) == sealed


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_file_with_any_byte_changed_is_refused(data: st.DataObject) -> None:
    file = bytearray(seal(HELD, OURS, PLATFORM))
    at = data.draw(st.integers(0, len(file) - 1))
    file[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Mistaken):
        open_sealed(bytes(file), OURS)


def test_every_last_bit_of_every_letter_matters() -> None:
    file = seal(HELD, OURS, PLATFORM)
    for at in range(len(file)):
        changed = bytearray(file)
        changed[at] ^= 1
        with pytest.raises(Mistaken):
            open_sealed(bytes(changed), OURS)


def test_nobody_reads_the_answers_without_the_key() -> None:
    file = seal(SealedAnswers("x", (Lane("first-tab", 1, 0, {"1": "lời rất riêng"}),)), OURS, PLATFORM)
    assert "riêng".encode() not in file
    assert len({seal(HELD, OURS, PLATFORM) for _ in range(5)}) == 5


def test_a_file_for_another_platform_or_another_secret_is_told_as_such() -> None:
    with pytest.raises(ElsewhereSealed) as refused:
        open_sealed(seal(HELD, private_key("khóa khác"), "https://noi-khac.example"), OURS)
    assert refused.value.message.named == {"platform": "https://noi-khac.example"}


@pytest.mark.parametrize(
    "file", [b"", b"x", b"[]", b"null", b"{}", b"\xff\xfe", b'{"format":"phatngon-answers-2"}', b"[" * 9_000]
)
def test_another_file_is_told_as_such(file: bytes) -> None:
    with pytest.raises(NotOurs):
        open_sealed(file, OURS)


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(TooLarge):
        open_sealed(b" " * (MOST_BYTES + 1), OURS)


@pytest.mark.parametrize("name", ["platform", "attempt", "key", "epk", "iv", "data"])
@pytest.mark.parametrize("value", [None, 5, [], {}, "", "A", "é"])
def test_an_envelope_with_a_part_that_does_not_fit_is_refused(name: str, value: Any) -> None:
    envelope = json.loads(seal(HELD, OURS, PLATFORM))
    with pytest.raises(Mistaken):
        open_sealed(json.dumps(envelope | {name: value}).encode(), OURS)
    del envelope[name]
    with pytest.raises(Mistaken):
        open_sealed(json.dumps(envelope).encode(), OURS)


@pytest.mark.parametrize(
    "lane",
    [{"tab": "x"}, {"seq": "1"}, {"base": None}, {"answers": []}, {"answers": {"one": "a"}}, {"flags": {"1": "yes"}},
     {"certainty": {"1": "3"}}, {"chosen": [1]}, {"chosen": "12"}, {"times": {"12345": 1}}],
)  # fmt: skip
def test_somebody_who_seals_what_no_page_would_is_refused(
    lane: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {
        "tab": "first-tab",
        "seq": 1,
        "base": 0,
        "answers": {},
        "certainty": {},
        "chosen": [],
        "flags": {},
        "times": {},
    }
    monkeypatch.setattr(sealed_answers.json, "dumps", _with(json.dumps, [right | lane]))
    file = seal(HELD, OURS, PLATFORM)
    monkeypatch.undo()
    with pytest.raises(Broken):
        open_sealed(file, OURS)


def _with(dumps: Any, rows: list[Any]) -> Any:
    return lambda value, **how: dumps({"lanes": rows} if isinstance(value, dict) and "lanes" in value else value, **how)


def test_the_key_comes_from_the_secret_alone() -> None:
    again, other = private_key("một khóa bí mật"), private_key("một khóa bí mật.")
    assert public_key(again) == public_key(OURS) != public_key(other)
    assert key_id(again) == key_id(OURS) != key_id(other)
    assert len(key_id(OURS)) == 16
