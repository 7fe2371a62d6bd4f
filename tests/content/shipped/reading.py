"""The shipped texts as checks see them: lessons and questions as prose, sentence by sentence, with where they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from elearning.content.bank_lines import QuestionText, items_of, marked_questions, split_bank
from elearning.content.compiling import is_translation
from elearning.content.front_matter import Front, read_front
from elearning.content.lesson_reader import FIELDS
from elearning.content.problems import Problems
from elearning.content.text import Line, read_source

Files = Mapping[str, bytes]
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
_END = re.compile(r"(?<=[.!?…])[”»\")*]*\s+(?=[A-ZÀ-ỸĐ“«(*\d])")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[^\]]{0,6}\]\s+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with its line; `case` says that it stands in a callout of a case, which is invented."""

    path: str
    line: int
    text: str
    case: bool = False

    @property
    def bare(self) -> str:
        """The words alone, without addresses and marks."""
        return plain(self.text)

    @property
    def links(self) -> list[tuple[str, str]]:
        """(words, target) of each link."""
        return _LINK.findall(self.text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a bank, a quiz or a lesson."""

    path: str
    text: QuestionText

    @property
    def where(self) -> str:
        return f"{self.path}:{self.text.heading.number}"

    @property
    def values(self) -> Mapping[str, str]:
        return self.text.attributes.values

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(self.values.get("facts", "").split())


@dataclass(frozen=True, slots=True)
class Read:
    """One file: its front matter, its prose, its questions."""

    path: str
    front: Front
    prose: tuple[Line, ...]
    questions: tuple[Asked, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        value = self.front.values.get("facts", ())
        return tuple(value) if isinstance(value, (list, tuple)) else ()


def plain(text: str) -> str:
    """Markdown as words."""
    bare = re.sub(r"\{[.#:][^}]*\}", " ", _LINK.sub(r"\1", text))
    return re.sub(r"[*_`#>|]|==!?|\{\{=?|\}\}", " ", bare)


@lru_cache(maxsize=4096)
def read(path: str, data: bytes) -> Read:
    """A lesson, a quiz or a bank."""
    unheard = Problems()
    source = read_source(path, data, unheard)
    assert source is not None, path
    front = read_front(source, FIELDS, unheard)
    if path.startswith("quizzes/banks/"):
        return Read(path, front, (), tuple(Asked(path, one) for one in split_bank(source, unheard)))
    marked = marked_questions(path, source.body, unheard)
    inside = {number for one in marked for number in range(one.start, one.end)}
    prose = tuple(line for place, line in enumerate(source.body) if place not in inside)
    return Read(path, front, prose, tuple(Asked(path, one.text) for one in marked))


def is_lesson(path: str) -> bool:
    """Whether a path names a lesson, in whichever language."""
    return path.startswith("courses/") and path.count("/") == 2 and "/course." not in path and path.endswith(".md")


def lessons(files: Files) -> list[Read]:
    """The lessons in their own language, in order."""
    return [read(path, data) for path, data in sorted(files.items()) if is_lesson(path) and not is_translation(path)]


def banks(files: Files) -> list[Read]:
    """The banks in their own language, in order."""
    return [
        read(path, data) for path, data in sorted(files.items())
        if path.startswith("quizzes/banks/") and path.endswith(".md") and not is_translation(path)
    ]  # fmt: skip


def prose(found: Read) -> Iterator[Sentence]:
    """The sentences of a text outside its questions; those in a callout of a case are marked so."""
    case = False
    for line in found.prose:
        if line.text.startswith("!!!"):
            case = line.text.startswith("!!! case")
        elif line.text.strip() and not line.text.startswith(" "):
            case = False
        if not line.code and line.text.strip() and not line.text.startswith("!!!"):
            yield from _cut(found.path, line, case)


def _cut(path: str, line: Line, case: bool = False) -> Iterator[Sentence]:
    text = line.text.strip()
    cells = [cell for cell in text.strip("|").split("|") if cell.strip(" -:")] if text.startswith("|") else [text]
    for cell in cells:
        for part in _END.split(_BULLET.sub("", cell.strip())):
            if part.strip():
                yield Sentence(path, line.number, part.strip(), case)


def question_sentences(one: Asked) -> Iterator[Sentence]:
    """What a question says as its own word: its explanation and its feedback, where nothing is invented or wrong."""
    text = one.text
    for line in text.explanation:
        yield from _cut(one.path, Line(line.number, line.text.removeprefix(">").strip()))
    if text.shape == "boxes":
        for item in items_of(text):
            if item.feedback:
                yield from _cut(one.path, Line(item.line, item.feedback))
