"""One question of a bank: its attributes, its type, and its parts as pieces to render."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from elearning.content.attributes import attribute_words
from elearning.content.bank_lines import Marked, QuestionText, quote_text
from elearning.content.fields import KEY, read_share
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions import TYPES
from elearning.content.text import joined, lines_digest
from elearning.domain.law import read_basis
from elearning.domain.question import PENALTY, Question

_POINTS = re.compile(r"\d{1,3}([.,]\d{1,3}|/\d{1,3})?")
_PENALTY = re.compile(r"\d{1,3}([.,]\d{1,3})?\s*%|[01]([.,]\d{1,4})?|\d{1,2}/\d{1,2}")
COMMON = frozenset({"type", "points", "difficulty", "tag", "objective", "facts", "basis", "penalty", "hint", "retired"})
MOST_HINTS = 5


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as parsed; `body` is the draft of its type, tickets stand for its pieces."""

    text: QuestionText
    type: str
    body: Any
    ask: int
    stem: int
    explanation: int
    points: Fraction
    difficulty: int
    tags: tuple[str, ...]
    objective: str
    facts: tuple[str, ...]
    basis: tuple[str, ...]
    penalty: Fraction
    hints: tuple[int, ...]
    retired: bool = False

    @property
    def key(self) -> str:
        return self.text.key


def read_question(
    path: str, text: QuestionText, defaults: dict[str, str], pieces: Pieces, problems: Problems
) -> QuestionDraft | None:
    """Read one question; None, with problems noted, when it cannot be asked."""
    before = len(problems)
    values = {**defaults, **text.attributes.values}
    kind = _type(path, text, values, problems)
    _check_attributes(path, text, kind, problems)
    _check_key(path, text, problems)
    body = TYPES[kind].parse(path, text, pieces, problems) if kind else None
    points, difficulty = _figures(path, text, values, problems)
    penalty = _penalty(path, text, values, problems)
    retired = _retired(path, text, values, problems)
    if body is None or len(problems) > before:
        return None
    stem = () if TYPES[kind].OWN_STEM else text.stem
    hints = tuple(ask_hint(path, text, hint, pieces) for hint in hints_of(values))
    return QuestionDraft(
        text, kind, body,
        pieces.ask(path, text.heading.number, text.words, inline=True),
        pieces.ask(path, stem[0].number if stem else text.heading.number, joined(stem)),
        pieces.ask(path, text.explanation[0].number if text.explanation else 0, quote_text(text.explanation)),
        points, difficulty, tuple(values.get("tag", "").split()), values.get("objective", ""),
        tuple(values.get("facts", "").split()), tuple(values.get("basis", "").split()), penalty, hints, retired,
    )  # fmt: skip


def read_marked(path: str, marked: Sequence[Marked], pieces: Pieces, problems: Problems) -> tuple[QuestionDraft, ...]:
    """The questions that stand in a lesson or a quiz, each key once."""
    check_keys_once(path, marked, problems)
    found = (read_question(path, one.text, {}, pieces, problems) for one in marked)
    return tuple(draft for draft in found if draft is not None)


def check_keys_once(path: str, marked: Sequence[Marked], problems: Problems) -> None:
    """Note every question of a lesson or a quiz whose key stands there already."""
    seen: set[str] = set()
    for one in marked:
        if one.text.key in seen:
            problems.add(
                path,
                one.text.heading.number,
                "The question “%(key)s” stands in this text twice. Change one key.",
                key=one.text.key,
            )
        seen.add(one.text.key)


def hints_of(values: Mapping[str, str]) -> list[str]:
    """The hints of a question, first to last; a bar parts them."""
    return [hint.strip() for hint in values.get("hint", "").split("|") if hint.strip()]


def ask_hint(path: str, text: QuestionText, hint: str, pieces: Pieces) -> int:
    """Put a hint on the list of pieces."""
    return pieces.ask(path, text.attributes_line, hint, inline=True)


def _penalty(path: str, text: QuestionText, values: dict[str, str], problems: Problems) -> Fraction:
    """What a further try costs: `penalty=1/3` or `penalty=25%`."""
    if len(hints_of(values)) > MOST_HINTS:
        problems.add(path, text.attributes_line, "A question has at most %(most)s hints.", most=MOST_HINTS)
    written = values.get("penalty", "")
    if not written:
        return PENALTY
    share = read_share(written) if _PENALTY.fullmatch(written) else None
    if share is None or not 0 <= share <= 1:
        problems.add(path, text.attributes_line, "penalty= is a share from 0% to 100%, such as 1/3 or 25%.")
        return PENALTY
    return share


def _retired(path: str, text: QuestionText, values: dict[str, str], problems: Problems) -> bool:
    """`retired=yes` keeps a question and its key in the bank, for no paper to draw."""
    written = values.get("retired", "no")
    if written not in ("yes", "no"):
        problems.add(path, text.attributes_line, "retired= is yes or no.")
    return written == "yes"


