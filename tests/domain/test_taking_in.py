"""The report on a foreign file: counted, and the same after its way through JSON."""

import json
from fractions import Fraction

import pytest

from elearning.domain.keys import proposed_key
from elearning.domain.message import message
from elearning.domain.questions import datetime, number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.taking_in import Counts, Item, counted, item_as_json, item_from_json, item_of
from elearning.domain.written import (
    Blanks,
    Choice,
    Choices,
    Criterion,
    Faults,
    Mark,
    Medium,
    Nothing,
    Pair,
    Pairs,
    Recording,
    Rubric,
    Statement,
    WrittenQuestion,
)

RUBRIC = Rubric("Tiêu chí", (Fraction(0), Fraction(5, 2)), (Criterion("Đúng", ("Sai", "Đúng")),))
BODIES = [
    Choices((Choice("A", Fraction(1, 3), "vì", True), Choice("B")), True, "each"),
    Pairs(("a", "b"), (Pair("", "x"), Pair("1", "2"))),
    Blanks("a b", (Blank(accepted=("24",)), Blank(options=("a", "b"), right=1)), True),
    Faults("x", (Mark("lời", True),)),
    Statement(RUBRIC, 80, 200),
    Recording(RUBRIC, 60),
    Nothing(),
    short.Body(("a", "b"), True),
    number.Body((number.Accepted(Fraction(5, 2), Fraction(1, 10)),), "giờ"),
    datetime.Body((datetime.Accepted(90, 5, "phút"),), True),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__module__ + type(body).__name__)
def test_an_item_is_the_same_after_its_way_through_json(body: object) -> None:
    question = WrittenQuestion(
        "k", "one", "Hỏi?", body, points=Fraction(1, 3), tags=("t",), media=(Medium("m/a.png", b"\x00\xff"),)
    )
    item = item_of(
        message("Line %(line)s", line=4), question, [message("Lost: %(what)s", what=message("x"))], "raw", "id"
    )
    assert item_from_json(json.loads(json.dumps(item_as_json(item)))) == item


def test_what_was_understood_is_counted_and_what_is_no_question_stands_beside() -> None:
    place, note, question = message("here"), message("why"), WrittenQuestion("k", "description", "Đọc", Nothing())
    items = [
        item_of(place, question), item_of(place, question), item_of(place, question, [note, note]),
        item_of(place, None, [note]), Item(place, "whole"),
    ]  # fmt: skip
    assert counted(items) == Counts(whole=2, part=1, refused=1, beside=1)
    assert items[2].notes == (note,)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Đê vỡ lúc nửa đêm?", "de-vo-luc-nua-dem"), ("!!!", "cau"), ("一", "cau"), ("x" * 90, "x" * 50),
        ("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai", "mot-hai-ba-bon-nam-sau-bay-tam-chin-muoi-muoi-mot"),
    ],
)  # fmt: skip
def test_a_key_is_proposed_from_the_words_of_a_question(words: str, key: str) -> None:
    assert proposed_key(words) == key
    assert proposed_key(words, {key, f"{key}-2"}) == f"{key}-3"
