"""What docs/formats.md says cannot be said at export is what each format lists, no more and no less."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from elearning.content.plain_markdown import plain_html
from elearning.domain.questions import datetime, number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import gap
from elearning.domain.written import (
    Blanks,
    Choice,
    Choices,
    Criterion,
    Faults,
    Mark,
    Medium,
    Nothing,
    Pair,
    Pairs,
    Recording,
    Rubric,
    Statement,
    WrittenQuestion,
)
from elearning.exchange.questions import FORMATS

DOCS = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")
RIGHT, WRONG = Choice("A", Fraction(1)), Choice("B")
ONE = WrittenQuestion("k", "one", "Ai nói?", Choices((RIGHT, WRONG)))
SEVERAL = replace(ONE, type="several", body=Choices((RIGHT, replace(RIGHT, text="C"), WRONG)))
GRADED = replace(ONE, type="graded", body=Choices((RIGHT, replace(WRONG, share=Fraction(1, 3)))))
SHORT = replace(ONE, type="short", body=short.Body(("văn bản",)))
NUMBER = replace(ONE, type="number", body=number.Body((number.Accepted(Fraction(24), Fraction(1, 2)),)))
RUBRIC = Rubric("Tiêu chí", (Fraction(0), Fraction(2)), (Criterion("Đúng", ("Sai", "Đủ")),))
PAIRS = Pairs(("Việc", "Hạn"), (Pair("a", "1"), Pair("b", "2")))
TYPED = Blank(accepted=("24",))
STATEMENT = replace(ONE, type="statement", body=Statement(RUBRIC))
RECORDING = replace(ONE, type="recording", body=Recording(RUBRIC, 90))
# Label of the row; a question for each of its parts; what GIFT, Moodle XML and QTI list of each; the three cells of the row.
ROWS: list[tuple[str, list[WrittenQuestion], list[tuple[str, str, str]], tuple[str, str, str]]] = [
    ("points", [replace(ONE, points=Fraction(2))], [("points", "", "")], ("no", "yes", "yes")),
    ("difficulty, objective, facts, basis, tags",
     [replace(ONE, difficulty=2, objective="x", facts=("A26",), basis=("nd-244-2026#7",), tags=("t",))], [("", "", "")],
     ("as tags", "as tags", "as keywords")),
    ("hints, what a further try costs", [replace(ONE, hints=("Xem.",)), replace(ONE, penalty=Fraction(0))],
     [("hints", "", "hints"), ("penalty", "", "penalty")], ("no", "yes", "no")),
    ("answers that stay in their place", [replace(ONE, body=Choices((RIGHT, replace(WRONG, keep=True))))], [("keep", "keep", "")],
     ("no", "all or none", "yes")),
    ("one choice, several choices, graded choices", [ONE, SEVERAL, GRADED], [("", "", "")] * 3, ("yes", "yes", "yes")),
    ("`credit=all` and `credit=each`",
     [replace(SEVERAL, body=replace(SEVERAL.body, credit="all")), replace(SEVERAL, body=replace(SEVERAL.body, credit="each"))],
     [("credit", "credit", ""), ("credit", "credit", "credit")], ("no", "no", "`all`")),
    ("short text; `strict`", [SHORT, replace(SHORT, body=short.Body(("văn bản",), True))], [("", "", ""), ("strict", "", "")],
     ("yes; no", "yes", "yes")),
    ("number; its unit", [NUMBER, replace(NUMBER, body=replace(NUMBER.body, unit="giờ"))], [("", "", ""), ("unit", "", "unit")],
     ("yes; no", "yes", "yes; no")),
    ("moment", [replace(ONE, type="datetime", body=datetime.Body((datetime.Accepted(1_064_000_000),)))], [("type", "type", "type")],
     ("as short text", "as short text", "as short text")),
    ("order", [replace(ONE, type="order", body=Choices((RIGHT, WRONG, replace(WRONG, text="C"))))], [("type", "", "")], ("as pairs", "yes", "yes")),
    ("match, groups; headings of the table", [replace(ONE, type="match", body=PAIRS)], [("heads", "heads", "heads")], ("yes; no", "yes; no", "yes; no")),
    ("blanks",
     [replace(ONE, type="blanks", body=Blanks(f"Hạn {gap(1)} giờ.", (TYPED,))),
      replace(ONE, type="blanks", body=Blanks(f"Hạn {gap(1)} giờ, {gap(2)} phút.", (TYPED, TYPED)))], [("", "", ""), ("all", "", "")],
     ("one, with words behind it", "yes", "yes")),
    ("faults", [replace(ONE, type="faults", body=Faults(f"{gap(1)} và {gap(2)}", (Mark("a", True), Mark("b", False))))], [("all", "all", "")],
     ("no", "no", "yes")),
    ("statement; rubric; limits", [STATEMENT, replace(STATEMENT, body=Statement(RUBRIC, 80, 200))],
     [("rubric", "", ""), ("rubric limits", "", "limits")], ("yes; no; no", "yes", "yes; yes; no")),
    ("recording; rubric; seconds", [RECORDING], [("all", "rubric", "seconds")], ("no", "yes; no; yes", "yes; yes; no")),
    ("description", [replace(ONE, type="description", body=Nothing())], [("", "", "")], ("yes", "yes", "yes")),
    ("poll, scale", [replace(ONE, type="poll", body=Choices((WRONG, replace(WRONG, text="C")))), replace(ONE, type="likert", body=Choices(()))],
     [("all", "all", ""), ("all", "all", "type")], ("no", "no", "yes; as poll")),
    ("pictures and recordings", [replace(ONE, stem="![x](media/x.png)", media=(Medium("media/x.png", b"x"),))], [("media", "", "")],
     ("no", "yes", "yes")),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_of_the_table_is_what_the_formats_list(
    row: tuple[str, list[WrittenQuestion], list[tuple[str, str, str]], tuple[str, str, str]],
) -> None:
    label, questions, losses, cells = row
    for question, lost in zip(questions, losses, strict=True):
        for name, parts in zip(("gift", "moodle_xml", "qti"), lost, strict=True):
            made = FORMATS[name].write([question], plain_html)
            assert " ".join(one.part for one in made.unsaid) == parts, name
            assert all(one.key == "k" and one.said.plain() for one in made.unsaid)
    assert f"| {label} | {' | '.join(cells)} |" in DOCS


def test_the_table_has_no_other_rows() -> None:
    section = DOCS.split("## What cannot be said at export")[-1]
    assert sum(line.startswith("| ") for line in section.split("\n")) == len(ROWS) + 1


def test_a_single_blank_behind_a_question_mark_becomes_short_text_in_qti_and_that_is_listed() -> None:
    asked = replace(ONE, type="blanks", body=Blanks(f"Bao nhiêu giờ? {gap(1)}", (TYPED,)))
    made = FORMATS["qti"].write([asked], plain_html)
    (item,) = FORMATS["qti"].read(BytesIO(made.data))
    assert item.question is not None
    assert [one.part for one in made.unsaid] == ["type"]
    assert (item.question.type, item.question.body) == ("short", short.Body(("24",)))
