"""What goes out is read by readers that are not ours: the shipped banks by a parser of GIFT, one of Moodle XML, and a converter of
QTI 3.0 to QTI 2.1.
"""

import gc
import re
import warnings
import zipfile
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from moodle_xml_parser.parser import parse_string
from qti_convert import downgrade_package_files

from elearning.content.plain_markdown import plain_html
from elearning.domain.written import Choices, WrittenQuestion
from elearning.exchange.questions import FORMATS
from elearning.exchange.questions.exported import Exported
from elearning.exchange.zipped import write_zip
from tests.exchange.questions.losing import BANKS, compared, questions_of

with warnings.catch_warnings():
    # When it is imported for the first time it writes down its tables, and leaves the file open to the collector.
    warnings.simplefilter("ignore", ResourceWarning)
    from pygiftparser.parser import parse

    gc.collect()

SHIPPED = pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
KINDS = {
    "one": "MultipleChoiceRadio", "several": "MultipleChoiceCheckbox", "match": "Matching", "sort": "Matching", "order": "Matching",
    "short": "Short", "datetime": "Short", "number": "Numerical",
}  # fmt: skip


def in_gift(question: WrittenQuestion) -> Exported:
    # To this parser a feedback ends at an equals sign that a backslash protects; to Moodle it does not.
    said = "" if "=" in question.explanation else question.explanation
    return FORMATS["gift"].write([replace(question, explanation=said)], plain_html)


def of_choices(path: Path) -> list[tuple[WrittenQuestion, Choices]]:
    return [(one, one.body) for one in questions_of(path) if one.type in ("one", "several", "graded")]


def bare(text: str) -> str:
    """Words alone, whatever protects or formats them."""
    return re.sub(r"\W+", " ", re.sub(r"<[^>]*>", " ", text.replace("[markdown]", ""))).strip()


@SHIPPED
def test_a_parser_of_gift_sees_the_same_kinds_of_questions(path: Path) -> None:
    said = [(one, in_gift(one)) for one in questions_of(path) if one.type in KINDS]
    for question, made in said:
        if not any(one.part == "all" for one in made.unsaid):
            found = parse(made.data.decode()).questions
            assert [type(one.answer).__name__ for one in found] == [KINDS[question.type]], question.key


@SHIPPED
def test_a_parser_of_gift_sees_the_same_answers_with_the_same_weights(path: Path) -> None:
    for question, body in of_choices(path):
        # It takes several answers that are right for a mistake where one is chosen; Moodle does not.
        if not body.several and question.type != "several" and sum(one.share == 1 for one in body.options) > 1:
            continue
        found = parse(in_gift(question).data.decode()).questions[0].answer.options
        assert [bare(re.sub(r"^%[-\d.]+%", "", one.text)) for one in found] == [bare(one.text) for one in body.options]
        right = [one.percentage > 0 or bool(re.match(r"%\d", one.text)) for one in found]
        assert right == [one.share > 0 for one in body.options], question.key


@SHIPPED
def test_a_parser_of_moodle_xml_sees_the_same_answers_with_the_same_weights(path: Path) -> None:
    asked = of_choices(path)
    found = parse_string(FORMATS["moodle_xml"].write([one for one, _ in asked], plain_html).data.decode())[
        "multichoice"
    ]
    assert [one.default_grade for one in found] == [float(one.points) for one, _ in asked]
    for (question, body), there in zip(asked, found, strict=True):
        assert there.single == (question.type == "one" or (question.type == "graded" and not body.several))
        assert [bare(one.answer) for one in there.options] == [bare(plain_html(one.text)) for one in body.options]
        if question.type != "several":
            shares = [Fraction(one.score_fraction / 100).limit_denominator(100) for one in there.options]
            assert shares == [one.share for one in body.options], question.key


@SHIPPED
def test_a_parser_of_moodle_xml_sees_each_blank(path: Path) -> None:
    asked = [one for one in questions_of(path) if one.type == "blanks"]
    found = parse_string(FORMATS["moodle_xml"].write(asked, plain_html).data.decode())["cloze"]
    assert [len(one.gaps) for one in found] == [len(one.body.blanks) for one in asked]


@SHIPPED
def test_a_package_of_qti_3_that_another_turned_into_qti_2_holds_the_same_questions(path: Path) -> None:
    asked = questions_of(path)
    made = FORMATS["qti"].write(asked, plain_html)
    with zipfile.ZipFile(BytesIO(made.data)) as archive:
        older = downgrade_package_files({name: archive.read(name) for name in archive.namelist()})
    assert older.warnings == []
    texts = {name: data if isinstance(data, bytes) else data.encode() for name, data in older.files.items()}
    assert sum(b"imsqti_v2p1" in text and b"<assessmentItem" in text for text in texts.values()) == len(asked)
    items = list(FORMATS["qti"].read(BytesIO(write_zip(texts))))
    assert compared(asked, made, [item.question for item in items if item.question]) == []
