"""Markdown as pieces that can be printed: paragraphs, items, rows of tables and pictures, with strong words and emphasis."""

from collections.abc import Mapping
from html.parser import HTMLParser

from elearning.content.plain_markdown import plain_html
from elearning.domain.exam_paper import Piece, Span

# PNG, JPEG and WebP; what only bears such a name would stop the printing of a whole paper.
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_BLOCKS = frozenset({"p", "li", "tr", "h1", "h2", "h3", "h4", "pre", "dt", "dd", "blockquote"})


class _Reader(HTMLParser):
    """Gathers the pieces of our own HTML."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = files
        self.pieces: list[Piece] = []
        self.spans: list[Span] = []
        self.cells: list[list[str]] = []
        self.bold = self.italic = 0
        self.item = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.close_block()
        self.bold += tag in ("strong", "b", "th")
        self.italic += tag in ("em", "i")
        if tag == "li":
            self.item = True
        elif tag in ("td", "th"):
            self.cells.append([])
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "img":
            self.picture(dict(attrs))

    def picture(self, attributes: dict[str, str | None]) -> None:
        """A picture that is at hand; the words of one that is not."""
        data, alt = self.files.get(attributes.get("src") or "", b""), attributes.get("alt") or ""
        if data.startswith(_PICTURES):
            self.close_block()
            self.pieces.append(Piece("picture", (Span(alt),), picture=data))
        else:
            self.handle_data(f"[{alt}]")

    def handle_endtag(self, tag: str) -> None:
        self.bold -= tag in ("strong", "b", "th")
        self.italic -= tag in ("em", "i")
        if tag in _BLOCKS:
            self.close_block()
        self.item = self.item and tag != "li"

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ")
        if self.cells:
            self.cells[-1].append(text)
        elif text.strip() or self.spans:
            self.spans.append(Span(text, self.bold > 0, self.italic > 0))

    def close_block(self) -> None:
        """End the paragraph or the row at hand."""
        if self.cells:
            self.pieces.append(Piece("row", cells=tuple("".join(cell).strip() for cell in self.cells)))
        elif any(span.text.strip() for span in self.spans):
            self.pieces.append(Piece("item" if self.item else "words", tuple(self.spans)))
        self.cells, self.spans = [], []


def pieces(text: str, files: Mapping[str, bytes]) -> tuple[Piece, ...]:
    """The pieces of a text; `files` are pictures by the addresses that the text gives them."""
    reader = _Reader(files)
    reader.feed(plain_html(text))
    reader.close()
    reader.close_block()
    return tuple(reader.pieces)


def spans(text: str) -> tuple[Span, ...]:
    """A text in one line."""
    found = pieces(text, {})
    return tuple(span for piece in found for span in (*piece.spans, *(Span(f"{cell} ") for cell in piece.cells)))
