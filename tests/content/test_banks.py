"""A bank: cut into questions and parts with nothing lost; every mistake told with its line; read and written alike."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.bank_lines import heading_of, items_of, quote_text, split_bank
from elearning.content.problems import Problems
from elearning.content.text import Line, joined, lines_digest
from tests.content.trees import BANK, QUESTIONS, formatted, read_questions, source_of

LINES = st.lists(
    st.sampled_from(
        [
            "## Câu {#a}", "## Khác", "### Nhỏ", "Thân", "", " ", "- [ ] sai", "- [x] đúng {.keep}", "  > vì", "  thêm", "  ```",
            "```", "1. một", "2) hai", "= 24", "= chữ", "> giải", "> x ==y==", ">", "| a | b |", "- thường", "{: points=1 }", "==",
        ]
    ),
    max_size=16,
)  # fmt: skip


@given(LINES)
def test_the_parts_of_all_questions_joined_are_the_lines_of_the_bank_again(lines: list[str]) -> None:
    source = source_of("\n".join(["# Ngân hàng", *lines]))
    kept: list[Line] = []
    for question in split_bank(source, Problems()):
        parts = [question.heading, *question.stem, *question.answer, *question.explanation]
        if question.attributes_line != question.heading.number:
            parts.append(next(line for line in question.lines if line.number == question.attributes_line))
        assert [line for line in question.lines if not line.blank] == [line for line in parts if not line.blank]
        kept.extend(question.lines)
    first = kept[0].number if kept else 10**6
    assert [line for line in source.body if line.number >= first and not line.blank] == [x for x in kept if not x.blank]


@given(LINES)
def test_no_bank_breaks_the_reader_and_what_is_left_out_is_explained(lines: list[str]) -> None:
    questions, wrong = read_questions("\n".join(["# Ngân hàng", *lines]))
    assert questions or wrong
    assert all(line.startswith(f"{BANK}:") for line in wrong)


def test_a_question_is_read_from_its_end() -> None:
    text = """## Câu hỏi {#khoa}
Thân bài

- danh sách thường

> trích dẫn ở thân

- [ ] Sai
  > Vì sai.
  >
  > Thật đấy.

- [x] Đúng
  dòng hai {.keep}

