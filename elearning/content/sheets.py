"""The lines of one question ↔ the sheet of a form. Mistakes are kept as they are: what cannot be read is in some cell still.

What each type holds is in `content/questions`, which name the kind of their sheet (`SHEET`); here the kinds are read and written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from elearning.content.attributes import attribute_words
from elearning.content.bank_lines import Item, QuestionText, Shape, items_of, quote_text, split_question
from elearning.content.problems import Problems
from elearning.content.question_reader import COMMON
from elearning.content.questions import TYPES
from elearning.content.questions.drafts import box_of, option_lines
from elearning.content.questions.equals import equals_lines
from elearning.content.questions.pairs import cells_of
from elearning.content.text import Line, joined, lines_of, trimmed
from elearning.domain.question_sheet import Cells, Kind, Sheet, fresh_sheet, place_of, retyped

_BLANK = re.compile(r"\{\{([^{}]*)\}\}")
_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
_BAR = re.compile(r"(?<!\\)\|")
_SIGN = re.compile(r"\s*(?:±|\+-)\s*")
_UNIT = re.compile(r"(?P<number>[+-]?\d[\d.,]*)(?:\s+(?P<unit>[^\d\s=].*))?")
_BY_SHAPE: Mapping[Shape, str] = {
    "boxes": "one", "numbered": "order", "equals": "short", "table": "match", "quote": "faults", "": "description",
}  # fmt: skip


def kind_of(type_: str) -> Kind:
    """The kind of sheet of a type; a type that names none is edited as lines."""
    return cast(Kind, getattr(TYPES[type_], "SHEET", "lines"))


def own_attributes(type_: str) -> frozenset[str]:
    """The attributes that a question of this type may have."""
    found: frozenset[str] = TYPES[type_].ATTRIBUTES
    return COMMON | found


def new_sheet(type_: str) -> Sheet:
    """An empty question of a type."""
    return fresh_sheet(type_, kind_of(type_))


def as_type(sheet: Sheet, type_: str) -> Sheet:
    """The same question as another type."""
    return retyped(sheet, type_, kind_of(type_), own_attributes(type_) - {"type"})


def parts_of(text: str) -> QuestionText:
    """The parts of the lines of one question."""
    return split_question("", trimmed(lines_of(text)) or (Line(1, ""),), Problems())


def type_of(question: QuestionText) -> str:
    """The type that a question says, or its answers show, or else the likeliest for their shape."""
    stated = question.attributes.values.get("type", "")
    if stated in TYPES:
        return stated
    shown = next((name for name, kind in TYPES.items() if kind.claims(question)), "")
    return shown or _BY_SHAPE[question.shape]


def sheet_of(text: str) -> Sheet:
    """The sheet of the lines of one question."""
    question = parts_of(text)
    type_ = type_of(question)
    attributes = dict(question.attributes.values)
    stated = attributes.pop("type", None) is not None
    sheet = Sheet(
        type_, kind_of(type_), question.key, question.words, joined(question.stem), (), (), "",
        quote_text(question.explanation), attributes, stated, " .question" if question.level != 2 else "",
    )  # fmt: skip
    return _READ[sheet.kind](question, sheet)


def sheet_text(sheet: Sheet) -> str:
    """The lines that a sheet stands for, in canonical form."""
    mark = "#" * (3 if sheet.mark else 2)
    words = " ".join(sheet.ask.split())
    head = f"{mark} {words} {{#{sheet.key}{sheet.mark}}}" if sheet.key else f"{mark} {words}"
    stem = _stem(sheet)
    parts = [head + (f"\n{stem}" if stem else ""), "\n".join(_WRITE[sheet.kind](sheet))]
    explanation = _clean(sheet.explanation)
    if explanation:
        parts.append("\n".join(f"> {line}".rstrip() for line in explanation.split("\n")))
    text = "\n\n".join(part for part in parts if part)
    written = {name: " ".join(value.split()) for name, value in sheet.attributes.items() if value.strip()}
    needs_type = sheet.is_stated or _shown_type(text + ("\n\n{: x=y }" if written else "")) != sheet.type
    attributes = attribute_words({**({"type": sheet.type} if needs_type else {}), **written})
    return text + (f"\n{{: {attributes} }}" if attributes else "") + "\n"


def _shown_type(text: str) -> str:
    question = parts_of(text)
    return next((name for name, kind in TYPES.items() if kind.claims(question)), "")


def _clean(text: str) -> str:
    """Text of a form as lines: one kind of line end, no blanks at the ends of lines, no empty lines around."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _cell(text: str) -> str:
    """A cell of a table: one line, bars written so that they do not part it."""
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def _stem(sheet: Sheet) -> str:
    stem = _clean(sheet.stem)
    return _PLACE.sub(lambda found: _gap(sheet, int(found[1])), stem) if sheet.kind == "gaps" else stem


