"""Word files with questions to choose from, the way that teachers write them: “Câu 1.”, A. to D., and a key or a mark."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import IO

from elearning.domain.message import Message, message
from elearning.domain.taking_in import Item, item_of
from elearning.domain.written import Choice, Choices, WrittenQuestion
from elearning.exchange.questions.asking import Keys, ask_and_stem, id_of
from elearning.exchange.questions.choosing import MOST_OPTIONS
from elearning.exchange.questions.docx_blocks import Block, blocks_of, is_numbered
from elearning.exchange.questions.docx_keys import right_ones
from elearning.exchange.questions.docx_lines import Line, is_named, lines_of
from elearning.exchange.streams import head_of
from elearning.exchange.word import LongWord, is_word
from elearning.exchange.word.values import Document, Mark, Run
from elearning.exchange.word_markdown import Markdown

# Answers that speak of others by their letters, and answers that speak of all of them.
_BY_LETTER = re.compile(r"\b[Cc]ả\s+[A-L]\b|\b[A-L]\s*(?:,|và|and)\s*[A-L]\b")
_OF_ALL = re.compile(
    r"\s*(?:tất cả|cả (?:ba|hai|bốn)|không (?:có )?(?:câu|đáp án|phương án)|all of|none of)\b", re.IGNORECASE
)


def claims(name: str, file: IO[bytes]) -> bool:
    """A Word file, whatever stands in it."""
    return head_of(file, 2) == b"PK" and is_word(file)


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each question, and what stands beside them. Raises ExchangeError for what is no Word file that can be read."""
    word = LongWord(file)
    # A key may stand at the end, so the file is gone through for it first; then question by question.
    named = is_named(word.blocks())
    numbered = is_numbered(lines_of(word.blocks(), named))
    told, unheard = _told(blocks_of(lines_of(word.blocks(), named), numbered))
    keys = Keys()
    for words in word.around.around:
        yield Item(message("Head or foot of the pages"), "whole", (), None, words)
    for block in blocks_of(lines_of(word.blocks(), named), numbered):
        place = _place(block)
        notes = [note for line in block.lines for note in word.notes.get(line.number, ())]
        if block.beside:
            notes += [*unheard] if block.keys else []
            yield Item(place, "part" if notes else "whole", tuple(dict.fromkeys(notes)), None, block.source)
            continue
        question, said = _question(word.around, block, told.get(block.sign, ""), keys)
        asked = "\n".join(line.source for line in block.asked)
        yield item_of(place, question, [*said, *(notes if question else ())], block.source, id_of(asked))


def _place(block: Block) -> Message:
    """Where a block stands: by the number that the file gives its question, because Word shows none of its paragraphs."""
    if block.sign and not block.beside:
        return message("Question %(sign)s, paragraph %(number)s", sign=block.sign, number=block.number)
    return message("Paragraph %(number)s", number=block.number)


def _told(blocks: Iterable[Block]) -> tuple[dict[str, str], list[Message]]:
    """What the keys at the end say of each question by its number, and what they say of questions that are not there or there
    twice.
    """
    keys: dict[int, str] = {}
    signs: Counter[str] = Counter()
    for block in blocks:
        keys |= block.keys
        signs[block.sign] += bool(block.sign) and not block.beside
    told = {sign: keys[int(sign)] for sign, count in signs.items() if count == 1 and int(sign) in keys}
    missing = [str(number) for number in keys if signs[str(number)] == 0]
    double = [str(number) for number in keys if signs[str(number)] > 1]
    notes = (
        [message("The key names questions that are not there: %(numbers)s.", numbers=", ".join(missing))]
        if missing
        else []
    )
    if double:
        said = message(
            "Several questions have these numbers, so the key does not say which: %(numbers)s.",
            numbers=", ".join(double),
        )
        notes.append(said)
    return told, notes


