"""Aiken: what is understood, and what is kept as it stands with the reason."""

from fractions import Fraction
from io import BytesIO

import pytest

from elearning.domain.taking_in import Item
from elearning.domain.written import Choice, Choices
from elearning.exchange.questions import FORMATS, recognised

SOUND = "Ai phát ngôn?\nA. Người phát ngôn\nB. Phóng viên\nANSWER: A\n"


def items(text: str) -> list[Item]:
    return list(FORMATS["aiken"].read(BytesIO(text.encode())))


def test_a_question_is_understood_with_its_right_answer() -> None:
    (item,) = items(SOUND)
    assert item.question is not None
    assert (item.degree, item.question.type, item.question.ask, item.question.key) == (
        "whole",
        "one",
        "Ai phát ngôn?",
        "ai-phat-ngon",
    )
    assert item.question.body == Choices((Choice("Người phát ngôn", Fraction(1)), Choice("Phóng viên")))
    assert item.place.plain() == "Line 1"


def test_the_next_question_begins_after_the_answer_with_or_without_a_blank_line() -> None:
    found = items(SOUND + SOUND.replace("Ai", "Ai không") + "\n\n" + SOUND)
    assert [item.place.plain() for item in found] == ["Line 1", "Line 5", "Line 11"]
    assert [item.question.key for item in found if item.question] == [
        "ai-phat-ngon",
        "ai-khong-phat-ngon",
        "ai-phat-ngon-2",
    ]
    assert found[2].id == f"{found[0].id}#2" != found[1].id


def test_two_right_answers_are_taken_as_several_choices_and_said() -> None:
    (item,) = items("Hỏi?\nA) a\nB) b\nC) c\nANSWER: A, C\n")
    assert item.question is not None
    assert (item.degree, item.question.type) == ("part", "several")
    assert [one.share for one in item.question.body.options] == [1, 0, 1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A. a\nB. b\nANSWER: A\n", "No question stands"),
        ("Hỏi?\nA. a\nANSWER: A\n", "fewer than two"),
        ("Hỏi?\nA. a\nA. b\nANSWER: A\n", "same letter"),
        ("Hỏi?\nA. a\nB. b\n", "No answer is named"),
        ("Hỏi?\nA. a\nB. b\nANSWER: D\n", "no answer has"),
        ("Chỉ có chữ.\n", "fewer than two"),
    ],
)
def test_what_is_not_understood_is_kept_with_the_reason(text: str, reason: str) -> None:
    (item,) = items(text)
    assert (item.degree, item.question, item.source.strip()) == ("not", None, text.strip())
    assert reason in item.notes[0].plain()


def test_a_file_is_recognised_by_what_stands_in_it() -> None:
    assert recognised("cau-hoi.txt", BytesIO(SOUND.encode())).name == "aiken"


def test_each_thing_of_a_file_is_known_again_when_the_file_comes_again() -> None:
    text = SOUND * 3 + SOUND.replace("Ai", "Bao giờ ai")
    assert len({item.id for item in items(text)}) == 4
    assert [item.id for item in items(text)] == [item.id for item in items(text)]
