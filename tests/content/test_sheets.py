"""The sheet of a form and the lines that it stands for: one can always be had from the other, and nothing is lost between."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given

from elearning.content.bank_lines import split_bank
from elearning.content.problems import Problems
from elearning.content.question_reader import format_question
from elearning.content.questions import TYPES
from elearning.content.sheets import as_type, new_sheet, sheet_of, sheet_text
from elearning.domain.question_sheet import with_level, with_row, with_row_moved, without_level, without_row
from tests.content.test_authoring import EXAMPLES
from tests.content.test_banks import LINES
from tests.content.trees import read_questions, source_of

GUIDE = [text for _, kind, text in EXAMPLES if kind == "question"]


def canonical(text: str) -> list[str]:
    """The questions of some lines as the house writes them; those with mistakes are left out."""
    return [format_question(draft) for draft in read_questions(text)[0]]


def shown(text: str) -> str:
    """What comes back when a form shows a question and sends it as it is."""
    return sheet_text(sheet_of(text))


def test_the_guide_has_a_question_of_every_type() -> None:
    assert {sheet_of(text).type for text in GUIDE} == set(TYPES)


@pytest.mark.parametrize("text", GUIDE, ids=[sheet_of(text).type for text in GUIDE])
def test_a_form_that_is_sent_as_it_was_shown_writes_the_same_question(text: str) -> None:
    assert canonical(text)
    for one in canonical(text):
        assert shown(one) == one


def test_every_shipped_question_comes_through_the_form_unchanged(shipped_files: Mapping[str, bytes]) -> None:
    banks = {path: data.decode() for path, data in shipped_files.items() if "/banks/" in path and ".en." not in path}
    questions = [one for text in banks.values() for one in canonical(text)]
    assert len(questions) > 150
    assert [one for one in questions if shown(one) != one] == []


@given(LINES.filter(lambda lines: not any("```" in line for line in lines)))
def test_no_lines_break_the_form_and_what_it_writes_it_reads_back(lines: list[str]) -> None:
    source = source_of("\n".join(["# Ngân hàng", *lines]))
    for question in split_bank(source, Problems()):
        once = shown("\n".join(line.text for line in question.lines))
        assert shown(shown(once)) == shown(once)


@pytest.mark.parametrize("kind", TYPES)
def test_an_empty_form_of_a_type_is_read_back_as_that_type(kind: str) -> None:
    sheet = replace(new_sheet(kind), ask="Câu hỏi?", key="cau-hoi")
    assert sheet_of(sheet_text(sheet)).type == kind


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_that_becomes_another_type_keeps_its_words(kind: str) -> None:
    sheet = sheet_of("## Ai? {#ai}\nThân.\n\n- [ ] Một\n  > Vì.\n- [x] Hai\n\n> Giải.\n{: points=2 difficulty=3 }\n")
    other = as_type(sheet, kind)
    again = sheet_of(sheet_text(other))
    assert (again.type, again.ask, again.key, again.explanation) == (
        kind,
        "Ai?",
        "ai",
        "Giải.",
    ) or kind == "description"
    assert again.attributes["points"] == "2"
    assert again.stem.startswith("Thân.")


def test_answers_go_with_a_question_to_a_type_that_has_answers_too() -> None:
    sheet = sheet_of("## Ai? {#ai}\n\n- [ ] Một\n  > Vì.\n- [x] Hai {.keep}\n")
    assert as_type(sheet, "several").rows == (("", "Một", "Vì.", ""), ("x", "Hai", "", "yes"))
    assert as_type(sheet, "order").rows == (("Một", "Vì.", ""), ("Hai", "", "yes"))
    assert as_type(sheet, "short").rows == (("Một",), ("Hai",))


def test_an_attribute_that_the_new_type_does_not_know_stays_behind() -> None:
    sheet = sheet_of("## Ai? {#ai}\n\n- [x] Một\n- [x] Hai\n{: credit=all tag=a }\n")
    assert as_type(sheet, "one").attributes == {"tag": "a"}


def test_the_type_is_written_only_where_the_answers_do_not_show_it() -> None:
    boxes = "## Ai? {#ai}\n\n- [x] Một\n- [ ] Hai\n"
    assert "type=" not in shown(boxes)
    assert "type=several" in sheet_text(as_type(sheet_of(boxes), "several"))
    assert "type=one" in shown(boxes + "{: type=one }\n")


def test_a_bar_in_a_cell_a_menu_or_a_blank_stays_a_bar() -> None:
    for text in (
        "## Ai? {#ai}\n\n| A \\| B | C |\n| --- | --- |\n| một | hai \\| ba |\n| bốn | năm |\n",
        "## Ai? {#ai}\nTừ {{= a \\| b | c }} đến {{ x | =y \\| z }}.\n",
    ):
        assert shown(text) == text


def test_text_that_a_browser_sends_with_windows_line_ends_is_written_with_plain_ones() -> None:
    sheet = replace(
        sheet_of("## Ai? {#ai}\n\n- [x] Một\n- [ ] Hai\n"), stem="Một.\r\n\r\nHai.  \r\n", explanation="\r\nVì.\r\n"
    )
    assert sheet_text(sheet).startswith("## Ai? {#ai}\nMột.\n\nHai.\n\n- [x] Một")
    assert sheet_text(sheet).endswith("\n\n> Vì.\n")


def test_rows_in_which_nothing_stands_are_not_written() -> None:
    sheet = with_row(with_row(sheet_of("## Ai? {#ai}\n\n- [x] Một\n- [ ] Hai\n")))
    assert len(sheet.rows) == 4
    assert sheet_text(sheet) == "## Ai? {#ai}\n\n- [x] Một\n- [ ] Hai\n"


def test_a_row_can_be_moved_and_taken_away_but_not_over_the_edge() -> None:
    sheet = sheet_of("## Thứ tự? {#tt}\n\n1. Một\n2. Hai\n3. Ba\n")
    assert [row[0] for row in with_row_moved(sheet, 2, -1).rows] == ["Một", "Ba", "Hai"]
    assert with_row_moved(sheet, 0, -1) == sheet == with_row_moved(sheet, 2, 1)
    assert [row[0] for row in without_row(sheet, 1).rows] == ["Một", "Ba"]


def test_a_blank_that_is_taken_away_leaves_the_text_and_the_others_keep_their_answers() -> None:
    sheet = sheet_of("## Điền {#d}\nTừ {{= a }} qua {{= b }} đến {{ x | =y }}.\n")
    assert sheet.stem == "Từ [[1]] qua [[2]] đến [[3]]."
    assert "Từ  qua {{= b }} đến {{ x | =y }}." in sheet_text(without_row(sheet, 0))
    assert with_row(sheet).stem.endswith("[[3]]. [[4]]")


def test_a_rubric_grows_and_shrinks_by_levels() -> None:
    text = "## Viết {#v}\n\n| Tiêu chí | 0 | 1 |\n| --- | --- | --- |\n| Rõ | không | có |\n{: type=statement }\n"
    wider = with_level(sheet_of(text))
    assert wider.heads == ("Tiêu chí", "0", "1", "2")
    assert wider.rows == (("Rõ", "không", "có", ""),)
    assert without_level(wider) == sheet_of(text) == without_level(without_level(wider))


def test_a_number_is_taken_apart_into_value_tolerance_and_unit() -> None:
    sheet = sheet_of("## Bao nhiêu? {#b}\n\n= 24 ± 0,5 giờ\n= 25 giờ\n")
    assert (sheet.rows, sheet.heads) == ((("24", "0,5"), ("25", "0")), ("giờ",))
