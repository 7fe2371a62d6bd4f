"""The lines of an exam paper in Word gathered into questions, keys, and what is neither."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from elearning.exchange.questions.docx_lines import Line, key_pairs, key_pairs_of


@dataclass(slots=True)
class Block:
    """The lines of one question, or with `beside` of something that is none."""

    number: int
    sign: str = ""
    asked: list[Line] = field(default_factory=list)
    options: list[Line] = field(default_factory=list)
    key: str = ""
    explained: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    strayed: bool = False
    beside: bool = False
    keys: dict[int, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The text as it stood."""
        return "\n".join(line.source for line in self.lines if line.source)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(line.source or line.runs for line in self.lines)


@dataclass(slots=True)
class Gatherer:
    """Goes through the lines; `numbered` says whether questions have numbers here."""

    numbered: bool
    done: list[Block] = field(default_factory=list)
    now: Block | None = None
    in_keys: bool = False

    def take(self, line: Line) -> None:
        """The next line."""
        if self.in_keys and self._is_key(line):
            self._of(line).keys.update(key_pairs_of(line.table) if line.table else key_pairs(line.source))
        elif line.kind == "keys" or (line.table is not None and key_pairs_of(line.table)):
            self.in_keys = True
            begun = self._begin(line, beside=True)
            begun.keys.update(key_pairs_of(line.table) if line.table is not None else {})
        elif line.kind == "stem" and self._begins(line):
            self.in_keys = False
            self._begin(line)
        elif line.kind == "section" and (self.now is None or self.now.options or self.now.beside):
            self._begin(line, beside=True)
        else:
            self._go_on(line)

    def _is_key(self, line: Line) -> bool:
        # A line such as “1. A  2. C” looks like a stem or an answer, but holds nothing else than a key.
        if line.table is not None:
            return bool(key_pairs_of(line.table))
        pairs = key_pairs(line.source)
        letters = sum(len(f"{number}{told}") for number, told in pairs.items())
        bare = line.source.lower().replace("câu", "")
        return bool(pairs) and letters * 2 >= len("".join(one for one in bare if one.isalnum()))

    def _of(self, line: Line) -> Block:
        """The open block of a key, with this line in it."""
        if self.now is None or not self.now.beside:
            return self._begin(line, beside=True)
        self.now.lines.append(line)
        return self.now

    def _begins(self, line: Line) -> bool:
        """Whether a numbered line opens a question; a list that counts anew in a stem does not."""
        now = self.now
        return (
            now is None or now.beside or bool(now.options) or not line.sign or int(line.sign) == int(now.sign or 0) + 1
        )

    def _begin(self, line: Line, beside: bool = False) -> Block:
        self.end()
        self.now = now = Block(line.number, line.sign if line.kind == "stem" else "", beside=beside)
        now.lines.append(line)
        if not beside:
            now.asked.append(line)
        return now

    def end(self) -> None:
        """Close what is open."""
        if self.now is not None and not self.now.is_empty:
            self.now.beside = self.now.beside or (not self.numbered and not self.now.options)
            self.done.append(self.now)
        self.now = None

    def _go_on(self, line: Line) -> None:
        now = self.now
        closed = now is None or now.beside
        if line.kind == "blank":
            if not self.numbered and now is not None and not now.options:
                self.end()
            return
        fresh = not self.numbered and now is not None and bool(now.options) and line.kind in ("words", "table", "stem")
        again = line.kind == "option" and line.sign == "A" and now is not None and bool(now.options)
        if closed or (fresh and not (now and now.explained)) or (again and not self.numbered):
            beside = self.numbered and line.kind != "option"
            if beside and now is not None and now.beside and not now.keys:
                now.lines.append(line)
                return
            begun = self._begin(line, beside)
            if line.kind == "option":
                begun.asked, begun.options = [], [line]
            return
        if now is not None:
            now.lines.append(line)
            _sorted_in(now, line)


def _sorted_in(block: Block, line: Line) -> None:
    if line.kind == "option" and not block.explained:
        block.options.append(line)
    elif line.kind == "key":
        block.key = line.sign
    elif line.kind == "explanation" or block.explained:
        block.explained.append(line)
    elif block.options:
        block.options.append(line)
        block.strayed = True
    else:
        block.asked.append(line)


def is_numbered(lines: Iterable[Line]) -> bool:
    """Whether questions have numbers in a file."""
    return any(line.kind == "stem" for line in lines)


def blocks_of(lines: Iterable[Line], numbered: bool) -> Iterator[Block]:
    """The questions and what stands beside them, in their order."""
    gatherer = Gatherer(numbered)
    for line in lines:
        gatherer.take(line)
        yield from gatherer.done
        gatherer.done.clear()
    gatherer.end()
    yield from gatherer.done
