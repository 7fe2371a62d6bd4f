"""Recordings: announced, sent in parts over a line that breaks, by a plain form, and played by whoever may."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from elearning.services.uploading import MOST
from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.texts import QUESTIONS, publish, small_course
from tests.web.proofreading import OURS, ProofReader, hidden, words
from tests.web.sitting import begin, everything, hand_in, save

SOUND = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(range(256)) * 40
LENGTH = len(SOUND)
SPOKEN = {
    "mot": """## Trả lời phóng viên {#mot}

Trả lời trong 60 giây.

| Tiêu chí | 0 | 1 | 2 |
|---|---|---|---|
| Đúng trọng tâm | không | một phần | đủ |
| Rõ ràng | không | một phần | đủ |

{: type=recording seconds=60 points=2 }
"""
}


@pytest.fixture
def browser(house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    publish(house, small_course(questions={**QUESTIONS, **SPOKEN}))
    return client(make_person())


@pytest.fixture
def attempt(browser: ProofReader) -> str:
    return begin(browser)


def announce(browser: ProofReader, attempt: str, size: Any = LENGTH, slot: Any = 1) -> Any:
    return browser.send_json(f"{attempt}/uploads", {"slot": slot, "name": "ghi-am.wav", "size": size})


def part(browser: ProofReader, upload: str, start: int, data: bytes) -> Any:
    browser.get("/verify")
    return browser.post(
        f"/uploads/{upload}?from={start}", data=data, content_type="application/octet-stream",
        headers={"X-CSRFToken": browser.token, "Origin": OURS},
    )  # fmt: skip


def test_a_recording_arrives_in_parts_whatever_is_lost_or_repeated(
    browser: ProofReader, attempt: str, house: House
) -> None:
    begun = announce(browser, attempt)
    assert begun.status_code == 201
    upload = begun.json["id"]
    assert part(browser, upload, 0, SOUND[:4000]).json["received"] == 4000
    assert part(browser, upload, 0, SOUND[:4000]).json["received"] == 4000
    assert part(browser, upload, 6000, SOUND[6000:]).json["received"] == 4000
    assert browser.get(f"/uploads/{upload}/received").json["received"] == 4000
    assert save(browser, attempt, {"1": upload}).status_code == 422
    done = part(browser, upload, 4000, SOUND[4000:] + b"more than was announced")
    assert (done.json["received"], done.json["done"]) == (len(SOUND), True)
    assert save(browser, attempt, {"1": upload}).status_code == 200
    played = browser.get(f"/uploads/{upload}")
    assert (played.data, played.mimetype) == (SOUND, "audio/wav")
    some = browser.get(f"/uploads/{upload}", headers={"Range": "bytes=4-7"})
    assert (some.status_code, some.data) == (206, SOUND[4:8])


@pytest.mark.parametrize("size", [0, -1, MOST + 1, 2 * 10**9])
def test_what_is_empty_or_too_large_is_refused_before_a_byte_is_sent(
    size: int, browser: ProofReader, attempt: str, house: House
) -> None:
    refused = announce(browser, attempt, size)
    assert (refused.status_code, everything(house, rows.Upload)) == (422, [])


@pytest.mark.parametrize("sent", [None, [], {"slot": "1", "size": 5}, {"slot": 1}, {"slot": True, "size": 1}])
def test_nonsense_is_refused(sent: Any, browser: ProofReader, attempt: str) -> None:
    assert browser.send_json(f"{attempt}/uploads", sent).status_code == 422


def test_a_slot_that_takes_no_recording_takes_none(browser: ProofReader, attempt: str) -> None:
    assert [announce(browser, attempt, slot=slot).status_code for slot in (2, 77)] == [404, 404]


def test_a_file_that_is_not_what_it_says_is_told_and_thrown_away(
    browser: ProofReader, attempt: str, house: House
) -> None:
    page = b"<html><script>alert(1)</script>" * 10
    upload = announce(browser, attempt, len(page)).json["id"]
    refused = part(browser, upload, 0, page)
    assert refused.status_code == 422
    assert house.files.size(upload) == 0
    assert browser.get(f"/uploads/{upload}").status_code == 404


def test_nobody_else_hears_it_but_those_who_mark(
    browser: ProofReader, attempt: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    upload = announce(browser, attempt).json["id"]
    part(browser, upload, 0, SOUND)
    heard = {role: client(make_person(role, unit="Xã Một")).get(f"/uploads/{upload}").status_code
             for role in ("learner", "coordinator", "trainer", "admin")}  # fmt: skip
    assert heard == {"learner": 404, "coordinator": 404, "trainer": 200, "admin": 200}
    stranger = client(make_person())
    assert part(stranger, upload, 0, SOUND).status_code == 404
    assert stranger.get(f"/uploads/{upload}/received").status_code == 404
    other = begin(stranger)
    assert save(stranger, other, {"1": upload}).status_code == 422


def test_a_plain_form_brings_a_recording_and_everything_else(browser: ProofReader, attempt: str, house: House) -> None:
    shown = browser.get(attempt)
    assert 'enctype="multipart/form-data"' in shown.get_data(as_text=True)
    fields = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    fields |= {"a1": "", "a2.shown": "1", "a2": "a", "go": "next", "csrf_token": browser.token}
    boundary, body = encode_multipart({**fields, "u1": FileStorage(BytesIO(SOUND), "ghi-am.wav")})
    kind = f'multipart/form-data; boundary="{boundary}"'
    sent = browser.post(f"{attempt}/answers", data=body, content_type=kind, headers={"Origin": OURS})
    assert sent.status_code == 303
    kept = {row.slot: row.value for row in everything(house, rows.Answer)}
    assert kept[2] == ["a"]
    assert browser.get(f"/uploads/{kept[1]}").data == SOUND


def test_a_form_with_a_bad_file_keeps_the_other_answers(browser: ProofReader, attempt: str, house: House) -> None:
    shown = browser.get(attempt)
    fields = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    fields |= {"a1": "", "a2.shown": "1", "a2": "a", "go": "", "csrf_token": browser.token}
    boundary, body = encode_multipart({**fields, "u1": FileStorage(BytesIO(b"no sound at all"), "x.mp3")})
    sent = browser.post(
        f"{attempt}/answers", data=body, content_type=f'multipart/form-data; boundary="{boundary}"',
        headers={"Origin": OURS},
    )  # fmt: skip
    assert "neither sound nor video" in words(browser.get(sent.headers["Location"]))
    assert [(row.slot, row.value) for row in everything(house, rows.Answer)] == [(2, ["a"])]


def test_an_attempt_with_a_recording_waits_to_be_marked(browser: ProofReader, attempt: str, house: House) -> None:
    upload = announce(browser, attempt).json["id"]
    part(browser, upload, 0, SOUND)
    save(browser, attempt, {"1": upload})
    hand_in(browser, attempt)
    row = everything(house, rows.Attempt)[-1]
    assert (row.state, row.share_num, row.passed) == ("submitted", None, None)
    assert "Waits to be marked" in words(browser.get(f"{attempt}/result"))
    assert everything(house, rows.Completion) == []
