"""A trainer writes a course in the browser, and loses nothing whatever happens on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import delete

from elearning.services import publishing
from elearning.services.work import NOBODY
from elearning.store.models.person import BrowserSession
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.writing import (
    add_lesson,
    area,
    as_trainer,
    begin_course,
    mends,
    open_text,
    picture,
    until_safe,
    write,
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


def cut(route: Route) -> None:
    """The line is gone."""
    route.abort("internetdisconnected")


def test_a_closed_tab_leaves_its_words_in_the_browser(visit: Visit, platform: Platform) -> None:
    trainer = visit(DESK)
    as_trainer(trainer, platform)
    course = begin_course(trainer, "Đóng thẻ")
    open_text(trainer, "Bài 1")
    where = trainer.path
    trainer.page.route("**/author/**", cut)
    write(trainer, "Viết trước khi đóng.")
    trainer.page.wait_for_timeout(500)
    trainer.page.close()
    trainer.page = trainer.context.new_page()
    trainer.go(where)
    trainer.button("Put them into the editor").click()
    until_safe(trainer)
    assert "Viết trước khi đóng." in stored(platform, course)


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
