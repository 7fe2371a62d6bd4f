"""Blanks, faults and moments as text: read and written alike, every mistake told with its line, words translated."""

import re
import time
import unicodedata
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
from elearning.content.questions.gaps import placed
from elearning.content.rendering import render_here
from elearning.domain.edition import Compiled
from elearning.domain.question import Question
from elearning.domain.questions.gaps import cut, gap
from tests.content.test_banks import PROSE
from tests.content.trees import BANK, COURSE_EN, QUIZ, formatted, read_questions, source_of, tree
from tests.services.questions_written import OTHERWISE, QUESTIONS

HELP = "Write the moment as: = 14:05 22/11/2026 ± 30 phút, or a day as: = 22/11/2026 ± 1 ngày"


def one(*lines: str, attributes: str = "") -> str:
    return "\n".join(["## Câu {#a}", "", *lines, *([f"{{: {attributes} }}"] if attributes else []), ""])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (one("Có {{= }} ở đây."), ["3: A blank holds an empty answer here. Write {{= 24 }} or {{ no | =yes }}."]),
        (one("Có {{= 24 | }} ở đây."), ["3: A blank holds an empty answer here."]),
        (one("Có {{ a | = }} ở đây."), ["3: A blank holds an empty answer here."]),
        (one("Có {{}} ở đây."), ["3: A blank holds an empty answer here."]),
        (one("Có {{ a | b }}."), ["3: No option of this menu is marked right. Put = before the right one."]),
        (one("Có", "{{ =a | =b }}."), ["4: Two options of this menu are marked right. Leave = before one of them only."]),
        (one("Có {{ =a }}."), ["3: This menu has one option. Write {{= 24 }}, with = next to {{, for a typed answer."]),
        (one("Có {{ =a | a }}."), ["3: An option stands in this menu twice. Change one."]),
        (one("{{ =a" + "".join(f" | b{n}" for n in range(199)) + " }}"), ["3: A menu has 2 to 12 options; this has 200."]),
        (one("{{= " + "a" * 201 + " }}"), ["3: Shorten what stands in this blank to 200 characters."]),
        (one("{{= a | =b }}"), ["3: In a blank that is typed only the first = is written. For a menu put a blank after"]),
        (one("{{= … }}"), ["3: An answer here has neither letters nor figures, and only those are compared."]),
        (one("{{= a }} {{= b"), ["3: A blank is not closed in this line. Write it as {{= 24 }} or {{ no | =yes }},"]),
        (one("{{= a {b} }}"), ["3: A blank is not closed in this line.", ]),
        (one("{{= a", "}}"), ["3: A blank is not closed in this line."]),
        (one("| a | b |", "|---|---|", "| {{= x }} | y |", "", "Cuối."), ["5: A blank cannot stand in a table."]),
        (one("[xem {{= x }}](https://a.vn)"), ["3: A blank cannot stand in a link, a picture or a footnote."]),
        (one("[xem](https://a.vn/{{= x }})"), ["3: A blank cannot stand in a link, a picture or a footnote."]),
        (one("![{{= x }}](a.png)"), ["3: A blank cannot stand in a link, a picture or a footnote."]),
        (one("a[^1]", "", "[^1]: {{= x }}"), ["5: A blank cannot stand in a link, a picture or a footnote."]),
        (one("<https://a.vn/{{= x }}>"), ["3: A blank cannot stand in a link, a picture or a footnote."]),
        (one("Có {{= 1 }}.", "", "- [x] a", "- [ ] b"), ["5: A question with blanks takes no other answers. Delete the"]),
        (one("Có {{= 1 }}.", "", "= 2"), ["5: A question with blanks takes no other answers. Delete the boxes, = lines"]),
        ("## Có {{= 1 }}? {#a}\n\nThân.\n", ["1: A blank stands in the heading. Write it in the text below the heading."]),
        (one("Thân.", attributes="type=blanks"), ["1: A question of this type has 1 to 40 blanks {{= … }} in its text;"]),
        (one("{{= a }} " * 41), ["1: A question of this type has 1 to 40 blanks {{= … }} in its text; this has 41."]),
        (one("{{= a }}", attributes="strict=maybe"), ["4: strict= is yes or no."]),
        (one("\ue001 {{= a }}"), ["3: A character that no font knows stands here. Delete it."]),
        (one("> Có ==một==."), ["1: A text with faults has 2 to 40 marks ==…== or ==!…==; this has 1."]),
        (one("> ==!a== " * 41), ["1: A text with faults has 2 to 40 marks ==…== or ==!…==; this has 41."]),
        (one("> Có ==một== và ==hai==."), ["1: No mark is a fault. Put ! after the first == of each fault: ==!…=="]),
        (one("> Có ==!một== và ==!hai==."), ["1: Every mark is a fault. Mark sound words too: ==…==, so that one has"]),
        (one("> Có ==!một", ">", "> ==hai=="), ["3: A mark is not closed in this paragraph. Write == before its"]),
        (one("> ==!một ==hai== ba=="), ["3: A mark begins or ends with a blank, or two marks overlap here."] * 2),
        (one("> ==!một ==!hai== ba=="), ["3: A mark begins or ends with a blank, or two marks overlap here."] * 2),
        (one("> ==!một====hai=="), ["3: Marks touch here. Leave a word", "3: A mark is not closed in this paragraph."]),
        (one("> a", "> ==!== và ==hai=="), ["4: A mark holds nothing here. Write the words between its two ==."]),
        (one("> ==!xem [a](https://a.vn)== và ==hai=="), ["3: A mark cannot hold a link. Put the link outside it."]),
        (one("> [==a==](https://a.vn) và ==!hai=="), ["3: A mark cannot stand in a link, a picture or a footnote."]),
        (one("> ==a== ==!b== \ue0ff"), ["3: A character that no font knows stands here. Delete it."]),
        (one("- [x] a", "- [ ] b", attributes="type=faults"), ["5: type=faults does not fit the answers below the question"]),
        (one("= mai", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 31/02/2026", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 14:05 22/11/2026 ± -3 phút", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 14:05 22/11/2026 ± 3", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 22/11/2026 ± 1 ngày ± 1 ngày", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("=", attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 22/11/2026 " + "x" * 200, attributes="type=datetime"), [f"3: {HELP}"]),
        (one("= 22/11/2026 ± 3 giờ", attributes="type=datetime"), ["3: A day alone has a tolerance in days: ± 1 ngày."]),
        (
            one("= 22/11/2026", "= 14:05 22/11/2026", attributes="type=datetime"),
            ["1: Some of the moments have an hour and some have none. Write all alike."],
        ),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_line(text: str, wrong: list[str]) -> None:
    _, said = read_questions(text)
    assert len(said) == len(wrong), said
    assert all(line.startswith(f"{BANK}:{start}") for line, start in zip(said, wrong, strict=True)), said


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("Có {{= 24 }} giờ.",), "blanks"),
        (("Trước:", "", "1. {{= a }}", "2. b"), "blanks"),
        (("> Có {{ a | =b }}.",), "blanks"),
        (("> Có {{ a | =b }}.", "", "> Giải thích."), "blanks"),
        (("> Có ==!một== và ==hai==.",), "faults"),
        (("Thân.", "", "> ==!một== và ==hai==.", "", "> Giải thích."), "faults"),
        (("= 14:05 22/11/2026",), "short"),
        (("= 14:05 22/11/2026", "{: type=datetime }"), "datetime"),
        (("```", "{{= a }}", "```", "", "= b"), "short"),
    ],
)
def test_the_shape_names_the_type(lines: tuple[str, ...], kind: str) -> None:
    questions, wrong = read_questions(one(*lines))
    assert not wrong
    assert [question.type for question in questions] == [kind]


