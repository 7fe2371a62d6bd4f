"""A hand-out in Word in the browser: looked at lesson by lesson, kept as drafts, and brought up to date when it comes again."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from elearning.exchange.zipped import write_zip
from elearning.services import publishing, word_lessons, working
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts
from tests.exchange.questions.word_files import POINT, footnote, heading, p, picture, r, raw, table, word
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, words

STRUCK = raw(r("Ba") + '<w:del w:id="1" w:author="x"><w:r><w:delText>bốn</w:delText></w:r></w:del>')
BODY = (
    heading("Tài liệu")
    + p("Lời nói đầu.")
    + heading("Ai nói", 2)
    + raw(r("Cơ quan") + footnote(2) + r(" nói."))
    + table(["Ngày", "Việc"], ["1", "Họp"])
    + raw(picture(alt="Một điểm"))
    + heading("Nói gì", 2)
    + p("Điều đã xác minh.")
    + STRUCK
)
ADDRESS = "/author/courses/luyen-tap/word"
ALL = ["tai-lieu", "ai-noi", "noi-gi"]
FOLDER = "courses/luyen-tap"


def bomb() -> bytes:
    """A small file that would unpack to thirty megabytes of nothing."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return target.getvalue()


def drafts(house: House) -> dict[str, bytes]:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session)


def draft(house: House, path: str) -> str:
    return drafts(house).get(path, b"").decode()


