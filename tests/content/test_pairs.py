"""Graded choices, match and sort as text: read and written alike, every mistake told with its line, words translated."""

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.bank_lines import marked_questions
from elearning.content.checking import check_tree
from elearning.content.packing import pack, unpack
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import format_question, read_marked
from elearning.content.questions.pairs import cells_of
from elearning.content.rendering import render_here
from elearning.domain.questions.pairs import Body
from tests.content.test_banks import OPTIONS, PROSE, written
from tests.content.trees import BANK, QUESTIONS, formatted, read_questions, source_of, told, tree

HEAD = ("| Việc | Hạn |", "| --- | --- |")


def one(*lines: str, attributes: str = "") -> str:
    return "\n".join(["## Câu {#a}", "", *lines, *([f"{{: {attributes} }}"] if attributes else []), ""])


def table(*rows: str, attributes: str = "") -> str:
    return one(*HEAD, *rows, attributes=attributes)


GRADED = ("- [100%] Tốt", "- [1/3] Vừa", "- [-50%] Xấu")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (one("- [100%] a", "- [x] b"), ["4: Write in each box the share that the answer is worth, such as [100%], [1/3]"]),
        (one("- [100%] a", "- [ ] b"), ["4: Write in each box the share that the answer is worth, such as [100%], [1/3]"]),
        (one("- [100%] a", "- [1/0] b"), ["4: Write in each box the share that the answer is worth, such as [100%], [1/3]"]),
        (one("- [100%] a", "- [1e9%] b"), ["4: Write in each box the share that the answer is worth, such as [100%], [1/3]"]),
        (one("- [100] a", "- [0] b"), ["3: Write in each box", "4: Write in each box"]),
        (one("- [100%] a", "- [0%]"), ["4: This answer is empty. Write its text after the box."]),
        (one("- [100%] a", "- [0%] a"), ["4: This answer stands here twice, first in line 3. Change one."]),
        (one("- [100%] a"), ["1: A question with boxes has 2 to 12 answers; this has 1."]),
        (one(*[f"- [{n % 2}00%] {n}" for n in range(200)]), ["1: A question with boxes has 2 to 12 answers; this has 200."]),
        (one("- [150%] a", "- [100%] b"), ["3: A share is at most 100% and at least -100%. Change the one before this"]),
        (one("- [-101%] a", "- [100%] b"), ["3: A share is at most 100% and at least -100%. Change the one before this"]),
        (one("- [50%] a", "- [0%] b"), ["1: No answer is worth 100%, so nobody can earn all points. Put [100%] before"]),
        (one("- [100%] a", "- [3/3] b"), ["1: All answers are worth the same, so nothing is asked. Give them different"]),
        (
            one("- [50%] a", "- [1/3] b", "- [-100%] c", attributes="pick=several"),
            ["1: The shares above nothing add up to less than 100%, so nobody can earn all points."],
        ),
        (
            one("- [50%] a", "- [1/3] b", "- [0%] c", attributes="pick=several"),
            ["1: The shares above nothing add up to less than 100%, so nobody can earn all points."],
        ),
        (one(*GRADED, attributes="pick=two"), ["6: pick= is one of: one, several."]),
        (one(*GRADED, attributes="credit=all"), ["6: The attribute “credit” is not known here."]),
        (one(*GRADED, attributes="type=one"), ["3: Write [x] for a right", "4: Write [x] for a right", "5: Write [x]"]),
        (one("| a | b |"), ["3: The table has no head. Begin it with its two headings and a line | --- | --- |"]),
        (one("| a | b |", "| c | d |"), ["3: The table has no head. Begin it with its two headings"]),
        (one(*HEAD), ["1: A question of matching has 2 to 12 pairs; this has 0."]),
        (table("| a | x |"), ["1: A question of matching has 2 to 12 pairs; this has 1."]),
        (
            table(*[f"| a{n} | x{n} |" for n in range(200)]),
            ["1: A question of matching has 2 to 12 pairs; this has 200.", "1: A question of matching offers at most 20"],
        ),
        (one("| Việc | |", HEAD[1], "| a | x |", "| b | y |"), ["3: Write a heading over each of the two columns."]),
        (table("| a | x |", "| b | |"), ["6: The right cell is empty. Write what belongs to the left one, or delete"]),
        (table("| a | x |", "| | |", "| b | y |"), ["6: The right cell is empty. Write what belongs to the left one"]),
        (table("| a | x |", "| A | y |"), ["6: The left cell stands here twice, first in line 5. Change one."]),
        (table("| a | x | 1 |", "| b | y |"), ["5: A row has two cells, and a bar inside a cell is written \\|. A table"]),
        (table("| a |", "| b | y |"), ["5: A row has two cells, and a bar inside a cell is written \\|."]),
        (table("| a | x |", "", "| b | y |"), ["6: An empty line stands inside the table. Delete it; between two"]),
        (table("| a | x |", "  thêm", "| b | y |"), ["6: This line is no row of the table. Begin and end it with a bar:"]),
        (table("| a | x |", "| b | X |", attributes="type=match"), ["6: The right cell stands here twice, first in line 5"]),
        (table("| a | x |", "| b | y |", "| | y |"), ["7: The right cell stands here twice, first in line 6, so two"]),
        (table("| a | x |", "| b | x |"), ["1: A question of sorting has 2 to 8 groups in its right column; this has 1."]),
        (
            table(*[f"| a{n} | x{n} |" for n in range(9)], attributes="type=sort"),
            ["1: A question of sorting has 2 to 8 groups in its right column; this has 9."],
        ),
        (
            table(*[f"| a{n} | x{n % 2} |" for n in range(200)]),
            ["1: A question of sorting has 2 to 20 items; this has 200."],
        ),
        (table("| a | x |", "| b | X |", "| c | y |"), ["6: This group is written otherwise than in line 5. Write both"]),
        (table("| | x |", "| a | x |", "| b | x |", "| c | y |"), ["5: This row has no item, and its group stands in line 6"]),
        (table("| a | x |", "| b | y |", attributes="pick=several"), ["7: The attribute “pick” is not known here."]),
        (one("- [x] a", "- [ ] b", attributes="type=match"), ["5: type=match does not fit the answers below"]),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_line(text: str, wrong: list[str]) -> None:
    _, said = read_questions(text)
    assert len(said) == len(wrong), said
    assert all(line.startswith(f"{BANK}:{start}") for line, start in zip(said, wrong, strict=True)), said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (one(*GRADED), "graded"),
        (one("- [x] a", "- [ ] b"), "one"),
        (one("- [100%] a", "- [0%] b", attributes="pick=several"), "graded"),
        (table("| a | x |", "| b | y |"), "match"),
        (table("| a | x |", "| | z |", "| b | y |"), "match"),
        (table("| a | x |", "| b | x |", "| c | y |"), "sort"),
        (table("| a | x |", "| b | X |", "| c | y |", "| | z |").replace("X", "x"), "sort"),
        (table("| a | x |", "| b | y |", attributes="type=sort"), "sort"),
    ],
)
def test_the_shape_of_the_answers_names_the_type(text: str, kind: str) -> None:
    questions, wrong = read_questions(text)
    assert not wrong
    assert [question.type for question in questions] == [kind]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| a | b |", ["a", "b"]), ("|a|b|  ", ["a", "b"]), ("| | b |", ["", "b"]), ("| a \\| b | c |", ["a | b", "c"]),
        ("| a | b \\|", ["a", "b |"]), ("| a | b | c |", ["a", "b", "c"]), ("|", []), ("| |", [""]), ("||", [""]),
        ("| `a\\|b` | c\\\\ |", ["`a|b`", "c\\\\"]),
    ],
)  # fmt: skip
def test_a_row_is_cut_at_its_bars(text: str, cells: list[str]) -> None:
    assert cells_of(text) == cells


