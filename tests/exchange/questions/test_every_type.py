"""Questions of every type, whatever stands in them, come back as they went, but for what a format says it cannot say."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from elearning.content.plain_markdown import plain_html
from elearning.content.questions import TYPES
from elearning.content.writing import fits
from elearning.domain.written import Medium, WrittenQuestion
from elearning.exchange.questions import FORMATS
from elearning.exchange.questions.unsaid import LOSSES
from tests.content.test_writing import questions
from tests.exchange.questions.losing import compared

WRITTEN = [one.name for one in FORMATS.values() if one.writes]
PICTURE = Medium("media/ban-do.png", b"\x89PNG\r\n\x1a\n" + bytes(20))


def there_and_back(name: str, sent: Sequence[WrittenQuestion]) -> tuple[list[str], list[WrittenQuestion]]:
    made = FORMATS[name].write(sent, plain_html)
    all_left_out = sum(one.part == "all" for one in made.unsaid) == len(sent)
    items = [] if all_left_out else list(FORMATS[name].read(BytesIO(made.data)))
    back = [item.question for item in items if item.question]
    assert len(back) == len(items)
    assert {one.part for one in made.unsaid} <= set(LOSSES)
    return compared(sent, made, back), back


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("kind", TYPES)
def test_a_question_comes_back_as_it_went(name: str, kind: str) -> None:
    @settings(
        max_examples=15,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(questions(kind))
    def holds(question: WrittenQuestion) -> None:
        assert fits(question) == []
        differing, back = there_and_back(name, [question])
        assert differing == [], (question, back)

    holds()


@pytest.mark.parametrize("name", ["moodle_xml", "qti"])
def test_a_picture_goes_along_and_comes_back(name: str) -> None:
    from_bank = WrittenQuestion("k", "description", "Đọc bản đồ.", TYPES["description"].written(None, None), "![Bản đồ](media/ban-do.png)\n\nĐọc kỹ.",
                                media=(PICTURE,))  # fmt: skip
    differing, back = there_and_back(name, [from_bank])
    assert differing == []
    assert back[0].media == (PICTURE,)