@pytest.fixture
def desk(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A trainer's browser."""
    return client(make_person("trainer"))


def send(browser: ProofReader, body: str | bytes = BODY, name: str = "Tài liệu.docx", **form: str) -> TestResponse:
    data = word(body, notes={2: "Xem luật."}) if isinstance(body, str) else body
    return browser.send(ADDRESS, {"file": FileStorage(BytesIO(data), name), **form})


def keep(
    browser: ProofReader, sent: TestResponse, lessons: list[str], module: str = "phan-mot", title: str = ""
) -> str:
    """Keep lessons and give what the page of the course says."""
    kept = browser.send(sent.location, {"lesson": lessons, "module": module, "title": title})
    assert kept.status_code == 303, words(kept)
    return words(browser.get(kept.location))


def test_what_was_understood_is_shown_lesson_by_lesson_and_nothing_is_kept(desk: ProofReader, house: House) -> None:
    before = drafts(house)
    said = words(desk.get(send(desk).location))
    assert "3 lessons in the Word file" in said
    for one in ("Ai nói", "1 table", "1 picture", "1 footnote", "Nói gì", "What was struck out by a tracked change"):
        assert one in said, one
    assert drafts(house) == before


def test_what_to_look_at_is_told_lesson_by_lesson_in_the_order_of_the_file(desk: ProofReader) -> None:
    body = heading("Một") + raw(picture()) + STRUCK + heading("Hai") + p("x") + heading("Rỗng")
    said = words(desk.get(send(desk, word(body, header="Sở Nội vụ")).location))
    at = [
        said.index(one)
        for one in ("Paragraph 2:", "Paragraph 3:", "Hai", "Head or foot of the pages:", "Chapter “Rỗng”:")
    ]
    assert at == sorted(at)


def test_lessons_that_are_chosen_become_drafts_at_the_end_of_the_module_with_their_pictures(
    desk: ProofReader, house: House
) -> None:
    outline = draft(house, f"{FOLDER}/course.md")
    said = keep(desk, send(desk), ["ai-noi", "noi-gi"])
    assert "2 new lessons are drafts now. Nothing is published." in said
    lesson = draft(house, f"{FOLDER}/03-ai-noi.md")
    assert lesson.startswith('---\ntitle: "Ai nói"\nminutes: 2\n---\nCơ quan[^1] nói.\n\n| Ngày | Việc |')
    assert "![Một điểm](media/ai-noi/hinh.png)" in lesson
    with Image.open(BytesIO(drafts(house)[f"{FOLDER}/media/ai-noi/hinh.png"])) as made:
        assert made.size == (1, 1)
    after = draft(house, f"{FOLDER}/course.md")
    new = [line for line in after.split("\n") if line not in outline.split("\n")]
    assert new == ["- [Ai nói](03-ai-noi.md)", "- [Nói gì](04-noi-gi.md)"]
    assert "tai-lieu" not in "".join(drafts(house))
    with house.reading(NOBODY) as work:
        assert [str(one) for one in publishing.drafted(work, "luyen-tap").problems] == []


def test_what_stands_before_the_first_heading_can_be_kept_too_and_a_new_module_be_begun(
    desk: ProofReader, house: House
) -> None:
    keep(desk, send(desk), ALL, "", "Từ hội nghị")
    assert "Lời nói đầu." in draft(house, f"{FOLDER}/03-tai-lieu.md")
    assert (
        "## Từ hội nghị {#tu-hoi-nghi}\n\n- [Tài liệu](03-tai-lieu.md)\n- [Ai nói](04-ai-noi.md)\n- [Nói gì](05-noi-gi.md)\n"
    ) in draft(house, f"{FOLDER}/course.md")


def test_the_same_file_again_doubles_nothing(desk: ProofReader, house: House) -> None:
    keep(desk, send(desk), ALL)
    before = drafts(house)
    again = send(desk, name="Bản khác tên.docx")
    said = words(desk.get(again.location))
    assert "All lessons of this file are here already" in said
    refused = desk.send(again.location, {"lesson": ALL, "module": "phan-mot"})
    assert refused.status_code == 422
    assert drafts(house) == before


def test_a_newer_state_of_the_file_brings_its_lessons_up_to_date_in_their_place(
    desk: ProofReader, house: House
) -> None:
    keep(desk, send(desk), ALL)
    newer = send(desk, BODY.replace("Điều đã xác minh.", "Điều đã xác minh và được phép."))
    page = words(desk.get(newer.location))
    assert page.count("newer than here") == 1
    assert "Module for new lessons" not in page
    before = draft(house, f"{FOLDER}/course.md")
    assert "1 lesson was brought up to date." in keep(desk, newer, ["noi-gi"])
    assert "được phép" in draft(house, f"{FOLDER}/05-noi-gi.md")
    assert draft(house, f"{FOLDER}/course.md") == before


def test_a_lesson_that_was_changed_here_since_is_left_alone_until_it_is_ticked(desk: ProofReader, house: House) -> None:
    keep(desk, send(desk), ALL)
    path = f"{FOLDER}/05-noi-gi.md"
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {path: draft(house, path).replace("Điều", "Mọi điều").encode()})
    newer = send(desk, BODY.replace("Điều đã xác minh.", "Chỉ điều đã xác minh.").replace("Cơ quan", "Chỉ cơ quan"))
    page = desk.get(newer.location)
    assert "changed here since" in words(page)
    ticked = [tag for tag in page.get_data(as_text=True).split("<input") if 'name="lesson"' in tag and "checked" in tag]
    assert [tag.split('value="')[1].split('"')[0] for tag in ticked] == ["ai-noi"]
    keep(desk, newer, ["ai-noi"])
    assert "Mọi điều" in draft(house, path)
    keep(desk, newer, ["noi-gi"])
    assert "Chỉ điều" in draft(house, path)


def test_a_lesson_that_was_removed_here_is_new_again_under_another_name(desk: ProofReader, house: House) -> None:
    keep(desk, send(desk), ["noi-gi"])
    desk.send(f"/author/removed/{FOLDER}/03-noi-gi.md", {})
    keep(desk, send(desk), ["noi-gi"])
    assert "Điều đã xác minh." in draft(house, f"{FOLDER}/04-noi-gi-2.md")


def test_a_lesson_of_the_course_with_the_same_title_stays_as_it_is(desk: ProofReader, house: House) -> None:
    before = draft(house, f"{FOLDER}/mo-dau.md")
    keep(desk, send(desk, heading("Mở đầu") + raw(picture(alt="x")) + heading("Sau") + p("x")), ["mo-dau"])
    assert draft(house, f"{FOLDER}/mo-dau.md") == before
    assert "](media/mo-dau-2/hinh.png)" in draft(house, f"{FOLDER}/03-mo-dau-2.md")
    assert f"{FOLDER}/media/mo-dau-2/hinh.png" in drafts(house)


