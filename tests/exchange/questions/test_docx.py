"""Questions in Word: what is told of a whole file, and what is refused."""

import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.content.writing import fits
from elearning.domain.taking_in import Item, counted
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions import FORMATS, recognised
from tests.exchange.questions.word_files import fifty_questions, p, picture, ps, raw, word


def items(data: bytes) -> list[Item]:
    return list(FORMATS["docx"].read(BytesIO(data)))


def test_a_paper_of_fifty_questions_is_understood_but_for_four() -> None:
    counts = counted(items(fifty_questions()))
    assert (counts.whole, counts.part, counts.refused, counts.beside) == (46, 3, 1, 1)
    assert [item.question.key for item in items(fifty_questions()) if item.question and fits(item.question)] == []


def test_the_paper_is_a_file_that_another_reader_opens() -> None:
    opened = docx.Document(BytesIO(fifty_questions()))
    assert opened.paragraphs[1].text == "Câu 1. Trong tình huống giả định số 1, ai trả lời báo chí?"
    assert opened.paragraphs[0].style is not None
    assert opened.paragraphs[0].style.name == "Heading 1"


def test_a_file_that_another_writer_made_is_understood() -> None:
    made = docx.Document()
    made.add_paragraph("Câu 1. Ai nói?")
    line = made.add_paragraph()
    line.add_run("A. Báo\t")
    line.add_run("B. Cơ quan").underline = True
    target = BytesIO()
    made.save(target)
    assert recognised("de.docx", BytesIO(target.getvalue())).name == "docx"
    (item,) = items(target.getvalue())
    assert item.question is not None
    assert [one.share for one in item.question.body.options] == [0, 1]


def test_each_item_says_by_its_number_and_paragraph_where_it_begins() -> None:
    found = items(word(ps("Đề số 1", "Câu 1. Ai nói?", "A. Báo", "B. **Xã**", "Câu 2. Ai viết?", "A. Báo")))
    places = [item.place.plain() for item in found]
    assert places == ["Paragraph 1", "Question 1, paragraph 2", "Question 2, paragraph 5"]
    assert [item.degree for item in found] == ["whole", "whole", "not"]


def test_the_head_of_the_pages_is_told_as_an_item() -> None:
    found = items(word(ps("Câu 1. Ai nói?", "A. Báo", "B. **Xã**"), header="Trường bồi dưỡng"))
    assert (found[0].source, found[0].question) == ("Trường bồi dưỡng", None)


def test_a_number_that_two_questions_have_is_told_at_the_key() -> None:
    twice = ["Câu 1. Ai nói?", "A. Báo", "B. Xã"] * 2
    found = items(word(ps(*twice, "ĐÁP ÁN", "1. B")))
    assert [item.degree for item in found] == ["not", "not", "part"]
    assert "Several questions have these numbers" in found[-1].notes[0].plain()


def test_a_picture_that_no_page_can_show_is_told() -> None:
    body = p("Câu 1. Ai nói?") + raw(picture(alt="x")) + ps("A. Báo", "B. **Xã**")
    (item,) = items(word(body, media={"hinh.wmf": b"x"}))
    assert item.degree == "part"
    assert "no page can show" in item.notes[0].plain()


def test_no_html_of_a_file_becomes_html_of_ours() -> None:
    (item,) = items(word(ps("Câu 1. <script>alert(1)</script>?", "A. <b>x</b>", "B. **y**")))
    assert item.question is not None
    assert "<script" not in item.question.ask
    assert "<b>" not in item.question.body.options[0].text


def _zip(**parts: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no zip at all",
        _zip(other="<x/>"),
        _zip(word__document="<x>"),
        _zip(word__document='<!DOCTYPE x [<!ENTITY e "eeeeeeeeee">]><x>&e;</x>'),
        _zip(word__document="<x>" * 10_000 + "</x>" * 10_000),
        _zip(word__document="<x>" + " " * 30_000_000 + "</x>"),
    ],
    ids=["no zip", "no Word file", "broken XML", "entities", "too deep", "a bomb"],
)
def test_a_file_that_is_damaged_or_means_ill_is_told_in_words(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        items(data)


PIECES = st.sampled_from(
    ["Câu 1. Ai?", "Câu 2: Gì?", "1. Một", "A. x", "B. **y**", "a) x B. y C. z", "Đáp án: B", "ĐÁP ÁN", "1. B 2. A", "Giải thích: vì", "Phần I", "chữ", "*C. z"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_no_words_of_a_file_are_lost_whatever_stands_in_it(lines: list[str]) -> None:
    found = items(word(ps(*lines)))
    kept = "".join("".join(item.source.split()) for item in found)
    wanted = "".join("".join(line.replace("**", "").split()) for line in lines)
    assert kept == wanted
    assert all(item.notes for item in found if item.degree != "whole")