def _question(document: Document, block: Block, told: str, keys: Keys) -> tuple[WrittenQuestion | None, list[Message]]:
    options = _joined(block.options)
    firsts = [line for line in block.options if line.kind == "option"]
    right, used, notes = right_ones(firsts, block.key or "".join(re.findall("[A-L]", told)))
    wrong = _what_is_wrong(block, options, right)
    if wrong:
        return None, [wrong]
    page = Markdown(document)
    asked = _asked(page, block.asked)
    ask, stem = ask_and_stem(asked)
    choices = _choices(page, options, right, used)
    explanation = "\n\n".join(filter(None, (page.inline(line.runs) for line in block.explained)))
    if page.footnotes:
        said = "\n\n".join(f"({number}) {words}" for number, words in enumerate(page.footnotes, 1))
        stem = f"{stem}\n\n{said}".strip()
        notes.append(message("A footnote was put below the question."))
    if block.strayed:
        notes.append(message("Words that stood below the answers were taken into the last of them."))
    kind = "one" if len(right) == 1 else "several"
    question = WrittenQuestion(keys.propose(ask), kind, ask, Choices(choices), stem, explanation)
    return replace(question, media=tuple(page.media.values())), [*notes, *page.notes]


def _joined(options: Sequence[Line]) -> list[Line]:
    """The answers, each with the lines that follow it, in the order of their letters where these are whole."""
    found: list[Line] = []
    for line in options:
        if line.kind != "option" and found:
            more = line.runs or (Run(line.source),)
            found[-1] = replace(found[-1], runs=(*found[-1].runs, Run(" "), *more))
        else:
            found.append(line)
    letters = sorted(line.sign for line in found)
    whole = letters == [chr(65 + place) for place in range(len(found))]
    return sorted(found, key=lambda line: line.sign) if whole else found


def _asked(page: Markdown, asked: Sequence[Line]) -> str:
    """The words of the question; a picture in them stands below by itself."""
    blocks: list[str] = []
    for line in asked:
        if line.table is not None:
            blocks.append(page.table(line.table))
            continue
        bold: frozenset[Mark] = (
            frozenset({"bold"}) if all("bold" in run.marks for run in line.runs if run.text.strip()) else frozenset()
        )
        words = page.inline([run for run in line.runs if run.picture is None], bold)
        pictures = [page.inline([run]).strip() for run in line.runs if run.picture is not None]
        blocks += [words, *pictures]
    return "\n\n".join(filter(None, blocks))


def _choices(page: Markdown, options: Sequence[Line], right: set[str], used: frozenset[Mark]) -> tuple[Choice, ...]:
    texts = [page.inline(line.runs, used) for line in options]
    stays = any(_BY_LETTER.search(text) for text in texts)
    return tuple(
        Choice(text, Fraction(line.sign in right), keep=stays or bool(_OF_ALL.match(text)))
        for text, line in zip(texts, options, strict=True)
    )


def _what_is_wrong(block: Block, options: Sequence[Line], right: set[str]) -> Message | None:
    """The first thing that keeps a block from being a question."""
    letters = [line.sign for line in options]
    asked = any(line.runs or line.table for line in block.asked)
    few = message("This question has fewer than two answers. Begin each with a letter, as in “A. Yes”.")
    many = message(
        "This question has %(now)s answers; at most %(most)s can stand in one. Part it in two.",
        now=len(letters),
        most=MOST_OPTIONS,
    )
    checks = (
        (not asked, message("No question stands above these answers. Write it there.")),
        (len(letters) < 2, few),
        (len(letters) > MOST_OPTIONS, many),
        (len(set(letters)) < len(letters), message("Two answers have the same letter. Change one.")),
        (not all(line.runs for line in options), message("An answer has a letter and no words. Write them.")),
        (not right, message("No answer is marked as right. Mark it, or write a line below, as in “Đáp án: A”.")),
        (not right <= set(letters), message("The key names a letter that no answer has. Correct it.")),
        (len(right) == len(letters), message("All answers are named as right, so nothing is asked.")),
    )
    return next((said for wrong, said in checks if wrong), None)
