"""Papers drawn from a quiz: its own draws, and what can be printed."""

from collections.abc import Mapping

import pytest

from elearning.domain.errors import Mistaken
from elearning.services.exam_papers import LeftOut, Order, papers
from tests.exchange.questions.word_files import POINT

BANK = """# Ngân hàng

## Ai nói? {#ai}

![Một điểm](media/diem.png)

- [ ] Báo
- [x] Cơ **quan**
{: points=1 }

## Xếp. {#xep}

1. một
2. hai
3. ba
{: points=1 }

## Mấy giờ? {#may}

= 24
{: points=2 type=number }
"""
QUIZ = """---
title: "Kiểm tra"
time: 45 minutes
---

## Phần 1 {#phan-1}

- 2 x [Ngân hàng](banks/nh.md)
"""


def files(quiz: str = QUIZ) -> Mapping[str, bytes]:
    return {
        "quizzes/kt.md": quiz.encode(),
        "quizzes/banks/nh.md": BANK.encode(),
        "quizzes/banks/media/diem.png": POINT,
    }


def test_questions_that_can_be_printed_are_drawn_before_those_that_need_a_screen() -> None:
    drawn = papers(files(), "kt", Order(3))
    assert [{one.question.key for one in version.questions} for version in drawn.versions] == [{"ai", "may"}] * 3
    assert (drawn.title, drawn.minutes, drawn.left_out) == ("Kiểm tra", 45, ())
    assert [version.code for version in drawn.versions] == ["101", "102", "103"]


def test_what_is_printed_has_its_picture_its_strong_words_and_its_answer() -> None:
    by_key = {one.question.key: one for one in papers(files(), "kt", Order(1)).versions[0].questions}
    asked = by_key["ai"].question
    assert [piece.kind for piece in asked.asked] == ["words", "picture"]
    assert asked.asked[1].picture == POINT
    assert [span.text for one in asked.options for span in one.spans if span.bold] == ["quan"]
    assert (by_key["may"].letters, by_key["may"].question.form) == ("24", "line")


def test_a_question_that_needs_a_screen_is_named_where_it_must_be_left_out() -> None:
    drawn = papers(files(QUIZ.replace("- 2 x", "- 3 x")), "kt", Order(1))
    assert drawn.left_out == (LeftOut("xep", "Xếp.", "order"),)


def test_the_same_seed_draws_the_same_paper() -> None:
    assert papers(files(), "kt", Order(4, 201, "a")) == papers(files(), "kt", Order(4, 201, "a"))


@pytest.mark.parametrize(
    ("quiz", "order", "reason"),
    [
        ("nicht", Order(), "There is no quiz"),
        ("kt", Order(0), "Print 1 to"),
        ("kt", Order(4, 0), "Print 1 to"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_reason(quiz: str, order: Order, reason: str) -> None:
    with pytest.raises(Mistaken, match=reason):
        papers(files(), quiz, order)


def test_too_few_questions_are_told() -> None:
    with pytest.raises(Mistaken, match="too few"):
        papers(files(QUIZ.replace("- 2 x", "- 9 x")), "kt", Order())


def test_a_retired_question_is_not_printed() -> None:
    bank = BANK.replace("{: points=2", "{: retired=yes points=2")
    texts = {**files(QUIZ.replace("- 2 x", "- 1 x")), "quizzes/banks/nh.md": bank.encode()}
    drawn = papers(texts, "kt", Order(1))
    assert [one.question.key for one in drawn.versions[0].questions] == ["ai"]
