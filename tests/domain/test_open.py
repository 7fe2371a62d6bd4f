"""Questions that no rule can mark: texts and recordings that a person marks, and what is never marked."""

import unicodedata
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.question import Option
from elearning.domain.questions import TYPES, description, likert, poll, recording, statement
from elearning.domain.questions.rubric import Criterion, Rubric

HALVES = tuple(Fraction(n, 2) for n in (0, 1, 5))
RUBRIC = Rubric(tuple(Criterion(name, ("kém", "khá", "tốt")) for name in ("Đúng", "Đủ", "Rõ")), HALVES)
TEXT = statement.Body(RUBRIC, 3, 5)
VOICE = recording.Body(RUBRIC, 60)
FOUR = tuple(Option(text, f"vì {text}") for text in "ABCD")
UPLOAD = "Abc_123-Abc_123-Abc_12"
OPEN: list[tuple[str, Any]] = [("statement", TEXT), ("recording", VOICE)]
NEVER: list[tuple[str, Any]] = [
    ("description", description.Body()), ("poll", poll.Body(FOUR)), ("poll", poll.Body(FOUR, several=True)),
    ("likert", likert.Body()), ("likert", likert.Body(FOUR)),
]  # fmt: skip


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # the papers here examine nobody


@pytest.mark.parametrize(("kind", "body"), [*OPEN, *NEVER])
def test_where_no_rule_decides_nothing_is_named_right(kind: str, body: Any) -> None:
    room = TYPES[kind]
    assert room.MARKED in ("by-person", "never")
    assert room.right_value(body, room.draw(body, chance(1), True)) is None
    assert room.right_answer(body) == ()


@pytest.mark.parametrize(("kind", "body"), NEVER)
def test_what_is_never_marked_is_worth_nothing_whatever_is_chosen(kind: str, body: Any) -> None:
    room = TYPES[kind]
    for seed in range(20):
        shown = room.draw(body, chance(seed), True)
        for value in ("", room.guess(body, shown, chance(seed))):
            grade = room.grade(body, shown, value)
            assert (grade.share, grade.reason.plain()) == (0, "Without points")


@pytest.mark.parametrize(("kind", "body"), OPEN)
def test_an_open_answer_waits_for_a_person_and_an_empty_one_does_not(kind: str, body: Any) -> None:
    room = TYPES[kind]
    assert room.grade(body, (), UPLOAD) is None
    assert room.grade(body, (), "").share == 0
    assert room.grade(body, (), "").reason.plain() == "Not answered"


@pytest.mark.parametrize(
    ("marks", "share"),
    [([0, 0, 0], 0), ([2, 2, 2], 1), ([1, 2, 0], Fraction(2, 5)), ([2, None, 2], None), ([None] * 3, None)],
)
def test_a_rubric_gives_the_points_chosen_over_all_points(marks: list[int | None], share: Fraction | None) -> None:
    for grade in (statement.by_rubric(TEXT, marks), recording.by_rubric(VOICE, marks)):
        assert (grade and grade.share) == share


def test_the_reason_of_a_rubric_names_its_points() -> None:
    grade = statement.by_rubric(TEXT, [1, 2, 0])
    assert grade is not None
    assert grade.reason.plain() == "3 of 7,5 points of the rubric"


@given(st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_a_rubric_written_from_the_most_points_down_is_worth_the_same(marks: list[int]) -> None:
    turned = statement.Body(Rubric(RUBRIC.criteria, RUBRIC.points[::-1]))
    grades = statement.by_rubric(TEXT, marks), statement.by_rubric(turned, [2 - mark for mark in marks])
    assert grades[0] == grades[1]


@pytest.mark.parametrize("marks", [[], [0, 0], [0, 0, 0, 0], [0, 0, 3], [0, 0, -1]])
def test_marks_that_a_rubric_does_not_have_are_a_fault_of_the_caller(marks: list[int | None]) -> None:
    with pytest.raises(ValueError, match=r"criteria|level"):
        statement.by_rubric(TEXT, marks)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("  một\t hai \n", "một  hai"),
        ("So\u031b\u0309", "Sở"),
        ("a\x00b\ud800", "a b"),
        ("\u202eabc\u0301\u200f", "\u202eabć\u200f"),
        (" \n \n", ""),
        (None, ""),
    ],
)
def test_a_text_is_kept_with_its_lines(typed: object, stored: str) -> None:
    assert statement.understood(TEXT, (), typed) == stored


@given(st.text(max_size=80))
def test_a_text_kept_once_is_kept_alike_again(typed: str) -> None:
    stored = statement.understood(TEXT, (), typed)
    assert statement.understood(TEXT, (), stored) == stored
    assert isinstance(stored, str)
    assert unicodedata.is_normalized("NFC", stored)


@pytest.mark.parametrize("value", [["a"], 24, {"a": "b"}, True, "x" * 20_001, "a " * 50_000])
def test_a_text_refuses_what_is_no_text_or_endless(value: object) -> None:
    assert isinstance(statement.understood(TEXT, (), value), Message)


def test_a_text_may_have_twenty_thousand_characters() -> None:
    assert statement.understood(TEXT, (), "x" * 20_000) == "x" * 20_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", None), ("một hai", "Write at least 3 words; there are 2 so far."), ("một hai ba", None),
        ("một\nhai\nba – năm", None), ("1 2 3 4 5 6", "Shorten the text to 5 words; it has 6."),
    ],
)  # fmt: skip
def test_a_text_outside_its_limits_is_complained_about_and_kept(text: str, said: str | None) -> None:
    found = statement.complaint(TEXT, (), statement.understood(TEXT, (), text))
    assert (found and found.plain()) == said


