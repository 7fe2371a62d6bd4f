"""Aiken: a question, lettered answers, a line `ANSWER: B`, and a blank line. Only one answer can be right in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO

from elearning.domain.message import Message, message
from elearning.domain.taking_in import Item, item_of
from elearning.domain.written import Choice, Choices, WrittenQuestion
from elearning.exchange.questions.asking import Keys, ask_and_stem, id_of
from elearning.exchange.questions.from_html import Page, markdown_of
from elearning.exchange.questions.texts import is_markup, lines_of, portions_of
from elearning.exchange.streams import head_of
from elearning.exchange.vietnamese_encodings import decoded

_CHOICE = re.compile(r"\s*([A-Za-z])[.)]\s+(\S.*)")
# Plain words, but where tags stand among them.
_FORM = "moodle_auto_format"
_ANSWER = re.compile(r"\s*(?:ANSWER|Answer|ĐÁP ÁN|Đáp án)\s*:\s*(.*?)\s*")


@dataclass(slots=True)
class _Block:
    """The lines of one question, and the number of the first."""

    line: int
    asked: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)


def claims(name: str, file: IO[bytes]) -> bool:
    """A text with at least one line `ANSWER:` after a lettered one."""
    lines = decoded(head_of(file, 20_000))[0].split("\n")
    letters = next((place for place, line in enumerate(lines) if _CHOICE.fullmatch(line)), len(lines))
    return not is_markup(file) and any(_ANSWER.fullmatch(line) for line in lines[letters:])


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each question of the file. Raises ExchangeError for what is no text."""
    portions, notes = portions_of(file)
    keys = Keys()
    for block in _blocks(lines_of(portions)):
        place = message("Line %(line)s", line=block.line)
        page = Page()
        question, said = _question(block, keys, page)
        yield item_of(
            place,
            question,
            (*said, *page.notes, *(notes if question else ())),
            "\n".join(block.raw),
            id_of("\n".join(block.asked)),
        )


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    """The questions: each ends where another begins, that is at words after an answer or a blank line."""
    block = _Block(1)
    for number, line in enumerate(lines, 1):
        choice, answer = _CHOICE.fullmatch(line), _ANSWER.fullmatch(line)
        begins = line.strip() and not choice and not answer and (block.answers or block.choices)
        if begins or (choice and block.answers):
            yield block
            block = _Block(number)
        if not block.raw:
            block.line = number
        if line.strip() or block.raw:
            block.raw.append(line)
        if answer:
            block.answers.append(answer[1])
        elif choice:
            block.choices.append((choice[1].upper(), choice[2].strip()))
        elif line.strip() or block.asked:
            block.asked.append(line)
    if block.raw:
        yield block


def _question(block: _Block, keys: Keys, page: Page) -> tuple[WrittenQuestion | None, list[Message]]:
    letters = [letter for letter, _ in block.choices]
    named = [letter.upper() for answer in block.answers for letter in re.findall(r"[A-Za-z]", answer)]
    asked = "\n".join(block.asked).strip()
    wrong = _what_is_wrong(asked, letters, named)
    if wrong:
        return None, [wrong]
    ask, stem = ask_and_stem(markdown_of(asked, _FORM, page))
    options = tuple(Choice(markdown_of(text, _FORM, page), Fraction(letter in named)) for letter, text in block.choices)
    kind = "one" if len(set(named)) == 1 else "several"
    notes = [] if kind == "one" else [
        message("Several answers are named as right, which Aiken does not know. It was taken as several choices.")
    ]  # fmt: skip
    return WrittenQuestion(keys.propose(ask), kind, ask, Choices(options), stem), notes


def _what_is_wrong(asked: str, letters: list[str], named: list[str]) -> Message | None:
    if not asked:
        return message("No question stands above these answers. Write it there.")
    if len(letters) < 2:
        return message("This question has fewer than two answers. Begin each with a letter, as in “A. Yes”.")
    if len(set(letters)) < len(letters):
        return message("Two answers have the same letter. Change one.")
    if not named:
        return message("No answer is named as right. Write a line below the answers, as in “ANSWER: A”.")
    if not set(named) <= set(letters):
        return message("The line ANSWER names a letter that no answer has. Correct it.")
    return None
