"""A sheet to draw on: boxes with words, arrows and lines, from the top down, as SVG that reads on a phone and on paper.

A sheet is 344 units wide, a phone less its edges, and letters are 14 or 13 units high, so that nothing is ever smaller
on the screen than the words around it. Colours are those of the pages, light and dark; every difference is told by
shape, line or word as well, so that nothing is lost in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

WIDTH: Final = 344
LINE: Final = 19
PAD: Final = 10
# What a letter takes on average, of its size: that of a wide face, so that words stay inside in every one.
LETTER: Final = {"": 0.56, "b": 0.59, "s": 0.56}
SIZE: Final = {"": 14, "b": 14, "s": 13}

STYLE: Final = """
text{font-family:"Be Vietnam Pro",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:14px;fill:#1c2326}
.b{font-weight:600}.s{font-size:13px;fill:#55605f}.mid{text-anchor:middle}.end{text-anchor:end}
.box{fill:#ffffff;stroke:#7d8380;stroke-width:1.5}
.key{fill:#e6efed;stroke:#0b5d63;stroke-width:2}
.law{fill:#f8ede7;stroke:#9b2d1f;stroke-width:2}
.old{fill:#f3f1ea;stroke:#7d8380;stroke-width:1.5;stroke-dasharray:5 4}
.line{fill:none;stroke:#55605f;stroke-width:1.75}.bar{fill:#0b5d63}.dash{fill:none;stroke:#55605f;stroke-width:1.75;stroke-dasharray:3 4}
.tip{fill:#55605f}.no{fill:none;stroke:#9b2d1f;stroke-width:2.5}
@media (prefers-color-scheme:dark){
text{fill:#eceae3}.s{fill:#a9b3b1}
.box{fill:#1c2326;stroke:#7f8b8a}.key{fill:#1d3134;stroke:#6cc5c9}.law{fill:#2f2422;stroke:#e58a78}.old{fill:#101415;stroke:#7f8b8a}
.line,.dash{stroke:#a9b3b1}.tip{fill:#a9b3b1}.bar{fill:#6cc5c9}.no{stroke:#e58a78}
}
"""


def wrapped(text: str, width: float) -> list[tuple[str, str]]:
    """Lines of some words as (class, line). A line of the source that begins with * is bold, with ~ small and quiet."""
    lines: list[tuple[str, str]] = []
    for source in text.split("\n"):
        kind = {"*": "b", "~": "s"}.get(source[:1], "")
        most = int(width / (SIZE[kind] * LETTER[kind]))
        line = ""
        for word in source.lstrip("*~").split(" "):
            if line and len(line) + 1 + len(word) > most:
                lines.append((kind, line))
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append((kind, line))
    return lines


@dataclass(slots=True)
class Sheet:
    """A drawing that grows downwards; `y` is where it goes on."""

    parts: list[str] = field(default_factory=list)
    y: float = 4

    def words(self, text: str, x: float, y: float, width: float, anchor: str = "") -> float:
        """Put words with their first line below `y`; how high they are."""
        lines = wrapped(text, width)
        for place, (kind, line) in enumerate(lines):
            names = " ".join(filter(None, (kind, anchor)))
            shown = f' class="{names}"' if names else ""
            self.parts.append(
                f'<text x="{x:g}" y="{y + 14 + place * LINE:g}"{shown}>{escape(line, quote=False)}</text>'
            )
        return len(lines) * LINE

    def box(self, text: str, kind: str = "box", x: float = 2, width: float = WIDTH - 4, least: float = 0) -> float:
        """A box with words at the present place; how high it is. The place does not move."""
        high = max(least, len(wrapped(text, width - 2 * PAD)) * LINE + 2 * PAD - 4)
        self.parts.append(
            f'<rect class="{kind}" x="{x:g}" y="{self.y:g}" width="{width:g}" height="{high:g}" rx="4"/>'
        )  # fmt: skip
        self.words(text, x + PAD, self.y + PAD - 2, width - 2 * PAD)
        return high

    def stack(self, text: str, kind: str = "box", x: float = 2, width: float = WIDTH - 4) -> None:
        """A box, and on below it."""
        self.y += self.box(text, kind, x, width)

    def row(self, cells: Sequence[tuple[str, str]], between: float = 10) -> None:
        """Boxes side by side, all as high as the highest."""
        width = (WIDTH - 4 - between * (len(cells) - 1)) / len(cells)
        high = max(len(wrapped(text, width - 2 * PAD)) * LINE + 2 * PAD - 4 for text, _ in cells)
        for place, (text, kind) in enumerate(cells):
            self.box(text, kind, 2 + place * (width + between), width, high)
        self.y += high

    def down(self, label: str = "", x: float = 30, long: float = 26) -> None:
        """An arrow to what comes below, with a word beside it."""
        self.arrow(x, self.y + 2, x, self.y + long - 2)
        if label:
            self.words(label, x + 12, self.y + long / 2 - 10, WIDTH - x - 16)
        self.y += long

    def arrow(self, x1: float, y1: float, x2: float, y2: float, kind: str = "line") -> None:
        """A straight arrow along one axis."""
        self.line(x1, y1, x2, y2, kind)
        if x1 == x2:
            back = -7 if y2 > y1 else 7
            points = f"{x2 - 5:g},{y2 + back:g} {x2 + 5:g},{y2 + back:g} {x2:g},{y2:g}"
        else:
            back = -7 if x2 > x1 else 7
            points = f"{x2 + back:g},{y2 - 5:g} {x2 + back:g},{y2 + 5:g} {x2:g},{y2:g}"
        self.parts.append(f'<polygon class="tip" points="{points}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "line") -> None:
        """A straight line."""
        self.parts.append(f'<path class="{kind}" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>')

    def dot(self, x: float, y: float, kind: str = "tip") -> None:
        """A point on a line of time."""
        self.parts.append(f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="5"/>')

    def svg(self) -> str:
        """The drawing."""
        high = round(self.y + 4)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}">'
        return f"{head}\n<style>{STYLE}</style>\n" + "\n".join(self.parts) + "\n</svg>\n"
