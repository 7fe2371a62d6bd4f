"""A trainer brings a Word file of fifty questions in, mends what was understood in part, and draws the questions in a quiz."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from elearning.services import publishing
from elearning.services.work import NOBODY
from tests.exchange.questions.word_files import fifty_questions, ps, word
from tests.journeys.people import PASSWORD, Official
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.writing import add_quiz, as_trainer, begin_course, fill_text, open_text, publish

pytestmark = pytest.mark.journey
Visit = Callable[[Way], Visitor]

# What was understood in part, and how it should read.
MENDED = {
    "Hai dấu khác nhau?": "## Ai được giao nhiệm vụ phát ngôn? {#ai-duoc-giao}\n\n- [x] Người phát ngôn\n- [ ] Phóng viên\n- [ ] Bạn đọc\n",
    "Khóa và dấu không khớp?": "## Cấp nào trả lời việc của một xã? {#cap-nao}\n\n- [x] Xã\n- [ ] Tỉnh\n- [ ] Bộ\n",
    "Có công thức?": "## Một nửa viết thế nào? {#mot-nua}\n\n- [x] 1/2\n- [ ] 2\n",
}
SHORT_PAPER = (
    "Câu 1. Ai gọi điện trước tiên?", "A. **Người trực**", "B. Phóng viên",
    "Câu 2. Ai trực lúc nửa đêm?", "A. **Văn thư**", "B. ==Cán bộ trực==", "C. Phóng viên",
    "Câu 3. Không đánh dấu gì?", "A. Có", "B. Không",
)  # fmt: skip
COURSE_TEXT = """---
title: Rút câu hỏi từ tệp Word
language: vi
enrol: open
---
Khóa học để thử.

## Chuyên đề 1 {#chuyen-de-1}

- [Bài 1](01-bai-1.md)
- [Kiểm tra](quiz:kiem-tra-tu-tep-word)
"""
QUIZ_TEXT = """---
title: Kiểm tra từ tệp Word
kind: exam
pass: 50%
attempts: unlimited
page: 49
---
Rút từ ngân hàng lấy từ tệp Word.

## Phần 1 {{#p}}

