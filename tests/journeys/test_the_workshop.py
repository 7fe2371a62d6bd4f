"""Long because it is one desk with all that may go wrong at it: a trainer writes a course in the browser, and loses nothing whatever happens on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import delete

from elearning.services import publishing
from elearning.services.work import NOBODY
from elearning.store.models.person import BrowserSession
from tests.journeys.answering import hand_in
from tests.journeys.people import COURSE, PASSWORD, Official
from tests.journeys.server import Platform, kill_serving
from tests.journeys.visiting import Visitor, Way
from tests.journeys.writing import (
    add_lesson,
    add_question,
    add_quiz,
    area,
    as_trainer,
    begin_bank,
    begin_course,
    fill_text,
    mends,
    open_text,
    picture,
    publish,
    until_safe,
    write,
    write_question,
)

pytestmark = pytest.mark.journey
Visit = Callable[[Way], Visitor]
DESK = Way(True, 1280, "vi")


def stored(platform: Platform, course: str) -> str:
    """All that the drafts of a course hold."""
    with platform.house.reading(NOBODY) as work:
        files = publishing.export_texts(work)
    return "\n".join(
        data.decode() for path, data in files.items() if path.startswith(f"courses/{course}/") and path.endswith(".md")
    )


def test_a_course_of_three_lessons_with_a_picture_and_a_citation(
    visit: Visit, platform: Platform, tmp_path: Path
) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Phát ngôn lúc khẩn cấp")
    trainer.look("workshop-tree")
    add_lesson(trainer, "Hai đồng hồ")
    add_lesson(trainer, "Sau 24 giờ")
    assert trainer.page.locator(".tree__row").count() == 3
    open_text(trainer, "Hai đồng hồ")

    page = trainer.page
    write(trainer, "\n\nTheo ")
    page.locator('[data-open="link"]').click()
    page.locator("#seek").fill("244/2026")
    page.locator("#place").fill("7.3")
    page.locator("[data-finds] button").first.click()
    page.locator('[data-open="file"]').click()
    page.locator("#send").set_input_files(picture(tmp_path))
    page.locator("#shows").fill("Hai đồng hồ cạnh nhau")
    page.locator("[data-sender] button").first.click()
    until_safe(trainer)
    text = stored(platform, course)
    assert "](law:nd-244-2026#7.3)" in text
    assert "![Hai đồng hồ cạnh nhau](media/dong-ho.jpg)" in text

    lesson = page.frame_locator(".preview__frame")
    expect(lesson.locator("a.cite")).to_be_visible()
    expect(lesson.locator('img[alt="Hai đồng hồ cạnh nhau"]')).to_have_js_property("naturalWidth", 800)
    assert page.frame(name="preview").evaluate("innerWidth") <= 390

    write(trainer, "\n\n# Sai cấp\n\nXem [đây](law:khong-co).\n")
    expect(page.locator("[data-told] li:has(.bad)")).to_have_count(2)
    lines = area(trainer).input_value().split("\n")
    assert mends(trainer) == [
        trainer.say("line %(line)s", line=lines.index(words) + 1) for words in ("# Sai cấp", "Xem [đây](law:khong-co).")
    ]
    trainer.look("workshop-editor")

    page.locator("[data-told] [data-line]").first.click()
    area(trainer).press_sequentially("## Đúng cấp")
    page.locator("[data-told] [data-line]").last.click()
    area(trainer).press_sequentially("Xem bài sau.")
    expect(page.locator("[data-told] li:has(.bad)")).to_have_count(0)
    until_safe(trainer)
    assert "## Đúng cấp" in stored(platform, course)
    trainer.go("/author")
    trainer.look("workshop-list")


@pytest.mark.parametrize("way", [Way(True, 360, "vi"), Way(True, 360, "en"), Way(True, 1280, "en")], ids=str)
def test_every_page_of_the_workshop_can_be_read_by_everybody(way: Way, visit: Visit, platform: Platform) -> None:
    trainer = visit(way)
    as_trainer(trainer, platform)
    lesson = f"courses/{COURSE}/04-khi-nao-dong-ho-bat-dau.md"
    for name, address in {
        "list": "", "tree": f"/courses/{COURSE}", "editor": f"/texts/{lesson}", "history": f"/history/{lesson}",
        "files": f"/courses/{COURSE}/media", "removed": "/removed", "outline": f"/texts/courses/{COURSE}/course.md",
    }.items():  # fmt: skip
        trainer.go(f"/author{address}")
        if name == "editor":
            expect(trainer.page.frame_locator(".preview__frame").locator("article h1")).to_be_visible()
            for tool in ("link", "file", "search"):
                trainer.page.locator(f'[data-open="{tool}"]').click()
        for more in trainer.page.locator("main details:not([open]) > summary").all()[:3]:
            more.click()
        trainer.look(f"workshop-{name}")


def test_a_row_is_dragged_and_what_is_taken_out_is_undone(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    begin_course(trainer, "Kéo và thả")
    add_lesson(trainer, "Bài hai")
    add_lesson(trainer, "Bài ba")
    rows = trainer.page.locator(".tree__row")
    with trainer.page.expect_navigation():
        rows.nth(2).drag_to(rows.nth(0))
    assert titles(trainer) == ["Bài ba", "Bài 1", "Bài hai"]
    rows.nth(1).locator("summary").click()
    trainer.follow(rows.nth(1).get_by_role("button", name=trainer.say("Remove the lesson")))
    assert titles(trainer) == ["Bài ba", "Bài hai"]
    trainer.follow(trainer.page.locator("[data-undo] button"))
    assert titles(trainer) == ["Bài ba", "Bài 1", "Bài hai"]


def titles(visitor: Visitor) -> list[str]:
    """What the course holds, in order."""
    return visitor.page.locator(".tree__row .row__title").all_inner_texts()


def test_nothing_is_done_while_a_letter_is_being_composed(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Bộ gõ")
    open_text(trainer, "Bài 1")
    keyboard = trainer.context.new_cdp_session(trainer.page)
    area(trainer).press("Control+End")
    sent: list[str] = []
    trainer.page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    for typed in ("t", "ti", "tiê", "tiế", "tiến"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        trainer.page.wait_for_timeout(700)
    assert sent == []
    keyboard.send("Input.insertText", {"text": "tiếng"})
    until_safe(trainer)
    assert stored(platform, course).rstrip().endswith("tiếng")


def test_without_scripts_a_text_is_written_saved_and_shown_by_buttons(visit: Visit, platform: Platform) -> None:
    trainer = visit(Way(False, 360, "vi"))
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Không có kịch bản")
    open_text(trainer, "Bài 1")
    area(trainer).fill("---\ntitle: Bài đầu\nminutes: 5\n---\nViết **không** cần gì thêm. [x](law:khong-co)\n")
    trainer.follow(trainer.button("Save the draft"))
    assert trainer.heading() == "Bài đầu"
    assert "không có văn bản mang mã “khong-co”" in trainer.text()
    assert "Viết **không** cần" in stored(platform, course)
    shown = trainer.page.frame_locator(".preview__frame").locator("article")
    expect(shown.locator("strong")).to_have_text("không")


def test_what_was_typed_while_the_line_was_gone_is_sent_when_it_is_back(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Mất kết nối")
    open_text(trainer, "Bài 1")
    trainer.page.route("**/author/**", cut)
    write(trainer, "Viết lúc mất mạng.")
    expect(trainer.page.locator("[data-saved].saved--held")).to_be_visible(timeout=20_000)
    assert "Viết lúc mất mạng." not in stored(platform, course)
    trainer.page.unroute("**/author/**", cut)
    until_safe(trainer)
    assert "Viết lúc mất mạng." in stored(platform, course)


def test_a_server_that_is_killed_while_it_saves_loses_no_letter(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Máy chủ dừng đột ngột")
    open_text(trainer, "Bài 1")
    said = [f"Câu thứ {number}, viết lúc máy chủ bị dừng." for number in range(4)]
    for sentence in said:
        write(trainer, sentence)
        assert kill_serving(platform) > 0
    until_safe(trainer)
    kept = stored(platform, course)
    assert [sentence for sentence in said if sentence not in kept] == []


def cut(route: Route) -> None:
    """The line is gone."""
    route.abort("internetdisconnected")


def test_a_closed_tab_leaves_its_words_in_the_browser(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Đóng thẻ")
    open_text(trainer, "Bài 1")
    where = trainer.path
    trainer.context.set_offline(True)
    write(trainer, "Viết trước khi đóng.")
    trainer.page.wait_for_timeout(500)
    trainer.page.close()
    trainer.context.set_offline(False)
    trainer.page = trainer.context.new_page()
    trainer.go(where)
    trainer.button("Put them into the editor").click()
    until_safe(trainer)
    assert "Viết trước khi đóng." in stored(platform, course)


def test_whoever_goes_on_to_another_page_need_not_wait(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Đi ngay")
    open_text(trainer, "Bài 1")
    where = trainer.path
    write(trainer, "Viết rồi đi ngay.")
    trainer.go("/author")
    trainer.page.wait_for_timeout(1_000)
    assert "Viết rồi đi ngay." in stored(platform, course)
    trainer.go(where)
    expect(trainer.page.locator("[data-held]")).to_be_hidden()


def test_somebody_whose_session_ended_signs_in_on_the_page_itself(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Hết phiên")
    open_text(trainer, "Bài 1")
    trainer.watch.expect(401, "/author/.*")
    trainer.watch.expect(400, "/author/.*")
    with platform.house.writing(NOBODY) as work:
        work.session.execute(delete(BrowserSession))
    write(trainer, "Viết sau khi hết phiên.")
    door = trainer.page.locator("dialog[data-door]")
    expect(door).to_be_visible(timeout=20_000)
    door.locator('[name="identifier"]').fill(platform.accounts["trainer"]["identifier"])
    door.locator('[name="password"]').fill(platform.accounts["trainer"]["password"])
    door.locator("button").first.click()
    until_safe(trainer)
    assert "Viết sau khi hết phiên." in stored(platform, course)


def test_two_who_write_at_once_both_keep_their_words(visit: Visit, platform: Platform) -> None:
    one, other = visit(DESK), visit(DESK)
    as_trainer(one, platform)
    course = begin_course(one, "Hai người viết")
    open_text(one, "Bài 1")
    other.sign_in(platform.accounts["admin"]["identifier"], platform.accounts["admin"]["password"])
    other.go(one.path)
    write(one, "Lời người thứ nhất.")
    until_safe(one)
    other.watch.expect(409, "/author/texts/.*")
    write(other, "Lời người thứ hai.")
    expect(other.page.locator("[data-apart]")).to_be_visible(timeout=20_000)
    other.follow(other.page.locator("[data-merge-link]"))
    other.look("workshop-merge")
    other.page.locator('input[value="both"]').check()
    other.follow(other.button("Merge and save"))
    text = stored(platform, course)
    assert "Lời người thứ nhất." in text
    assert "Lời người thứ hai." in text


ANSWERS = {
    "one": "- [x] Người phát ngôn\n- [ ] Phóng viên",
    "several": "- [x] Đỏ\n- [x] Vàng\n- [ ] Tím",
    "short": "= nghị định",
    "number": "= 24 giờ",
    "order": "1. Nhận tin\n2. Kiểm tra\n3. Phát ngôn",
    "match": "| Khoản | Hạn |\n| --- | --- |\n| Khoản 3 | 24 giờ |\n| Khoản 1 | Ngay |",
    "sort": "| Việc | Nhóm |\n| --- | --- |\n| Nhận tin | Trước |\n| Kiểm tra | Trước |\n| Phát ngôn | Sau |",
    "blanks": "Hạn là {{= 24 }} giờ.",
}


def question(kind: str, word: str) -> str:
    """A question of a type, with a word in it that may be spelt wrongly."""
    return f"## Câu hỏi {word} {kind} là gì? {{#cau-{kind}}}\n\n{ANSWERS[kind]}\n\n{{: points=1 }}\n"


COURSE_TEXT = """---
title: Kiểm tra viết trên trình duyệt
language: vi
enrol: open
---
Khóa học để thử.

