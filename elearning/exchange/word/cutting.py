"""Runs cut and looked at as one line of words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from elearning.exchange.word.values import Mark, Run


def plain(runs: Sequence[Run]) -> str:
    """The words of some runs."""
    return "".join(run.text for run in runs)


def cut(runs: Sequence[Run], start: int, end: int | None = None) -> tuple[Run, ...]:
    """The runs from one character to another; what has no characters stays where it stands."""
    found: list[Run] = []
    at = 0
    for run in runs:
        last = at + len(run.text)
        if run.text:
            text = run.text[max(0, start - at) : None if end is None else max(0, end - at)]
            found += [replace(run, text=text)] if text else []
        elif start <= at and (end is None or at < end):
            found.append(run)
        at = last
    return tuple(found)


def lines(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs line by line, as breaks part them."""
    text = plain(runs)
    start = 0
    for place, letter in enumerate(text):
        if letter == "\n":
            yield cut(runs, start, place)
            start = place + 1
    yield cut(runs, start)


def stripped(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without blanks at both ends."""
    text = plain(runs)
    first = len(text) - len(text.lstrip())
    return cut(runs, first, len(text.rstrip()) if text.strip() and text != text.rstrip() else None)


def stands_out(runs: Sequence[Run], mark: Mark) -> bool:
    """Whether most of the letters of some runs carry a mark."""
    letters = sum(letter.isalnum() for run in runs for letter in run.text)
    marked = sum(letter.isalnum() for run in runs for letter in run.text if mark in run.marks)
    return letters > 0 and marked * 10 >= letters * 6
