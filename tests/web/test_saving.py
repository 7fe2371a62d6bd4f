"""Saving answers as the script does: what is acknowledged, what is refused, and what counts."""

from collections.abc import Callable
from typing import Any

import pytest

from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import OTHER_TAB, begin, everything, hand_in, row_of, save


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A learner in the small course, signed in."""
    return client(make_person())


@pytest.fixture
def attempt(browser: ProofReader) -> str:
    return begin(browser)


def test_a_save_is_acknowledged_with_its_version_the_time_and_what_is_left(
    browser: ProofReader, attempt: str, clock: Clock
) -> None:
    clock.forward(seconds=90)
    saved = save(browser, attempt, {"1": "b"})
    assert saved.status_code == 200
    assert saved.get_json() == {"version": 1, "at": "2026-11-23T09:01:30+07:00", "remaining": 510, "newer": {}}


def test_the_same_save_again_changes_nothing_and_is_acknowledged_again(
    browser: ProofReader, attempt: str, house: House
) -> None:
    first = save(browser, attempt, {"1": "b", "3": "nghị định"})
    again = save(browser, attempt, {"1": "b", "3": "nghị định"})
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert len(everything(house, rows.Answer)) == 2


def test_the_same_number_with_another_answer_cannot_overwrite_what_was_acknowledged(
    browser: ProofReader, attempt: str, house: House
) -> None:
    save(browser, attempt, {"1": "b"})
    save(browser, attempt, {"1": "c"})
    assert [row.value for row in everything(house, rows.Answer)] == ["b"]


def test_versions_rise_within_the_attempt_over_all_slots(browser: ProofReader, attempt: str, house: House) -> None:
    versions = [
        save(browser, attempt, {slot: value}, seq=seq, base=seq - 1).get_json()["version"]
        for seq, (slot, value) in enumerate([("1", "a"), ("3", "x"), ("1", "b"), ("4", "24")], 1)
    ]
    assert versions == [1, 2, 3, 4]
    assert [row.version for row in everything(house, rows.Answer)] == [1, 2, 3, 4]


def test_answers_are_only_ever_added(browser: ProofReader, attempt: str, house: House) -> None:
    save(browser, attempt, {"1": "a"})
    save(browser, attempt, {"1": "b"}, seq=2, base=1)
    save(browser, attempt, {"1": ""}, seq=3, base=2)
    assert [row.value for row in everything(house, rows.Answer)] == ["a", "b", ""]


def test_an_answer_given_meanwhile_on_another_page_is_shown_and_stays(
    browser: ProofReader, attempt: str, house: House
) -> None:
    save(browser, attempt, {"1": "a"})
    stale = save(browser, attempt, {"1": "c"}, tab=OTHER_TAB, base=0).get_json()
    assert stale["newer"] == {"1": {"value": "a", "at": "2026-11-23T09:00:00+07:00"}}
    assert len(everything(house, rows.Answer)) == 2
    chosen = [i for i in page(browser.get(attempt)).iter("input") if i.get("name") == "a1" and "checked" in i.attrib]
    assert [i.get("value") for i in chosen] == ["a"]


def test_a_page_that_had_seen_the_other_answer_may_change_it(browser: ProofReader, attempt: str) -> None:
    save(browser, attempt, {"1": "a"})
    saved = save(browser, attempt, {"1": "c"}, tab=OTHER_TAB, base=1).get_json()
    assert saved["newer"] == {}


def test_two_pages_on_different_questions_do_not_meet(browser: ProofReader, attempt: str) -> None:
    save(browser, attempt, {"1": "a"})
    assert save(browser, attempt, {"3": "x"}, tab=OTHER_TAB, base=0).get_json()["newer"] == {}


@pytest.mark.parametrize(
    "answers",
    [
        {"1": "z"}, {"1": 7}, {"1": ["a", "b"]}, {"1": {"x": "y"}}, {"2": ["a", "z"]}, {"2": {"a": 1}}, {"2": [["a"]]},
        {"3": "x" * 20_000}, {"4": "9" * 5_000}, {"5": {"a": "9"}}, {"5": ["a", "a", "a", "a"]}, {"5": "abc"}, {"5": [None]},
    ],
)  # fmt: skip
def test_what_no_page_could_have_sent_is_refused_and_not_stored(
    answers: Any, browser: ProofReader, attempt: str, house: House
) -> None:
    refused = save(browser, attempt, answers)
    assert refused.status_code == 422
    assert refused.get_json()["message"]
    assert everything(house, rows.Answer) == []


def test_one_bad_answer_keeps_the_good_ones_beside_it_out_too(browser: ProofReader, attempt: str, house: House) -> None:
    assert save(browser, attempt, {"1": "b", "2": ["z"]}).status_code == 422
    assert everything(house, rows.Answer) == []


@pytest.mark.parametrize(
    "change",
    [
        {"tab": "short"}, {"tab": "x" * 41}, {"tab": "white space"}, {"tab": 5}, {"tab": None}, {"seq": 0}, {"seq": -1},
        {"seq": "1"}, {"seq": 1.5}, {"seq": True}, {"seq": 10**7}, {"base": -1}, {"base": None}, {"base": 10**30},
        {"answers": []}, {"answers": {}}, {"answers": {"one": "a"}}, {"answers": {"-1": "a"}}, {"answers": {"12345": "a"}},
    ],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(change: dict[str, Any], browser: ProofReader, attempt: str) -> None:
    body = {"tab": "first-tab", "seq": 1, "base": 0, "answers": {"1": "a"}} | change
    assert browser.send_json(f"{attempt}/answers", body).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff", b'"x"'])
def test_a_body_that_is_no_json_object_is_refused(body: bytes, browser: ProofReader, attempt: str) -> None:
    headers = {"X-CSRFToken": browser.token or "", "Content-Type": "application/json"}
    browser.get(attempt)
    headers["X-CSRFToken"] = browser.token
    assert browser.post(f"{attempt}/answers", data=body, headers=headers).status_code == 422


def test_a_slot_that_the_paper_does_not_have_is_not_found(browser: ProofReader, attempt: str, house: House) -> None:
    assert save(browser, attempt, {"6": "a"}).status_code == 404
    assert save(browser, attempt, {"1": "a", "6": "a"}).status_code == 404
    assert everything(house, rows.Answer) == []


def test_somebody_elses_attempt_is_not_found(
    browser: ProofReader,
    attempt: str,
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
    house: House,
) -> None:
    for role in ("learner", "trainer", "admin"):
        stranger = client(make_person(role))
        assert save(stranger, attempt, {"1": "a"}).status_code == 404
    assert everything(house, rows.Answer) == []


def test_nothing_can_be_saved_after_handing_in(browser: ProofReader, attempt: str, house: House) -> None:
    hand_in(browser, attempt)
    refused = save(browser, attempt, {"1": "b"})
    assert refused.status_code == 409
    assert "handed in" in refused.get_json()["message"]
    assert everything(house, rows.Answer) == []


def test_what_arrives_within_a_minute_after_closing_still_counts(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=11)
    saved = save(browser, attempt, {"1": "b"})
    assert (saved.status_code, saved.get_json()["remaining"]) == (200, 0)
    hand_in(browser, attempt)
    assert row_of(house, attempt).share_num == 1


def test_what_arrives_later_is_kept_as_late_and_does_not_count(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=11, microseconds=1)
    late = save(browser, attempt, {"1": "b"})
    assert late.status_code == 409
    assert "counts only if" in late.get_json()["message"]
    assert [(row.value, row.late) for row in everything(house, rows.Answer)] == [("b", True)]
    hand_in(browser, attempt)
    assert row_of(house, attempt).share_num == 0


def test_what_arrives_after_the_time_handed_the_attempt_in_is_kept_as_late(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=10, seconds=30)
    hand_in(browser, attempt)
    late = save(browser, attempt, {"1": "b"})
    assert late.status_code == 409
    assert [(row.value, row.late) for row in everything(house, rows.Answer)] == [("b", True)]
    assert row_of(house, attempt).share_num == 0


def test_the_moment_of_arrival_decides_and_not_that_of_the_browser(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=12)
    assert save(browser, attempt, {"1": "b"}, at="2026-11-23T09:00:00+07:00").status_code == 409


def test_signs_that_no_keyboard_makes_do_not_break_the_page(browser: ProofReader, attempt: str) -> None:
    saved = save(browser, attempt, {"3": "\ud800 \x00 <b>&\u202e"})
    assert saved.status_code in (200, 422)
    assert browser.get(f"{attempt}?page=2").status_code == 200
    assert browser.get(f"{attempt}/submit").status_code == 200
    hand_in(browser, attempt)
    assert browser.get(f"{attempt}/result").status_code == 200


def test_without_the_token_nothing_is_saved(browser: ProofReader, attempt: str, house: House) -> None:
    body = {"tab": "first-tab", "seq": 1, "base": 0, "answers": {"1": "a"}}
    refused = browser.post(f"{attempt}/answers", json=body)
    assert refused.status_code == 400
    assert refused.get_json()["message"]
    assert everything(house, rows.Answer) == []


def test_signed_out_a_save_is_told_so_in_json(
    browser: ProofReader, attempt: str, client: Callable[..., ProofReader]
) -> None:
    refused = save(client(), attempt, {"1": "a"})
    assert refused.status_code == 401
    assert refused.get_json()["message"]


def test_an_answer_survives_the_page_being_opened_again(browser: ProofReader, attempt: str) -> None:
    save(browser, attempt, {"1": "b", "2": ["a", "d"], "3": "Nghị  định", "4": "24,0", "5": ["d", "c", "b", "a"]})
    first = page(browser.get(attempt))
    ticked = [(i.get("name"), i.get("value")) for i in first.iter("input") if "checked" in i.attrib]
    assert ticked == [("a1", "b"), ("a2", "a"), ("a2", "d")]
    fields = [i for i in page(browser.get(f"{attempt}?page=2")).iter("input") if i.get("type") == "text"]
    typed = [field.get("value") for field in fields if str(field.get("name")).startswith("a")]
    assert typed == ["Nghị  định", "24,0"]
    third = page(browser.get(f"{attempt}?page=3"))
    assert [o.get("value") for o in third.iter("option") if "selected" in o.attrib] == ["4", "3", "2", "1"]
    assert "5 answered" in words(browser.get(attempt))
