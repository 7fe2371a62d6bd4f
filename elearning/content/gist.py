"""What other texts need to know of a text: its key, its title, its minutes, its objectives. Cheap, and kept by its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from elearning.content import lesson_reader, quiz_reader
from elearning.content.fields import Fields, key_of
from elearning.content.front_matter import read_front
from elearning.content.problems import Problems
from elearning.content.reading import FACTS, GLOSSARY, LAWS, Registers, read_registers
from elearning.content.text import read_source


@dataclass(frozen=True, slots=True)
class Gist:
    """A lesson or a quiz in a few words; what is wrong with it is told elsewhere."""

    key: str
    title: str
    minutes: int
    objectives: Mapping[str, str]


@lru_cache(maxsize=4_000)
def gist_of(path: str, data: bytes) -> Gist:
    """The gist of a lesson or a quiz, as far as it can be read."""
    unheard = Problems()
    source = read_source(path, data, unheard)
    is_quiz = path.startswith("quizzes/")
    known = quiz_reader.FIELDS if is_quiz else lesson_reader.FIELDS
    front = read_front(source, known, unheard) if source else None
    if front is None:
        return Gist(path.rsplit("/", 1)[-1].removesuffix(".md"), "", 10, {})
    read = Fields(front, unheard)
    objectives = {} if is_quiz else read.pairs("objectives")
    minutes = 0 if is_quiz else read.whole("minutes", 10, 1, 300) or 10
    return Gist(key_of(path, front, unheard), read.text("title"), minutes, objectives)


@lru_cache(maxsize=16)
def registers_of(laws: bytes, facts: bytes, glossary: bytes = b"") -> Registers:
    """The registers of a tree, as far as they can be read."""
    return read_registers({LAWS: laws, FACTS: facts, GLOSSARY: glossary}, Problems())
