"""A hand-out in Word as draft lessons: a lesson for each chapter, with its lists, tables, pictures and footnotes as Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, cast

from elearning.domain.keys import proposed_key
from elearning.domain.message import Message, message
from elearning.domain.written import Medium
from elearning.exchange.errors import ExchangeError
from elearning.exchange.word import read_word
from elearning.exchange.word.cutting import plain
from elearning.exchange.word.numbering import BULLET
from elearning.exchange.word.values import Block, Document, Paragraph, Run, paragraphs_of
from elearning.exchange.word_markdown import Markdown

_CAPTION = re.compile(r"caption|chú thích", re.IGNORECASE)
_WORDS_A_MINUTE = 130
# Above the number of any paragraph.
_LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: where in the file, and what; `chapter` is the heading over it, empty where there is none."""

    place: Message
    said: Message
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class DraftLesson:
    """A lesson: its key and title, its text in Markdown without front matter, its minutes, its pictures, and how many tables and
    footnotes it has.
    """

    key: str
    title: str
    text: str
    minutes: int
    media: tuple[Medium, ...] = ()
    tables: int = 0
    footnotes: int = 0


@dataclass(frozen=True, slots=True)
class Handout:
    """A hand-out: its title, what stands before the first chapter as a lesson of the same title, its lessons, and what to look at."""

    title: str
    introduction: DraftLesson | None
    lessons: tuple[DraftLesson, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Chapter:
    title: str
    blocks: list[Block] = field(default_factory=list)


def read_handout(file: IO[bytes]) -> Handout:
    """The lessons of an open Word file. Raises ExchangeError for what cannot be read, and for a file without words."""
    document = read_word(file)
    title, chapters, level = _chapters(document)
    remarks = _remarks(document, chapters)
    lessons: list[DraftLesson] = []
    introduction: DraftLesson | None = None
    for chapter in chapters:
        made, said = _lesson(document, chapter, level, [one.key for one in lessons])
        remarks += said
        if chapter.title and made.text:
            lessons.append(made)
        elif chapter.title:
            empty = message("It has a heading and no words, and was left out.")
            remarks.append(Remark(message("Chapter “%(title)s”", title=chapter.title[:80]), empty, chapter.title))
        elif len(chapters) > 1:
            introduction = made if made.text else None
        elif made.text:
            named = title or made.text.split("\n")[0][:80]
            lessons.append(replace(made, key=proposed_key(title or made.text[:60]), title=named))
    if not lessons:
        raise ExchangeError(message("The file holds no words that could be a lesson."))
    # As they stand in the file; what is about no paragraph comes last.
    remarks.sort(key=lambda one: cast(int, one.place.named.get("number", _LAST)))
    named = title or lessons[0].title
    if introduction is not None:
        key = proposed_key(named, [one.key for one in lessons])
        introduction = replace(introduction, key=key, title=named)
    return Handout(named, introduction, tuple(lessons), tuple(dict.fromkeys(remarks)))


def _remarks(document: Document, chapters: Sequence[_Chapter]) -> list[Remark]:
    """What the walk noted, and what stands around the pages."""
    over = {
        one.number: chapter.title for chapter in chapters for block in chapter.blocks for one in paragraphs_of(block)
    }
    noted = [
        Remark(_place(number), said, over.get(number, "")) for number, notes in document.notes.items() for said in notes
    ]
    around = message("Head or foot of the pages")
    return noted + [Remark(around, message("Left out: %(words)s", words=one)) for one in document.around]


def _place(number: int) -> Message:
    return message("Paragraph %(number)s", number=number)


def _chapters(document: Document) -> tuple[str, list[_Chapter], int]:
    """The title of the file, its chapters, and the level of the headings that begin them.

    One heading of the first level alone is the title where headings of the second stand below it.
    """
    heads = [one for one in document.blocks if isinstance(one, Paragraph) and one.level and plain(one.runs).strip()]
    levels = sorted({one.level for one in heads})
    title = ""
    level = levels[0] if levels else 0
    if len(levels) > 1 and sum(one.level == level for one in heads) == 1 and heads[0].level == level:
        title, level = " ".join(plain(heads[0].runs).split()), levels[1]
    chapters = [_Chapter("")]
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.level and block.level <= level and plain(block.runs).strip():
            words = " ".join(plain(block.runs).split())
            if not (title and block is heads[0]):
                chapters.append(_Chapter(words))
        else:
            chapters[-1].blocks.append(block)
    return title, [one for one in chapters if one.title or any(_has_words(block) for block in one.blocks)], level


def _has_words(block: Block) -> bool:
    return any(one.text.strip() or any(run.picture for run in one.runs) for one in paragraphs_of(block))


def _lesson(
    document: Document, chapter: _Chapter, level: int, taken: Sequence[str]
) -> tuple[DraftLesson, list[Remark]]:
    key = proposed_key(chapter.title, taken)
    page = Markdown(document, folder=f"media/{key}" if chapter.title else "media", call="[^{}]")
    remarks: list[Remark] = []
    parts: list[str] = []
    listed = False
    for block in _captioned(chapter.blocks):
        page.notes = []
        words, is_item = _words(page, block, level)
        remarks += [Remark(_place(block.number), said, chapter.title) for said in page.notes]
        if words:
            parts.append(("" if not parts else "\n" if is_item and listed else "\n\n") + words)
            listed = is_item
    notes = [f"[^{number}]: {words}" for number, words in enumerate(page.footnotes, 1)]
    text = "".join(parts) + "".join(f"\n\n{note}" for note in notes)
    minutes = max(2, -(-len(text.split()) // _WORDS_A_MINUTE))
    tables = sum(not isinstance(block, Paragraph) for block in chapter.blocks)
    lesson = DraftLesson(key, chapter.title, text, minutes, tuple(page.media.values()), tables, len(page.footnotes))
    return lesson, remarks


def _captioned(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; a picture without words takes those of the caption below it."""
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and isinstance(after, Paragraph) and _CAPTION.search(after.style):
            words = " ".join(plain(after.runs).split())
            yield replace(block, runs=tuple(_described(run, words) for run in block.runs))
        else:
            yield block


def _described(run: Run, words: str) -> Run:
    if run.picture is None or run.picture.alt:
        return run
    return replace(run, picture=replace(run.picture, alt=words))


def _words(page: Markdown, block: Block, level: int) -> tuple[str, bool]:
    """A block in Markdown, and whether it is an item of a list."""
    if not isinstance(block, Paragraph):
        return page.table(block), False
    words = page.paragraph(block)
    if not words:
        return "", False
    if block.level:
        return "#" * min(4, max(2, 1 + block.level - level)) + " " + words.replace("  \n", " ").replace("**", ""), False
    if block.label:
        sign = (
            "-"
            if block.label == BULLET or not re.fullmatch(r"\d{1,3}[.)]?", block.label)
            else f"{block.label.rstrip('.)')}."
        )
        bare = words if sign != "-" or block.label == BULLET else f"{block.label} {words}"
        return "    " * block.depth + f"{sign} " + bare.replace("  \n", " "), True
    if _CAPTION.search(block.style):
        return f"*{words.replace('*', '')}*", False
    return words, False
