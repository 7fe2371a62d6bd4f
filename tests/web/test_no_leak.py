"""Nothing that an open attempt sends depends on what is right: banks that differ only in that give the same bytes.

For every type of question, every behaviour and both languages, until an answer may be judged.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask, Response

from elearning.domain.questions import TYPES, one
from elearning.domain.questions.options import Asked
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.text import Edition
from elearning.web import frame
from tests.conftest import build_test_house
from tests.services import questions_open, questions_pairs, questions_written
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.texts import QUESTIONS as FIRST
from tests.services.texts import publish, small_course
from tests.store.databases import Databases
from tests.web.proofreading import ProofReader
from tests.web.sitting import everything

QUESTIONS: Mapping[str, str] = {
    **FIRST, **questions_pairs.QUESTIONS, **questions_written.QUESTIONS, **questions_open.QUESTIONS,
}  # fmt: skip
OTHERWISE: Mapping[str, list[str]] = {
    "mot": [FIRST["mot"].replace("- [ ] Sáng", "- [x] Sáng").replace("- [x] Trưa", "- [ ] Trưa")],
    "nhieu": [FIRST["nhieu"].replace("- [x] Đỏ", "- [ ] Đỏ").replace("- [ ] Tím", "- [x] Tím")],
    "ngan": [FIRST["ngan"].replace("= nghị định", "= thông tư\n= luật")],
    "so": [FIRST["so"].replace("= 24 giờ", "= 48 ± 12 giờ")],
    **questions_pairs.OTHERWISE, **questions_written.OTHERWISE, **questions_open.OTHERWISE,
}  # fmt: skip
VARIANTS = [(key, place) for key, texts in OTHERWISE.items() for place in range(len(texts))]
BEHAVIOURS = ("deferred", "immediate", "tries", "certainty", "practice")
EXPLAINED = {
    key: text.replace("{: points", "> Vì thế là đúng.\n{: points")
    .replace("- [ ] Chiều\n", "- [ ] Chiều\n  > Không phải.\n")
    .replace("{: points=1 }", '{: points=1 hint="Xem lại bài." penalty=1/2 }')
    for key, text in FIRST.items()
}
PAGES = 4
MATRIX = "{{after: {row}, open: {row}, closed: {row}}}"
Sent = list[tuple[int, bytes, str]]
_USUAL: dict[tuple[str, str, bool], Sent] = {}


def sit(
    databases: Databases, app: Flask, questions: Mapping[str, str], language: str = "vi", shuffle: bool = False,
    behaviour: str = "deferred", review: str = "",
) -> Sent:  # fmt: skip
    """All that an attempt sends while it is open, with clock, chance and tokens fixed; with `review`, a row of its matrix that
    holds at every moment, also what it sends after it was handed in.
    """
    clock = Clock()
    house = build_test_house(databases.emptied(), clock)
    app.extensions["house"] = house
    size = str(-(-len(QUESTIONS) // PAGES))
    publish(house, small_course(questions={**QUESTIONS, **questions}, shuffle=shuffle, page=size,
                                mark="" if behaviour == "practice" or review else "50%", extra=f"behaviour: {behaviour}\n",
                                review=MATRIX.format(row=review) if review else "after-submit"))  # fmt: skip
    cast = Cast(house)
    someone = cast.person(language=language)
    browser = app.test_client()
    assert isinstance(browser, ProofReader)
    browser.set_cookie("phatngon", cast.browser(someone))
    browser.get("/verify")
    browser.send("/courses/luyen-tap/enrol")
    rules = browser.get("/courses/luyen-tap/quizzes/thu-tai")
    began = browser.send("/courses/luyen-tap/quizzes/thu-tai")
    attempt, sent = began.headers["Location"], [rules, began]
    for seq, answers in enumerate(_answers(house), 1):
        clock.forward(seconds=7)
        sent.append(
            browser.send_json(f"{attempt}/answers", {"tab": "first-tab", "seq": seq, "base": 99, "answers": answers})
        )
        sent += [browser.get(f"{attempt}?page={number}") for number in range(1, PAGES + 1)]
        sent.append(browser.get(f"{attempt}/submit"))
    assert all(row.state == "in_progress" for row in everything(house, rows.Attempt))
    if review:
        sent += [browser.send(f"{attempt}/submit"), browser.get(f"{attempt}/result")]
        clock.forward(hours=1)
        sent.append(browser.get(f"{attempt}/result"))
    assert all(answer.status_code in (200, 303) for answer in sent), [answer.status_code for answer in sent]
    return [(answer.status_code, answer.data, str(answer.headers)) for answer in sent]


def _answers(house: House) -> list[dict[str, Any]]:
    """Three rounds of answers to every slot that know nothing of what is right: by how the fields of the slot hold them."""
    slots = everything(house, rows.AttemptSlot)
    with house.reading(NOBODY) as work:
        compiled = work.shelf.get(work.session, work.session.query(Edition.digest).scalar())
    fields: dict[str, list[Any]] = {
        "letter": ["a", "b", ""], "letters": [["a", "b"], ["b"], []], "text": ["24", "không rõ", ""],
        "numbers": [[1], [1, 2], []], "places": [{"a": "1", "b": "1"}, {"b": "2"}, {}],
    }  # fmt: skip
    rounds: list[dict[str, Any]] = [{}, {}, {}]
    for slot in slots:
        question = compiled.banks[slot.bank][slot.question]
        kind = TYPES[question.type]
        held = kind.held(question.body)
        if held in ("nothing", "upload"):
            continue
        parts = kind.to_form(question.body, slot.order, kind.understood(question.body, slot.order, None))
        for place, answers in enumerate(rounds):
            if held == "parts":
                answers[str(slot.number)] = dict.fromkeys(parts, ("a", "b", "")[place])
            elif held == "list":
                answers[str(slot.number)] = [("a", "b", "")[place]] * len(parts)
            else:
                answers[str(slot.number)] = fields[held][place]
    return rounds


@pytest.fixture
def fixed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with the one token that it would otherwise draw anew for each page."""
    monkeypatch.setattr(frame, "page_token", lambda: "token")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return app


