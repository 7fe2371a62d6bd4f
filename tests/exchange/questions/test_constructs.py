"""Each construct of each format becomes what docs/formats.md says; its tables are made of these rows."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from elearning.content.writing import fits, write
from elearning.domain.taking_in import Item, counted
from elearning.exchange.questions import FORMATS
from tests.exchange.questions.constructs import aiken, docx, gift, moodle_xml, qti, xlsx
from tests.exchange.questions.constructs.row import Row, table
from tests.exchange.questions.samples import SAMPLES

DOCS = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")
TABLES = {
    "docx": docx.ROWS,
    "xlsx": xlsx.ROWS,
    "aiken": aiken.ROWS,
    "gift": gift.ROWS,
    "moodle_xml": moodle_xml.ROWS,
    "qti": qti.ROWS,
}
DEGREES = {"kept": "whole", "in part": "part", "refused": "not", "beside": "whole"}


def read(name: str, source: str | bytes) -> list[Item]:
    return list(FORMATS[name].read(BytesIO(source if isinstance(source, bytes) else source.encode())))


@pytest.mark.parametrize(
    ("name", "row"),
    [(name, row) for name, rows in TABLES.items() for row in rows],
    ids=lambda one: getattr(one, "construct", one),
)
def test_a_construct_becomes_what_the_table_says(name: str, row: Row) -> None:
    items = read(name, row.source)
    assert items
    told = next((item for item in items if item.degree == DEGREES[row.outcome]), None)
    assert told is not None, [(item.degree, [note.plain() for note in item.notes]) for item in items]
    assert [item for item in items if item.degree not in (DEGREES[row.outcome], "whole")] == []
    text = "\n".join(write(item.question) for item in items if item.question)
    assert [part for part in row.want if part not in text] == [], text
    assert not row.unwanted or row.unwanted not in text
    assert row.note in "\n".join(note.plain() for note in told.notes)
    assert told.question is None or row.outcome not in ("refused", "beside")
    assert told.question is not None or row.outcome not in ("kept", "in part") or len(items) > 1
    assert [medium.path for item in items if item.question for medium in item.question.media] == list(row.media)
    assert [problem.plain() for item in items if item.question for problem in fits(item.question)] == []


@pytest.mark.parametrize("name", TABLES)
def test_the_table_in_the_documentation_is_made_of_these_rows(name: str) -> None:
    assert table(TABLES[name]) in DOCS


@pytest.mark.parametrize("name", TABLES)
def test_no_construct_stands_in_a_table_twice(name: str) -> None:
    constructs = [row.construct for row in TABLES[name]]
    assert len(set(constructs)) == len(constructs)


def numbers() -> str:
    """What is understood of the sample files, as docs/formats.md holds it."""
    lines = ["| sample | questions | understood | in part | not |", "|---|---|---|---|---|"]
    for name, sample in SAMPLES.items():
        counts = counted(read(name, sample()))
        whole = counts.whole + counts.part + counts.refused
        lines.append(f"| {FORMATS[name].title} | {whole} | {counts.whole} | {counts.part} | {counts.refused} |")
    return "\n".join(lines)


def test_the_documentation_says_how_much_of_the_sample_files_is_understood() -> None:
    assert numbers() in DOCS


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_holds_two_hundred_questions_and_what_is_understood_of_them_can_stand_in_a_bank(name: str) -> None:
    found = [item.question for item in read(name, SAMPLES[name]()) if item.question]
    assert counted(read(name, SAMPLES[name]())).refused + len(found) >= 200
    assert [question.key for question in found if fits(question)] == []
    assert len({question.key for question in found}) == len(found)


_TAG = re.compile(r"(</?)([A-Za-z]+)|([A-Za-z]+)(?==')")


def in_new_spelling(source: str) -> str:
    """An item of QTI 2 with the names of QTI 3."""

    def dashed(name: str) -> str:
        return re.sub("([A-Z])", lambda found: "-" + found[1].lower(), name)

    def renamed(found: re.Match[str]) -> str:
        if not found[1]:
            return dashed(found[3])
        plain = found[2] in ("p", "strong", "table", "tr", "th", "td", "img", "lom", "general", "string")
        return found[1] + (found[2] if plain else f"qti-{dashed(found[2])}")

    head, _, body = source.partition("?>")
    return head + "?>" + _TAG.sub(renamed, body)


@pytest.mark.parametrize("row", [row for row in qti.ROWS if isinstance(row.source, str)], ids=lambda row: row.construct)
def test_an_item_of_the_old_spelling_and_the_same_in_the_new_are_one_question(row: Row) -> None:
    assert isinstance(row.source, str)
    old, new = read("qti", row.source), read("qti", in_new_spelling(row.source))
    assert [(item.degree, item.question) for item in new] == [(item.degree, item.question) for item in old]