def _check_key(path: str, text: QuestionText, problems: Problems) -> None:
    if not text.key:
        problems.add(
            path, text.heading.number, "The question has no key. Put one at the end of its heading: {#han-24-gio}"
        )
    elif not KEY.fullmatch(text.key):
        problems.add(
            path,
            text.heading.number,
            "The key “%(key)s” may hold only small letters a–z, digits and single dashes.",
            key=text.key,
        )


def _type(path: str, text: QuestionText, values: dict[str, str], problems: Problems) -> str:
    wanted = values.get("type", "")
    if wanted in TYPES:
        if not TYPES[wanted].fits(text):
            problems.add(
                path, text.attributes_line, "type=%(type)s does not fit the answers below the question.", type=wanted
            )
            return ""
        return wanted
    if wanted:
        problems.add(path, text.attributes_line, "type= is one of: %(known)s.", known=", ".join(TYPES))
        return ""
    found = next((name for name, kind in TYPES.items() if kind.claims(text)), "")
    if not found:
        problems.add(
            path,
            text.heading.number,
            "No answers follow this question. Write boxes, lines = answer, a numbered list or a table; a text that asks nothing has type=description.",
        )
    return found


def _check_attributes(path: str, text: QuestionText, kind: str, problems: Problems) -> None:
    known = COMMON | (TYPES[kind].ATTRIBUTES if kind else frozenset())
    for name in text.attributes.values:
        if kind and name not in known:
            problems.add(
                path,
                text.attributes_line,
                "The attribute “%(name)s” is not known here. Known are: %(known)s.",
                name=name,
                known=", ".join(sorted(known)),
            )
    for name in text.attributes.repeated:
        problems.add(path, text.attributes_line, "The attribute “%(name)s” stands here twice. Delete one.", name=name)
    if text.attributes.rest:
        problems.add(
            path,
            text.attributes_line,
            '“%(rest)s” cannot be read. Write name=value, or name="two words".',
            rest=text.attributes.rest[:40],
        )


def _figures(path: str, text: QuestionText, values: dict[str, str], problems: Problems) -> tuple[Fraction, int]:
    points, difficulty = values.get("points", "1"), values.get("difficulty", "")
    exact = _points(points)
    if not 0 < exact <= 100:
        problems.add(path, text.attributes_line, "points= is a number above 0 and up to 100.")
        exact = Fraction(1)
    if difficulty not in ("", "1", "2", "3", "4", "5"):
        problems.add(path, text.attributes_line, "difficulty= is a number from 1 to 5.")
        difficulty = ""
    for basis in values.get("basis", "").split():
        if read_basis(basis) is None:
            problems.add(
                path, text.attributes_line, "basis= is written as key#article.clause.point, such as nd-244-2026#7.3."
            )
    return exact, int(difficulty or 0)


def _points(text: str) -> Fraction:
    """The number, or 0 for what is none. Fraction alone would take 1e999999999 and work on it for minutes."""
    try:
        return Fraction(text.replace(",", ".")) if _POINTS.fullmatch(text) else Fraction(0)
    except ZeroDivisionError:
        return Fraction(0)


def built(draft: QuestionDraft, pieces: Pieces, unsure: frozenset[str]) -> Question:
    """The question with its HTML. `unsure` are the facts that are not yet checked against the signed text."""
    stem = draft.body.stem if TYPES[draft.type].OWN_STEM else draft.stem
    cites = tuple(dict.fromkeys((*draft.basis, *pieces.cites(draft.explanation, stem))))
    return Question(
        key=draft.text.key,
        type=draft.type,
        ask=pieces.html(draft.ask),
        stem=pieces.html(draft.stem),
        explanation=pieces.html(draft.explanation),
        digest=lines_digest(draft.text.lines),
        body=TYPES[draft.type].build(draft.body, pieces),
        points=draft.points,
        difficulty=draft.difficulty,
        tags=draft.tags,
        objective=draft.objective,
        facts=draft.facts,
        cites=cites,
        unsure=any(fact in unsure for fact in draft.facts),
        penalty=draft.penalty,
        hints=tuple(pieces.html(hint) for hint in draft.hints),
        retired=draft.retired,
    )


def format_question(draft: QuestionDraft) -> str:
    """The question in canonical form; reading it again gives the same question."""
    text = draft.text
    mark = " .question" if text.level != 2 else ""
    head = f"{'#' * text.level} {text.words} {{#{text.key}{mark}}}" + ("\n" + joined(text.stem) if text.stem else "")
    parts = [head, "\n".join(TYPES[draft.type].format_answer(draft.body))]
    if text.explanation:
        parts.append("\n".join(f"> {line}".rstrip() for line in quote_text(text.explanation).split("\n")))
    attributes = attribute_words(text.attributes.values)
    return "\n\n".join(part for part in parts if part) + (f"\n{{: {attributes} }}" if attributes else "") + "\n"
