"""Statement, recording, description, poll and scale as text: read and written alike, each mistake told with its line."""

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.bank_lines import marked_questions, split_bank
from elearning.content.checking import check_tree
from elearning.content.links import LinkTable
from elearning.content.packing import pack, unpack
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import built, format_question, read_marked, read_question
from elearning.content.questions import TYPES
from elearning.content.rendering import render_here
from elearning.domain.questions.rubric import Criterion, Rubric
from tests.content.test_banks import OPTIONS, PROSE, written
from tests.content.test_checking import compiled
from tests.content.trees import BANK, LESSON, formatted, read_questions, source_of, told, tree
from tests.services.questions_open import QUESTIONS

RULE = "| --- | --- | --- |"
HEADS = ("| Tiêu chí | 0 | 2 |", RULE)
ROWS = (*HEADS, "| Đúng | Sai | Đúng cả |")


def one(*lines: str, own: str = "") -> str:
    return "\n".join(["## Câu {#a}", "", *lines, *([f"{{: {own} }}"] if own else []), ""])


def text(*lines: str, own: str = "words=80-200") -> str:
    return one(*lines, own=f"type=statement {own}".strip())


def voice(own: str) -> str:
    return one(*ROWS, own=f"type=recording {own}".strip())


NO_TABLE = "Write the rubric as a table: | Criterion | 0 | 1 | 2 |"
NO_NUMBER = "is not a number of points. All heads of the rubric but the first are points, such as 0, 1 or 2,5."
WORDS = "words= is the least and the greatest number of words, up to 4000, such as 80-200."
SECONDS = "seconds= is how long the recording may last, a whole number from 5 to 900."


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (text(), [f"1: {NO_TABLE}"]),
        (text("Chỉ có thân."), [f"1: {NO_TABLE}"]),
        (text(*HEADS), [f"3: {NO_TABLE}"]),
        (text(HEADS[0], ROWS[2], RULE), [f"3: {NO_TABLE}"]),
        (text("- [ ] a", "- [ ] b"), ["5: type=statement does not fit the answers below the question."]),
        (text("| Tiêu chí | kém | 2 |", *ROWS[1:]), [f"3: “kém” {NO_NUMBER}"]),
        (text("| Tiêu chí | | 2 |", *ROWS[1:]), [f"3: “” {NO_NUMBER}"]),
        (text("| Tiêu chí | -1 | 2 |", *ROWS[1:]), [f"3: “-1” {NO_NUMBER}"]),
        (text("| Tiêu chí | 1e9 | ² |", *ROWS[1:]), [f"3: “1e9” {NO_NUMBER}", f"3: “²” {NO_NUMBER}"]),
        (text("| Tiêu chí | 2 | 2,0 |", *ROWS[1:]), ["3: Two levels of the rubric have the same points. Change one."]),
        (text("| T | 0 | 2 | 1 |", "|-|-|-|-|", "| Đúng | a | b | c |"), ["3: Put the levels in order: from the fewest"]),
        (text("| T | 2 |", "|---|---|", "| Đúng | a |"), ["3: A rubric has 2 to 10 levels, each with its points at the head"]),
        (text("| T |", "|---|", "| Đúng |"), ["3: A rubric has 2 to 10 levels"]),
        (
            text("|".join(["", "T", *map(str, range(200)), ""]), "|-" * 201 + "|", "| a " * 201 + "|"),
            ["3: A rubric has 2 to 10 levels, each with its points at the head of a column; this has 200."],
        ),
        (text(*HEADS, *[f"| {n} | a | b |" for n in range(200)]), ["3: A rubric has at most 20 criteria; this has 200."]),
        (text(*HEADS, "| Đúng | a |"), ["5: This row has 2 cells and the heads have 3. Write one cell for each;"]),
        (text(*HEADS, "| Đúng | a | b | c |"), ["5: This row has 4 cells and the heads have 3."]),
        (text(*HEADS, "| Đúng | a \\| b |"), ["5: This row has 2 cells and the heads have 3."]),
        (text(*ROWS, "  thêm"), ["6: This row has 0 cells and the heads have 3."]),
        (text(*HEADS, "| Đúng | a | |"), ["5: A cell of this row is empty. Name the criterion and describe"]),
        (text(*HEADS, "| | a | b |"), ["5: A cell of this row is empty."]),
        (text(*ROWS, ROWS[2]), ["6: This criterion stands here twice. Change one."]),
        (text(*ROWS, "", *HEADS, "| Đủ | a | b |"), ["8: Two tables meet here. Put a sentence between them;"]),
        *[(text(*ROWS, own=f"words={bad}"), [f"6: {WORDS}"]) for bad in ("80", "200-80", "0-0", "80-", "a-b", "80-9999", "²-³")],
        (text(*ROWS, own='words="80 đến 200"'), [f"6: {WORDS}"]),
        (text(*ROWS, own="words=9-8 seconds=60"), ["6: The attribute “seconds” is not known here.", f"6: {WORDS}"]),
        *[(voice(f"seconds={bad}".strip()), [f"6: {SECONDS}"]) for bad in ("4", "901", "60s", "-60", "1e2", "٦٠")],
        (voice(""), [f"6: {SECONDS}"]),
        (one("Thân.", own="type=recording seconds=60"), [f"1: {NO_TABLE}"]),
        (one(*ROWS, own="type=description"), ["3: A text that asks nothing has no answers, and these lines would be read"]),
        (one("1. a", "2. b", own="type=description"), ["3: A text that asks nothing has no answers"]),
        (one("> trích", own="type=description"), ["3: A quotation at the end is an explanation and shown only afterwards."]),
        (one("- [ ] a", "- [x] b", own="type=poll"), ["4: No answer is right or wrong here. Write [ ] instead of “- [x]”."]),
        (one("- [ ] a", "- [50%] b", own="type=poll"), ["4: No answer is right or wrong here."]),
        (one("- [ ] a", own="type=poll"), ["1: A question with boxes has 2 to 12 answers; this has 1."]),
        (one(*[f"- [ ] {n}" for n in range(200)], own="type=poll"), ["1: A question with boxes has 2 to 12 answers; this has 200."]),
        (one("- [ ] a", "- [ ]", own="type=poll"), ["4: This answer is empty. Write its text after the box."]),
        (one("- [ ] a", "- [ ] a", own="type=poll"), ["4: This answer stands here twice, first in line 3. Change one."]),
        (one("- [ ] a", "- [ ] b", own="type=poll pick=two"), ["5: pick= is one of: one, several."]),
        (one("Thân.", own="type=poll"), ["4: type=poll does not fit the answers below the question."]),
        (one("- [ ] a", "- [ ] b"), ["1: No answer is marked right. Put [x] before the right one."]),
        (one("- [x] a", "- [ ] b", own="type=likert"), ["3: No answer is right or wrong here."]),
        (one("1. a", "2. b", own="type=likert"), ["5: type=likert does not fit the answers below the question."]),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_line(source: str, wrong: list[str]) -> None:
    found = read_questions(source)[1]
    assert len(found) == len(wrong), found
    assert all(line.startswith(f"{BANK}:{start}") for line, start in zip(found, wrong, strict=True)), found


