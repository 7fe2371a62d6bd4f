"""The pages of publishing, laws, files and translations: plain forms that say what is wrong and lose nothing."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from elearning.exchange.zipped import read_zip, write_zip
from elearning.services import publishing
from elearning.services.work import NOBODY, House
from elearning.store.models import text as texts
from elearning.store.models.publishing import LawReview, PlannedEdition
from tests.services.cast import Someone
from tests.services.test_publishing_safely import COURSE_PATH, changed, renamed_course, with_steps
from tests.services.texts import BANK, COURSE, lesson, small_course
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import everything

HERE = f"/author/courses/{COURSE}"
PUBLISH = f"{HERE}/publish"
LESSON = f"courses/{COURSE}/mo-dau.md"
REGISTER = '## Một {#mot}\n{: number="1/2026" from=2026-01-01 }\n\n## Hai {#hai}\n{: number="2/2026" }\n'


def save(house: House, files: dict[str, bytes]) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)


@pytest.fixture
def trainer(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person("trainer", name="Lê Thu"))


def shown_digest(browser: ProofReader) -> str:
    """The state of the texts that the page of publishing shows."""
    found = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', browser.get(PUBLISH).get_data(as_text=True))
    return found[1] if found else ""


def test_where_nothing_differs_there_is_nothing_to_publish(trainer: ProofReader) -> None:
    said = words(trainer.get(PUBLISH))
    assert "Edition 1 is live, and the drafts say the same." in said
    assert "Publish now" not in said


def test_a_course_is_published_with_a_note_that_learners_read(
    trainer: ProofReader, practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    save(practice, changed(small_course(), "Nội dung khác."))
    said = words(trainer.get(PUBLISH))
    assert "1 text differs from it, and nothing stands in the way." in said
    assert "Nobody becomes complete or less complete by it" in said
    answer = trainer.send(PUBLISH, {"digest": shown_digest(trainer), "note": "Bài đầu rõ hơn.", "go": "now"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PUBLISH)
    assert "Edition 2 is live." in words(trainer.get(PUBLISH))
    outline = words(client(make_person()).get(f"/courses/{COURSE}"))
    assert "New on 23/11/2026: Bài đầu rõ hơn." in outline


def test_texts_that_changed_meanwhile_are_shown_before_anything_is_published(
    trainer: ProofReader, practice: House
) -> None:
    save(practice, changed(small_course(), "Một."))
    digest = shown_digest(trainer)
    save(practice, changed(small_course(), "Hai."))
    answer = trainer.send(PUBLISH, {"digest": digest, "note": "Đã gõ", "go": "now"})
    assert answer.status_code == 422
    assert "The texts have changed since this page was shown." in words(answer)
    assert "Đã gõ" in words(answer)
    assert shown_digest(trainer) in answer.get_data(as_text=True)
    assert len(everything(practice, texts.Edition)) == 1


def test_problems_lead_to_their_lines(trainer: ProofReader, practice: House) -> None:
    save(practice, {LESSON: b"---\ntitle: x\nno: 1\n---\nx\n"})
    answer = trainer.get(PUBLISH)
    assert f"{LESSON}:3" in words(answer)
    assert f"/author/texts/{LESSON}#line-3" in {one.get("href") for one in page(answer).iter("a")}
    assert trainer.send(PUBLISH, {"digest": "", "go": "now"}).status_code == 422


def test_steps_of_approval_are_given_by_button(
    trainer: ProofReader, practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    save(practice, with_steps(small_course()))
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', trainer.get(PUBLISH).get_data(as_text=True))
    digest = found[1] if found else ""
    assert trainer.send(f"{HERE}/approve", {"step": "expert", "digest": digest}).status_code == 303
    said = words(trainer.get(PUBLISH))
    assert "Approved by Lê Thu at 09:00, 23/11/2026" in said
    assert "Publish now" not in said
    trainer.send(f"{HERE}/approve", {"step": "legal", "digest": digest})
    assert "The next step is for another person." in words(trainer.get(PUBLISH))
    other = client(make_person("admin"))
    other.send(f"{HERE}/approve", {"step": "legal", "digest": digest})
    assert "Publish now" in words(other.get(PUBLISH))


def test_publishing_at_a_set_time_needs_a_time_and_can_be_taken_back(trainer: ProofReader, practice: House) -> None:
    save(practice, changed(small_course(), "Một."))
    digest = shown_digest(trainer)
    for due, said in (("", "Set the day and the hour"), ("2020-01-01T08:00", "This time has passed."), ("mai", "Write the hour and the day")):  # fmt: skip
        answer = trainer.send(PUBLISH, {"digest": digest, "due": due, "go": "later"})
        assert answer.status_code == 422
        assert said in words(answer)
    assert trainer.send(PUBLISH, {"digest": digest, "due": "2026-11-24T08:00", "go": "later"}).status_code == 303
    assert "It will be published at 08:00, 24/11/2026" in words(trainer.get(PUBLISH))
    public = everything(practice, PlannedEdition)[0].public
    trainer.send(f"{HERE}/plans/{public}/withdraw")
    assert "Taken back." in words(trainer.get(PUBLISH))
    trainer.send(f"{HERE}/plans/{public}/withdraw")
    assert "Its time has come already." in words(trainer.get(PUBLISH))


def test_activities_that_vanished_are_renamed_or_must_be_meant(trainer: ProofReader, practice: House) -> None:
    save(practice, renamed_course())
    answer = trainer.send(PUBLISH, {"digest": shown_digest(trainer), "go": "now"})
    assert answer.status_code == 422
    assert "Say that these are gone for good, or what they have become." in words(answer)
    trainer.send(f"{HERE}/renamed", {"old": "mo-dau", "new": "thuc-hanh"})
    assert "Choose the text that it has become" in words(trainer.get(PUBLISH))
    trainer.send(f"{HERE}/renamed", {"old": "mo-dau", "new": "khoi-dong"})
    assert "Renamed to “khoi-dong”" in words(trainer.get(PUBLISH))
    assert trainer.send(PUBLISH, {"digest": shown_digest(trainer), "go": "now"}).status_code == 303


def test_what_is_gone_for_good_is_said_with_a_tick(trainer: ProofReader, practice: House) -> None:
    shorter = small_course()
    shorter[COURSE_PATH] = shorter[COURSE_PATH].replace("- [Thực hành](thuc-hanh.md)\n".encode(), b"")
    save(practice, shorter)
    digest = shown_digest(trainer)
    assert trainer.send(PUBLISH, {"digest": digest, "go": "now"}).status_code == 422
    assert trainer.send(PUBLISH, {"digest": digest, "go": "now", "gone": "y"}).status_code == 303


def test_editions_are_listed_looked_at_and_gone_back_to(trainer: ProofReader, practice: House) -> None:
    save(practice, changed(small_course(), "Một."))
    trainer.send(PUBLISH, {"digest": shown_digest(trainer), "note": "Hai", "go": "now"})
    assert "Edition 2 live" in words(trainer.get(f"{HERE}/editions"))
    assert "What it changed against edition 1" in words(trainer.get(f"{HERE}/editions/2"))
    assert trainer.get(f"{HERE}/editions/9").status_code == 404
    assert "1 text would differ from edition 2" in words(trainer.get(f"{HERE}/editions/1"))
    assert trainer.send(f"{HERE}/editions/1/roll-back", {"note": "x" * 1001}).status_code == 422
    assert trainer.send(f"{HERE}/editions/1/roll-back", {"note": "Lỗi"}).status_code == 303
    assert "Edition 3 is live; it is what edition 1 was." in words(trainer.get(f"{HERE}/editions"))


def test_a_new_course_without_an_edition_has_its_pages(trainer: ProofReader, practice: House) -> None:
    files = small_course()
    save(
        practice, {path.replace(COURSE, "khoa-moi"): data for path, data in files.items() if path.startswith("courses")}
    )
    said = words(trainer.get("/author/courses/khoa-moi/publish"))
    assert "Not published yet. Nothing stands in the way." in said
    assert "Nothing is published yet." in words(trainer.get("/author/courses/khoa-moi/editions"))
    assert trainer.get("/author/courses/khong-co/publish").status_code == 404


def test_the_register_is_read_found_in_and_edited(trainer: ProofReader, practice: House) -> None:
    body = "Theo [Điều 1](law:mot#1)."
    save(practice, {"courses/laws.md": REGISTER.encode(), LESSON: lesson("Mở đầu", body).encode()})
    trainer.send(PUBLISH, {"digest": shown_digest(trainer), "go": "now"})
    assert "Một" in words(trainer.get("/author/laws"))
    assert "No document fits." in words(trainer.get("/author/laws?q=khong-co"))
    fields = page(trainer.get("/author/laws/mot"))
    was = next(one.get("value") for one in fields.iter("input") if one.get("name") == "was")
    form = {
        "was": was,
        "title": "Một",
        "number": "1/2026",
        "from_": "2026-01-01",
        "until": "2026-06-30",
        "replaced_by": "hai",
    }
    assert trainer.send("/author/laws/mot", {**form, "replaced_by": "khong-co"}).status_code == 422
    assert trainer.send("/author/laws/mot", {**form, "until": "ngày mai"}).status_code == 422
    assert trainer.send("/author/laws/mot", form).status_code == 303
    said = words(trainer.get("/author/laws/mot"))
    assert "Ended on 30/06/2026. Replaced by: Hai." in said
    assert "1 place to look at" in said
    assert "1/2026 has ended or was changed. Texts of yours cite it in 1 places" in words(trainer.get("/learn"))
    assert "1 text or question cites a document" in words(trainer.get("/author/laws"))
    stale = trainer.send("/author/laws/mot", {**form, "title": "Tên vừa gõ"})
    assert stale.status_code == 422
    assert "Tên vừa gõ" in stale.get_data(as_text=True)
    learner = words(trainer.get(f"{HERE}/preview/2/2026-11-23/mo-dau"))
    assert "Cited here and no longer in force: 1/2026 (until 30/06/2026; replaced by 2/2026)." in learner


def test_places_are_ticked_with_a_reason(trainer: ProofReader, practice: House) -> None:
    ended = REGISTER.replace("from=2026-01-01", "from=2026-01-01 until=2026-06-30")
    body = "Theo [Điều 1](law:mot#1)."
    save(practice, {"courses/laws.md": ended.encode(), LESSON: lesson("Mở đầu", body).encode()})
    trainer.send(PUBLISH, {"digest": shown_digest(trainer), "go": "now"})
    address = "/author/laws/mot/review"
    assert "Tick what was looked at." in words(trainer.send(address, {"why": "Được"}))
    kept = trainer.send(address, {"item": f"{LESSON}#", "why": " "})
    assert kept.status_code == 422
    assert [one.get("value") for one in page(kept).iter("input") if one.get("checked") is not None] == [f"{LESSON}#"]
    assert trainer.send(address, {"item": f"{LESSON}#", "why": "Nói về quy định cũ"}).status_code == 303
    assert "Everything has been looked at" in words(trainer.get("/author/laws/mot"))
    assert [row.why for row in everything(practice, LawReview)] == ["Nói về quy định cũ"]


def test_a_document_is_added_once(trainer: ProofReader, practice: House) -> None:
    assert "A new document" in words(trainer.get("/author/laws/new"))
    form = {"key": "nd-3", "title": "Nghị định ba", "verified": "V"}
    assert trainer.send("/author/laws/new", {**form, "key": "ND 3"}).status_code == 422
    assert trainer.send("/author/laws/new", form).headers["Location"] == "/author/laws/nd-3"
    assert "already" in words(trainer.send("/author/laws/new", form))


def test_a_zip_is_looked_at_and_brought_in(trainer: ProofReader, practice: House) -> None:
    assert "Files in and out" in words(trainer.get("/author/files"))
    coming = write_zip({**small_course(), BANK: small_course()[BANK].replace(b"= 24 gi", b"= 48 gi")})
    answer = trainer.send("/author/files", {"file": (BytesIO(coming), "khoa-hoc.zip")})
    assert answer.status_code == 303
    said = words(trainer.get(answer.headers["Location"]))
    assert "0 new, 1 changed, 4 the same." in said
    assert trainer.send(answer.headers["Location"], {"registers": "no", "remove": ""}).status_code == 303
    assert "They were brought in." in words(trainer.get(answer.headers["Location"]))
    trainer.send(answer.headers["Location"])
    assert "Texts here have changed since" in words(trainer.get(answer.headers["Location"]))
    assert len(everything(practice, texts.Edition)) == 1


def test_a_file_that_is_no_zip_is_refused_on_the_page(trainer: ProofReader, practice: House) -> None:
    assert "Choose the zip file." in words(trainer.send("/author/files", {}))
    answer = trainer.send("/author/files", {"file": (BytesIO(b"x"), "x.zip")})
    assert answer.status_code == 422
    assert "This is not a zip file" in words(answer)


def test_zips_are_taken_away(trainer: ProofReader, practice: House) -> None:
    for address in (f"{HERE}/files.zip", f"{HERE}/editions/1.zip", "/author/all.zip"):
        answer = trainer.get(address)
        assert answer.mimetype == "application/zip"
        assert read_zip(BytesIO(answer.get_data())) == small_course()
    assert trainer.get("/author/courses/khong-co/files.zip").status_code == 404


def test_translations_are_told_and_marked(trainer: ProofReader, practice: House) -> None:
    english = LESSON.replace(".md", ".en.md")
    save(practice, {english: b"---\ntitle: Opening\nof: 000000000000\n---\nText.\n"})
    address = f"{HERE}/translations"
    said = words(trainer.get(address))
    assert "Missing: 8. Behind: 1." in said
    assert trainer.send(address, {"path": LESSON, "item": ""}).status_code == 303
    assert "Missing: 8. Behind: 0." in words(trainer.get(address))
    assert trainer.send(address, {"path": LESSON, "item": "x"}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [PUBLISH, f"{HERE}/editions", "/author/laws", "/author/files", f"{HERE}/translations", f"{HERE}/preview/draft/x"],
)
def test_for_learners_there_are_no_such_pages(
    address: str, practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    assert client(make_person()).get(address).status_code == 404
