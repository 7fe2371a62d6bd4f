"""What the platform does when the disk is full or only reads, when the database is gone, when the clock steps back: it says so,
stores nothing by halves, loses nothing that it acknowledged, and goes on by itself afterwards.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from elearning.services import handing_in
from elearning.services.consistency import audit
from elearning.services.work import NOBODY, House
from elearning.store.engine import open_store
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.faults import Leaving, full_disk, only_reading
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import begin, everything, row_of, save

Client = Callable[..., ProofReader]
LONG = "Nghị định số 244/2026/NĐ-CP " * 7


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Client) -> ProofReader:
    """A learner in the small course, signed in."""
    return client(make_person(unit="Sở Nội vụ"))


@pytest.fixture
def attempt(browser: ProofReader) -> str:
    return begin(browser)


@pytest.fixture
def leaving(app: Flask, browser: ProofReader, attempt: str, house: House, tmp_path: Path) -> Iterator[Leaving]:
    """The database of the attempt, which can go and come back."""
    found = Leaving.of(house.store, tmp_path / "leaving")
    app.extensions["house"] = replace(house, store=found.store)
    yield found
    found.close()


def is_told_to_wait(answer: TestResponse) -> bool:
    """Whether it is a 503 that says when to try again, in words of its own."""
    assert answer.status_code == 503, answer.status_code
    return answer.headers["Retry-After"] == "5"


def sound(house: House) -> bool:
    return [finding.message.plain() for finding in audit(house) if not finding.good] == []


def test_a_full_disk_refuses_saves_and_what_is_sent_again_afterwards_is_kept(
    browser: ProofReader, attempt: str, house: House
) -> None:
    acknowledged, refused = [], None
    save(browser, attempt, {"3": "0"})
    with full_disk(house.store):
        for seq in range(2, 200):
            answer = save(browser, attempt, {"3": f"{seq} {LONG}"}, seq=seq, base=seq - 1)
            if answer.status_code != 200:
                refused = seq
                assert is_told_to_wait(answer)
                assert answer.get_json() == {
                    "message": "The disk of the platform is full. Nothing of this was stored; it can be sent again when there is room."
                }
                break
            acknowledged.append(seq)
    assert refused is not None
    assert [row.seq for row in everything(house, rows.Answer)] == [1, *acknowledged]
    again = save(browser, attempt, {"3": f"{refused} {LONG}"}, seq=refused, base=refused - 1)
    assert (again.status_code, again.get_json()["version"]) == (200, refused)
    assert sound(house)


def test_on_a_full_disk_a_plain_page_says_wait_and_keeps_what_was_typed(
    browser: ProofReader, attempt: str, house: House
) -> None:
    save(browser, attempt, {"3": "0"})
    typed = {"a3": LONG * 3, "tab": "first-tab", "seq": "1", "base": "1", "page": "1", "go": "next"}
    with full_disk(house.store):
        for seq in range(2, 200):
            typed["seq"] = str(seq)
            answer = browser.send(f"{attempt}/answers", {**typed, "a3": f"{seq} {LONG}"})
            if answer.status_code != 303:
                break
        assert is_told_to_wait(answer)
    assert "disk of the platform is full" in words(answer)
    (form,) = [form for form in page(answer).iter("form") if (form.get("action") or "").startswith(attempt)]
    sent = {str(field.get("name")): str(field.get("value")) for field in form.iter("input")}
    assert form.get("action") == f"{attempt}/answers"
    assert sent["a3"] == f"{seq} {LONG}"
    again = browser.send(f"{attempt}/answers", sent)
    assert again.status_code == 303
    assert everything(house, rows.Answer)[-1].value == f"{seq} {LONG}".strip()


def test_on_a_disk_that_only_reads_pages_are_read_and_saves_are_told_to_wait(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=6)
    with only_reading(house.store):
        assert browser.get(attempt).status_code == 200
        assert browser.get("/learn").status_code == 200
        assert is_told_to_wait(save(browser, attempt, {"3": "x"}))
        assert is_told_to_wait(browser.send(f"{attempt}/submit"))
        assert browser.get("/readyz").get_data(as_text=True) == "not ready: writing\n"
    assert everything(house, rows.Answer) == []
    assert save(browser, attempt, {"3": "x"}).status_code == 200


def test_a_database_that_is_gone_is_waited_for_and_works_without_a_restart(
    leaving: Leaving, browser: ProofReader, attempt: str, app: Flask
) -> None:
    assert save(browser, attempt, {"3": "trước"}).status_code == 200
    leaving.go()
    refused = save(browser, attempt, {"3": "giữa"}, seq=2, base=1)
    assert is_told_to_wait(refused)
    assert "có thể gửi lại" in refused.get_json()["message"]
    assert browser.get("/readyz").get_data(as_text=True) == "not ready: database\n"
    assert browser.get("/healthz").status_code == 200
    watched = browser.get("/metrics").get_data(as_text=True)
    assert "phatngon_ready 0" in watched
    assert "phatngon_jobs_waiting" not in watched
    leaving.come()
    assert save(browser, attempt, {"3": "giữa"}, seq=2, base=1).get_json()["version"] == 2
    assert [row.value for row in everything(app.extensions["house"], rows.Answer)] == ["trước", "giữa"]


def test_a_page_that_is_asked_for_meanwhile_asks_again_by_itself(
    leaving: Leaving, browser: ProofReader, attempt: str
) -> None:
    leaving.go()
    answer = browser.get(f"{attempt}?page=1")
    assert is_told_to_wait(answer)
    assert answer.headers["Refresh"] == "5"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert [link.get("href") for link in page(answer).iter("a") if (link.get("href") or "").startswith(attempt)] == [
        f"{attempt}?page=1"
    ]
    leaving.come()
    assert browser.get(f"{attempt}?page=1").status_code == 200


def test_while_the_platform_is_moved_or_restored_people_are_told_to_wait(
    browser: ProofReader, attempt: str, house: House
) -> None:
    url = house.store.engine.url.render_as_string(hide_password=False)
    house.store.dispose()
    other = open_store(url)
    try:
        with other.alone():
            assert "chuyển hoặc khôi phục" in save(browser, attempt, {"3": "x"}).get_json()["message"]
            assert is_told_to_wait(browser.get("/learn"))
    finally:
        other.dispose()
    assert save(browser, attempt, {"3": "x"}).status_code == 200


def test_a_clock_that_steps_back_an_hour_ends_no_attempt_early_and_versions_keep_rising(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=2)
    first = save(browser, attempt, {"3": "trước"}).get_json()
    clock.forward(hours=-1)
    second = save(browser, attempt, {"3": "sau"}, seq=2, base=first["version"]).get_json()
    assert (first["version"], second["version"], second["newer"]) == (1, 2, {})
    assert second["remaining"] > first["remaining"]
    assert handing_in.close_overdue(house, NOBODY) == 0
    assert browser.get(attempt).status_code == 200
    assert row_of(house, attempt).state == "in_progress"
    assert browser.send(f"{attempt}/submit").status_code == 303
    with house.reading(NOBODY) as work:
        graded = work.session.query(rows.Grade).filter_by(slot=3).one()
        assert work.session.get_one(rows.Answer, graded.answer_id).value == "sau"
    assert sound(house)


def test_after_the_clock_was_put_right_again_the_attempt_ends_when_it_always_would_have(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    closes = row_of(house, attempt).closes
    clock.forward(hours=-1)
    save(browser, attempt, {"3": "x"})
    clock.forward(hours=1, minutes=30)
    assert handing_in.close_overdue(house, NOBODY) == 1
    assert row_of(house, attempt).ended == closes