@pytest.mark.parametrize("key", QUESTIONS)
def test_each_is_read_as_its_type_and_survives_the_cache(key: str) -> None:
    kinds = {"bai-noi": "statement", "ghi-am": "recording", "loi-dan": "description", "tham-do": "poll"}
    found = compiled(
        tree(bank=QUESTIONS[key], quiz=f"---\ntitle: T\n---\n## P {{#p}}\n- [a](banks/thoi-han.md#{key})\n")
    )
    question = found.banks[BANK][key]
    assert question.type == kinds.get(key, "likert" if key.startswith("thang") else "poll")
    assert unpack(pack(found)) == found


def test_a_rubric_is_read_with_its_points_and_its_markup() -> None:
    source = text(
        "| Tiêu chí | 2.5 | 1 | 0 |", "|:--|:-:|--:|---|", "| *Đúng* | `a\\|b` | 1 \\| 2 | <b>không</b> |",
        "| Đủ | e\u0323\u0302 | שלום\u200f | 50 % |", own="words=80–200",
    )  # fmt: skip
    body = body_of(source)
    assert body.rubric == Rubric(
        (
            Criterion("<em>Đúng</em>", ("<code>a|b</code>", "1 | 2", "&lt;b&gt;không&lt;/b&gt;")),
            Criterion("Đủ", ("ệ", "שלום\u200f", "50\u00a0%")),
        ),
        (Fraction(5, 2), Fraction(1), Fraction(0)),
        "Tiêu chí",
    )
    assert (body.least, body.most) == (80, 200)
    assert body_of(text(*ROWS, own="")).most == 0


def body_of(source: str, translation: str = "") -> Any:
    """The body of the one question of a bank; or that body in the words of a translation."""
    pieces, problems = Pieces(), Problems()
    draft = read_question(BANK, split_bank(source_of(source), problems)[0], {}, pieces, problems)
    assert draft is not None, told(problems)
    kind, said = TYPES[draft.type], None
    if translation:
        said = kind.words(BANK, split_bank(source_of(translation), problems)[0], pieces)
    pieces.render(render_here, LinkTable({}, {}), problems)
    assert not told(problems)
    body = built(draft, pieces, frozenset()).body
    return kind.translated(body, said, pieces) if translation else body


def test_a_translated_rubric_brings_words_and_no_points() -> None:
    there = body_of(text(*ROWS), one("| Criterion | 7 | 9 |", RULE, "| Right | Wrong | All right |"))
    assert there.rubric == Rubric(
        (Criterion("Right", ("Wrong", "All right")),), (Fraction(0), Fraction(2)), "Criterion"
    )
    assert (there.least, there.most) == (80, 200)
    bare = body_of(voice("seconds=60"), one("| | | |", RULE, "| Right | Wrong | All right |"))
    assert (bare.rubric.head, bare.rubric.points, bare.seconds) == ("Tiêu chí", (Fraction(0), Fraction(2)), 60)


