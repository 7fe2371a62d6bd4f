"""Nothing that an open attempt sends depends on what is right: banks that differ only in that give the same bytes."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask

from elearning.store.models import learning as rows
from elearning.web import frame
from tests.conftest import build_test_house
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.texts import QUESTIONS, publish, small_course
from tests.store.databases import Databases
from tests.web.proofreading import ProofReader
from tests.web.sitting import everything

ADDRESSES = ("", "?page=2", "?page=3", "/submit")
ANSWERS: tuple[Mapping[str, Any], ...] = (
    {"1": "a", "2": ["a", "c"], "3": "nghị định", "4": "24", "5": ["a", "b", "c", "d"]},
    {"1": "b", "2": ["d"], "3": "luật", "4": "48", "5": {"a": "1", "b": "1"}},
    {"1": "", "2": [], "4": "không rõ"},
)
_USUAL: dict[tuple[str, bool], list[tuple[int, bytes, str]]] = {}
OTHERWISE = {
    "mot": QUESTIONS["mot"].replace("- [ ] Sáng", "- [x] Sáng").replace("- [x] Trưa", "- [ ] Trưa"),
    "nhieu": QUESTIONS["nhieu"].replace("- [x] Đỏ", "- [ ] Đỏ").replace("- [ ] Tím", "- [x] Tím"),
    "ngan": QUESTIONS["ngan"].replace("= nghị định", "= thông tư\n= luật"),
    "so": QUESTIONS["so"].replace("= 24 giờ", "= 48 ± 12 giờ"),
}
EXPLAINED = {
    key: text.replace("{: points", "> Vì thế là đúng.\n{: points").replace(
        "- [ ] Chiều\n", "- [ ] Chiều\n  > Không phải.\n"
    )
    for key, text in QUESTIONS.items()
}


def sit(
    databases: Databases, app: Flask, questions: Mapping[str, str], language: str, shuffle: bool
) -> list[tuple[int, bytes, str]]:
    """All that an attempt sends while it is open, with clock, chance and tokens fixed."""
    clock = Clock()
    house = build_test_house(databases.emptied(), clock)
    app.extensions["house"] = house
    publish(house, small_course(questions={**QUESTIONS, **questions}, shuffle=shuffle))
    cast = Cast(house)
    someone = cast.person(language=language)
    browser = app.test_client()
    assert isinstance(browser, ProofReader)
    browser.set_cookie("phatngon", cast.browser(someone))
    browser.get("/verify")
    browser.send("/courses/luyen-tap/enrol")
    began = browser.send("/courses/luyen-tap/quizzes/thu-tai")
    attempt, sent = began.headers["Location"], [began]
    for seq, answers in enumerate(ANSWERS, 1):
        clock.forward(seconds=7)
        body = {"tab": "first-tab", "seq": seq, "base": 99, "answers": answers}
        sent += [
            browser.send_json(f"{attempt}/answers", body),
            *(browser.get(f"{attempt}{rest}") for rest in ADDRESSES),
        ]
    assert all(row.state == "in_progress" for row in everything(house, rows.Attempt))
    return [(one.status_code, one.data, str(one.headers)) for one in sent]


@pytest.fixture
def fixed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with the one token that it would otherwise draw anew for each page."""
    monkeypatch.setattr(frame, "generate_csrf", lambda: "token")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return app


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", [*OTHERWISE, "explanations"])
def test_pages_and_answers_are_the_same_whatever_is_right(
    kind: str, language: str, shuffle: bool, databases: Databases, fixed: Flask
) -> None:
    changed = EXPLAINED if kind == "explanations" else {kind: OTHERWISE[kind]}
    assert any(changed[key] != QUESTIONS[key] for key in changed)
    if (language, shuffle) not in _USUAL:
        _USUAL[language, shuffle] = sit(databases, fixed, QUESTIONS, language, shuffle)
    assert sit(databases, fixed, changed, language, shuffle) == _USUAL[language, shuffle]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_order_is_the_same_whichever_way_round_it_is_right(
    language: str, databases: Databases, fixed: Flask
) -> None:
    # The right order is the order of the source, so the same seed must be compared over the lines that are shown: the
    # page may say which lines there are, and nothing of where they belong.
    sent = sit(databases, fixed, QUESTIONS, language, shuffle=False)
    shown = next(data.decode() for status, data, _ in sent if status == 200 and b"Ghi l" in data)
    places = [shown.index(line) for line in ("Nhận tin", "Kiểm tra", "Phát ngôn<", "Ghi lại")]
    assert places != sorted(places)


def test_a_change_that_may_be_seen_is_seen(
    databases: Databases, fixed: Flask, client: Callable[..., ProofReader]
) -> None:
    changed = {"mot": QUESTIONS["mot"].replace("Sáng", "Tối")}
    assert sit(databases, fixed, QUESTIONS, "vi", False) != sit(databases, fixed, changed, "vi", False)
