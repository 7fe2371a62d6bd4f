"""The shipped banks go out in each format and come back as they were, but for what the format says it cannot say."""

from io import BytesIO
from pathlib import Path

import pytest

from elearning.content.plain_markdown import plain_html
from elearning.content.writing import fits
from elearning.exchange.questions import FORMATS
from tests.exchange.questions.losing import BANKS, compared, questions_of

WRITTEN = [one.name for one in FORMATS.values() if one.writes]


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_a_bank_comes_back_as_it_went(name: str, path: Path) -> None:
    sent = questions_of(path)
    made = FORMATS[name].write(sent, plain_html)
    items = list(FORMATS[name].read(BytesIO(made.data)))
    assert [item.degree for item in items if item.degree != "whole"] == []
    back = [item.question for item in items if item.question]
    assert compared(sent, made, back) == []
    assert [problem for question in back for problem in fits(question)] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_a_question_that_a_format_cannot_say_is_named(name: str) -> None:
    sent = [question for path in BANKS for question in questions_of(path)]
    made = FORMATS[name].write(sent, plain_html)
    left_out = sum(one.part == "all" for one in made.unsaid)
    assert len(list(FORMATS[name].read(BytesIO(made.data)))) == len(sent) - left_out
    assert left_out < len(sent) / 5