def usual(
    databases: Databases, app: Flask, language: str = "vi", shuffle: bool = False, behaviour: str = "deferred"
) -> Sent:
    """What is sent where nothing was changed; sat once for each way of sitting."""
    way = (language, behaviour, shuffle)
    if way not in _USUAL:
        _USUAL[way] = sit(databases, app, QUESTIONS, language, shuffle, behaviour)
    return _USUAL[way]


def test_every_type_stands_in_what_is_compared(databases: Databases, fixed: Flask) -> None:
    usual(databases, fixed)
    house: House = fixed.extensions["house"]
    compiled = [one_ for one_, _ in house.shelf.held.values()][-1]
    assert {question.type for question in compiled.banks["quizzes/banks/thu-tai.md"].values()} == set(TYPES)
    by_rule = {compiled.banks["quizzes/banks/thu-tai.md"][key].type for key in OTHERWISE}
    assert by_rule >= {name for name, kind in TYPES.items() if kind.MARKED == "by-rule"} - {"order"}


@pytest.mark.parametrize(("key", "place"), VARIANTS)
def test_pages_and_answers_are_the_same_whatever_is_right(
    key: str, place: int, databases: Databases, fixed: Flask
) -> None:
    changed = {key: OTHERWISE[key][place]}
    assert changed[key] != QUESTIONS[key]
    assert sit(databases, fixed, changed) == usual(databases, fixed)


@pytest.mark.parametrize(("language", "shuffle"), [("vi", False), ("en", True)])
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_the_same_holds_for_every_behaviour_and_language(
    behaviour: str, language: str, shuffle: bool, databases: Databases, fixed: Flask
) -> None:
    """All variants at once: the last one of each question."""
    changed = {**EXPLAINED, **{key: texts[-1] for key, texts in OTHERWISE.items()}}
    assert sit(databases, fixed, changed, language, shuffle, behaviour) == usual(
        databases, fixed, language, shuffle, behaviour
    )


@pytest.mark.parametrize("row", ["[answers]", "nothing"])
def test_what_is_shown_afterwards_gives_no_more_away_than_the_matrix_says(
    row: str, databases: Databases, fixed: Flask
) -> None:
    changed = {**EXPLAINED, **{key: texts[-1] for key, texts in OTHERWISE.items()}}
    alike = sit(databases, fixed, changed, review=row)
    assert alike == sit(databases, fixed, QUESTIONS, review=row)
    told = sit(databases, fixed, changed, review="[answers, right]")
    assert told != sit(databases, fixed, QUESTIONS, review="[answers, right]")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_order_is_the_same_whichever_way_round_it_is_right(
    language: str, databases: Databases, fixed: Flask
) -> None:
    # The right order is the order of the source, so the same seed must be compared over the lines that are shown: the
    # page may say which lines there are, and nothing of where they belong.
    sent = usual(databases, fixed, language)
    shown = next(data.decode() for status, data, _ in sent if status == 200 and b"Ghi l\xe1\xba\xa1i</" in data)
    places = [shown.index(line) for line in ("Nhận tin", "Kiểm tra", "Phát ngôn<", "Ghi lại")]
    assert places != sorted(places)


def test_a_change_that_may_be_seen_is_seen(databases: Databases, fixed: Flask) -> None:
    assert sit(databases, fixed, {"mot": QUESTIONS["mot"].replace("Sáng", "Tối")}) != usual(databases, fixed)


def _first_the_right_one(body: Any, order: Any, value: object) -> Asked:
    shown = _honest(body, order, value)
    return Asked(tuple(sorted(shown.options, key=lambda option: option.html != body.options[body.right].html)))


def _longer_for_the_right_one(body: Any, order: Any, value: object) -> Asked:
    shown = _honest(body, order, value)
    return Asked(tuple(_with(option, option.html + " " * body.right) for option in shown.options))


def _marked(body: Any, order: Any, value: object) -> Asked:
    shown, right = _honest(body, order, value), body.options[body.right].html
    return Asked(tuple(_with(o, f'<span data-k="{int(o.html == right)}">{o.html}</span>') for o in shown.options))


def _with(option: Any, html: str) -> Any:
    return type(option)(option.letter, html, option.chosen)


_honest = one.asked


@pytest.mark.parametrize(
    "leak", [_first_the_right_one, _longer_for_the_right_one, _marked], ids=["order", "size", "data"]
)
def test_a_planted_leak_in_the_page_is_found(
    leak: Callable[..., Asked], databases: Databases, fixed: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one, "asked", leak)
    changed = {"mot": OTHERWISE["mot"][0]}
    assert sit(databases, fixed, changed) != sit(databases, fixed, QUESTIONS)


def test_a_planted_leak_in_a_header_is_found(
    databases: Databases, fixed: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def telling(response: Response) -> Response:
        house: House = fixed.extensions["house"]
        for compiled, _ in house.shelf.held.values():
            response.headers["X-Right"] = str(compiled.banks["quizzes/banks/thu-tai.md"]["mot"].body.right)
        return response

    monkeypatch.setitem(fixed.after_request_funcs, None, [*fixed.after_request_funcs[None], telling])
    changed = {"mot": OTHERWISE["mot"][0]}
    assert sit(databases, fixed, changed) != sit(databases, fixed, QUESTIONS)
