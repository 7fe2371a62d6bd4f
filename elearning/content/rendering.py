"""Markdown → safe HTML. The only importer of `markdown`, and the only place that lets HTML through.

Pieces are rendered when a course is published or previewed, never when it is read: Python-Markdown can be made to
work for minutes by a few kilobytes. So pieces are limited beforehand, timed, and `rendering_apart` does them in a
process that can be killed.
"""

import re
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from elearning.content.allowed import CALLOUTS, cleaned
from elearning.content.links import ID_PREFIX, Link, LinkTable, resolve
from elearning.content.plain_markdown import bare_reader, too_heavy
from elearning.domain.message import Message, message

SECONDS = 2.0
PLAYED = {"mp3": "audio", "ogg": "audio", "mp4": "video", "webm": "video", "pdf": "a"}
# An address written <a@b.vn> comes from Markdown with every character of its mailto: spelled as an entity.
_MAIL = "".join(f"{AMP_SUBSTITUTE}#{ord(char)};" for char in "mailto:")
_SPACED = re.compile(
    r"(?<=\d) (?=(?:giờ|phút|ngày|tháng|năm|câu|điểm|người|%|h\b|hours?\b|minutes?\b|days?\b))"
    r"|(?<=[Kk]hoản) (?=\d)|(?<=Điều) (?=\d)|(?<=điều) (?=\d)|(?<=[Đđ]iểm) (?=[a-zđ]\b)|(?<=Article) (?=\d)|(?<=Clause) (?=\d)"
)
_FIRST = re.compile(r" {0,3}#(?!#)")
_LAW_WORDS = re.compile(r"«[^«»]{1,2000}»")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text to render: where it stands, and whether it must be a single run of inline text."""

    path: str
    line: int
    text: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the places of law it cites, and what is wrong with it as (line, message)."""

    html: str
    cites: tuple[str, ...] = ()
    problems: tuple[tuple[int, Message], ...] = ()


class TooSlow(Exception):
    """A piece took more than its time."""


def render_here(pieces: Sequence[Piece], table: LinkTable) -> list[Rendered]:
    """Render in this process, each piece within its time where the main thread can be interrupted."""
    reader = _Reader(table)
    return [_guarded(piece, reader) for piece in pieces]


def _guarded(piece: Piece, reader: "_Reader") -> Rendered:
    if not piece.text.strip():
        return Rendered("")
    if heavy := too_heavy(piece.text):
        return Rendered("", (), ((piece.line, heavy),))
    try:
        return _render(piece, reader)
    except (TooSlow, RecursionError):
        return Rendered(
            "", (), ((piece.line, message("This text takes too long to lay out. Make it simpler or part it in two.")),)
        )


