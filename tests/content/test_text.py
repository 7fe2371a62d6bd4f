"""Bytes to lines: what is read and left alone, what is refused, and where."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.problems import Problems
from elearning.content.text import LARGEST, joined, lines_digest, read_source, trimmed
from tests.content.trees import QUESTIONS, source_of, told

PATH = "courses/ky-nang/01-thoi-han.md"


def refused(data: bytes) -> list[str]:
    problems = Problems()
    assert read_source(PATH, data, problems) is None
    return told(problems)


@pytest.mark.parametrize(
    "data",
    [
        QUESTIONS.encode(),
        QUESTIONS.encode("utf-8-sig"),
        QUESTIONS.replace("\n", "\r\n").encode(),
        QUESTIONS.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", QUESTIONS).encode(),
        unicodedata.normalize("NFD", QUESTIONS).replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_the_same_words_are_read_whatever_wrote_the_bytes(data: bytes) -> None:
    found, plain = read_source(PATH, data, Problems()), source_of(QUESTIONS, PATH)
    assert found is not None
    assert found.body == plain.body
    assert lines_digest(found.body) == lines_digest(plain.body)
    assert (found.digest == plain.digest) == (data == QUESTIONS.encode())


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    assert refused("một\nhai\n".encode() + b"\xff") == [
        f"{PATH}:3: The file is not UTF-8. Save it again with the encoding UTF-8."
    ]


def test_a_null_character_is_refused_with_its_line() -> None:
    assert refused(b"one\ntwo\x00") == [f"{PATH}:2: A null character stands here. Delete it."]


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert read_source(PATH, b"x" * LARGEST, Problems()) is not None
    assert refused(b"x" * (LARGEST + 1)) == [f"{PATH}:0: The file is larger than 200 kB. Part it in two."]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    problems = Problems()
    found = read_source(PATH, data, problems)
    assert found is not None or problems


@given(st.text(alphabet="ab#-`~ >=\n", max_size=120))
def test_front_matter_and_body_hold_every_line_under_its_number(text: str) -> None:
    problems = Problems()
    found = read_source(PATH, text.encode(), problems)
    assert found is not None
    lines = text.split("\n")
    assert [line.text for line in found.body] == [lines[line.number - 1] for line in found.body]
    assert [line.text for line in found.front] == [lines[line.number - 1] for line in found.front]
    edges = 2 if len(found.front) + len(found.body) < len(lines) else 0
    assert problems or len(found.front) + len(found.body) + edges == len(lines)


def test_front_matter_ends_at_its_second_line_of_dashes() -> None:
    found = source_of("---\ntitle: Một\n---\nThân\n---\n", PATH)
    assert joined(found.front) == "title: Một"
    assert joined(found.body) == "Thân\n---\n"


def test_front_matter_that_is_not_closed_is_told_at_the_first_line() -> None:
    problems = Problems()
    read_source(PATH, b"---\ntitle: a\n", problems)
    assert told(problems) == [f"{PATH}:1: The front matter is not closed. Put a line with only --- after it."]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```\na\n```\nb", [True, True, True, False]),
        ("~~~~\n~~~\n~~~~\nb", [True, True, True, False]),
        ("```\n~~~\n```\nb", [True, True, True, False]),
        ("```python\n``` x\n```\nb", [True, True, True, False]),
        ("    ```\na", [False, False]),
        ("```\na", [True, True]),
    ],
)
def test_lines_of_code_are_known_by_their_fences(text: str, code: list[bool]) -> None:
    assert [line.code for line in source_of(text).body] == code


def test_blank_lines_are_trimmed_at_the_ends_only() -> None:
    body = source_of("\n \nmột\n\nhai\n\t\n").body
    assert joined(trimmed(body)) == "một\n\nhai"
    assert trimmed(trimmed(body)[1:1]) == ()