def _gap(sheet: Sheet, number: int) -> str:
    """The blank of a number as it is written; a place without a row stays empty, and is told as such."""
    kind, text = sheet.rows[number - 1] if 0 < number <= len(sheet.rows) else ("typed", "")
    options = [line.strip().replace("|", "\\|") for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if kind == "typed":
        return "{{= " + " | ".join(option.removeprefix("=").strip() for option in options) + " }}"
    return "{{ " + " | ".join(options) + " }}"


# ---- lines → sheet ----


def _read_choices(question: QuestionText, sheet: Sheet) -> Sheet:
    items = items_of(question) if question.shape == "boxes" else []
    return replace(sheet, rows=tuple((_mark(sheet.kind, item), *_item(item)) for item in items))


def _mark(kind: Kind, item: Item) -> str:
    box = box_of(item)
    return box if kind == "shares" else "x" if box.lower() == "x" else ""


def _item(item: Item) -> Cells:
    return item.text, item.feedback, "yes" if item.keep else ""


def _read_steps(question: QuestionText, sheet: Sheet) -> Sheet:
    items = items_of(question) if question.shape == "numbered" else []
    return replace(sheet, rows=tuple(_item(item) for item in items))


def _read_answers(question: QuestionText, sheet: Sheet) -> Sheet:
    return replace(sheet, rows=tuple((text,) for _, text in equals_lines(question)))


def _read_numbers(question: QuestionText, sheet: Sheet) -> Sheet:
    rows: list[Cells] = []
    unit = ""
    for _, text in equals_lines(question):
        value, *rest = _SIGN.split(text, maxsplit=1)
        last = _UNIT.fullmatch(rest[0] if rest else value)
        unit = (last["unit"] or "") if last else unit
        number = last["number"] if last else (rest[0] if rest else value)
        rows.append((value, number) if rest else (number, "0"))
    return replace(sheet, rows=tuple(rows), heads=(unit.strip(),))


def _read_moments(question: QuestionText, sheet: Sheet) -> Sheet:
    parts = [_SIGN.split(text, maxsplit=1) for _, text in equals_lines(question)]
    return replace(sheet, rows=tuple((first, rest[0] if rest else "") for first, *rest in parts))


def _read_pairs(question: QuestionText, sheet: Sheet) -> Sheet:
    lines = [cells_of(line.text) for line in trimmed(question.answer) if not line.blank]
    wide = [tuple((*cells, "", "")[:2]) for cells in lines]
    return replace(sheet, heads=wide[0] if wide else ("", ""), rows=tuple(wide[2:]))


def _read_gaps(question: QuestionText, sheet: Sheet) -> Sheet:
    rows: list[Cells] = []

    def take(found: re.Match[str]) -> str:
        inner = found[1]
        options = [part.replace("\\|", "|").strip() for part in _BAR.split(inner.removeprefix("="))]
        rows.append(("typed" if inner.startswith("=") else "menu", "\n".join(options)))
        return place_of(len(rows))

    blocks = [joined(part) for part in (question.stem, question.answer) if part]
    stem = _BLANK.sub(take, "\n\n".join(blocks))
    return replace(sheet, stem=stem, rows=tuple(rows))


def _read_marks(question: QuestionText, sheet: Sheet) -> Sheet:
    return replace(sheet, body=quote_text(question.answer))


def _read_rubric(question: QuestionText, sheet: Sheet) -> Sheet:
    lines = [line.text for line in question.answer if not line.blank]
    rows = [tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())[1:-1]) for line in lines]
    heads = rows[0] if rows else ()
    wide = len(heads)
    return replace(sheet, heads=heads, rows=tuple((*row, *[""] * wide)[:wide] for row in rows[2:]))


