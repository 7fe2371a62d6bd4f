"""Runs and tables of Word as Markdown, with the files that came along and what was lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from elearning.domain.keys import proposed_key
from elearning.domain.message import Message, message
from elearning.domain.written import Medium
from elearning.exchange.marks import escaped, escaped_start
from elearning.exchange.word.cutting import lines
from elearning.exchange.word.values import Document, Mark, Paragraph, Picture, Run, Table, paragraphs_of

FOLDER = "media"
KINDS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}
_STRONG: frozenset[Mark] = frozenset({"bold", "underline"})
_HIGH = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


@dataclass(slots=True)
class Markdown:
    """Turns the pieces of one text to Markdown; gathers the pictures that it names and notes what was lost."""

    document: Document
    folder: str = FOLDER
    call: str = "({})"
    media: dict[str, Medium] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def inline(self, runs: Sequence[Run], dropped: frozenset[Mark] = frozenset()) -> str:
        """The runs in one line; `dropped` are marks that say something else here."""
        looks = [self._look(run, dropped) for run in runs]
        texts = [self._words(run) for run in runs]
        pieces: list[tuple[str, str]] = []
        for look, text in zip(looks, texts, strict=True):
            if pieces and (pieces[-1][0] == look or not text.strip()):
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + text)
            else:
                pieces.append((look, text))
        made = "".join(_emphasised(pieces, place) for place in range(len(pieces)))
        return escaped_start(" ".join(made.split()))

    def _look(self, run: Run, dropped: frozenset[Mark]) -> str:
        if not run.text or run.link:
            return ""
        kept = run.marks - dropped
        return ("**" if kept & _STRONG else "") + ("*" if "italic" in kept else "")

    def _words(self, run: Run) -> str:
        if run.picture is not None:
            return self._picture(run.picture)
        if run.footnote:
            return self._footnote(run.footnote)
        for mark, signs in (("high", _HIGH), ("low", _LOW)):
            if mark in run.marks and run.text.strip():
                if all(letter in signs for letter in run.text.strip()):
                    return "".join(signs.get(letter, letter) for letter in run.text)
                self.notes.append(
                    message("“%(words)s” stood higher or lower than the line.", words=run.text.strip()[:40])
                )
        if "strike" in run.marks and run.text.strip():
            self.notes.append(message("“%(words)s” was struck through; it stands as plain words.", words=run.text[:40]))
        text = escaped(run.text)
        return f"[{text.strip()}]({run.link})" if run.link and text.strip() else text

    def _picture(self, picture: Picture) -> str:
        stem, _, kind = picture.name.rpartition(".")
        if kind.lower() not in KINDS:
            said = message(
                "The picture %(name)s is of a kind that no page can show. Save it as PNG.", name=picture.name
            )
            self.notes.append(said)
            return ""
        path = f"{self.folder}/{proposed_key(stem)}.{KINDS[kind.lower()]}"
        self.media[path] = Medium(path, picture.data)
        if not picture.alt:
            said = message("The picture %(name)s has no words that stand for it. Write them.", name=picture.name)
            self.notes.append(said)
        alt = re.sub(r"[\[\]\\]", "", picture.alt) or stem
        return f" ![{alt}]({path}) "

    def _footnote(self, name: str) -> str:
        words = " ".join(self.inline(one.runs) for one in self.document.footnotes.get(name, ())).strip()
        self.footnotes.append(words)
        return self.call.format(len(self.footnotes))

    def paragraph(self, paragraph: Paragraph) -> str:
        """A paragraph, its lines parted by breaks."""
        made = [self.inline(line) for line in lines(paragraph.runs)]
        return "  \n".join(line for line in made if line)

    def table(self, table: Table) -> str:
        """A table; what stands below one another in a cell stands beside one another, for a cell is one line."""
        if table.joined:
            self.notes.append(message("Joined cells of a table were taken apart."))
        rows = [
            [
                " ".join(filter(None, (self._cell(one) for block in cell for one in paragraphs_of(block))))
                for cell in row
            ]
            for row in table.rows
        ]
        width = max((len(row) for row in rows), default=0)
        full = [row + [""] * (width - len(row)) for row in rows]
        bars = ["| " + " | ".join(row) + " |" for row in full]
        return "\n".join([*bars[:1], "|" + "---|" * width, *bars[1:]]) if width else ""

    def _cell(self, paragraph: Paragraph) -> str:
        words = " ".join(self.paragraph(paragraph).replace("  \n", " ").split()).replace("|", "\\|")
        return f"{paragraph.label} {words}".strip() if paragraph.label else words


def _emphasised(pieces: Sequence[tuple[str, str]], place: int) -> str:
    """A piece within its signs, where these would be read as such: not beside a letter, and not beside other signs."""
    look, text = pieces[place]
    bare = text.strip()
    if not look or not bare:
        return text
    before = pieces[place - 1][1][-1:] if place else ""
    after = pieces[place + 1][1][:1] if place + 1 < len(pieces) else ""
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    touches = (not lead and before.strip()) or (not tail and (after.isalnum() or (after in "*_`\\" and after)))
    near = (not tail and place + 1 < len(pieces) and pieces[place + 1][0]) or (
        not lead and place and pieces[place - 1][0]
    )
    if touches or near or not (bare[0].isalnum() or bare[0] in '“("') or bare[-1] == "\\":
        return text
    return f"{lead}{look}{bare}{look[::-1]}{tail}"