TYPED = st.lists(PROSE, min_size=1, max_size=3).map(lambda found: "{{= " + " | ".join(map(escaped, found)) + " }}")
MENU = st.lists(PROSE, min_size=2, max_size=4, unique=True).flatmap(
    lambda found: st.integers(0, len(found) - 1).map(
        lambda right: (
            "{{ " + " | ".join(("=" if at == right else "") + escaped(text) for at, text in enumerate(found)) + " }}"
        )
    )
)


def escaped(text: str) -> str:
    return text.replace("{", "(").replace("}", ")").replace("|", "\\|")


def blanks_lines(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    filled = draw(st.lists(st.tuples(PROSE, TYPED | MENU), min_size=1, max_size=3))
    stem = [f"{before} {blank}, rồi" for before, blank in filled]
    return stem, draw(st.sampled_from([[], ["1. Một {{= hai }}", "2. ba"], ["> Trích {{ =a | b }}"]]))


def faults_lines(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    words = draw(st.lists(st.sampled_from(["trời mưa", "*họ* sai", "24 giờ\n> sau", "a = b"]), max_size=3))
    marks = ["==!lỗi này==", "==đúng thế==", *(f"=={'!' * (at % 2)}{word}==" for at, word in enumerate(words))]
    return draw(st.lists(PROSE, max_size=1)), f"> {', '.join(draw(st.permutations(marks)))}!".split("\n")


def moment_lines(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    timed = draw(st.booleans())
    days = draw(st.lists(st.dates(), min_size=1, max_size=2).filter(lambda ds: all(1000 <= d.year < 9999 for d in ds)))
    ends = st.sampled_from(["", " ± 30 phút", " ± 2 giờ"] if timed else ["", " ± 1 ngày", " ± 2 days"])
    return [], [f"= {'14:05 ' * timed}{day:%d/%m/%Y}{draw(ends)}" for day in days]


@st.composite
def questions(draw: st.DrawFn) -> str:
    """One sound question of these types in canonical form."""
    kind = draw(st.sampled_from([blanks_lines, faults_lines, moment_lines]))
    stem, block = kind(draw)
    parts = ["\n".join([f"## {draw(PROSE).replace('{', '(').replace('}', ')')} {{#cau}}", *stem]), "\n".join(block)]
    parts += [f"> {draw(PROSE)}"] if draw(st.booleans()) else []
    attributes = "type=datetime" if kind is moment_lines else draw(st.sampled_from(["", "points=2"]))
    return "\n\n".join(part for part in parts if part) + (f"\n{{: {attributes} }}" if attributes else "") + "\n"


@given(questions())
def test_a_question_in_canonical_form_is_written_as_it_was_read(text: str) -> None:
    assert formatted(text) == text


@given(questions())
def test_a_question_in_a_lesson_is_written_as_it_was_read(text: str) -> None:
    inside = text.replace("## ", "### ", 1).replace("{#cau}", "{#cau .question}")
    inside += "" if inside.endswith("}\n") and "\n{:" in inside else "{: points=1 }\n"
    problems = Problems()
    marked = marked_questions(BANK, source_of(inside).body, problems)
    drafts = read_marked(BANK, marked, Pieces(), problems)
    assert not problems
    assert [format_question(draft) for draft in drafts] == [inside]


@given(questions())
def test_split_accents_and_windows_line_ends_read_as_the_plain_ones(text: str) -> None:
    assert formatted(unicodedata.normalize("NFD", text).replace("\n", "\r\n")) == formatted(text)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("= 2026-11-22 14:05 +- 30 phút", "= 14:05 22/11/2026 ± 30 phút"),
        ("= 14 giờ 05 ngày 22/11/2026 ±0 giờ", "= 14:05 22/11/2026"),
        ("= ngày 22 tháng 11 năm 2026 ± 2ngày", "= 22/11/2026 ± 2 ngày"),
    ],
)
def test_a_moment_is_written_in_one_form(written: str, canonical: str) -> None:
    assert formatted(one(written, attributes="type=datetime")) == one(canonical, attributes="type=datetime")


def compiled(text: str, translation: str = "") -> Compiled:
    """The course whose bank holds these questions, through the cache and back."""
    keys = "\n".join(f"- [x](banks/thoi-han.md#{line.split('{#')[1].split('}')[0]})"
                     for line in text.split("\n") if line.startswith("## "))  # fmt: skip
    files = tree(bank=f"# Ngân hàng\n\n{text}", quiz=QUIZ[: QUIZ.index("- 2 x")] + keys + "\n")
    if translation:
        files["quizzes/banks/thoi-han.en.md"] = f"# Bank\n\n{translation}".encode()
        files["courses/ky-nang/course.en.md"] = COURSE_EN.encode()
    found, problems = check_tree(files, render_here)
    assert not problems, problems
    return unpack(pack(found["ky-nang"]))


def built(text: str) -> Any:
    return next(iter(compiled(text).banks[BANK].values())).body


def in_english(text: str, translation: str) -> Question:
    return next(iter(compiled(text, translation).translations["en"].banks[BANK].values()))


def test_blanks_keep_their_place_in_paragraphs_lists_quotations_and_emphasis() -> None:
    body = built(
        one("A *{{= b }}* c", "", "- d {{ =e | f\\|g }}", "", "> h **{{= i | j }}**", "", "1. `{{= k }}`", "2. l")
    )
    assert body.html == (
        f"<p>A <em>{gap(1)}</em> c</p>\n<ul>\n<li>d {gap(2)}</li>\n</ul>\n<blockquote>\n<p>h <strong>{gap(3)}</strong></p>\n"
        f"</blockquote>\n<ol>\n<li><code>{gap(4)}</code></li>\n<li>l</li>\n</ol>"
    )
    assert [blank.accepted for blank in body.blanks] == [("b",), (), ("i", "j"), ("k",)]
    assert (body.blanks[1].options, body.blanks[1].right) == (("e", "f|g"), 0)


def test_what_stands_in_a_code_fence_is_no_blank() -> None:
    body = built(one("Có {{= a }}.", "", "```", "{{= b }}", "```"))
    assert [blank.accepted for blank in body.blanks] == [("a",)]
    assert "{{= b }}" in body.html


def test_marks_keep_their_place_and_their_emphasis() -> None:
    body = built(one("> A ==b *c*==,", "> ==!d", "> e==!", ">", "> - ==f=="))
    assert body.html == f"<p>A {gap(1)},\n{gap(2)}!</p>\n<ul>\n<li>{gap(3)}</li>\n</ul>"
    assert [(span.html, span.fault) for span in body.spans] == [("b <em>c</em>", False), ("d\ne", True), ("f", False)]


@pytest.mark.parametrize("key", QUESTIONS)
def test_what_is_right_changes_nothing_that_is_asked(key: str) -> None:
    def asked(text: str) -> list[object]:
        body = built(text)
        return [getattr(body, "html", ""), [getattr(blank, "options", ()) for blank in getattr(body, "blanks", ())],
                [span.html for span in getattr(body, "spans", ())], getattr(body, "timed", True)]  # fmt: skip

    for other in OTHERWISE[key]:
        assert other != QUESTIONS[key]
        assert built(other) != built(QUESTIONS[key])
        assert asked(other) == asked(QUESTIONS[key])


@given(st.permutations([1, 2, 3]), st.sampled_from(["", '<a title="{}">', "<p>{}"]))
def test_every_place_stands_in_the_html_once_in_rising_order_wherever_markdown_put_it(
    order: list[int], tag: str
) -> None:
    html, numbers = placed(f"<p>x{gap(order[0])}{gap(order[0])}</p>{tag.format(gap(order[1]))}{gap(order[2])}", 3)
    assert [number for _, number in cut(html)] == [1, 2, 3, 0]
    assert sorted(numbers) == [1, 2, 3]
    assert numbers[0] == order[0]
    assert all(gap(number) not in found for found in re.findall("<[^>]*>", html) for number in (1, 2, 3))


def test_citations_in_a_text_with_blanks_are_noted() -> None:
    course = compiled(one("Theo [khoản 3 Điều 7](law:nd-244-2026#7.3) là {{= 24 }} giờ."))
    assert course.banks[BANK]["a"].cites == ("nd-244-2026#7.3",)


def test_a_translation_brings_words_and_further_answers_and_never_what_is_right() -> None:
    text = one("Trong {{= 24 | hai mươi bốn }} giờ {{ a | =b }}.")
    body = in_english(text, one("Within {{= twenty-four }} hours {{ A | B }}.")).body
    assert body.html == f"<p>Within {gap(1)} hours {gap(2)}.</p>"
    assert body.blanks[0].accepted == ("twenty-four", "24", "hai mươi bốn")
    assert (body.blanks[1].options, body.blanks[1].right) == (("A", "B"), 1)
    body = in_english(one("> Có ==một== và ==!hai==."), one("> Has ==one== and ==two==.")).body
    assert [(span.html, span.fault) for span in body.spans] == [("one", False), ("two", True)]
    moment = one("= 22/11/2026 ± 2 ngày", attributes="type=datetime")
    body = in_english(moment, one("= 01/01/2020 ± 9 days")).body
    assert [(one.minutes // 1440, one.tolerance, one.unit) for one in body.accepted] == [(739942, 2, "days")]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        (one("{{= a }} {{= b }}"), one("{{= a }}")),
        (one("{{ a | =b }}"), one("{{ a | b | c }}")),
        (one("{{ a | =b }}"), one("{{= a | b }}")),
        (one("{{ a | =b }}"), one("{{ a | }}")),
        (one("> ==a== ==!b=="), one("> ==a==")),
        (one("> ==a== ==!b=="), one("- [ ] a")),
    ],
)
def test_a_translation_with_other_parts_is_not_used(text: str, translation: str) -> None:
    assert in_english(text, translation).body == built(text)


@pytest.mark.parametrize(
    "filler", ["{{= a }} ", "{{", "}}", "{{ a | ", "==", "==!a== ", "==a ", "[", "[x](", "<", "± ", "1", "\u0301", "ש"]
)
def test_a_text_of_a_hundred_thousand_characters_is_read_at_once(filler: str) -> None:
    long = filler * (100_000 // len(filler.encode()))
    began = time.process_time()
    for text in (
        one(f"x {{{{= b }}}} {long}"),
        one(f"> ==a== ==!b== {long}"),
        one(f"= 22/11/2026 {long}", attributes="type=datetime"),
    ):
        found, wrong = read_questions(text)
        assert found or wrong
    assert time.process_time() - began < 5
