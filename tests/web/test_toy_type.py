"""A further type of question is new files and a line in two tables: nothing else of the platform has to know of it."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, FunctionLoader

from elearning.content import questions as readers
from elearning.content.packing import pack, unpack
from elearning.domain import questions as kinds
from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.content.trees import read_questions
from tests.services.cast import Someone
from tests.services.texts import QUESTIONS, publish, small_course
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin, everything, hand_in, right_answers, save
from tests.web.toy import coin_content, coin_domain

TOSSED = {"ngan": "## Sấp hay ngửa? {#ngan}\n\n= tails\n\n{: type=coin points=1 }\n"}
PAGE = Path(__file__).parent / "toy" / "coin.html"


@pytest.fixture
def coin(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The thirteenth type stands in both tables, and its page among the pages of the others."""
    monkeypatch.setitem(kinds.TYPES, "coin", coin_domain)
    monkeypatch.setitem(readers.TYPES, "coin", coin_content)
    loader = app.jinja_env.loader
    assert isinstance(loader, BaseLoader)
    own = FunctionLoader(lambda name: PAGE.read_text("utf-8") if name == "components/questions/coin.html" else None)
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([own, loader]))
    pages = app.extensions["pages"]
    pages.cache_clear()
    yield
    pages.cache_clear()


@pytest.fixture
def browser(
    coin: None, house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> ProofReader:
    publish(house, small_course(questions={**QUESTIONS, **TOSSED}, extra="behaviour: immediate\n"))
    return client(make_person())


def test_a_question_of_a_new_type_is_asked_answered_checked_graded_and_told(browser: ProofReader, house: House) -> None:
    attempt = begin(browser)
    assert right_answers(house, attempt)["3"] == "tails"
    shown = browser.get(f"{attempt}?page=2").get_data(as_text=True)
    assert 'value="heads"' in shown
    assert save(browser, attempt, {"3": "edge"}).status_code == 422
    assert save(browser, attempt, {"3": "tails"}).status_code == 200
    hand_in(browser, attempt)
    row = everything(house, rows.Attempt)[-1]
    assert Fraction(row.share_num or 0, row.share_den or 1) == Fraction(1, 7)
    assert "tails" in words(browser.get(f"{attempt}/result"))


def test_what_is_wrong_with_it_is_told_with_its_line(coin: None) -> None:
    _, wrong = read_questions("## Sấp hay ngửa? {#a}\n\n= edge\n\n{: type=coin }\n")
    assert [line.split(":", 1)[1] for line in wrong] == ["1: Write one line: = heads or = tails"]


def test_it_is_kept_in_the_cache_like_every_other(browser: ProofReader, house: House) -> None:
    begin(browser)
    compiled = [one for one, _ in house.shelf.held.values()]
    assert compiled
    assert [unpack(pack(one)) for one in compiled] == compiled
