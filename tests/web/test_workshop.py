"""The workshop's pages: written without scripts, answered to scripts, and nothing typed is ever thrown away."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from PIL import Image

from elearning.services import drafting, writing
from elearning.services.work import NOBODY, House
from tests.services.cast import Someone
from tests.services.texts import COURSE, QUIZ_PATH, lesson, publish, small_course
from tests.store.databases import Seen
from tests.web.proofreading import ProofReader, page, words

PATH = f"courses/{COURSE}/mo-dau.md"
EDITOR = f"/author/texts/{PATH}"
LAWS = '## Luật cũ {#cu}\nX.\n{: number="1/2017" issuer="QH" from=2017-01-01 until=2026-06-30 verified=V source="x" }\n'
QUESTION = "### Hỏi? {#q .question}\n\n- [x] Đúng\n- [ ] Sai\n\n{: points=1 }\n"
Browse = Callable[..., ProofReader]


@pytest.fixture
def trainer(house: House, make_person: Callable[..., Someone]) -> Someone:
    publish(house, {**small_course(), "courses/laws.md": LAWS.encode()})
    return make_person("trainer", name="Lê Thu")


@pytest.fixture
def picture() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (10, 90, 100)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def browser(trainer: Someone, client: Browse) -> ProofReader:
    return client(trainer)


def draft(house: House, who: Someone, path: str = PATH) -> drafting.Draft:
    with house.reading(who.actor) as work:
        return drafting.draft(work, path)


def test_the_list_says_what_is_live_and_what_is_being_written(
    house: House, trainer: Someone, browser: ProofReader
) -> None:
    assert "As published" in words(browser.get("/author"))
    with house.writing(trainer.actor) as work:
        drafting.save_draft(work, PATH, lesson("Khác"), drafting.draft(work, PATH).save_id)
    said = words(browser.get("/author"))
    assert "Edition 1 is live" in said
    assert "1 text being changed" in said
    assert "Lê Thu" in said


@pytest.mark.parametrize(
    "path", [PATH, f"courses/{COURSE}/course.md", QUIZ_PATH, "quizzes/banks/thu-tai.md", "courses/laws.md"]
)
def test_every_kind_of_text_can_be_written(path: str, browser: ProofReader) -> None:
    answer = browser.get(f"/author/texts/{path}")
    assert answer.status_code == 200
    assert "Nothing keeps this text from being published." in words(answer)


def test_a_text_is_saved_by_its_form(house: House, trainer: Someone, browser: ProofReader) -> None:
    there = draft(house, trainer)
    answer = browser.send(EDITOR, {"text": lesson("Mới").replace("\n", "\r\n"), "made_on": str(there.save_id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, EDITOR)
    assert draft(house, trainer).data == lesson("Mới").encode()


def test_problems_never_stand_in_the_way_of_saving(house: House, trainer: Someone, browser: ProofReader) -> None:
    broken = "---\ntitle: A\ntitle: B\n---\n# C\n"
    browser.send(EDITOR, {"text": broken, "made_on": str(draft(house, trainer).save_id)})
    said = words(browser.get(EDITOR))
    assert "line 3" in said
    assert "must be mended before publishing" in said


def test_a_paste_of_five_megabytes_is_kept_and_told(house: House, trainer: Someone, browser: ProofReader) -> None:
    pasted = lesson("Dài", "Chữ dán từ Word. " * 300_000)
    assert len(pasted.encode()) > 5_000_000
    saved = browser.send_json(EDITOR, {"text": pasted, "made_on": draft(house, trainer).save_id})
    assert saved.status_code == 200
    assert draft(house, trainer).data == pasted.encode()
    with house.reading(trainer.actor) as work:
        (told,) = writing.look(work, PATH, pasted).told
    assert "larger than 200 kB" in told.message.key


def test_more_than_can_be_kept_comes_back_with_the_reason(
    house: House, trainer: Someone, browser: ProofReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_TYPED", 1_000_000)
    typed = "chu" * 340_000
    answer = browser.send(EDITOR, {"text": typed, "made_on": str(draft(house, trainer).save_id)})
    assert answer.status_code == 422
    assert "larger than 1 MB" in words(answer)
    assert page(answer).find(".//textarea[@id='text']").text.strip() == typed


def test_a_save_over_newer_words_leads_to_both_and_a_choice_merges_them(
    house: House, trainer: Someone, browser: ProofReader, client: Browse, make_person: Callable[..., Someone]
) -> None:
    on = str(draft(house, trainer).save_id)
    client(make_person("trainer", name="Lê Hai")).send(EDITOR, {"text": lesson("Mở đầu", "Của Hai."), "made_on": on})
    answer = browser.send(EDITOR, {"text": lesson("Mở đầu", "Của Thu."), "made_on": on})
    assert answer.headers["Location"] == f"/author/merge/{PATH}"
    shown = browser.get(f"/author/merge/{PATH}")
    assert "Lê Hai saved it" in words(shown)
    head = page(shown).find(".//input[@name='on']").get("value")
    missing = browser.send(f"/author/merge/{PATH}", {"on": head, "go": "merge"})
    assert missing.status_code == 422
    assert "Choose which words stay." in words(missing)
    assert "wait beside this text" in words(browser.get(EDITOR))
    done = browser.send(f"/author/merge/{PATH}", {"on": head, "c1": "both"})
    assert done.headers["Location"] == EDITOR
    assert draft(house, trainer).text.endswith("Của Hai.\nCủa Thu.\n")


def test_the_editor_saves_by_itself_and_a_retry_is_no_second_save(
    house: House, trainer: Someone, browser: ProofReader
) -> None:
    sent = {"text": lesson("Tự lưu"), "made_on": draft(house, trainer).save_id, "auto": True}
    first = browser.send_json(EDITOR, sent)
    again = browser.send_json(EDITOR, sent)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json()["save_id"] == again.get_json()["save_id"]
    assert (first.get_json()["fresh"], again.get_json()["fresh"]) == (True, False)


def test_the_editor_is_told_when_somebody_saved_meanwhile(
    house: House, trainer: Someone, browser: ProofReader, client: Browse, make_person: Callable[..., Someone]
) -> None:
    on = draft(house, trainer).save_id
    client(make_person("trainer", name="Lê Hai")).send_json(EDITOR, {"text": lesson("A"), "made_on": on})
    answer = browser.send_json(EDITOR, {"text": lesson("B"), "made_on": on})
    assert answer.status_code == 409
    assert answer.get_json()["merge"] == f"/author/merge/{PATH}"
    assert "Lê Hai" in answer.get_json()["message"]


@pytest.mark.parametrize("sent", [{}, {"text": 1, "made_on": 1}, {"text": "x", "made_on": "1"}, [1]])
def test_what_our_own_page_would_not_send_is_refused(sent: object, browser: ProofReader) -> None:
    assert browser.send_json(EDITOR, sent).status_code == 422


def test_somebody_signed_out_is_told_and_nothing_is_kept(house: House, trainer: Someone, client: Browse) -> None:
    before = draft(house, trainer)
    assert client().send_json(EDITOR, {"text": "x", "made_on": before.save_id}).status_code == 401
    assert draft(house, trainer) == before


def test_a_look_tells_problems_by_line_and_keeps_nothing(house: House, trainer: Someone, browser: ProofReader) -> None:
    before = draft(house, trainer)
    answer = browser.send(f"/author/look/{PATH}", {"text": lesson("A", "[x](law:khong)")})
    found = answer.get_json()
    assert [(one["line"], one["must"]) for one in found["told"]] == [(7, True)]
    assert "no legal document" in found["told"][0]["words"]
    assert draft(house, trainer) == before


def test_the_preview_is_the_lesson_page_of_a_learner_in_a_frame(browser: ProofReader) -> None:
    answer = browser.send(f"/author/preview/{PATH}", {"text": lesson("Thử", f"**Đậm**\n\n{QUESTION}")})
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "Nothing done here is kept" in words(answer)
    assert "Workshop" not in words(answer)
    assert "frame-src 'self'" in browser.get(EDITOR).headers["Content-Security-Policy"]


def test_no_other_page_lets_itself_be_framed(browser: ProofReader) -> None:
    assert "frame-ancestors 'none'" in browser.get(EDITOR).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in browser.get("/author").headers["Content-Security-Policy"]


def test_a_check_question_in_the_preview_is_judged(browser: ProofReader) -> None:
    sent = {"text": lesson("Thử", QUESTION), "a1.shown": "1", "a1": "a"}
    assert "Right" in words(browser.send(f"/author/preview/{PATH}?question=q", sent))


def test_what_may_be_cited_is_found(browser: ProofReader) -> None:
    (one,) = browser.get("/author/find", query_string={"q": "luat cu", "path": PATH}).get_json()
    assert (one["href"], one["ended"], one["more"]) == ("law:cu", True, "ended on 30/06/2026")


def test_what_was_taken_out_can_be_undone_at_once_and_later(
    house: House, trainer: Someone, browser: ProofReader
) -> None:
    tree = f"/author/courses/{COURSE}"
    on = str(draft(house, trainer, f"courses/{COURSE}/course.md").save_id)
    answer = browser.send(f"{tree}/remove", {"on": on, "line": "14"})
    shown = browser.get(answer.headers["Location"])
    assert "“Mở đầu” was taken out." in words(shown)
    assert "Mở đầu" in words(browser.get("/author/removed"))
    browser.send(f"{tree}/bring-back", {"thing": PATH})
    assert "Nothing was removed." in words(browser.get("/author/removed"))


def test_a_deed_on_an_outline_that_has_changed_is_told(house: House, trainer: Someone, browser: ProofReader) -> None:
    answer = browser.send(f"/author/courses/{COURSE}/move", {"on": "0", "go": "down 14"})
    assert answer.status_code == 422
    assert "has changed since" in words(answer)


def test_a_course_is_begun_and_a_missing_title_is_asked_for(browser: ProofReader) -> None:
    missing = browser.send("/author", {"title": " "})
    assert missing.status_code == 422
    done = browser.send("/author", {"title": "Khóa mới"})
    assert done.headers["Location"] == "/author/courses/khoa-moi"
    assert "Khóa mới" in words(browser.get("/author/courses/khoa-moi"))


def test_a_plain_form_brings_a_picture_and_its_line_is_shown(browser: ProofReader, picture: bytes) -> None:
    address = f"/author/courses/{COURSE}/media"
    sent = browser.send(address, {"file": (io.BytesIO(picture), "Đồng hồ.PNG")})
    assert sent.headers["Location"] == f"{address}#dong-ho.png"
    assert "](media/dong-ho.png)" in words(browser.get(address))


def test_a_picture_of_a_draft_is_shown_to_those_who_write_and_to_nobody_else(
    house: House,
    trainer: Someone,
    browser: ProofReader,
    picture: bytes,
    client: Browse,
    make_person: Callable[..., Someone],
) -> None:
    browser.send(f"/author/courses/{COURSE}/media", {"file": (io.BytesIO(picture), "a.png")})
    shown = browser.send(f"/author/preview/{PATH}", {"text": lesson("Thử", "![Hình](media/a.png)")})
    address = page(shown).find(".//article//img").get("src")
    assert browser.get(address).mimetype == "image/png"
    assert client(make_person()).get(address).status_code == 404


def test_a_drawing_with_a_program_is_refused_with_the_reason(browser: ProofReader) -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    answer = browser.send(f"/author/courses/{COURSE}/media", {"file": (io.BytesIO(drawing), "a.svg")})
    assert answer.status_code == 422
    assert "SVG" in words(answer)


def test_the_editor_costs_few_statements_however_many_texts_there_are(
    browser: ProofReader, statements: Callable[[], AbstractContextManager[Seen]]
) -> None:
    browser.get(EDITOR)
    with statements() as seen:
        browser.get(EDITOR)
    assert len(seen.statements) <= 8, seen.statements
    assert seen.writes == []
    with statements() as seen:
        browser.send(f"/author/look/{PATH}", {"text": "x"})
    assert len(seen.statements) <= 5, seen.statements


def test_learners_see_nothing_of_a_draft(
    house: House, trainer: Someone, browser: ProofReader, client: Browse, make_person: Callable[..., Someone]
) -> None:
    browser.send(EDITOR, {"text": lesson("Bản nháp", "Bí mật."), "made_on": str(draft(house, trainer).save_id)})
    learner = client(make_person())
    learner.send(f"/courses/{COURSE}/enrol", {})
    assert "Bí mật" not in words(learner.get(f"/courses/{COURSE}/mo-dau"))
    with house.reading(NOBODY) as work, pytest.raises(Exception, match="no such page"):
        drafting.draft(work, PATH)
