"""GIFT, Moodle's text format, as its manual has it: titles, forms of text, weights, ranges, pairs, missing words, comments."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from elearning.domain.message import Message, message
from elearning.domain.taking_in import Item, item_of
from elearning.domain.written import WrittenQuestion
from elearning.exchange.questions.asking import Keys, id_of
from elearning.exchange.questions.from_html import Page
from elearning.exchange.questions.gift_answers import question_of
from elearning.exchange.questions.gift_blocks import Block, blocks_of, parts_of
from elearning.exchange.questions.gift_writing import write
from elearning.exchange.questions.labels import from_labels, is_key
from elearning.exchange.questions.texts import is_markup, lines_of, portions_of
from elearning.exchange.streams import head_of
from elearning.exchange.vietnamese_encodings import decoded

__all__ = ["claims", "read", "write"]
_USUAL = frozenset({"", "top", "default", "$course$", "$system$", "$cat1$"})


def claims(name: str, file: IO[bytes]) -> bool:
    """A text with braces, or a title in double colons, or a category."""
    text = decoded(head_of(file, 50_000))[0]
    if is_markup(file):
        return False
    sure = re.search(r"(?m)^\s*(?:\$CATEGORY:|::.*::)|\{\s*(?:[=~#T]|F|\}|%)", text)
    return sure is not None or name.lower().endswith(".gift")


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each question of the file, and each category and comment that stands alone. Raises ExchangeError for what is no text."""
    portions, notes = portions_of(file)
    keys, category = Keys(), ""
    for block in blocks_of(lines_of(portions)):
        place, source = message("Line %(line)s", line=block.line), "\n".join(block.raw).strip("\n")
        if block.category is not None:
            category = block.category
            yield Item(message("Line %(line)s, category", line=block.line), "whole", (), None, source)
        elif not block.text:
            yield Item(message("Line %(line)s, comment", line=block.line), "whole", (), None, source)
        else:
            question, said = _question(block, category, keys)
            yield item_of(place, question, (*said, *(notes if question else ())), source, _id_of(block, source))


def _id_of(block: Block, source: str) -> str:
    named = next((value for name, value in block.labels if name == "id" and value), "")
    parts = parts_of(block)
    return named or (parts.title if parts else "") or id_of(source)


def _question(block: Block, category: str, keys: Keys) -> tuple[WrittenQuestion | None, list[Message]]:
    parts = parts_of(block)
    if parts is None:
        return None, [message("The braces of this question do not pair. Protect those of the text with a backslash.")]
    page = Page()
    bare, said = question_of(parts, page)
    notes = [*said, *page.notes]
    if bare is None:
        return None, notes
    labels = [value for name, value in block.labels if name == "tag"] + category_labels(category)
    named = next((value for name, value in block.labels if name == "id"), "")
    title = next((one for one in (named, parts.title) if is_key(one)), "")
    key = keys.propose(title or bare.ask)
    return replace(bare, key=key, media=tuple(page.media.values()), **from_labels(labels)), notes


def category_labels(category: str) -> list[str]:
    """The last part of the name of a category, as a tag; none for those that every course has."""
    parts = [part.strip() for part in re.split(r"(?<!/)/(?!/)", category)]
    last = parts[-1].replace("//", "/") if parts else ""
    usual = last.lower() in _USUAL or last.lower().startswith(("default for ", "mặc định"))
    return [] if usual else [last.replace(":", " ")]
