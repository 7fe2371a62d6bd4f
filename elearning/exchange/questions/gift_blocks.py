"""The text of a GIFT file cut into its questions, and a question into its parts; nothing is interpreted here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# While a block is cut, signs that a backslash protects are characters of the private use area.
_HIDDEN = {sign: chr(0xF100 + place) for place, sign in enumerate("\\~=#{}:n")}
_SHOWN = {hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_LABEL = re.compile(r"\[(id|tag):([^\]]*)\]")
_GOES_ON = re.compile(r"\s*[=~}#%]")
FORMS = {"html": "html", "markdown": "markdown", "plain": "plain_text", "moodle": "moodle_auto_format"}


@dataclass(slots=True)
class Block:
    """The lines of one question, of a category, or of a comment that stands alone."""

    line: int
    raw: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    category: str | None = None


def blocks_of(lines: Iterable[str]) -> Iterator[Block]:
    """The blocks of a file, parted by blank lines; a blank line between the braces of a question parts nothing."""
    block = Block(1)
    blank: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            blank += [line] if block.raw else []
            continue
        if blank and _is_open(block, line):
            block.raw += blank
        elif blank:
            yield block
            block = Block(number)
        blank = []
        if line.strip().startswith("$CATEGORY:"):
            if block.raw:
                yield block
            yield Block(number, [line], category=line.strip().removeprefix("$CATEGORY:").strip())
            block = Block(number + 1)
        else:
            block.line = block.line if block.raw else number
            block.raw.append(line)
            if line.lstrip().startswith("//"):
                block.labels += [(found[1], found[2].strip()) for found in _LABEL.finditer(line)]
            else:
                block.text.append(line)
    if block.raw:
        yield block


def _is_open(block: Block, following: str) -> bool:
    """Whether a brace is open and the line that follows the blank ones looks like more answers."""
    text = hide("\n".join(block.text))
    return text.count("{") > text.count("}") and _GOES_ON.match(following) is not None


def hide(text: str) -> str:
    """The text with its protected signs out of the way."""
    return _ESCAPE.sub(lambda found: _HIDDEN[found[1]], text)


def show(text: str) -> str:
    """The text with its protected signs back, without their backslashes."""
    return "".join(_SHOWN.get(sign, sign) for sign in text).strip()


@dataclass(frozen=True, slots=True)
class Parts:
    """A question cut open: its title, the form of its text, the text around its braces, and what stands in each pair."""

    title: str
    form: str
    texts: tuple[str, ...]
    answers: tuple[str, ...]


def parts_of(block: Block) -> Parts | None:
    """The parts of a question; None where its braces do not pair."""
    text = hide("\n".join(block.text)).strip()
    title = ""
    named = re.match(r"::(.*?)::", text, re.DOTALL)
    if named:
        title, text = show(named[1]), text[named.end() :].lstrip()
    form, text = form_of(text)
    cut = re.split(r"([{}])", text)
    signs = "".join(cut[1::2])
    if re.fullmatch(r"(\{\})*", signs) is None:
        return None
    return Parts(title, form, tuple(cut[0::4]), tuple(cut[2::4]))


def form_of(text: str, usual: str = "moodle_auto_format") -> tuple[str, str]:
    """The form that a text names at its beginning, and the rest of it."""
    named = re.match(r"\s*\[(html|markdown|plain|moodle)\]", text)
    return (FORMS[named[1]], text[named.end() :]) if named else (usual, text)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer between the braces: its sign, its weight in percent as written, its words and its feedback."""

    right: bool
    weight: str
    text: str
    feedback: str


def answers_of(text: str) -> list[Answer]:
    """The answers between the braces, each from its `=` or `~` on; what stands before the first is an answer as well."""
    found = []
    for piece in re.findall(r"(?:^|[=~])[^=~]*", text.strip()):
        body = piece.lstrip("=~").strip()
        if not body:
            continue
        weight = re.match(r"%([-+]?[\d.,]+)%", body)
        words, _, feedback = (body[weight.end() :] if weight else body).partition("#")
        found.append(Answer(piece.startswith("="), weight[1] if weight else "", words.strip(), feedback.strip()))
    return found
