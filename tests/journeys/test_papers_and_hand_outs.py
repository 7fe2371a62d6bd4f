"""A trainer prints a quiz in two versions, and makes a draft lesson out of a Word file."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from elearning.services import publishing
from elearning.services.work import NOBODY
from tests.exchange.questions.word_files import heading, p, picture, raw, table, word
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.writing import as_trainer, begin_course

pytestmark = pytest.mark.journey
Visit = Callable[[Way], Visitor]
HAND_OUT = (
    heading("Việc của người trực")
    + p("Ghi lại **giờ gọi** và tên của phóng viên.")
    + table(["Giờ", "Việc"], ["08:00", "Nhận câu hỏi"])
    + raw(picture(alt="Sơ đồ ca trực"))
    + heading("Việc của người phát ngôn")
    + p("Trả lời trong hạn.")
)


def test_a_quiz_is_printed_in_two_versions_and_a_hand_out_becomes_a_draft_lesson(
    visit: Visit, platform: Platform, tmp_path: Path
) -> None:
    trainer = visit(Way(True, 1280, "vi"))
    as_trainer(trainer, platform)
    page = trainer.page
    trainer.go("/author/texts/quizzes/kiem-tra-cuoi-khoa.md")
    trainer.follow(trainer.link("Print this quiz as an examination on paper"))
    page.locator("#versions").fill("2")
    page.locator("#occasion").fill("Kỳ kiểm tra nghiệp vụ phát ngôn năm 2026")
    page.locator("#seed").fill("2026")
    trainer.look("papers-ask")
    trainer.follow(trainer.button("Make the papers"))
    assert trainer.heading() == trainer.words.many("%(count)s version is ready", "%(count)s versions are ready", 2)
    trainer.look("papers-made")
    with page.expect_download() as fetched:
        trainer.link("Download the papers (zip)").click()
    with ZipFile(fetched.value.path()) as archive:
        assert sorted(archive.namelist()) == ["dap-an.pdf", "de-101.pdf", "de-102.pdf"]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())

    course = begin_course(trainer, "Ca trực báo chí")
    page.locator("summary").filter(has_text=trainer.say("Add to this module")).click()
    trainer.follow(trainer.link("Or make lessons out of a Word file"))
    trainer.look("word-lessons-send")
    file = tmp_path / "Tài liệu ca trực.docx"
    file.write_bytes(word(HAND_OUT))
    page.set_input_files("[name=file]", file)
    trainer.follow(trainer.button("Look at the file"))
    trainer.look("word-lessons-file")
    page.get_by_label(trainer.say("Keep “%(title)s”", title="Việc của người phát ngôn")).uncheck()
    trainer.follow(trainer.button("Keep these lessons"))
    expect(page.locator(".notice--good")).to_be_visible()
    assert page.locator(".tree__row .row__title").all_inner_texts()[-1] == "Việc của người trực"
    with platform.house.reading(NOBODY) as work:
        kept = publishing.export_texts(work)
    assert "Ghi lại **giờ gọi**" in kept[f"courses/{course}/02-viec-cua-nguoi-truc.md"].decode()
    assert f"courses/{course}/media/viec-cua-nguoi-truc/hinh.png" in kept
    own = [path for path in kept if path.startswith(f"courses/{course}/")]
    assert not [path for path in own if "viec-cua-nguoi-phat-ngon" in path]