> Giải thích
> hai dòng
{: points=2 }
"""
    question = split_bank(source_of(text), Problems())[0]
    assert joined(question.stem) == "Thân bài\n\n- danh sách thường\n\n> trích dẫn ở thân"
    assert quote_text(question.explanation) == "Giải thích\nhai dòng"
    assert (question.words, question.key, question.shape) == ("Câu hỏi", "khoa", "boxes")
    wrong, right = items_of(question)
    assert (wrong.line, wrong.mark, wrong.text, wrong.feedback, wrong.keep) == (
        8,
        "- [ ]",
        "Sai",
        "Vì sai.\n\nThật đấy.",
        False,
    )
    assert (right.line, right.mark, right.text, right.feedback, right.keep) == (13, "- [x]", "Đúng\ndòng hai", "", True)


def test_a_quotation_with_marked_words_is_an_answer_and_no_explanation() -> None:
    text = "## Câu {#a}\n\n- [x] a\n- [ ] b\n\n> Một ==lỗi== ở đây.\n"
    question = split_bank(source_of(text), Problems())[0]
    assert (question.shape, question.explanation) == ("quote", ())
    assert joined(question.answer) == "> Một ==lỗi== ở đây."


def test_feedback_goes_on_to_the_next_answer_even_where_its_mark_was_forgotten() -> None:
    text = "## Câu {#a}\n\n- [x] a\n  > Vì thế,\n  và thế nữa.\n- [ ] b\n"
    first, second = items_of(split_bank(source_of(text), Problems())[0])
    assert (first.text, first.feedback) == ("a", "Vì thế,\nvà thế nữa.")
    assert (second.text, second.feedback) == ("b", "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("## Hạn {#a}", (2, "Hạn {#a}")), ("# Tên ##", (1, "Tên")), ("## C#", (2, "C#")), ("##  Hạn  # ", (2, "Hạn")),
        ("##Hạn", None), ("## ", None), (" ## Hạn", None), ("####### bảy", None), ("## ##", (2, "##")),
    ],
)  # fmt: skip
def test_headings_are_known_by_their_marks(line: str, found: object) -> None:
    assert heading_of(Line(1, line)) == found
    assert heading_of(Line(1, line, code=True)) is None


def test_a_heading_inside_code_opens_no_question() -> None:
    text = "## Một {#a}\n\n```\n## Không phải {#b}\n```\n\n- [x] a\n- [ ] b\n"
    questions, wrong = read_questions(text)
    assert not wrong
    assert [question.text.key for question in questions] == ["a"]


@pytest.mark.parametrize("filler", [" ", "#", "# ", "{", "{:", "a", '="', "=a ", "[", "|", "> ", "- [", "\t"])
def test_a_line_made_to_take_long_is_read_at_once(filler: str) -> None:
    size = 20_000 // len(filler)
    began = time.process_time()
    for start in ("## a", "{: a", "= 1", "- [ ] a", "1. a", "| a", "## a {"):
        read_questions(
            f"## Câu {{#a}}\n\n{start}{filler * size}b\n{start}{filler * size}b\n\n{start}{filler * size}}}\n"
        )
    assert time.process_time() - began < 5


def one(*lines: str, key: str = "{#a}") -> str:
    return "\n".join([f"## Câu {key}", "", *lines, ""])


BOXES = ("- [x] Đúng", "- [ ] Sai")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# Chỉ có tên\n", ["1: The bank holds no questions. Begin each with a line: ## Question {#key}"]),
        (one(*BOXES, key=""), ["1: The question has no key. Put one at the end of its heading: {#han-24-gio}"]),
        (one(*BOXES, key="{#Hạn}"), ["1: The key “Hạn” may hold only small letters a–z, digits and single dashes."]),
        (one(*BOXES) + one(*BOXES), ["5: The key “a” stands here twice, first in line 1. Change one."]),
        (
            one(*BOXES, "", "# Tên"),
            ["6: A line with a single # is the title of the file", "1: No answers follow this question."],
        ),
        (
            one("Chỉ có thân."),
            ["1: No answers follow this question. Write boxes, lines = answer, a numbered list or a table;"],
        ),
        (one("- [ ] a", "- [ ] b"), ["1: No answer is marked right. Put [x] before the right one."]),
        (one("- [x] a"), ["1: A question with boxes has 2 to 12 answers; this has 1."]),
        (one(*[f"- [ ] {n}" for n in range(13)]), ["1: A question with boxes has 2 to 12 answers; this has 13."]),
        (one("- [x] a", "- [y] b"), ["4: Write [x] for a right answer and [ ] for a wrong one; “- [y]” is neither."]),
        (one("- [x] a", "- [ ]"), ["4: This answer is empty. Write its text after the box."]),
        (one("- [x] a", "  > vì", "- [ ] a"), ["5: This answer stands here twice, first in line 3. Change one."]),
        (
            one("- [x] a", "- [x] b", "{: type=one }"),
            ["1: Two answers are marked right, but type=one. Take one [x] away, or the type."],
        ),
        (
            one("- [ ] a", "- [ ] b", "{: type=several }"),
            ["1: No answer is marked right. Put [x] before each right one."],
        ),
        (one("- [x] a", "- [x] b", "{: credit=half }"), ["5: credit= is one of: right-minus-wrong, each, all."]),
        (one(*BOXES, "{: credit=all }"), ["5: The attribute “credit” is not known here. Known are:"]),
        (one("= a", "="), ["4: Nothing stands after the =. Write an accepted answer, or delete the line."]),
        (one("= a", "= " + "b" * 501), ["4: Shorten the accepted answer to 500 characters."]),
        (one("= a", "{: strict=maybe }"), ["4: strict= is yes or no."]),
        (one("= 24 giờ", "= 2 ngày"), ["1: The accepted numbers have different units. Use one unit."]),
        (one("= 1.2.3 giờ"), ["3: Write the number as: = 24 ± 0 unit"]),
        (one("= chữ", "{: type=number }"), ["3: Write the number as: = 24 ± 0 unit"]),
        (one("1. a", "2. b"), ["1: A question of order has 3 to 12 items; this has 2."]),
        (one("1. a", "2. b", "3. a"), ["5: This item stands here twice: both orders would be right. Change one."]),
        (one(*BOXES, "{: type=order }"), ["5: type=order does not fit the answers below the question."]),
        (one(*BOXES, "{: type=essay }"), ["5: type= is one of: "]),
        (
            one(*BOXES, "{: diff=1 }"),
            ["5: The attribute “diff” is not known here. Known are: basis, difficulty, facts,"],
        ),
        (one(*BOXES, "{: tag=a tag=b }"), ["5: The attribute “tag” stands here twice. Delete one."]),
        (one(*BOXES, "{: tag a }"), ['5: “tag a” cannot be read. Write name=value, or name="two words".']),
        (one(*BOXES, "{: points=0 }"), ["5: points= is a number above 0 and up to 100."]),
        (one(*BOXES, "{: points=1/0 }"), ["5: points= is a number above 0 and up to 100."]),
        (one(*BOXES, "{: points=1e999999999 }"), ["5: points= is a number above 0 and up to 100."]),
        (one(*BOXES, "{: difficulty=6 }"), ["5: difficulty= is a number from 1 to 5."]),
        (
            one(*BOXES, "{: basis=Điều-7 }"),
            ["5: basis= is written as key#article.clause.point, such as nd-244-2026#7.3."],
        ),
    ],
)
def test_every_mistake_in_a_bank_is_told_with_its_line(text: str, wrong: list[str]) -> None:
    _, told = read_questions(text)
    assert len(told) == len(wrong)
    assert all(line.startswith(f"{BANK}:{start}") for line, start in zip(told, wrong, strict=True))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (BOXES, "one"),
        (("- [X] a", "- [x] b"), "several"),
        (("- [x] a", "- [ ] b", "{: type=several }"), "several"),
        (("= Người đứng đầu",), "short"),
        (("= 24", "= hai mươi bốn"), "short"),
        (("= 24 ± 0,5 giờ",), "number"),
        (("= 24 +- 1",), "number"),
        (("= 1.482.000 đồng", "= 2.000 ± 10 đồng"), "number"),
        (("= 24", "{: type=short }"), "short"),
        (("1. a", "2) b", "3. c"), "order"),
    ],
)
def test_the_shape_of_the_answers_names_the_type(lines: tuple[str, ...], kind: str) -> None:
    questions, wrong = read_questions(one(*lines))
    assert not wrong
    assert [question.type for question in questions] == [kind]


def test_defaults_of_the_bank_hold_where_a_question_says_nothing() -> None:
    text = (
        "---\ntag: [thoi-han, chung]\npoints: 2\n---\n"
        + one(*BOXES)
        + one(*BOXES, "{: points=3 }").replace("{#a}", "{#b}")
    )
    questions, wrong = read_questions(text)
    assert not wrong
    assert [q.points for q in questions] == [2, 3]
    assert {q.tags for q in questions} == {("thoi-han", "chung")}


def test_a_question_has_the_same_digest_whatever_wrote_its_bytes_and_another_when_a_word_changes() -> None:
    def digests(text: str) -> list[str]:
        return [lines_digest(question.lines) for question in split_bank(source_of(text), Problems())]

    plain = digests(QUESTIONS)
    assert len(set(plain)) == 5
    assert digests(unicodedata.normalize("NFD", QUESTIONS).replace("\n", " \r\n")) == plain
    changed = digests(QUESTIONS.replace("Khi xảy ra", "Khi xẩy ra"))
    assert [one == other for one, other in zip(plain, changed, strict=True)] == [False, True, True, True, True]


def test_a_bank_with_a_mark_at_its_head_windows_line_ends_and_split_accents_reads_as_the_plain_one() -> None:
    odd = "\ufeff" + unicodedata.normalize("NFD", QUESTIONS).replace("\n", "\r\n")
    assert formatted(odd) == formatted(QUESTIONS)


# Words that begin no list, quotation, heading or fence, with marks of Markdown inside.
START = st.sampled_from(["Khi", "đường", "Y tế", "«Luật»", "(hai)", "“Ba”", "Ơn", "C#"])
REST = st.sampled_from(
    ["tiếp nhận", "24 giờ", "*nghiêng*", "`mã`", "a < b & c", "{1, 2}", "= 3", "- x", "> y", "50 %", "|"]
)
PROSE = st.builds(lambda first, more: " ".join([first, *more]), START, st.lists(REST, max_size=3))
FEEDBACK = st.lists(PROSE, max_size=2).map("\n".join)
OPTIONS = st.lists(st.tuples(PROSE, st.lists(PROSE, max_size=1), FEEDBACK, st.booleans()), min_size=3, max_size=5,
                   unique_by=lambda option: (option[0], *option[1]))  # fmt: skip


def written(mark: str, option: tuple[str, list[str], str, bool]) -> list[str]:
    first, more, feedback, keep = option
    lines = [f"{mark} {first}", *(f"  {line}" for line in more)]
    lines[-1] += " {.keep}" if keep else ""
    return lines + [f"  > {line}" for line in feedback.split("\n") if line]


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[str], dict[str, str]]:
    """The answer block of one question of any type, and the attributes that belong to the type."""
    kind = draw(st.sampled_from(["one", "several", "short", "number", "order"]))
    if kind == "number":
        unit = draw(st.sampled_from(["", " giờ", " %", " ngày làm việc"]))
        values = draw(st.lists(st.tuples(st.integers(-9999, 9999), st.integers(0, 99)), min_size=1, max_size=2))
        shown = [f"= {whole},{part:02d}".rstrip("0").rstrip(",") + f" ± {part}{unit}" for whole, part in values]
        return shown, {}
    if kind == "short":
        accepted = draw(st.lists(PROSE, min_size=1, max_size=3))
        return [f"= {text}" for text in accepted], draw(st.sampled_from([{}, {"strict": "yes"}]))
    options = draw(OPTIONS)
    if kind == "order":
        return [line for place, option in enumerate(options, 1) for line in written(f"{place}.", option)], {}
    right = {0} if kind == "one" else set(range(draw(st.integers(1, 3))))
    block = [line for at, option in enumerate(options) for line in written("- [x]" if at in right else "- [ ]", option)]
    several = {"type": "several", "credit": draw(st.sampled_from(["each", "all"]))}
    return block, several if kind == "several" else {}


ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "points": st.sampled_from(["1", "2,5", "1/3"]), "difficulty": st.sampled_from("12345"),
        "tag": st.sampled_from(["han", '"han nguoi"']), "facts": st.just("A26"),
        "basis": st.sampled_from(["nd-244-2026#7.3", '"nd-244-2026#7.3 nd-09-2017"']), "objective": st.just("tinh-han"),
    },
)  # fmt: skip


@st.composite
def banks(draw: st.DrawFn) -> str:
    """A bank of one to three sound questions in canonical form."""
    questions = []
    for place in range(draw(st.integers(1, 3))):
        block, own = draw(answers())
        stem = draw(st.lists(PROSE, max_size=2))
        explanation = draw(st.lists(PROSE, max_size=2))
        attributes = " ".join(f"{name}={value}" for name, value in {**draw(ATTRIBUTES), **own}.items())
        parts = ["\n".join([f"## {draw(PROSE)} {{#cau-{place}}}", *stem]), "\n".join(block)]
        parts += ["\n".join(f"> {line}" for line in explanation)] if explanation else []
        questions.append("\n\n".join(parts) + (f"\n{{: {attributes} }}" if attributes else "") + "\n")
    return "\n".join(questions)


@given(banks())
def test_a_bank_in_canonical_form_is_written_as_it_was_read(text: str) -> None:
    assert formatted(text) == text


@given(banks(), st.sampled_from(["\n\n", " \n", "\n"]), st.booleans())
def test_what_was_written_is_read_as_the_same_questions(text: str, ends: str, stars: bool) -> None:
    loose = text.replace("\n", ends) if ends != "\n\n" else text.replace("\n\n", "\n\n\n")
    loose = loose.replace("- [x]", "* [X]").replace("- [ ]", "* [ ]") if stars else loose
    before, wrong = read_questions(loose)
    after, still_wrong = read_questions(formatted(loose))
    assert not wrong
    assert not still_wrong
    for one_, other in zip(before, after, strict=True):
        assert (one_.type, one_.points, one_.tags, one_.basis) == (other.type, other.points, other.tags, other.basis)
        assert (one_.text.words, joined(one_.text.stem).split()) == (other.text.words, joined(other.text.stem).split())
        assert quote_text(one_.text.explanation).split() == quote_text(other.text.explanation).split()
        if one_.text.shape in ("boxes", "numbered"):
            assert [(i.text, i.feedback, i.keep) for i in items_of(one_.text)] == [
                (i.text, i.feedback, i.keep) for i in items_of(other.text)
            ]
        if one_.type in ("number", "short"):
            assert one_.body == other.body