@pytest.mark.parametrize(
    "lines",
    [
        (), ("Only text.",), HEADS, ("| Right | Wrong | All right |",), (*HEADS, "| Right | Wrong |"), ("- [ ] a", "- [ ] b"),
        (*HEADS, "| Right | Wrong | All right |", "| More | a | b |"), ("| a |", "| b |", "| c |"), ("||", "||", "||"),
    ],
)  # fmt: skip
def test_a_translation_of_another_rubric_is_not_used(lines: tuple[str, ...]) -> None:
    assert body_of(text(*ROWS), one(*lines)) is None


def test_options_and_steps_are_translated_and_a_text_has_nothing_more_to_translate() -> None:
    boxes, more = ("- [ ] a", "- [ ] b"), ("- [ ] x", "- [ ] y", "- [ ] z")
    poll = body_of(one(*boxes, own="type=poll pick=several"), one("- [ ] one", "- [x] two"))
    assert ([option.html for option in poll.options], poll.several) == (["one", "two"], True)
    assert body_of(one(*boxes, own="type=poll"), one(*more)) is None
    steps = body_of(one(*boxes, own="type=likert"), one("- [ ] one", "- [ ] two"))
    assert [step.html for step in steps.steps] == ["one", "two"]
    assert body_of(one(own="type=likert"), one("How far?")) == body_of(one(own="type=likert"))
    assert body_of(one(own="type=likert"), one(*boxes)) is None
    assert body_of(one("Thân.", own="type=description"), one("Text.")) == body_of(one(own="type=description"))


CELL = PROSE.map(lambda words: words.replace("|", "\\|"))
POINTS = st.sampled_from([("0", "1"), ("2,5", "0"), ("0", "0,25", "100"), ("3", "2", "1", "0,5")])


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[str], str]:
    """An answer block in canonical form, and the attributes of its type."""
    kind = draw(st.sampled_from(["statement", "recording", "description", "poll", "likert"]))
    if kind in ("statement", "recording"):
        points = draw(POINTS)
        names = draw(st.lists(CELL, min_size=1, max_size=4, unique=True))
        rows = [[name, *(draw(CELL) for _ in points)] for name in names]
        lines = [[draw(CELL), *points], ["---"] * (len(points) + 1), *rows]
        own = draw(st.sampled_from(["words=0-9", 'words="80 - 200"', ""])) if kind == "statement" else "seconds=60"
        return ["| " + " | ".join(cells) + " |" for cells in lines], f"type={kind} {own}".strip()
    if kind == "description" or (kind == "likert" and draw(st.booleans())):
        return [], f"type={kind}"
    own = draw(st.sampled_from(["", "pick=one", "pick=several"])) if kind == "poll" else ""
    return [line for option in draw(OPTIONS) for line in written("- [ ]", option)], f"type={kind} {own}".strip()


@given(answers(), st.lists(PROSE, max_size=2), st.lists(PROSE, max_size=2))
def test_what_is_in_canonical_form_is_written_as_it_was_read_in_a_bank_and_in_a_lesson(
    answer: tuple[list[str], str], stem: list[str], explanation: list[str]
) -> None:
    block, own = answer
    quoted = [] if "description" in own else [f"> {line}" for line in explanation]
    parts = ["\n".join(["## Câu {#a}", *stem]), "\n".join(block), "\n".join(quoted)]
    source = "\n\n".join(part for part in parts if part) + f"\n{{: points=2 {own} }}\n"
    assert formatted(source) == source
    lesson, problems = source.replace("## Câu {#a}", "### Câu {#a .question}"), Problems()
    found = marked_questions(BANK, source_of(f"Trước.\n\n{lesson}\nSau.\n").body, problems)
    assert [format_question(draft) for draft in read_marked(BANK, found, Pieces(), problems)] == [lesson]
    assert not problems


@given(answers())
def test_what_was_written_loosely_is_read_as_the_same_question(answer: tuple[list[str], str]) -> None:
    block, own = answer
    source = one(*block, own=own)
    loose = source.replace("| --- ", "|:-:").replace("- [ ]", "*  [ ]")
    loose = "\ufeff" + unicodedata.normalize("NFD", loose).replace("\n", "\r\n")
    assert formatted(loose) == formatted(source)


def test_none_may_stand_in_a_lesson_where_nobody_judges_it() -> None:
    marked = [source.replace("## ", "### ", 1).replace("}\n", " .question}\n", 1) for source in QUESTIONS.values()]
    _, problems = check_tree(tree(lesson=LESSON + "\n" + "\n".join(marked)), render_here)
    refused = "Only questions that are judged by rule can stand in a lesson. Put this one into a quiz."
    assert [problem.message.plain() for problem in problems] == [refused] * len(QUESTIONS)


def test_a_stem_of_a_hundred_thousand_letters_is_read() -> None:
    body = "\n\n".join(["Đê vỡ lúc nửa đêm. " * 50] * 100)
    questions, wrong = read_questions(text(body, "", *ROWS))
    assert not wrong
    assert questions[0].type == "statement"