SHARES = st.sampled_from(["0%", "100%", "1/3", "33,3%", "-50%", "-1/4", "12.5%", "2/6"])
CELL = PROSE.map(lambda text: text.replace("|", "\\|"))
CELLS = st.lists(CELL, min_size=2, max_size=6, unique_by=str.casefold)


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, list[str], str]:
    """Type, answer block in canonical form, and the attributes that belong to the type."""
    kind = draw(st.sampled_from(["graded", "match", "sort"]))
    if kind == "graded":
        options = draw(OPTIONS)
        shares = ["100%", "0%", *draw(st.lists(SHARES, min_size=len(options) - 2, max_size=len(options) - 2))]
        pairs = zip(draw(st.permutations(shares)), options, strict=True)
        block = [line for share, option in pairs for line in written(f"- [{share}]", option)]
        return kind, block, draw(st.sampled_from(["", " pick=several"]))
    lefts, rights = draw(CELLS), draw(CELLS)
    if kind == "match":
        size = min(len(lefts), len(rights))
        rows = [f"| {left} | {right} |" for left, right in zip(lefts[:size], rights, strict=False)]
        decoys = [f"| | {right} |" for right in rights[size:]]
        return kind, [*HEAD, *draw(st.permutations(rows + decoys))], ""
    groups = draw(st.lists(st.sampled_from(rights), min_size=len(lefts), max_size=len(lefts)))
    rows = [f"| {left} | {right} |" for left, right in zip(lefts, groups, strict=True)]
    rows += [f"| | {right} |" for right in rights if right not in groups]
    return kind, [*HEAD, *rows], " type=sort"