def allow_interrupts() -> None:
    """Let SIGPROF end a piece that takes too long; for the main thread of a process of its own."""
    signal.signal(signal.SIGPROF, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise TooSlow


class _House(Treeprocessor):
    """Resolves links, dresses callouts and wraps tables, on the tree, before it becomes text."""

    def __init__(self, md: markdown.Markdown, table: LinkTable) -> None:
        super().__init__(md)
        self.table = table
        self.begin(Piece("", 0, ""))

    def begin(self, piece: Piece) -> None:
        """Forget the last piece."""
        self.piece = piece
        self.cites: list[str] = []
        self.found: list[tuple[int, Message]] = []
        self.firsts = 0

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element.tag == "a":
                self._link(element, "href")
            elif element.tag == "img":
                self._link(element, "src")
                if not element.get("alt"):
                    self._tell(
                        element.get("src", ""),
                        message("Describe the picture between the square brackets: ![what it shows](…)."),
                    )
            elif element.tag == "div" and "admonition" in (element.get("class") or ""):
                self._callout(element)
            elif element.tag == "h1":
                self._heading()
        _wrap_tables(root)
        _play(root)

    def _heading(self) -> None:
        """A heading of the first level, at its own line: a citation or a colour may hold the same sign further up."""
        lines = [number for number, line in enumerate(self.piece.text.split("\n")) if _FIRST.match(line)]
        place = lines[min(self.firsts, len(lines) - 1)] if lines else 0
        self.firsts += 1
        said = message("Begin headings inside a text with ##: the title is the page's only #.")
        self.found.append((self.piece.line + place, said))

    def _tell(self, part: str, said: Message) -> None:
        place = self.piece.text.find(part) if part else -1
        offset = self.piece.text[:place].count("\n") if place > 0 else 0
        self.found.append((self.piece.line + offset, said))

    def _link(self, element: Element, name: str) -> None:
        raw = element.get(name, "")
        if "footnote" in (element.get("class") or ""):
            element.set(name, f"#{ID_PREFIX}{raw.removeprefix('#')}")
            return
        if raw.startswith(_MAIL):
            return
        link = resolve(raw, self.piece.path, self.table)
        if isinstance(link, Link):
            element.set(name, link.href)
            # Other sites are not told who reads; our own pages are, so that they can lead back.
            if name == "href" and link.href.startswith(("http:", "https:")):
                element.set("rel", "noopener noreferrer")
            if link.cite:
                self.cites.append(link.cite)
                element.set("class", "cite")
                element.set("data-law", link.cite.split("#")[0])
            if link.term:
                element.set("class", "term")
                element.set("data-term", link.term)
        else:
            self._tell(raw, link)

    def _callout(self, element: Element) -> None:
        kind = (element.get("class") or "").split()[1]
        if kind not in CALLOUTS:
            self._tell(f"!!! {kind}", message("A callout is one of: %(known)s.", known=", ".join(CALLOUTS)))
        element.set("class", f"callout callout--{kind}")
        for child in element:
            if child.get("class") == "admonition-title":
                child.set("class", "callout__title")


def _play(root: Element) -> None:
    """A picture that is sound or video becomes a player, one that is a paper a link; the words for it stand below the player."""
    for parent in list(root.iter()):
        for child in parent.findall("img"):
            kind = PLAYED.get(child.get("src", "").rsplit(".", 1)[-1])
            words = child.attrib.pop("alt", "") if kind else ""
            if kind == "a":
                child.tag, child.text = "a", words
                child.set("href", child.attrib.pop("src"))
            elif kind:
                child.tag = kind
                child.set("controls", "controls")
                child.set("preload", "metadata")
                child.text = words
                if parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip():
                    parent.tag = "figure"
                    caption = SubElement(parent, "figcaption")
                    caption.text = words


def _wrap_tables(root: Element) -> None:
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                label = " · ".join(filter(None, ("".join(th.itertext()).strip() for th in child.iter("th"))))
                for th in child.iter("th"):
                    th.set("scope", "col")
                wrap = Element(
                    "div", {"class": "table-wrap", "tabindex": "0", "role": "region", "aria-label": label or "…"}
                )
                wrap.tail, child.tail = child.tail, None
                parent.remove(child)
                wrap.append(child)
                parent.insert(place, wrap)


class _Reader:
    """A reader of Markdown with our own rules; HTML that somebody typed is shown as text.

    Making one takes longer than most pieces do, so that one serves for all; one that was interrupted is not used again.
    """

    def __init__(self, table: LinkTable) -> None:
        self.table = table
        self.made: tuple[markdown.Markdown, _House] | None = None

    def take(self, piece: Piece) -> tuple[markdown.Markdown, _House]:
        """The reader, ready for a piece; until it is given back there is none."""
        md, house = self.made or _made(self.table)
        self.made = None
        md.reset()
        house.begin(piece)
        return md, house

    def give_back(self, md: markdown.Markdown, house: _House) -> None:
        """The piece was read to its end."""
        self.made = md, house


def _made(table: LinkTable) -> tuple[markdown.Markdown, _House]:
    md = bare_reader()
    house = _House(md, table)
    md.treeprocessors.register(house, "house", 5)
    return md, house


def _render(piece: Piece, reader: _Reader) -> Rendered:
    md, house = reader.take(piece)
    _time(SECONDS)
    try:
        html = md.convert(piece.text)
    finally:
        _time(0)
    problems, cites = list(house.found), tuple(dict.fromkeys(house.cites))
    reader.give_back(md, house)
    clean = _set_type(cleaned(html).strip())
    if piece.inline:
        clean, single = _unwrapped(clean)
        if not single:
            said = message("Write this as one paragraph, without lists, tables or headings.")
            problems.append((piece.line, said))
    return Rendered(clean, cites, tuple(problems))


def _time(seconds: float) -> None:
    """Start or stop the clock of one piece, where this process has said that it may be interrupted."""
    if signal.getsignal(signal.SIGPROF) is _interrupt:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _unwrapped(html: str) -> tuple[str, bool]:
    if not html:
        return "", True
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner, html.startswith("<p>") and html.endswith("</p>") and "<p>" not in inner


def _set_type(html: str) -> str:
    """No-break spaces between figures and units, and the words of the law marked, in text and never in tags."""
    return "".join(
        _LAW_WORDS.sub(_law_words, _SPACED.sub("\u00a0", part)) if not tag else part for part, tag in _parts(html)
    )


def _law_words(found: re.Match[str]) -> str:
    return f'<span class="law-words">{found[0]}</span>'


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r"(<[^>]*>)", html):
        yield part, part.startswith("<")