def test_a_text_without_limits_is_never_too_long_or_too_short() -> None:
    assert [statement.complaint(statement.Body(RUBRIC), (), "a " * n) for n in (1, 4000)] == [None, None]


@given(st.integers(0, 99), st.integers(0, 60), st.integers(0, 60))
def test_a_made_up_text_keeps_to_the_limits(seed: int, least: int, more: int) -> None:
    body = statement.Body(RUBRIC, least, least + more + 1)
    text = statement.guess(body, (), chance(seed))
    assert statement.complaint(body, (), text) is None
    assert statement.understood(body, (), text) == text != ""


@pytest.mark.parametrize(("kind", "body"), OPEN)
def test_the_rubric_is_told_afterwards_only(kind: str, body: Any) -> None:
    room = TYPES[kind]
    poorer = type(body)(Rubric((Criterion("Khác", ("x", "y")),), HALVES[:2]), *room_limits(body))
    assert room.asked(body, (), UPLOAD) == room.asked(poorer, (), UPLOAD)
    assert room.told(body, (), UPLOAD, False) == room.told(poorer, (), UPLOAD, False)
    assert [criterion.html for criterion in room.told(body, (), UPLOAD, True).rubric] == ["Đúng", "Đủ", "Rõ"]


def room_limits(body: Any) -> tuple[int, ...]:
    return (body.least, body.most) if isinstance(body, statement.Body) else (body.seconds,)


def test_the_levels_that_were_chosen_are_told_with_the_rubric() -> None:
    def chosen(*marks: int | None) -> list[list[str]]:
        told = statement.told(TEXT, (), "một hai ba", True, marks)
        return [[level.points for level in criterion.levels if level.chosen] for criterion in told.rubric]

    assert chosen() == [[], [], []]
    assert chosen(2, None, 1) == [["2,5"], [], ["0,5"]]


@pytest.mark.parametrize("value", ["", None, UPLOAD])
def test_a_recording_is_named_by_its_upload(value: str | None) -> None:
    assert recording.understood(VOICE, (), value) == (value or "")


@pytest.mark.parametrize(
    "value", [UPLOAD[:-1], UPLOAD + "a", UPLOAD[:-1] + "/", UPLOAD + "\n", "clip.mp4", [UPLOAD], 22, True, {}, "é" * 22]
)
def test_a_recording_refuses_what_names_no_upload(value: object) -> None:
    assert isinstance(recording.understood(VOICE, (), value), Message)


@pytest.mark.parametrize("value", ["a", ["a"], 1, {"a": "b"}, True, " "])
def test_a_text_between_questions_takes_no_answer(value: object) -> None:
    assert isinstance(description.understood(description.Body(), (), value), Message)


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("value", ["e", "A", "ab", ["a", "e"], [["a"]], 1, True, {"a": "1"}, [None], [""]])
def test_a_poll_refuses_what_is_no_option_of_this_paper(value: object, several: bool) -> None:
    assert isinstance(poll.understood(poll.Body(FOUR, several), (0, 1, 2, 3), value), Message)


def test_a_poll_takes_one_letter_or_several_as_it_asks_for() -> None:
    one, many = poll.Body(FOUR), poll.Body(FOUR, several=True)
    order = (3, 2, 1, 0)
    assert poll.understood(one, order, ["b"]) == poll.understood(one, order, "b") == "b"
    assert isinstance(poll.understood(one, order, ["a", "b"]), Message)
    assert poll.understood(many, order, ["c", "a", "c"]) == ["a", "c"]
    assert poll.describe(many, order, ["a", "c"]) == ("D", "B")
    assert (poll.held(one), poll.held(many)) == ("letter", "letters")


def test_a_poll_tells_what_was_chosen_and_judges_nothing() -> None:
    told = poll.told(poll.Body(FOUR), (3, 2, 1, 0), "b", True).options
    assert [(one.html, one.chosen, one.right, one.feedback) for one in told] == [
        ("D", False, None, ""), ("C", True, None, "vì C"), ("B", False, None, ""), ("A", False, None, ""),
    ]  # fmt: skip


def test_the_steps_of_a_scale_are_never_mixed() -> None:
    body = likert.Body(FOUR)
    assert likert.draw(body, chance(3), True) == ()
    assert [step.html for step in likert.asked(body, (), "b").steps] == list("ABCD")
    assert [step.chosen for step in likert.asked(body, (), "b").steps] == [False, True, False, False]


def test_a_scale_has_the_five_steps_of_the_interface_unless_it_has_its_own() -> None:
    usual = likert.asked(likert.Body(), (), "").steps
    assert [step.words.plain() for step in usual if step.words][::4] == ["Strongly disagree", "Strongly agree"]
    assert [step.html for step in usual] == [""] * 5
    assert all(step.words is None for step in likert.asked(likert.Body(FOUR), (), "").steps)
    assert likert.describe(likert.Body(), (), "d") == ("4/5",)
    assert likert.describe(likert.Body(FOUR), (), "d") == ("D",)
    assert likert.told(likert.Body(FOUR), (), "d", False).feedback == "vì D"


@pytest.mark.parametrize(
    ("body", "letter", "taken"),
    [
        (likert.Body(), "e", True),
        (likert.Body(), "f", False),
        (likert.Body(FOUR), "d", True),
        (likert.Body(FOUR), "e", False),
    ],
)
def test_a_scale_takes_the_letters_of_its_steps(body: likert.Body, letter: str, taken: bool) -> None:
    assert (likert.understood(body, (), letter) == letter) is taken
    assert (likert.understood(body, (), [letter]) == letter) is taken
    assert isinstance(likert.understood(body, (), [letter, letter]), Message)
