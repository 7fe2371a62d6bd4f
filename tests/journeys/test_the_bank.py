"""A trainer fills a bank in the browser: writes a question beside its text, tries it, and brings others in from a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from elearning.services import publishing
from elearning.services.work import NOBODY
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.writing import as_trainer

pytestmark = pytest.mark.journey
Visit = Callable[[Way], Visitor]
GIFT = """// [id:so-gio]
::so-gio::[markdown]Chậm nhất bao nhiêu giờ? {#24}

::hong::[markdown]Câu hỏng {=a ~
"""


def stored(platform: Platform, bank: str) -> str:
    """The draft of a bank."""
    with platform.house.reading(NOBODY) as work:
        return publishing.export_texts(work).get(f"quizzes/banks/{bank}.md", b"").decode()


def begin_bank(trainer: Visitor, title: str) -> None:
    """Make a bank, and stand on its page."""
    trainer.go("/author/banks")
    trainer.page.fill("#title", title)
    trainer.button("Make the bank").click()
    expect(trainer.page.locator("h1")).to_have_text(title)


def test_a_question_is_written_on_either_side_and_tried_before_it_is_saved(visit: Visit, platform: Platform) -> None:
    trainer = visit(Way(True, 1280, "vi"))
    as_trainer(trainer, platform)
    begin_bank(trainer, "Ngân hàng tự soạn")
    trainer.button("Write it").click()
    page, text = trainer.page, trainer.page.locator("#text")
    page.fill("#ask", "Ai ký văn bản ủy quyền?")
    for number, words in enumerate(("Người đứng đầu", "Người phát ngôn", "Chánh văn phòng", "Phóng viên")):
        page.fill(f"#row-{number}-text", words)
    page.locator('[name="right"]').first.check()
    expect(text).to_have_value(
        "## Ai ký văn bản ủy quyền?\n\n- [x] Người đứng đầu\n- [ ] Người phát ngôn\n- [ ] Chánh văn phòng\n- [ ] Phóng viên\n"
    )
    page.locator('[value="row-drop-3"]').click()
    expect(page.locator(".sheet-row")).to_have_count(3)
    text.fill(text.input_value().replace("Chánh văn phòng", "Văn thư"))
    expect(page.locator("#row-2-text")).to_have_value("Văn thư")
    assert page.evaluate("document.activeElement.id") == "text"
    text.fill(text.input_value().replace("ủy quyền?", "ủy quyền? {#ai-ky}"))
    expect(page.locator("#try input[type=radio]")).to_have_count(3)
    trainer.look("bank-question")
    page.locator("#try input[type=radio]").first.check()
    page.locator('#try button[value^="check"]').click()
    expect(page.locator("#try .judged")).to_contain_text(trainer.say("Right"))
    page.locator(".desk__save button").click()
    page.wait_for_url("**/ai-ky")
    assert stored(platform, "ngan-hang-tu-soan").endswith(
        "{#ai-ky}\n\n- [x] Người đứng đầu\n- [ ] Người phát ngôn\n- [ ] Văn thư\n"
    )


def test_without_scripts_on_a_phone_a_question_is_written_by_buttons(visit: Visit, platform: Platform) -> None:
    trainer = visit(Way(False, 360, "en"))
    as_trainer(trainer, platform)
    begin_bank(trainer, "A bank by buttons")
    page = trainer.page
    page.select_option("#kind", "order")
    trainer.button("Write it").click()
    page.fill("#ask", "In which order?")
    for number, words in enumerate(("one", "two", "three", "four")):
        page.fill(f"#row-{number}-text", words)
    trainer.button("Add a row").click()
    page.fill("#row-4-text", "zero")
    for number in (4, 3, 2, 1):
        page.locator(f'[value="row-up-{number}"]').click()
    trainer.button("Show this in the text").click()
    assert page.locator("#text").input_value() == "## In which order?\n\n1. zero\n2. one\n3. two\n4. three\n5. four\n"
    trainer.look("bank-by-buttons")
    page.locator(".desk__save button").click()
    page.wait_for_url("**/in-which-order")
    assert "5. four" in stored(platform, "a-bank-by-buttons")
    trainer.go("/author/banks/a-bank-by-buttons")
    trainer.look("bank-on-a-phone")


def test_questions_of_a_file_are_mended_and_kept_in_a_bank(visit: Visit, platform: Platform, tmp_path: Path) -> None:
    trainer = visit(Way(True, 1280, "en"))
    as_trainer(trainer, platform)
    page, file = trainer.page, tmp_path / "cau-hoi.gift"
    file.write_text(GIFT, encoding="utf-8")
    trainer.go("/author/import")
    page.set_input_files("[name=file]", file)
    trainer.button("Look at the file").click()
    page.wait_for_url("**/import/*")
    trainer.look("bank-file")
    page.get_by_role("link", name="Line 4").click()
    page.fill("#ask", "Ai chịu trách nhiệm?")
    page.locator("#text").fill("## Ai chịu trách nhiệm? {#ai}\n\n= Người đứng đầu\n")
    expect(page.locator("#row-0-text")).to_have_value("Người đứng đầu")
    trainer.look("bank-item")
    trainer.button("Mend this item").last.click()
    expect(page.locator(".notice--good")).to_be_visible()
    page.locator(".crumbs").click()
    page.fill("#title", "Brought in")
    trainer.button("Keep these questions").click()
    page.wait_for_url("**/kept/*")
    assert trainer.heading() == "2 questions were added"
    assert stored(platform, "brought-in").count("\n## ") == 2