def _read_lines(question: QuestionText, sheet: Sheet) -> Sheet:
    return replace(sheet, body=joined(question.answer))


def _read_none(question: QuestionText, sheet: Sheet) -> Sheet:
    blocks = [joined(part) for part in (question.stem, question.answer) if part]
    return replace(sheet, stem="\n\n".join(blocks))


_READ: Mapping[Kind, Callable[[QuestionText, Sheet], Sheet]] = {
    "single": _read_choices, "multiple": _read_choices, "shares": _read_choices, "plain": _read_choices, "steps": _read_steps,
    "answers": _read_answers, "numbers": _read_numbers, "moments": _read_moments, "pairs": _read_pairs, "gaps": _read_gaps,
    "marks": _read_marks, "rubric": _read_rubric, "lines": _read_lines, "none": _read_none,
}  # fmt: skip


# ---- sheet → lines; rows in which nothing stands are left out ----


def _choices(sheet: Sheet) -> list[str]:
    return [
        line for mark, *cells in sheet.rows if any(cells[:2]) for line in _option(f"- [{_box(sheet, mark)}]", cells)
    ]


def _box(sheet: Sheet, mark: str) -> str:
    """What stands in the box; a scale without marks has empty ones."""
    if sheet.kind == "shares":
        return mark.strip() or "0%"
    return "x" if mark and sheet.kind != "plain" else " "


def _option(mark: str, cells: list[str]) -> list[str]:
    text, feedback, keep = cells
    return option_lines(mark, _clean(text).strip(), _clean(feedback).strip(), bool(keep))


def _steps(sheet: Sheet) -> list[str]:
    rows = [row for row in sheet.rows if any(row[:2])]
    return [line for number, row in enumerate(rows, 1) for line in _option(f"{number}.", list(row))]


def _answers(sheet: Sheet) -> list[str]:
    return [f"= {' '.join(text.split())}" for (text,) in sheet.rows if text.strip()]


def _numbers(sheet: Sheet) -> list[str]:
    unit = " ".join(sheet.heads[0].split()) if sheet.heads else ""
    return [
        f"= {value.strip()} ± {tolerance.strip() or '0'} {unit}".rstrip()
        for value, tolerance in sheet.rows
        if value.strip()
    ]


def _moments(sheet: Sheet) -> list[str]:
    return [
        f"= {' '.join(text.split())}" + (f" ± {' '.join(tolerance.split())}" if tolerance.strip() else "")
        for text, tolerance in sheet.rows
        if text.strip()
    ]


def _pairs(sheet: Sheet) -> list[str]:
    left, right = (_cell(head) for head in sheet.heads)
    rows = [(_cell(one), _cell(other)) for one, other in sheet.rows if one.strip() or other.strip()]
    return [
        f"| {left} | {right} |",
        "| --- | --- |",
        *(f"| {one} | {other} |" if one else f"| | {other} |" for one, other in rows),
    ]


def _marks(sheet: Sheet) -> list[str]:
    return [f"> {line}".rstrip() for line in _clean(sheet.body).split("\n")] if sheet.body.strip() else []


def _rubric(sheet: Sheet) -> list[str]:
    rows = [row for row in sheet.rows if any(cell.strip() for cell in row)]
    rule = "| " + " | ".join("---" for _ in sheet.heads) + " |"
    written = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in (sheet.heads, *rows)]
    return [written[0], rule, *written[1:]]


def _lines(sheet: Sheet) -> list[str]:
    return _clean(sheet.body).split("\n") if sheet.body.strip() else []


def _nothing(sheet: Sheet) -> list[str]:
    return []


_WRITE: Mapping[Kind, Callable[[Sheet], list[str]]] = {
    "single": _choices, "multiple": _choices, "shares": _choices, "plain": _choices, "steps": _steps, "answers": _answers,
    "numbers": _numbers, "moments": _moments, "pairs": _pairs, "gaps": _nothing, "marks": _marks, "rubric": _rubric,
    "lines": _lines, "none": _nothing,
}  # fmt: skip
