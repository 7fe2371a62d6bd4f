"""The same attempt without scripts: every button of the page posts what is typed and goes where it says."""

from collections.abc import Callable

import pytest

from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ELSEWHERE, ProofReader, hidden, page, words
from tests.web.sitting import begin, everything, row_of, save


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A learner in the small course, signed in."""
    return client(make_person())


@pytest.fixture
def attempt(browser: ProofReader) -> str:
    return begin(browser)


def fields(browser: ProofReader, address: str) -> dict[str, str]:
    """The hidden fields of a page of an attempt."""
    shown = browser.get(address)
    return {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}


def test_save_and_go_on_stores_the_page_and_opens_the_next(browser: ProofReader, attempt: str, house: House) -> None:
    sent = browser.send(
        f"{attempt}/answers",
        fields(browser, attempt) | {"a1.shown": "1", "a1": "b", "a2.shown": "1", "a2": ["a", "c"], "go": "next"},
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{attempt}?page=2")
    assert [(row.slot, row.value) for row in everything(house, rows.Answer)] == [(1, "b"), (2, ["a", "c"])]


@pytest.mark.parametrize(
    ("go", "leads"),
    [("next", "?page=3"), ("previous", "?page=1"), ("page-3", "?page=3"), ("review", "/submit"), ("", "?page=2"),
     ("page-x", "?page=2"), ("page-" + "9" * 5_000, "?page=2"), ("nonsense", "?page=2")],
)  # fmt: skip
def test_each_button_goes_where_it_says(go: str, leads: str, browser: ProofReader, attempt: str) -> None:
    sent = browser.send(f"{attempt}/answers", fields(browser, f"{attempt}?page=2") | {"a3": "x", "go": go})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{attempt}{leads}")


def test_a_page_number_that_is_no_number_is_the_first(browser: ProofReader, attempt: str) -> None:
    for nonsense in ("x", "-1", "9" * 5_000, ""):
        sent = browser.send(f"{attempt}/answers", fields(browser, attempt) | {"a3": "x", "page": nonsense})
        assert sent.status_code == 303


def test_the_same_form_sent_twice_is_stored_once(browser: ProofReader, attempt: str, house: House) -> None:
    form = fields(browser, attempt) | {"a1.shown": "1", "a1": "b", "go": "next"}
    assert browser.send(f"{attempt}/answers", form).status_code == 303
    assert browser.send(f"{attempt}/answers", form).status_code == 303
    assert len(everything(house, rows.Answer)) == 1


def test_every_page_that_is_opened_may_save(browser: ProofReader, attempt: str, house: House) -> None:
    for value in ("a", "b", "c"):
        browser.send(f"{attempt}/answers", fields(browser, attempt) | {"a1.shown": "1", "a1": value})
    assert [row.value for row in everything(house, rows.Answer)] == ["a", "b", "c"]


def test_an_answer_that_is_taken_back_is_empty(browser: ProofReader, attempt: str, house: House) -> None:
    browser.send(f"{attempt}/answers", fields(browser, attempt) | {"a2.shown": "1", "a2": ["a"]})
    browser.send(f"{attempt}/answers", fields(browser, attempt) | {"a2.shown": "1"})
    assert [row.value for row in everything(house, rows.Answer)] == [["a"], []]


def test_places_are_given_one_by_one(browser: ProofReader, attempt: str, house: House) -> None:
    places = {"a5.a": "2", "a5.b": "1", "a5.c": "4", "a5.d": "3"}
    browser.send(f"{attempt}/answers", fields(browser, f"{attempt}?page=3") | places)
    assert [row.value for row in everything(house, rows.Answer)] == [["b", "a", "d", "c"]]


def test_an_unfinished_order_is_kept_and_complained_about(browser: ProofReader, attempt: str) -> None:
    places = {"a5.a": "2", "a5.b": "2", "a5.c": "", "a5.d": ""}
    browser.send(f"{attempt}/answers", fields(browser, f"{attempt}?page=3") | places)
    shown = browser.get(f"{attempt}?page=3")
    assert "Give each item a place of its own, from 1 to 4." in words(shown)
    assert [o.get("value") for o in page(shown).iter("option") if "selected" in o.attrib] == ["2", "2"]


def test_a_number_that_is_none_is_kept_and_complained_about(browser: ProofReader, attempt: str) -> None:
    browser.send(f"{attempt}/answers", fields(browser, f"{attempt}?page=2") | {"a4": "hai mươi tư"})
    shown = browser.get(f"{attempt}?page=2")
    assert "Type a number, such as 24 or 1,5, without the unit." in words(shown)
    assert any(i.get("value") == "hai mươi tư" and i.get("aria-invalid") for i in page(shown).iter("input"))


def test_flags_are_set_and_taken_away_by_the_page_that_shows_them(
    browser: ProofReader, attempt: str, house: House
) -> None:
    form = fields(browser, attempt)
    browser.send(f"{attempt}/answers", form | {"f1.shown": "1", "f1": "1", "f2.shown": "1"})
    assert [flag.slot for flag in everything(house, rows.Flag)] == [1]
    browser.send(f"{attempt}/answers", fields(browser, f"{attempt}?page=2") | {"f3.shown": "1", "f3": "1"})
    assert [flag.slot for flag in everything(house, rows.Flag)] == [1, 3]
    assert "flagged" in words(browser.get(f"{attempt}/submit"))
    browser.send(f"{attempt}/answers", fields(browser, attempt) | {"f1.shown": "1", "f2.shown": "1"})
    assert [flag.slot for flag in everything(house, rows.Flag)] == [3]


def test_a_flag_on_a_slot_that_is_not_there_sets_nothing(browser: ProofReader, attempt: str, house: House) -> None:
    sent = browser.send(f"{attempt}/answers", fields(browser, attempt) | {"f99.shown": "1", "f99": "1"})
    assert sent.status_code in (303, 404)
    assert everything(house, rows.Flag) == []


def test_finishing_from_the_form_saves_and_hands_in(browser: ProofReader, attempt: str, house: House) -> None:
    form = fields(browser, attempt) | {"a1.shown": "1", "a1": "b", "go": "finish"}
    assert browser.send(f"{attempt}/answers", form).headers["Location"] == f"{attempt}/result"
    assert (row_of(house, attempt).share_num, row_of(house, attempt).share_den) == (1, 7)


def test_two_answers_that_meet_are_put_before_the_learner_and_the_choice_counts(
    browser: ProofReader, attempt: str, house: House
) -> None:
    form = fields(browser, attempt)
    save(browser, attempt, {"1": "a"})
    met = browser.send(f"{attempt}/answers", form | {"a1.shown": "1", "a1": "c", "go": "next"})
    assert met.headers["Location"].startswith(f"{attempt}?page=1&tab=")
    shown = browser.get(met.headers["Location"])
    kept = [i.get("value") for i in page(shown).iter("input") if i.get("name") == "keep1"]
    assert kept == ["mine", "theirs"]
    again = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    browser.send(f"{attempt}/answers", again | {"a1.shown": "1", "a1": "c", "keep1": "mine"})
    checked = [
        i.get("value")
        for i in page(browser.get(attempt)).iter("input")
        if i.get("name") == "a1" and "checked" in i.attrib
    ]
    assert checked == ["c"]


def test_the_other_answer_can_be_left_to_count(browser: ProofReader, attempt: str) -> None:
    form = fields(browser, attempt)
    save(browser, attempt, {"1": "a"})
    met = browser.send(f"{attempt}/answers", form | {"a1.shown": "1", "a1": "c", "go": "next"})
    shown = browser.get(met.headers["Location"])
    again = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    gone_on = browser.send(f"{attempt}/answers", again | {"a1.shown": "1", "a1": "c", "keep1": "theirs", "go": "next"})
    assert gone_on.headers["Location"] == f"{attempt}?page=2"
    checked = [
        i.get("value")
        for i in page(browser.get(attempt)).iter("input")
        if i.get("name") == "a1" and "checked" in i.attrib
    ]
    assert checked == ["a"]


def test_three_megabytes_are_refused_with_a_page_that_says_how_much_may_be_sent(
    browser: ProofReader, attempt: str, house: House
) -> None:
    form = fields(browser, f"{attempt}?page=2") | {"a3": "x" * 3_000_000}
    refused = browser.send(f"{attempt}/answers", form)
    assert refused.status_code == 413
    assert "1 MB" in words(refused)
    assert everything(house, rows.Answer) == []


def test_three_megabytes_of_json_are_refused_in_json(browser: ProofReader, attempt: str) -> None:
    refused = save(browser, attempt, {"3": "x" * 3_000_000})
    assert refused.status_code == 413
    assert "1 MB" in refused.get_json()["message"]


def test_an_expired_page_keeps_what_was_typed_and_sends_it_again(
    browser: ProofReader, attempt: str, house: House
) -> None:
    form = fields(browser, f"{attempt}?page=2") | {"a3": 'thông "tư" <b>'}
    expired = browser.post(
        f"{attempt}/answers", data=form | {"csrf_token": "old"}, headers={"Origin": "http://localhost"}
    )
    assert expired.status_code == 400
    assert hidden(expired, "a3") == 'thông "tư" <b>'
    again = {name: hidden(expired, name) for name in ("tab", "seq", "base", "page", "a3")}
    action = next(f.get("action") for f in page(expired).iter("form") if f.get("action", "").endswith("/answers"))
    assert browser.send(str(action), again).status_code == 303
    assert [row.value for row in everything(house, rows.Answer)] == ['thông "tư" <b>']


@pytest.mark.parametrize("headers", [{"Origin": ELSEWHERE}, {"Referer": f"{ELSEWHERE}/x"}, {"Origin": "null"}, {}])
def test_what_another_site_sent_is_not_offered_to_be_sent_again(
    headers: dict[str, str], browser: ProofReader, attempt: str
) -> None:
    expired = browser.post(f"{attempt}/answers", data={"a3": "planted", "csrf_token": "old"}, headers=headers)
    assert expired.status_code == 400
    assert "planted" not in expired.get_data(as_text=True)


def test_signed_out_meanwhile_what_was_typed_is_kept_too(
    browser: ProofReader, attempt: str, client: Callable[..., ProofReader]
) -> None:
    form = fields(browser, f"{attempt}?page=2") | {"a3": "thông tư"}
    stranger = client()
    refused = stranger.send(f"{attempt}/answers", form)
    assert refused.status_code == 401
    assert hidden(refused, "a3") == "thông tư"


def test_passwords_are_never_written_back(client: Callable[..., ProofReader], house: House) -> None:
    expired = client().post(
        "/login", data={"identifier": "an@ankhue.example", "password": "secret words", "csrf_token": "old"},
        headers={"Origin": "http://localhost"},
    )  # fmt: skip
    assert expired.status_code == 400
    assert "secret words" not in expired.get_data(as_text=True)


def test_after_the_time_a_plain_form_is_told_that_it_came_too_late(
    browser: ProofReader, attempt: str, clock: Clock
) -> None:
    form = fields(browser, attempt) | {"a1.shown": "1", "a1": "b", "go": "next"}
    clock.forward(minutes=12)
    answer = browser.send(f"{attempt}/answers", form)
    while answer.status_code == 303:
        answer = browser.get(answer.headers["Location"])
    assert "The time was up when this answer arrived." in words(answer)