- 49 x [Ngân hàng](banks/{bank}.md)
"""


def send(trainer: Visitor, folder: Path, data: bytes) -> None:
    """Choose the file on the desk, send it, and stand on the page that says what it holds."""
    file = folder / "Đề ôn tập.docx"
    file.write_bytes(data)
    trainer.go("/author/import")
    trainer.page.set_input_files("[name=file]", file)
    trainer.follow(trainer.button("Look at the file"))


def told(trainer: Visitor) -> dict[str, str]:
    """What the page of a file counts: the words of each count, and the count."""
    facts = trainer.page.locator(".facts")
    return dict(zip(facts.locator("dt").all_inner_texts(), facts.locator("dd").all_inner_texts(), strict=True))


def keep(trainer: Visitor, title: str, added: int) -> str:
    """Keep what is understood or mended in a new bank; its key."""
    trainer.page.fill("#title", title)
    trainer.follow(trainer.button("Keep these questions"))
    assert trainer.heading() == trainer.words.many(
        "%(count)s question was added", "%(count)s questions were added", added
    )
    link = trainer.page.locator(".row__title a")
    assert link.inner_text() == title
    return (link.get_attribute("href") or "").rsplit("/", 1)[-1]


def test_fifty_questions_in_word_are_understood_mended_kept_and_drawn(
    visit: Visit, platform: Platform, official: Official, tmp_path: Path
) -> None:
    trainer = visit(Way(True, 1280, "vi"))
    as_trainer(trainer, platform)
    send(trainer, tmp_path, fifty_questions())
    page, file, say = trainer.page, trainer.path, trainer.say
    trainer.look("word-file")
    counts = {say("Understood"): "46", say("In part"): "3", say("Not understood"): "1", say("No questions"): "1"}
    assert told(trainer) == counts
    understood = "%(good)s of %(count)s question is understood", "%(good)s of %(count)s questions are understood"
    assert trainer.heading() == trainer.words.many(*understood, 50, good=46)

    for ask, text in MENDED.items():
        trainer.go(f"{file}?state=part")
        trainer.follow(page.get_by_role("link", name=ask))
        trainer.look("word-item")
        page.locator("#text").fill(text)
        expect(page.locator("#ask")).to_have_value(text.split("## ")[1].split(" {#")[0])
        trainer.follow(trainer.button("Mend this item").last)
        expect(page.locator(".notice--good")).to_be_visible()
    trainer.go(f"{file}?state=not")
    trainer.follow(page.locator(".rows .row__title a"))
    expect(page.locator(".head .lead")).to_contain_text(
        say("Question %(sign)s, paragraph %(number)s", sign=50, number=245)
    )
    trainer.look("word-item-not")
    trainer.go(file)
    assert told(trainer) == counts | {say("In part"): "0", say("Mended by you"): "3"}
    bank = keep(trainer, "Câu hỏi từ tệp Word", 49)
    trainer.look("word-kept")
    with platform.house.reading(NOBODY) as work:
        kept = publishing.export_texts(work)[f"quizzes/banks/{bank}.md"].decode()
    assert kept.count("\n## ") == 49
    assert "Không đánh dấu đáp án nào?" not in kept

    course = begin_course(trainer, "Rút câu hỏi từ tệp Word")
    add_quiz(trainer, "Kiểm tra từ tệp Word")
    open_text(trainer, "Kiểm tra từ tệp Word")
    fill_text(trainer, QUIZ_TEXT.format(bank=bank))
    trainer.go(f"/author/texts/courses/{course}/course.md")
    fill_text(trainer, COURSE_TEXT)
    expect(page.locator("[data-told] li:has(.bad)")).to_have_count(0)
    publish(trainer, course)

    learner = visit(Way(True, 360, "vi"))
    learner.sign_in(official.identifier, PASSWORD)
    learner.go(f"/courses/{course}")
    learner.follow(learner.page.locator('form[action$="/enrol"] button').first)
    learner.go(f"/courses/{course}/quizzes/kiem-tra-tu-tep-word")
    learner.follow(learner.page.locator('main form[method="post"] button').first)
    asked = learner.page.locator(".question__stem").all_inner_texts()
    whole = [f"Trong tình huống giả định số {number}, ai trả lời báo chí?" for number in range(1, 47)]
    mended = [text.split("## ")[1].split(" {#")[0] for text in MENDED.values()]
    assert sorted(asked) == sorted(whole + mended)


def test_on_a_phone_without_scripts_a_word_file_is_looked_at_mended_and_kept(
    visit: Visit, platform: Platform, tmp_path: Path
) -> None:
    trainer = visit(Way(False, 360, "vi"))
    as_trainer(trainer, platform)
    send(trainer, tmp_path, word(ps(*SHORT_PAPER)))
    page, file = trainer.page, trainer.path
    trainer.look("phone-file")
    assert told(trainer) == {
        trainer.say("Understood"): "1",
        trainer.say("In part"): "1",
        trainer.say("Not understood"): "1",
    }
    trainer.follow(page.get_by_role("link", name="Ai trực lúc nửa đêm?"))
    trainer.look("phone-item")
    page.locator('[name="right"]').nth(1).check()
    trainer.follow(trainer.button("Mend this item").last)
    expect(page.locator(".notice--good")).to_be_visible()
    trainer.go(file)
    bank = keep(trainer, "Câu hỏi từ Word trên điện thoại", 2)
    trainer.look("phone-kept")
    with platform.house.reading(NOBODY) as work:
        kept = publishing.export_texts(work)[f"quizzes/banks/{bank}.md"].decode()
    assert "- [ ] Văn thư\n- [x] Cán bộ trực\n" in kept
