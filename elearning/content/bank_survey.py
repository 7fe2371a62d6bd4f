"""A bank as a list: every question that its text holds, the broken ones with what is wrong; nothing is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.content.bank_lines import QuestionText, split_bank
from elearning.content.bank_reader import defaults_of
from elearning.content.pieces import Pieces
from elearning.content.problems import Problem, Problems
from elearning.content.question_reader import QuestionDraft, read_question
from elearning.content.sheets import type_of
from elearning.content.text import read_source


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A question of a bank; `draft` is None where it cannot be asked, and `problems` say why."""

    text: QuestionText
    type: str
    values: Mapping[str, str]
    draft: QuestionDraft | None
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> str:
        """All its lines."""
        return "\n".join(line.text for line in self.text.lines)


@dataclass(frozen=True, slots=True)
class Survey:
    """A bank as read; `problems` are those of the file as a whole."""

    questions: tuple[Surveyed, ...]
    defaults: Mapping[str, str]
    problems: tuple[Problem, ...]


def survey(path: str, data: bytes) -> Survey:
    """Every question of a bank, in the order of the file."""
    problems = Problems()
    source = read_source(path, data, problems)
    if source is None:
        return Survey((), {}, tuple(problems))
    defaults = defaults_of(source, problems)
    texts = split_bank(source, problems)
    first: dict[str, int] = {}
    found = [_one(path, text, defaults, first.setdefault(text.key, text.heading.number)) for text in texts]
    return Survey(tuple(found), defaults, tuple(problems))


def _one(path: str, text: QuestionText, defaults: dict[str, str], first: int) -> Surveyed:
    problems = Problems()
    draft = read_question(path, text, defaults, Pieces(), problems)
    if text.key and first != text.heading.number:
        problems.add(
            path,
            text.heading.number,
            "The key “%(key)s” stands here twice, first in line %(line)s. Change one.",
            key=text.key,
            line=first,
        )
    values = {**defaults, **text.attributes.values}
    return Surveyed(text, type_of(text), values, draft, tuple(problems))
