"""Questions as written values ↔ the text of a bank. Reading what was written gives the same values again."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from elearning.content.bank_lines import split_bank
from elearning.content.bank_reader import read_bank
from elearning.content.figures import figure_words, share_words
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import QuestionDraft
from elearning.content.questions import TYPES
from elearning.content.questions.drafts import Lines
from elearning.content.text import read_source
from elearning.domain.question import PENALTY
from elearning.domain.questions import TYPES as RULES
from elearning.domain.written import WrittenQuestion

_MOST_PENALTY = 99


def read(text: str, path: str = "") -> tuple[tuple[WrittenQuestion, ...], Problems]:
    """The questions of a bank as written, and what is wrong with its text; broken questions are left out.

    What the front matter of the bank says of all its questions is said by each.
    """
    problems, pieces = Problems(), Pieces()
    source = read_source(path, text.encode(), problems)
    drafts = read_bank(source, pieces, problems).questions if source else ()
    return tuple(written(draft, pieces) for draft in drafts), problems


def written(draft: QuestionDraft, pieces: Pieces) -> WrittenQuestion:
    """A question that was parsed, as its trainer wrote it."""
    kind = TYPES[draft.type]
    return WrittenQuestion(
        key=draft.key,
        type=draft.type,
        ask=draft.text.words,
        body=kind.written(draft.body, pieces),
        stem="" if kind.OWN_STEM else pieces.asked[draft.stem].text,
        explanation=pieces.asked[draft.explanation].text,
        points=draft.points,
        difficulty=draft.difficulty,
        tags=draft.tags,
        objective=draft.objective,
        facts=draft.facts,
        basis=draft.basis,
        penalty=draft.penalty,
        hints=tuple(pieces.asked[hint].text for hint in draft.hints),
    )


def write(question: WrittenQuestion) -> str:
    """The canonical text of a question, as it stands in a bank; `type=` is written where the shape does not say it."""
    lines = TYPES[question.type].unwritten(question.body)
    bare = _text(question, lines, _attributes(question, lines, {}))
    if _claimed(bare) == question.type:
        return bare
    return _text(question, lines, _attributes(question, lines, {"type": question.type}))


def write_bank(title: str, questions: Iterable[WrittenQuestion]) -> str:
    """The text of a bank that holds these questions."""
    return "\n".join([f"# {title}\n", *map(write, questions)])


def fits(question: WrittenQuestion, text: str = "") -> Problems:
    """What keeps a question from standing in a bank as it is: what the checker says of its text, which is written where it is not
    at hand yet.

    Where the checker has nothing to say but the text would be read as another question, that is the problem.
    """
    found, problems = read(text or write(question))
    if not problems and found != (replace(question, media=()),):
        problems.add("", 1, "Some lines of this question would be read as something else. Put it into other words.")
    return problems


def _text(question: WrittenQuestion, lines: Lines, attributes: Mapping[str, str]) -> str:
    stem = lines.stem or question.stem
    parts = [f"## {question.ask} {{#{question.key}}}" + (f"\n{stem}" if stem else ""), "\n".join(lines.answer)]
    if question.explanation:
        parts.append("\n".join(f"> {line}".rstrip() for line in question.explanation.split("\n")))
    said = " ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())
    text = "\n\n".join(part for part in parts if part) + (f"\n{{: {said} }}" if said else "") + "\n"
    return unicodedata.normalize("NFC", text)


def _attributes(question: WrittenQuestion, lines: Lines, kind: Mapping[str, str]) -> dict[str, str]:
    """All that stands in the last line, in one order; what is as usual is left out, but the points of what is graded."""
    graded = RULES[question.type].MARKED != "never"
    values = {
        **kind,
        **lines.attributes,
        "points": figure_words(question.points) if graded or question.points != 1 else "",
        "difficulty": str(question.difficulty or ""),
        "tag": " ".join(question.tags),
        "objective": question.objective,
        "facts": " ".join(question.facts),
        "basis": " ".join(question.basis),
        "penalty": "" if question.penalty == PENALTY else share_words(question.penalty, _MOST_PENALTY),
        "hint": " | ".join(question.hints),
    }
    return {name: value for name, value in values.items() if value}


def _quoted(value: str) -> str:
    return value if re.fullmatch(r"[^\s\"]+", value) else f'"{value}"'


def _claimed(text: str) -> str:
    """The type that the shape of a text says; empty where it says none."""
    source = read_source("", text.encode(), Problems())
    question = next(iter(split_bank(source, Problems())), None) if source else None
    return next((name for name, kind in TYPES.items() if question and kind.claims(question)), "")
