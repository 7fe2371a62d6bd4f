"""A question as a form holds it: plain text in named places, right or wrong. What it means is said by the text it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal[
    "single", "multiple", "shares", "plain", "steps", "answers", "numbers", "moments", "pairs", "gaps", "marks", "rubric",
    "lines", "none",
]  # fmt: skip
Cells = tuple[str, ...]
CHOICE = ("mark", "text", "feedback", "keep")
COLUMNS: Mapping[Kind, Cells] = {
    "single": CHOICE, "multiple": CHOICE, "shares": CHOICE, "plain": CHOICE, "steps": ("text", "feedback", "keep"),
    "answers": ("text",), "numbers": ("text", "tolerance"), "moments": ("text", "tolerance"), "pairs": ("text", "right"),
    "gaps": ("kind", "text"), "marks": (), "rubric": (), "lines": (), "none": (),
}  # fmt: skip
FRESH_ROWS: Mapping[Kind, int] = {"single": 4, "multiple": 4, "shares": 4, "plain": 4, "steps": 4, "answers": 2, "numbers": 1,
                                  "moments": 1, "pairs": 4, "gaps": 1, "rubric": 3}  # fmt: skip
FRESH_HEADS: Mapping[Kind, Cells] = {"pairs": ("", ""), "rubric": ("", "0", "1", "2"), "numbers": ("",)}
MOST_ROWS = 60
MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question. `rows` hold the cells that `columns` name; `heads` the headings of a table, or the unit of a number; `body`
    is a running answer such as the text with faults. `attributes` are as written; `is_stated` says that the type is
    written out though the answers might show it.
    """

    type: str
    kind: Kind
    key: str = ""
    ask: str = ""
    stem: str = ""
    rows: tuple[Cells, ...] = ()
    heads: Cells = ()
    body: str = ""
    explanation: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_stated: bool = False
    mark: str = ""

    @property
    def columns(self) -> Cells:
        """The names of the cells of a row; a rubric has one for each of its heads."""
        if self.kind == "rubric":
            return ("text", *(f"level{number}" for number in range(1, len(self.heads))))
        return COLUMNS[self.kind]

    @property
    def named_rows(self) -> tuple[dict[str, str], ...]:
        """The rows, each cell under the name of its column."""
        return tuple(dict(zip(self.columns, row, strict=False)) for row in self.rows)


def place_of(number: int) -> str:
    """How the text of a form names the place of a blank."""
    return f"[[{number}]]"


def fresh_sheet(kind: str, shape: Kind) -> Sheet:
    """An empty question of a type, with as many rows as one begins with."""
    heads = FRESH_HEADS.get(shape, ())
    sheet = Sheet(kind, shape, heads=heads)
    rows = tuple(blank_row(sheet) for _ in range(FRESH_ROWS.get(shape, 0)))
    stem = place_of(1) if shape == "gaps" else ""
    return replace(sheet, rows=rows, stem=stem)


def blank_row(sheet: Sheet) -> Cells:
    """A row with nothing in it."""
    return tuple("typed" if name == "kind" else "" for name in sheet.columns)


def with_row(sheet: Sheet) -> Sheet:
    """One more row at the end; a blank gets its place at the end of the text too."""
    if len(sheet.rows) >= MOST_ROWS:
        return sheet
    stem = f"{sheet.stem} {place_of(len(sheet.rows) + 1)}".strip() if sheet.kind == "gaps" else sheet.stem
    return replace(sheet, rows=(*sheet.rows, blank_row(sheet)), stem=stem)


def without_row(sheet: Sheet, place: int) -> Sheet:
    """The sheet without one row; the places of later blanks are counted anew."""
    rows = tuple(row for number, row in enumerate(sheet.rows) if number != place)
    if sheet.kind != "gaps":
        return replace(sheet, rows=rows)
    stem = sheet.stem.replace(place_of(place + 1), "")
    for number in range(place + 2, len(sheet.rows) + 1):
        stem = stem.replace(place_of(number), place_of(number - 1))
    return replace(sheet, rows=rows, stem=stem)


def with_row_moved(sheet: Sheet, place: int, by: int) -> Sheet:
    """One row moved up (-1) or down (1); at the edge it stays."""
    target = place + by
    if not (0 <= place < len(sheet.rows) and 0 <= target < len(sheet.rows)):
        return sheet
    rows = list(sheet.rows)
    rows[place], rows[target] = rows[target], rows[place]
    return replace(sheet, rows=tuple(rows))


def with_level(sheet: Sheet) -> Sheet:
    """A rubric with one more level, worth a point more than the last where that is a number."""
    if sheet.kind != "rubric" or len(sheet.heads) > MOST_LEVELS:
        return sheet
    last = sheet.heads[-1] if len(sheet.heads) > 1 else ""
    points = str(int(last) + 1) if last.isdecimal() else ""
    return replace(sheet, heads=(*sheet.heads, points), rows=tuple((*row, "") for row in sheet.rows))


def without_level(sheet: Sheet) -> Sheet:
    """A rubric without its last level; two stay."""
    if sheet.kind != "rubric" or len(sheet.heads) <= 3:
        return sheet
    return replace(sheet, heads=sheet.heads[:-1], rows=tuple(row[:-1] for row in sheet.rows))


def retyped(sheet: Sheet, kind: str, shape: Kind, own: frozenset[str]) -> Sheet:
    """The same question as another type: its words stay, and of its answers what the new type has a place for. `own` are the
    attributes that the new type knows besides those of all questions.
    """
    fresh = fresh_sheet(kind, shape)
    rows = tuple(_carried(sheet, row, fresh) for row in sheet.rows) if "text" in sheet.columns else ()
    taken = {name: value for name, value in sheet.attributes.items() if name in own}
    stem = sheet.stem if shape != "gaps" else f"{sheet.stem}\n\n{place_of(1)}".strip()
    if sheet.kind == "gaps" == shape:
        stem = sheet.stem
    keeps_rows = shape not in ("none", "marks", "lines") and (shape == "gaps") == (sheet.kind == "gaps")
    return replace(
        fresh, key=sheet.key, ask=sheet.ask, stem=stem, explanation=sheet.explanation, attributes=taken, mark=sheet.mark,
        rows=rows if rows and keeps_rows else fresh.rows, heads=sheet.heads if sheet.kind == shape else fresh.heads,
        body=sheet.body if sheet.kind == shape else "",
    )  # fmt: skip


def _carried(sheet: Sheet, row: Cells, fresh: Sheet) -> Cells:
    old = dict(zip(sheet.columns, row, strict=False))
    blank = dict(zip(fresh.columns, blank_row(fresh), strict=True))
    same = {"text", "feedback", "keep"} | ({"mark"} if {sheet.kind, fresh.kind} <= {"single", "multiple"} else set())
    return tuple(old.get(name, value) if name in same else value for name, value in blank.items())