def test_a_picture_that_cannot_be_shown_is_told_with_its_reason_and_its_words_stay(
    desk: ProofReader, house: House
) -> None:
    data = word(heading("Một") + raw(picture(alt="Sơ đồ")) + p("x"), media={"hinh.png": b"\x89PNG broken"})
    sent = send(desk, data)
    assert "This picture cannot be read." in words(desk.get(sent.location))
    keep(desk, sent, ["mot"])
    text = draft(house, f"{FOLDER}/03-mot.md")
    assert "Sơ đồ" in text
    assert "![" not in text


def test_a_picture_of_very_many_points_is_refused_before_it_is_unpacked(desk: ProofReader) -> None:
    huge = POINT[:16] + (60_001).to_bytes(4) + (60_001).to_bytes(4) + POINT[24:]
    said = words(
        desk.get(send(desk, word(heading("Một") + raw(picture()) + p("x"), media={"hinh.png": huge})).location)
    )
    assert "It was left out" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just words", "The Word file is damaged."),
        (write_zip({"courses/a.md": b"x"}), "This is no Word file."),
        (word(""), "The file holds no words"),
        (bomb(), "unpack"),
    ],
)
def test_what_is_no_hand_out_is_refused_with_the_reason(
    desk: ProofReader, house: House, data: bytes, said: str
) -> None:
    refused = send(desk, data, module="phan-mot")
    assert refused.status_code == 422
    assert said in words(refused)
    assert 'value="phan-mot"' in refused.get_data(as_text=True)


def test_no_file_and_no_lesson_are_told_with_all_that_was_chosen(desk: ProofReader) -> None:
    assert "Choose the Word file." in words(desk.send(ADDRESS, {}))
    sent = send(desk)
    refused = desk.send(sent.location, {"module": "", "title": "Chuyên đề của tôi"})
    assert refused.status_code == 422
    assert "No lesson was chosen." in words(refused)
    assert 'value="Chuyên đề của tôi"' in refused.get_data(as_text=True)
    assert "checked" not in refused.get_data(as_text=True)
    nameless = desk.send(sent.location, {"lesson": ["ai-noi"], "module": "", "title": " "})
    assert nameless.status_code == 422
    assert "Write a title" in words(nameless)


def test_the_module_from_which_the_page_was_opened_is_chosen(desk: ProofReader) -> None:
    tree = desk.get("/author/courses/luyen-tap").get_data(as_text=True)
    assert f'href="{ADDRESS}?module=phan-mot"' in tree
    page = desk.get(send(desk, module="phan-mot").location).get_data(as_text=True)
    assert '<option value="phan-mot" selected>' in page


def test_a_long_file_is_read_by_the_worker_behind_a_page_that_waits(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_lessons, "AT_ONCE", 0)
    sent = send(desk)
    assert "The file is being read" in words(desk.get(sent.location))
    working.run_next(house)
    assert "3 lessons" in words(desk.get(sent.location))
    broken = send(desk, word(""))
    working.run_next(house)
    assert "The file holds no words" in words(desk.get(broken.location))


def test_what_waits_to_be_kept_is_dropped_after_a_month_and_the_page_says_so(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader], clock: Clock
) -> None:
    trainer = make_person("trainer")
    sent = send(client(trainer))
    clock.forward(days=31)
    working.drop_old_files(practice)
    desk = client(trainer)
    assert "more than 30 days ago" in words(desk.get(sent.location))
    refused = desk.send(sent.location, {"lesson": ALL, "module": "phan-mot"})
    assert refused.status_code == 422


def test_a_file_is_its_sender_s_alone_and_of_one_course(
    desk: ProofReader, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    sent = send(desk)
    assert client(make_person("trainer")).get(sent.location).status_code == 404
    assert desk.get(sent.location.replace("luyen-tap", "khac")).status_code == 404
    assert desk.get("/author/courses/khac/word").status_code == 404
