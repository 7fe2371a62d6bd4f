"""A question bank: its title, its defaults, and its questions."""

from dataclasses import dataclass

from elearning.content.bank_lines import split_bank
from elearning.content.fields import Fields
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import COMMON, QuestionDraft, read_question
from elearning.content.text import Source

FIELDS = COMMON - {"type", "retired"} | {"of", "language"}


@dataclass(frozen=True, slots=True)
class BankDraft:
    """A bank as parsed. `count` is how many questions its text holds, the broken ones included."""

    path: str
    questions: tuple[QuestionDraft, ...]
    count: int


def defaults_of(source: Source, problems: Problems) -> dict[str, str]:
    """What the front matter of a bank says of all its questions."""
    fields = Fields(read_front(source, FIELDS, problems), problems)
    return {name: " ".join(fields.words(name)) for name in sorted(COMMON) if name in fields.front.values}


def read_bank(source: Source, pieces: Pieces, problems: Problems) -> BankDraft:
    """Read a bank; broken questions are left out, with what is wrong noted."""
    defaults = defaults_of(source, problems)
    texts = split_bank(source, problems)
    if not texts:
        problems.add(source.path, 1, "The bank holds no questions. Begin each with a line: ## Question {#key}")
    first: dict[str, int] = {}
    questions = []
    for text in texts:
        if text.key in first:
            problems.add(
                source.path,
                text.heading.number,
                "The key “%(key)s” stands here twice, first in line %(line)s. Change one.",
                key=text.key,
                line=first[text.key],
            )
        elif text.key:
            first[text.key] = text.heading.number
        question = read_question(source.path, text, defaults, pieces, problems)
        if question is not None and first.get(text.key) == text.heading.number:
            questions.append(question)
    return BankDraft(source.path, tuple(questions), len(texts))
