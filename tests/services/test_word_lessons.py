"""Lessons of a Word file: whose they are, and what a keeping that comes too late finds."""

from collections.abc import Callable
from io import BytesIO

import pytest

from elearning.domain.errors import Mistaken, NotFound
from elearning.services import outlining, word_keeping, word_lessons, working
from elearning.services.word_lessons import Choice
from elearning.services.work import House
from tests.exchange.questions.word_files import heading, p, word
from tests.services.cast import Someone

BODY = heading("Một") + p("x") + heading("Hai") + p("y")
CHOICE = Choice(("mot", "hai"), "phan-mot", "")


@pytest.mark.parametrize("role", ["learner", "coordinator"])
def test_those_who_may_not_write_neither_send_nor_keep(
    practice: House, make_person: Callable[..., Someone], role: str
) -> None:
    other, trainer = make_person(role, unit="Xã Mộc Lâm"), make_person("trainer")
    with pytest.raises(NotFound):
        word_lessons.upload(practice, other.actor, "luyen-tap", "a.docx", BytesIO(word(BODY)))
    file = word_lessons.upload(practice, trainer.actor, "luyen-tap", "a.docx", BytesIO(word(BODY)))
    with pytest.raises(NotFound), practice.writing(other.actor) as work:
        word_keeping.keep(work, "luyen-tap", file, CHOICE)


def test_keeping_twice_keeps_once(practice: House, make_person: Callable[..., Someone]) -> None:
    trainer = make_person("trainer")
    file = word_lessons.upload(practice, trainer.actor, "luyen-tap", "a.docx", BytesIO(word(BODY)))
    with practice.writing(trainer.actor) as work:
        assert word_keeping.keep(work, "luyen-tap", file, CHOICE) == (2, 0)
    with pytest.raises(Mistaken, match="No lesson was chosen"), practice.writing(trainer.actor) as work:
        word_keeping.keep(work, "luyen-tap", file, CHOICE)


def test_a_module_that_is_gone_is_told_and_nothing_is_kept(
    practice: House, make_person: Callable[..., Someone]
) -> None:
    trainer = make_person("trainer")
    file = word_lessons.upload(practice, trainer.actor, "luyen-tap", "a.docx", BytesIO(word(BODY)))
    with pytest.raises(Mistaken, match=outlining.changed().message.key[:30]), practice.writing(trainer.actor) as work:
        word_keeping.keep(work, "luyen-tap", file, Choice(("mot",), "khong-con", ""))
    with practice.reading(trainer.actor) as work:
        page = word_lessons.word_page(work, "luyen-tap", file)
    assert [one.state for one in page.lessons] == ["new", "new"]


def test_what_another_sent_and_kept_is_known_when_the_file_comes_again(
    practice: House, make_person: Callable[..., Someone]
) -> None:
    one, other = make_person("trainer"), make_person("trainer")
    file = word_lessons.upload(practice, one.actor, "luyen-tap", "a.docx", BytesIO(word(BODY)))
    with practice.writing(one.actor) as work:
        word_keeping.keep(work, "luyen-tap", file, Choice(("mot",), "phan-mot", ""))
    again = word_lessons.upload(practice, other.actor, "luyen-tap", "a.docx", BytesIO(word(BODY + p("z"))))
    with practice.reading(other.actor) as work:
        page = word_lessons.word_page(work, "luyen-tap", again)
        job = working.job_page(work, again)
    assert [(row.key, row.state) for row in page.lessons] == [("mot", "same"), ("hai", "new")]
    assert job.state == "done"
