"""A hand-out in Word becomes the drafts of a course that passes the checks."""

from io import BytesIO

import pytest

from elearning.domain.errors import Mistaken
from elearning.services.publishing import check
from elearning.services.word_drafts import DraftFiles, handout_files
from tests.exchange.questions.word_files import POINT, footnote, heading, listed, p, picture, ps, r, raw, table, word

CAPTION = '<w:pStyle w:val="Caption"/>'


def drafts(body: str) -> DraftFiles:
    return handout_files(BytesIO(word(body, notes={2: "Xem luật."})), "tai-lieu")


def text_of(made: DraftFiles, name: str) -> str:
    return made.files[f"courses/tai-lieu/{name}"].decode()


def test_each_chapter_becomes_a_lesson_and_the_outline_names_them() -> None:
    made = drafts(
        heading("Tài liệu")
        + p("Lời nói đầu.")
        + heading("Ai nói", 2)
        + p("Cơ quan.")
        + heading("Nói gì", 2)
        + p("Điều đã xác minh.")
    )
    assert sorted(made.files) == [f"courses/tai-lieu/{name}" for name in ("01-ai-noi.md", "02-noi-gi.md", "course.md")]
    assert text_of(made, "01-ai-noi.md") == '---\nkey: ai-noi\ntitle: "Ai nói"\nminutes: 2\n---\nCơ quan.\n'
    outline = text_of(made, "course.md")
    assert 'title: "Tài liệu"' in outline
    assert "Lời nói đầu." in outline
    assert "- [Ai nói](01-ai-noi.md)\n- [Nói gì](02-noi-gi.md)" in outline


def test_what_comes_of_a_handout_passes_the_checks() -> None:
    rows = table(["Ngày", "Việc"], ["1", "Họp"])
    body = (
        heading("Một") + p("Chữ **đậm** và //nghiêng//.") + rows + heading("Mục", 2) + listed("a", 3) + listed("b", 3)
    )
    made = drafts(body + heading("Hai") + raw(r("Nói") + footnote(2)) + raw(picture(alt="Một điểm")))
    assert [(one.path, one.line, one.message.plain()) for one in check(made.files)] == []


def test_lists_tables_headings_and_strong_words_are_kept() -> None:
    body = (
        heading("Một")
        + p("Chữ **đậm**, //nghiêng//.")
        + heading("Mục", 2)
        + listed("a", 3)
        + listed("b", 3)
        + listed("c", 2)
    )
    text = text_of(drafts(body + table(["Ngày", "Việc"], ["1", "Họp"]) + heading("Hai") + p("x")), "01-mot.md")
    assert text.endswith(
        "Chữ **đậm**, *nghiêng*.\n\n## Mục\n\n- a\n- b\n1. c\n\n| Ngày | Việc |\n|---|---|\n| 1 | Họp |\n"
    )


def test_footnotes_stay_footnotes() -> None:
    text = text_of(
        drafts(heading("Một") + raw(r("Nói") + footnote(2) + r(" đi.")) + heading("Hai") + p("x")), "01-mot.md"
    )
    assert text.endswith("Nói[^1] đi.\n\n[^1]: Xem luật.\n")


def test_a_picture_comes_along_and_takes_its_words_from_the_caption_below_it() -> None:
    made = drafts(heading("Một") + raw(picture()) + p("Hình 1. Sơ đồ", "", CAPTION) + heading("Hai") + raw(picture()))
    assert "![Hình 1. Sơ đồ](media/mot/hinh.png)\n\n*Hình 1. Sơ đồ*" in text_of(made, "01-mot.md")
    assert made.files["courses/tai-lieu/media/mot/hinh.png"] == POINT
    assert [(one.place.plain(), "words that stand for it" in one.said.plain()) for one in made.remarks] == [
        ("Paragraph 5", True)
    ]


def test_a_file_without_headings_is_one_lesson() -> None:
    made = drafts(ps("Chỉ có chữ.", "Và chữ nữa."))
    assert sorted(made.files) == ["courses/tai-lieu/01-chi-co-chu-va-chu-nua.md", "courses/tai-lieu/course.md"]


def test_a_chapter_without_words_is_told() -> None:
    made = drafts(heading("Một") + heading("Hai") + p("x"))
    assert [one.said.plain() for one in made.remarks] == ["It has a heading and no words, and was left out."]


@pytest.mark.parametrize(("data", "course"), [(b"x", "a"), (word(""), "a"), (word(p("x")), "Khóa học")])
def test_what_cannot_become_a_course_is_refused(data: bytes, course: str) -> None:
    with pytest.raises(Mistaken):
        handout_files(BytesIO(data), course)


def test_a_picture_before_the_first_chapter_comes_along() -> None:
    made = drafts(
        heading("Tài liệu") + raw(picture(alt="Một điểm")) + heading("Hai", 2) + p("x") + heading("Ba", 2) + p("y")
    )
    assert "![Một điểm](media/hinh.png)" in text_of(made, "course.md")
    assert made.files["courses/tai-lieu/media/hinh.png"] == POINT
