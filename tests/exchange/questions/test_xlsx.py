"""Questions in a spreadsheet: headings, places, formulas, the form, and CSV."""

from io import BytesIO

import pytest
import xlsxwriter

from elearning.content.plain_markdown import plain_html
from elearning.content.writing import fits
from elearning.domain.questions import TYPES
from elearning.domain.taking_in import Item
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions import FORMATS, recognised
from elearning.exchange.questions.xlsx_template import EXAMPLES, template
from tests.exchange.questions.constructs.xlsx import book, one


def items(data: bytes, name: str = "xlsx") -> list[Item]:
    return list(FORMATS[name].read(BytesIO(data)))


def test_the_form_holds_an_example_of_each_type_and_comes_back_as_it_is() -> None:
    assert recognised("mau.xlsx", BytesIO(template())).name == "xlsx"
    found = items(template())
    assert [item.question for item in found] == list(EXAMPLES)
    assert {question.type for question in EXAMPLES} == set(TYPES)
    assert [problem for question in EXAMPLES for problem in fits(question)] == []


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    found = items(book([one(), one(right="")]))
    assert [item.degree for item in found] == ["whole", "not"]
    assert [found[1].place.plain(), *(note.plain() for note in found[1].notes)] == [
        "Row 3",
        "Look at the column “Đáp án đúng (Right)”.",
        "No answer is named as right. Write its letter.",
    ]


def test_english_headings_in_any_order_below_a_title_are_understood() -> None:
    text = "Đề;;;\nRight;B;A;Question\nA;x;y;Gì?\n"
    title, item = items(text.encode(), "csv_table")
    assert (title.question, title.place.plain()) == (None, "Row 1")
    assert item.question is not None
    assert [(one.text, one.share) for one in item.question.body.options] == [("y", 1), ("x", 0)]


def test_a_formula_is_read_as_its_value_with_a_note() -> None:
    target = BytesIO()
    made = xlsxwriter.Workbook(target)
    sheet = made.add_worksheet()
    for place, head in enumerate(("Câu hỏi", "A", "B", "Đáp án")):
        sheet.write(0, place, head)
    sheet.write_formula(1, 0, '="Ai nói"&"?"', value="Ai nói?")
    for place, words in enumerate(("Báo", "Xã", "B"), 1):
        sheet.write(1, place, words)
    made.close()
    (item,) = items(target.getvalue())
    assert item.question is not None
    assert (item.degree, item.question.ask) == ("part", "Ai nói?")
    assert "formula" in item.notes[0].plain()


def test_words_that_a_spreadsheet_could_run_come_back_as_words() -> None:
    (sent,) = (item.question for item in items(book([one(stem="=1+1\n\n-2")])))
    assert sent is not None
    for name in ("xlsx", "csv_table"):
        made = FORMATS[name].write([sent], plain_html)
        assert [item.question for item in items(made.data, name)] == [sent]


def test_csv_is_known_by_its_headings() -> None:
    made = FORMATS["csv_table"].write(EXAMPLES, plain_html)
    assert recognised("cau-hoi.csv", BytesIO(made.data)).name == "csv_table"
    assert [item.question for item in items(made.data, "csv_table")] == list(EXAMPLES)


def test_a_spreadsheet_of_something_else_is_refused() -> None:
    with pytest.raises(ExchangeError, match="headings"):
        items(book([["Nguyễn Văn Giả Định"]], ["Họ tên"]))
