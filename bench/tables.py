"""Tables as Markdown, so that what is printed can be kept as it is."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose columns are as wide as their widest cell; numbers stand to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in [list(heads), *cells]) for place in range(len(heads))]
    right = [bool(cells) and all(_is_number(row[place]) for row in cells) for place in range(len(heads))]
    rule = ["-" * (width - 1) + (":" if to_right else "-") for width, to_right in zip(widths, right, strict=True)]
    return "\n".join(_line(line, widths, right) for line in [list(heads), rule, *cells])


def _is_number(text: str) -> bool:
    return text in ("", "–") or text.replace(",", "").replace(".", "").replace("×", "").strip().isdecimal()


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
    return f"| {' | '.join(padded)} |"