def canonical(answer: tuple[str, list[str], str], explanation: list[str]) -> str:
    _, block, own = answer
    quoted = ["\n".join(f"> {line}" for line in explanation)] if explanation else []
    return "\n\n".join(["## Câu {#a}", "\n".join(block), *quoted]) + f"\n{{: points=2{own} }}\n"


@given(answers(), st.lists(PROSE, max_size=2))
def test_what_is_in_canonical_form_is_written_as_it_was_read_in_a_bank_and_in_a_lesson(
    answer: tuple[str, list[str], str], explanation: list[str]
) -> None:
    text = canonical(answer, explanation)
    questions, wrong = read_questions(text)
    assert not wrong
    assert [question.type for question in questions] == [answer[0]]
    assert formatted(text) == text
    lesson = text.replace("## Câu {#a}", "### Câu {#a .question}")
    problems = Problems()
    found = marked_questions(BANK, source_of(f"Trước.\n\n{lesson}\nSau.\n").body, problems)
    drafts = read_marked(BANK, found, Pieces(), problems)
    assert not problems
    assert [format_question(draft) for draft in drafts] == [lesson]


@given(answers())
def test_what_was_written_loosely_is_read_as_the_same_question(answer: tuple[str, list[str], str]) -> None:
    text = canonical(answer, [])
    loose = (
        text.replace("| --- | --- |", "|:--|:-:|  ")
        .replace("\n- [", "\n* [")
        .replace("\n| ", "\n|")
        .replace("%] ", " %]  ")
    )
    loose = "\ufeff" + unicodedata.normalize("NFD", loose).replace("\n", "\r\n")
    assert formatted(loose) == formatted(text) == text


def test_shares_are_written_back_as_they_were_without_spaces() -> None:
    text = one("- [ + 100 % ] a", "- [−50%] b", "- [1 / 3] c", "- [33,3%] d", attributes="points=1")
    assert [line for line in formatted(text).split("\n") if line.startswith("- ")] == [
        "- [100%] a", "- [-50%] b", "- [1/3] c", "- [33,3%] d",
    ]  # fmt: skip


def test_a_row_with_right_to_left_and_combining_letters_a_bar_and_marks_is_read_and_written_alike() -> None:
    text = table(
        "| שלום \u200fعربي | 24 `giờ\\|phút` |", "| e\u0301\u0323 **đậm** | _10_ \\| ngày |", attributes="points=1"
    )
    assert formatted(text) == unicodedata.normalize("NFC", text)


