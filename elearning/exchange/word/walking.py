"""The body of a Word file, element by element. What is not known is walked into, so that no words are lost."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from elearning.domain.message import Message, message
from elearning.exchange.vietnamese_encodings import tcvn3_to_unicode, vni_to_unicode
from elearning.exchange.word.formulas import formula_text
from elearning.exchange.word.names import attribute, bare, child, value, within
from elearning.exchange.word.numbering import Numbering
from elearning.exchange.word.opening import Parts
from elearning.exchange.word.styles import Styles
from elearning.exchange.word.values import Block, Mark, Paragraph, Picture, Run, Table

_SKIPPED = frozenset(
    {
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
        "tblGrid",
        "sectPr",
        "instrText",
        "delText",
        "Fallback",
        "proofErr",
        "sdtPr",
    }
)
_LETTERS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Characters of the private use area stand for signs of symbol fonts, and would be taken for places in a text.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\ufeff\ue000-\uf8ff]")


@dataclass(slots=True)
class Walk:
    """A walk through one part: what it needs to know, how many paragraphs it met, and what it noted."""

    parts: Parts
    styles: Styles
    numbering: Numbering
    targets: Mapping[str, str]
    number: int = 0
    notes: dict[int, list[Message]] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)
    style: str = ""

    def note(self, said: Message) -> None:
        """Note something at the paragraph at hand."""
        mine = self.notes.setdefault(self.number, [])
        mine += [] if said in mine else [said]

    def blocks(self, element: Iterable[Element], boxed: bool = False) -> Iterator[Block]:
        """The paragraphs and tables below an element, in their order; a text box follows the paragraph that holds it."""
        for one in element:
            name = bare(one.tag)
            if name == "p":
                yield self._paragraph(one, boxed)
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    yield from self.blocks(box, True)
            elif name == "tbl":
                yield self._table(one)
            elif name in ("del", "moveFrom"):
                self.note(message("What was struck out by a tracked change was left out."))
            elif name == "altChunk":
                self.note(message("A file that is embedded here was left out."))
            elif name not in _SKIPPED:
                yield from self.blocks(one, boxed)

    def _table(self, element: Element) -> Table:
        first = self.number + 1
        rows, joined = [], False
        for row in _inner(element, "tr"):
            cells = list(_inner(row, "tc"))
            for cell in cells:
                look = child(cell, "tcPr")
                joined = joined or child(look, "vMerge") is not None or value(look, "gridSpan") not in ("", "1")
            rows.append(tuple(tuple(self.blocks(cell)) for cell in cells))
        return Table(first, tuple(rows), joined)

    def _paragraph(self, element: Element, boxed: bool) -> Paragraph:
        self.number += 1
        look = child(element, "pPr")
        self.style = value(look, "pStyle") or self.styles.usual.get("paragraph", "")
        level = self.styles.level(self.style)
        outline = value(look, "outlineLvl")
        if outline.isdecimal() and int(outline) < 9:
            level = int(outline) + 1
        listed = child(look, "numPr")
        listed = self.styles.list_of(self.style) if listed is None else listed
        depth = int(value(listed, "ilvl") or 0) if value(listed, "ilvl").isdecimal() else 0
        label = self.numbering.next(value(listed, "numId"), depth) if listed is not None else ""
        if boxed:
            self.note(message("It stood in a text box, and was taken where the box is tied to the text."))
        runs = _merged(self._runs(element, "", None))
        return Paragraph(self.number, runs, self.style, level, label, depth, boxed)

    def _runs(self, element: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """The runs below an element, each with its font."""
        for one in element:
            name = bare(one.tag)
            known = _KNOWN.get(name)
            if known is not None:
                yield from known(self, one, link, run)
            elif name not in _SKIPPED:
                yield from self._runs(one, link, run)

    def run(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """Words of one look."""
        if child(one, "rPr", "vanish") is not None:
            self.note(message("Hidden words were read like all others."))
        yield from self._runs(one, link, one)

    def text(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """Letters, and what stands for a letter."""
        marks: frozenset[Mark] = self.styles.marks_of(run) if run is not None else frozenset()
        text = _LETTERS.get(bare(one.tag), one.text or "")
        font = self.styles.font_of(run, self.style) if text.strip() else ""
        if old_font(font):
            self.note(
                message(
                    "The text was written in %(encoding)s and was turned into Unicode. Look it over.",
                    encoding=old_font(font),
                )
            )
        yield Run(text, marks, link), font

    def linked(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """Words that lead somewhere."""
        target = self.targets.get(attribute(one, "id"), "")
        yield from self._runs(one, target if target.startswith(("https://", "http://", "mailto:")) else "", run)

    def added(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A tracked change that added words."""
        self.note(message("A tracked change was taken as accepted."))
        yield from self._runs(one, link, run)

    def struck(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A tracked change that struck out words."""
        self.note(message("What was struck out by a tracked change was left out."))
        yield from ()

    def formula(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A formula."""
        self.note(message("A formula was kept as text. Look whether it can be read."))
        yield Run(formula_text(one), frozenset(), link), ""

    def box(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A text box."""
        self.boxes.append(one)
        yield from ()

    def symbol(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A sign of a symbol font."""
        self.note(message("A sign of the font %(font)s was left out.", font=attribute(one, "font")))
        yield from ()

    def comment(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A comment at the margin."""
        self.note(message("A comment at the margin was left out."))
        yield from ()

    def footnote(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """The call of a footnote."""
        kind = "end" if bare(one.tag) == "endnoteReference" else ""
        yield Run("", frozenset(), footnote=kind + attribute(one, "id")), ""

    def drawn(self, one: Element, link: str, run: Element | None) -> Iterator[tuple[Run, str]]:
        """A picture, a drawing, or a text box that is drawn."""
        boxes = [box for box in one.iter() if bare(box.tag) == "txbxContent"]
        self.boxes += boxes
        picture = self._picture(one)
        if picture is not None:
            yield Run("", frozenset(), link, picture), ""
        elif not boxes:
            self.note(message("A drawing, a chart or an embedded object was left out. Put it in as a picture."))

    def _picture(self, one: Element) -> Picture | None:
        for inner in one.iter():
            name = bare(inner.tag)
            relation = attribute(inner, "embed" if name == "blip" else "id") if name in ("blip", "imagedata") else ""
            path = self.targets.get(relation, "")
            data = self.parts.data(path) if relation else None
            if data is not None:
                about = next(within(one, "docPr"), None)
                alt = attribute(about, "descr") or attribute(about, "title") or attribute(inner, "title")
                return Picture(path.rpartition("/")[2], data, " ".join(alt.split()))
        return None


_Known = Callable[[Walk, Element, str, Element | None], Iterator[tuple[Run, str]]]
_KNOWN: Mapping[str, _Known] = {
    "r": Walk.run, "t": Walk.text, "br": Walk.text, "cr": Walk.text, "tab": Walk.text, "ptab": Walk.text,
    "noBreakHyphen": Walk.text, "hyperlink": Walk.linked, "ins": Walk.added, "moveTo": Walk.added, "del": Walk.struck,
    "moveFrom": Walk.struck, "oMath": Walk.formula, "txbxContent": Walk.box, "sym": Walk.symbol,
    "commentReference": Walk.comment, "footnoteReference": Walk.footnote, "endnoteReference": Walk.footnote,
    "drawing": Walk.drawn, "pict": Walk.drawn, "object": Walk.drawn,
}  # fmt: skip


def _inner(element: Element, name: str) -> Iterator[Element]:
    """The elements of this name inside, but for those of a table within."""
    for one in element:
        if bare(one.tag) == name:
            yield one
        elif bare(one.tag) != "tbl":
            yield from _inner(one, name)


def old_font(font: str) -> str:
    """The old encoding that a font stands for; empty for a font of Unicode."""
    return "TCVN3" if font.startswith(".Vn") else "VNI" if font.upper().startswith("VNI-") else ""


def _merged(found: Iterator[tuple[Run, str]]) -> tuple[Run, ...]:
    """Runs of the same look joined, and then turned into Unicode: the mark of a vowel may stand in the next run."""
    joined: list[tuple[Run, str]] = []
    for run, font in found:
        last = joined[-1] if joined else None
        plain = run.picture is None and not run.footnote
        if last and plain and last[0].picture is None and not last[0].footnote and _alike(last, (run, font)):
            joined[-1] = (Run(last[0].text + run.text, run.marks, run.link), font or last[1])
        else:
            joined.append((run, font))
    return tuple(Run(_unicode(run.text, font), run.marks, run.link, run.picture, run.footnote) for run, font in joined)


def _alike(last: tuple[Run, str], new: tuple[Run, str]) -> bool:
    return (last[0].marks, last[0].link) == (new[0].marks, new[0].link) and (last[1] == new[1] or not new[1])


def _unicode(text: str, font: str) -> str:
    kind = old_font(font)
    if kind == "TCVN3":
        text = tcvn3_to_unicode(text)
        text = text.upper() if font.endswith("H") else text
    elif kind == "VNI":
        text = vni_to_unicode(text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text).replace("\u00a0", " "))
