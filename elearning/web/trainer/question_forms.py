"""What a browser sends from the editor of a question: the form, the text beside it, and which of the two was changed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from werkzeug.datastructures import MultiDict

from elearning.content.questions import TYPES
from elearning.content.sheets import as_type, kind_of, sheet_of, sheet_text
from elearning.domain.question_sheet import (
    MOST_ROWS,
    Cells,
    Sheet,
    with_level,
    with_row,
    with_row_moved,
    without_level,
    without_row,
)
from elearning.services.question_editing import Shown, name_of

Side = Literal["form", "text", "both", "neither"]
_ATTRIBUTE = re.compile(r"attr\.([a-z][a-z0-9-]{0,30})")
_ROW_DEED = re.compile(r"row-(up|down|drop)-(\d{1,3})")
MOST_ATTRIBUTES = 40


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from the editor. `go` is the button that was pressed, `base` the lines that the work began from."""

    sheet: Sheet
    text: str
    base: str
    go: str
    side: Side


def sent_from(form: MultiDict[str, str]) -> Sent:
    """Read the editor's fields. A type that is not known is taken for the first there is."""
    sheet, text = _sheet(form), form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    in_text = name_of(text) != form.get("text_was", "")
    in_form = name_of(sheet_text(sheet)) != form.get("form_was", "")
    sides: Mapping[tuple[bool, bool], Side] = {
        (True, True): "both", (True, False): "form", (False, True): "text", (False, False): "neither"
    }  # fmt: skip
    go = form.get("go", "save")
    return Sent(
        sheet, text, form.get("base", ""), f"type-{form.get('to-type')}" if go == "retype" else go, sides[in_form, in_text]
    )  # fmt: skip


def shown_from_text(form: MultiDict[str, str]) -> Shown:
    """The question that a try is about: its text went along."""
    text = form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    return Shown(sheet_of(text), text, form.get("base", ""))


def _sheet(form: MultiDict[str, str]) -> Sheet:
    kind = form.get("type", "")
    kind = kind if kind in TYPES else next(iter(TYPES))
    heads = _numbered(form, "head", MOST_ROWS)
    bare = Sheet(kind, kind_of(kind), heads=heads)
    count = form.get("rows", "")
    rows = tuple(_row(form, bare, number) for number in range(min(int(count), MOST_ROWS) if count.isdecimal() else 0))
    return replace(
        bare, key=form.get("key", "").strip(), ask=form.get("ask", ""), stem=form.get("stem", ""), rows=rows,
        body=form.get("body", ""), explanation=form.get("explanation", ""),
        attributes=_attributes(form), is_stated=form.get("stated") == "1",
        mark=" .question" if form.get("mark") else "",
    )  # fmt: skip


def _attributes(form: MultiDict[str, str]) -> dict[str, str]:
    """The attributes in which something stands, in the order in which they were written."""
    order = {name: place for place, name in enumerate(form.get("order", "").split())}
    written = {found[1]: form[name] for name in form if (found := _ATTRIBUTE.fullmatch(name)) and form[name].strip()}
    names = sorted(list(written)[:MOST_ATTRIBUTES], key=lambda name: order.get(name, len(order)))
    return {name: written[name] for name in names}


def _numbered(form: MultiDict[str, str], name: str, most: int) -> Cells:
    found: list[str] = []
    while len(found) < most and (value := form.get(f"{name}.{len(found)}")) is not None:
        found.append(" ".join(value.split()))
    return tuple(found)


def _row(form: MultiDict[str, str], sheet: Sheet, number: int) -> Cells:
    def cell(column: str) -> str:
        if column == "mark" and sheet.kind == "single":
            return "x" if form.get("right") == str(number) else ""
        return form.get(f"row.{number}.{column}", "").replace("\r\n", "\n")

    return tuple(cell(column) for column in sheet.columns)


_DEEDS: Mapping[str, Callable[[Sheet], Sheet]] = {
    "add-row": with_row, "add-level": with_level, "drop-level": without_level,
}  # fmt: skip


def on_the_desk(sent: Sent) -> Shown:
    """The question as it goes on: the side that was changed is taken for both, then what the button asks for is done.

    A button that names a side takes that one; where both were changed and none was named, the form is.
    """
    if sent.go in ("save-text", "show-text") or (sent.side == "text" and sent.go not in ("save-form", "show-form")):
        sheet, text = sheet_of(sent.text), sent.text
    elif sent.side == "neither":
        sheet, text = sent.sheet, sent.text
    else:
        sheet, text = sent.sheet, sheet_text(sent.sheet)
    changed = _done(sheet, sent.go, sent.sheet.type)
    if changed is not sheet:
        return Shown(changed, sheet_text(changed), sent.base)
    return Shown(sheet, text, sent.base)


def _done(sheet: Sheet, go: str, chosen: str) -> Sheet:
    if go in _DEEDS:
        return _DEEDS[go](sheet)
    if go.startswith("type-") and go.removeprefix("type-") in TYPES:
        return as_type(sheet, go.removeprefix("type-"))
    found = _ROW_DEED.fullmatch(go)
    if found is None:
        return sheet
    place = int(found[2])
    if found[1] == "drop":
        return without_row(sheet, place)
    return with_row_moved(sheet, place, -1 if found[1] == "up" else 1)


def is_save(sent: Sent) -> bool:
    """Whether the question is to be saved, and not only shown."""
    return sent.go in ("save", "save-form", "save-text")


def is_undecided(sent: Sent) -> bool:
    """Whether both sides were changed and no button says which is meant."""
    return sent.side == "both" and sent.go == "save"