## Chuyên đề 1 {#chuyen-de-1}

- [Bài 1](01-bai-1.md)
- [Kiểm tra](quiz:kiem-tra-tam-loai)
"""
QUIZ_TEXT = """---
title: Kiểm tra tám loại
kind: exam
pass: 50%
attempts: unlimited
page: 8
---
Tám câu.

## Phần 1 {{#p}}

- 8 x [Ngân hàng](banks/{bank}.md)
"""


def test_eight_questions_of_eight_types_are_published_and_a_correction_leaves_a_running_paper_as_it_is(
    visit: Visit, platform: Platform, official: Official, stranger: Official
) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Kiểm tra viết trên trình duyệt")
    bank = begin_bank(trainer, "Tám loại câu hỏi")
    places = [add_question(trainer, bank, kind, question(kind, "lọai")) for kind in ANSWERS]
    trainer.go(f"/author/courses/{course}")
    add_quiz(trainer, "Kiểm tra tám loại")
    open_text(trainer, "Kiểm tra tám loại")
    fill_text(trainer, QUIZ_TEXT.format(bank=bank))
    trainer.go(f"/author/texts/courses/{course}/course.md")
    fill_text(trainer, COURSE_TEXT)
    expect(trainer.page.locator("[data-told] li:has(.bad)")).to_have_count(0)
    publish(trainer, course)

    learner = visit(Way(True, 360, "vi"))
    learner.sign_in(official.identifier, PASSWORD)
    begin_quiz(learner, course)
    before = learner.page.locator(".question__stem").all_inner_texts()
    assert sorted(before) == sorted(f"Câu hỏi lọai {kind} là gì?" for kind in ANSWERS)

    for place, kind in zip(places, ANSWERS, strict=True):
        trainer.go(place)
        write_question(trainer, question(kind, "loại"))
    publish(trainer, course)

    learner.page.reload()
    assert learner.page.locator(".question__stem").all_inner_texts() == before
    other = visit(Way(True, 360, "vi"))
    other.sign_in(stranger.identifier, PASSWORD)
    begin_quiz(other, course)
    after = other.page.locator(".question__stem").all_inner_texts()
    assert sorted(after) == sorted(f"Câu hỏi loại {kind} là gì?" for kind in ANSWERS)

    learner.follow(learner.page.locator('.actions button[value="review"]'))
    hand_in(learner)
    assert "lọai one" in learner.text()


def begin_quiz(visitor: Visitor, course: str) -> None:
    """Join a course that is open, and begin its quiz."""
    visitor.go(f"/courses/{course}")
    visitor.follow(visitor.page.locator('form[action$="/enrol"] button').first)
    visitor.go(f"/courses/{course}/quizzes/kiem-tra-tam-loai")
    visitor.follow(visitor.page.locator('main form[method="post"] button').first)