BANK_OF_THREE = """
## Nên làm gì? {#nen-lam}

- [100%] Trả lời **ngay**
- [1/3] Hẹn giờ
- [-50%] Im lặng
{: pick=several }

## Ghép {#ghep}

| Việc | Hạn |
| --- | --- |
| Trả lời | 24 giờ |
| | 2 ngày |
| Báo cáo | *10* ngày |

## Phân nhóm {#nhom}

| Tin | Nhóm |
| --- | --- |
| Số liệu | Được |
| Bí mật | Không |
| Thời tiết | Được |
"""
IN_ENGLISH = """
## What to do? {#nen-lam}

- [ ] Answer at once
- [ ] Set a time
- [ ] Keep silent

## Match {#ghep}

| Task | Limit |
| --- | --- |
| Answer | 24 hours |
| | 2 days |
| Report | 10 days |

## Sort {#nhom}

| News | Group |
| --- | --- |
| Figures | Yes |
| Secrets | No |
| Weather | Yes |
"""


def bodies(english: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """The bodies of the three questions after a journey through the cache, and in English."""
    files = tree(bank=QUESTIONS + BANK_OF_THREE)
    files |= {f"{BANK[:-3]}.en.md": f"# Time limits\n{english}".encode()} if english else {}
    sound, problems = check_tree(files, render_here)
    assert told(problems) == []
    found = unpack(pack(sound["ky-nang"]))
    assert found == sound["ky-nang"]
    keys = ("nen-lam", "ghep", "nhom")
    return (
        {key: found.banks[BANK][key].body for key in keys},
        {key: found.question_in(BANK, key, "en")[0].body for key in keys},
    )


def test_a_question_compiles_and_comes_back_from_the_cache_with_exact_shares_and_each_thing_offered_once() -> None:
    found, _ = bodies()
    assert found["nen-lam"].shares == (Fraction(1), Fraction(1, 3), Fraction(-1, 2))
    assert found["nen-lam"].several
    assert found["nen-lam"].options[0].html == "Trả lời <strong>ngay</strong>"
    assert found["ghep"] == Body(
        ("Việc", "Hạn"), ("Trả lời", "Báo cáo"), ("24\u00a0giờ", "2\u00a0ngày", "<em>10</em> ngày"), (0, 2)
    )
    assert found["nhom"] == Body(("Tin", "Nhóm"), ("Số liệu", "Bí mật", "Thời tiết"), ("Được", "Không"), (0, 1, 0))


def test_a_translation_brings_words_and_leaves_shares_and_pairs_as_they_are() -> None:
    found, english = bodies(IN_ENGLISH)
    assert english["nen-lam"].shares == found["nen-lam"].shares
    assert [option.html for option in english["nen-lam"].options] == ["Answer at once", "Set a time", "Keep silent"]
    assert english["ghep"].right == found["ghep"].right
    assert english["ghep"].heads == ("Task", "Limit")
    assert english["nhom"] == Body(("News", "Group"), ("Figures", "Secrets", "Weather"), ("Yes", "No"), (0, 1, 0))


@pytest.mark.parametrize(
    ("key", "was", "becomes"),
    [
        ("nen-lam", "- [ ] Keep silent\n", ""),
        ("ghep", "| Report | 10 days |\n", ""),
        ("ghep", "| | 2 days |\n", ""),
        ("ghep", "| Report | 10 days |", "| Report | 10 days |\n| | 9 days |"),
        ("ghep", "| Report | 10 days |", "| Report | 24 hours |"),
        ("ghep", "| | 2 days |\n| Report | 10 days |", "| Report | 10 days |\n| | 2 days |"),
        ("ghep", "| --- | --- |\n| Answer", "| Answer"),
        ("nhom", "| Weather | Yes |", "| Weather | No |"),
        ("nhom", "| Weather | Yes |", "| Weather | Perhaps |"),
        ("nhom", "| News | Group |\n| --- | --- |\n| Figures | Yes |\n| Secrets | No |\n| Weather | Yes |", "1. News"),
    ],
)
def test_a_translation_of_another_shape_leaves_the_original_words(key: str, was: str, becomes: str) -> None:
    assert was in IN_ENGLISH
    found, english = bodies(IN_ENGLISH.replace(was, becomes, 1))
    assert english[key] == found[key]
    assert sum(english[other] != found[other] for other in found) == 2


def test_a_table_below_a_stem_of_a_hundred_kilobytes_is_found() -> None:
    questions, wrong = read_questions(one("Rất dài. " * 11_000, "", *HEAD, "| a | x |", "| b | y |"))
    assert not wrong
    assert [question.type for question in questions] == ["match"]
