"""HTML of other platforms as clean Markdown; the one module that knows markdownify. What gets lost is noted."""

import re
import unicodedata
import warnings
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from markdownify import MarkdownConverter

from elearning.domain.keys import proposed_key
from elearning.domain.message import Message, message
from elearning.domain.written import Medium
from elearning.exchange.marks import escaped, plain_markdown

DEEPEST = 60
FOLDER = "media"
KINDS = frozenset({"png", "jpg", "jpeg", "webp", "mp3", "mp4", "webm", "ogg", "pdf"})
_PLUGIN_FILE = "@@PLUGINFILE@@/"
_DROPPED = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "select",
    "textarea",
    "button",
    "link",
    "meta",
)
_VOID = frozenset(
    {"br", "img", "hr", "input", "meta", "link", "source", "track", "area", "col", "wbr", "embed", "base"}
)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*?(/?)>")
_DATA = re.compile(r"data:(\w+)/([\w.+-]+);base64,(.*)", re.DOTALL)
_ENDS = {"mpeg": "mp3"}
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")
_HIGH = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
# Where other platforms leave their own marks among the words.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ue100-\uf8ff]")


@dataclass(slots=True)
class Page:
    """The pieces of one question on their way to Markdown: the files at hand, those that were used, and what was lost."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    media: dict[str, Medium] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)

    def markdown(self, html: str) -> str:
        """A piece of HTML as Markdown."""
        text = unicodedata.normalize("NFC", _UNWANTED.sub("", html.replace("\r\n", "\n"))).replace("\xa0", " ")
        if "<" not in text and "&" not in text:
            return self._formulas(escaped(text).strip())
        if _depth(text) > DEEPEST:
            self.note(message("The layout is nested too deeply. Only the words were kept."))
            return escaped(" ".join(re.sub(r"<[^>]*>", " ", text).split()))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            soup = BeautifulSoup(text, "html.parser")
        self._tidied(soup)
        made = str(_Converter(self).convert_soup(soup))
        return self._formulas(_settled(made))

    def inline(self, html: str) -> str:
        """A piece of HTML as one line of Markdown."""
        return " ".join(self.markdown(html).split())

    def note(self, said: Message) -> None:
        """Note once what was lost."""
        if said not in self.notes:
            self.notes.append(said)

    def _formulas(self, text: str) -> str:
        if _FORMULA.search(text):
            self.note(message("A formula in TeX was kept as text. Look it over."))
        return text

    def _tidied(self, soup: BeautifulSoup) -> None:
        for element in soup.find_all(_DROPPED):
            if element.name not in ("link", "meta"):
                self.note(message("A part of the page that does something (%(what)s) was left out.", what=element.name))
            element.decompose()
        for element in soup.find_all("math"):
            annotation = element.find("annotation")
            words = (annotation or element).get_text(" ", strip=True)
            self.note(message("A formula was kept as text. Look it over."))
            element.replace_with(words)
        for row in soup.find_all(["td", "th"]):
            if row.get("rowspan", "1") != "1" or row.get("colspan", "1") != "1":
                self.note(message("Joined cells of a table were taken apart. Look it over."))
            if row.find("table"):
                self.note(message("A table inside a table was laid out anew. Look it over."))

    def medium(self, address: str) -> str | None:
        """The path in our texts of a file that came along; None, with a note, for any other."""
        name, data = self._found(address)
        if data is None:
            self.note(message("The file %(name)s did not come along.", name=name[:80]))
            return None
        path = self.path_of(name, data)
        if path is None:
            self.note(message("The file %(name)s is of a kind that lessons do not hold.", name=name[:80]))
            return None
        return path

    def path_of(self, name: str, data: bytes) -> str | None:
        """Where a file that came along stands from now on; None for a kind that no text may hold."""
        stem, _, kind = name.rsplit("/", 1)[-1].rpartition(".")
        if kind.lower() not in KINDS:
            return None
        path = f"{FOLDER}/{proposed_key(stem)}.{kind.lower()}"
        number = 1
        while path in self.media and self.media[path].data != data:
            number += 1
            path = f"{FOLDER}/{proposed_key(stem)}-{number}.{kind.lower()}"
        self.media[path] = Medium(path, data)
        return path

    def _found(self, address: str) -> tuple[str, bytes | None]:
        """The name and the bytes of a file: one that came along, or one that the address itself holds."""
        held = _DATA.fullmatch(address)
        if held is None:
            name = unquote(address.removeprefix(_PLUGIN_FILE))
            return name, self.files.get(name)
        try:
            return f"{held[1]}.{_ENDS.get(held[2], held[2])}", b64decode(held[3], validate=False)
        except (Base64Error, ValueError):
            return "data", None


class _Converter(MarkdownConverter):  # type: ignore[misc, unused-ignore]  # The library has types only in part.
    """markdownify with our own signs: escapes only where Markdown would read one, headings as strong words."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            heading_style="ATX",
            bullets="-",
            strong_em_symbol="*",
            newline_style="spaces",
            autolinks=False,
            table_infer_header=True,
        )
        self.page = page

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escaped(text) if text else ""

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 The library's own name.
        words = " ".join(text.split()).strip("*")
        return f"\n\n**{words}**\n\n" if words and "_inline" not in parent_tags else words

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._raised(text, _LOW, "_")

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._raised(text, _HIGH, "^")

    def _raised(self, text: str, signs: Mapping[str, str], mark: str) -> str:
        """Small letters above or below the line, by the signs that fonts have for them."""
        words = text.strip()
        if words and all(letter in signs for letter in words):
            return "".join(signs[letter] for letter in words)
        if words:
            self.page.note(
                message("Letters above or below the line were kept as “%(text)s”. Look them over.", text=mark + words)
            )
        return f"{mark}({words})" if words else ""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._placed(str(el.get("src") or ""), " ".join(str(el.get("alt") or "").split()))

    def convert_audio(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = el.find("source")
        address = el.get("src") or (source.get("src") if isinstance(source, Tag) else "")
        return self._placed(str(address or ""), "")

    convert_video = convert_audio

    def _placed(self, address: str, words: str) -> str:
        name = unquote(address.rsplit("/", 1)[-1])
        shown = words or ("" if address.startswith("data:") else name.rpartition(".")[0])
        if not address:
            return shown
        path = None if re.match(r"https?:", address) else self.page.medium(address)
        if path is None:
            self.page.note(message("A picture that is not part of the file was kept as a link only. Look it over."))
            return f"[{escaped(shown) or 'file'}]({address[:300]})" if re.match(r"https?:", address) else escaped(shown)
        return f"![{escaped(shown) or name}]({path})"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href") or "")
        if address.startswith(_PLUGIN_FILE):
            address = self.page.medium(address) or ""
        if re.match(r"(?i)javascript:|data:", address) or not text.strip():
            return text
        return f"[{text.strip()}]({address})" if address else text


def _settled(text: str) -> str:
    """Without blank lines at the ends and more than one between, and without spaces that mean nothing."""
    lines = [line if line.endswith("  ") and line.strip() else line.rstrip() for line in text.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()
    return re.sub(r"  +\n(?=\n)", "\n", joined)


def _depth(html: str) -> int:
    """How deeply tags are nested, as far as a look at the signs tells."""
    now = most = 0
    for found in _ANY_TAG.finditer(html):
        if found[2].lower() in _VOID or found[3]:
            continue
        now = max(0, now - 1) if found[1] else now + 1
        most = max(most, now)
    return most


def markdown_of(text: str, form: str, page: Page) -> str:
    """Text of another platform as Markdown, by the name that the platform gives its form.

    `moodle_auto_format` and no form at all are HTML where tags stand in the text, else plain words.
    """
    if form == "markdown":
        return with_files(unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip("\n").rstrip(), page)
    tagged = re.search(r"<[a-zA-Z/][^>]*>", text) or re.search(r"&#?\w+;", text)
    if form == "html" or (form != "plain_text" and tagged):
        return page.markdown(text)
    return plain_markdown(unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\r\n", "\n"))))


def with_files(text: str, page: Page) -> str:
    """Markdown whose addresses of files that came along are the paths of our texts."""

    def placed(found: re.Match[str]) -> str:
        return page.medium(found[0]) or found[0]

    return re.sub(rf"{re.escape(_PLUGIN_FILE)}[^\s()<>\"]+", placed, text)


def as_plain(value: Any) -> str:
    """Words without tags, for answers that are typed and options of menus."""
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", str(value or "")))
    if "<" in text or "&" in text:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            text = (
                BeautifulSoup(text, "html.parser").get_text(" ")
                if _depth(text) <= DEEPEST
                else re.sub(r"<[^>]*>", " ", text)
            )
    return " ".join(text.split())
