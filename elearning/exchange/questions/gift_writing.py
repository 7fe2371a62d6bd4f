"""Questions as GIFT. Texts are marked as Markdown, which Moodle reads; what GIFT cannot say is listed."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from elearning.domain.questions.gaps import cut
from elearning.domain.questions.moments import Moment, moment_words
from elearning.domain.questions.number import number_words
from elearning.domain.written import Choice, WrittenQuestion
from elearning.exchange.questions.exported import Exported, Html
from elearning.exchange.questions.labels import labels_of
from elearning.exchange.questions.unsaid import Losses, percent

_SIGNS = re.compile(r"[\\~=#{}:]")


def write(questions: Sequence[WrittenQuestion], html: Html) -> Exported:
    """The questions as a GIFT file in UTF-8."""
    losses = Losses()
    blocks = [block for question in questions if (block := _block(question, losses))]
    return Exported("\n\n".join([*blocks, ""]).encode(), tuple(losses.found))


def said(text: str) -> str:
    """A text as it stands in GIFT: its signs protected, its lines in one."""
    return _SIGNS.sub(lambda found: "\\" + found[0], text).replace("\n", "\\n")


def _block(question: WrittenQuestion, losses: Losses) -> str:
    writer = _WRITERS.get(question.type)
    answers = writer(question, losses) if writer else None
    if answers is None:
        losses.note(question, "all")
        return ""
    losses.note_common(question, "points", "penalty", "hints", "keep", "media")
    labels = "".join(f" [tag:{label}]" for label in labels_of(question))
    return f"// [id:{question.key}]{labels}\n::{said(question.key)}::[markdown]{_text(question, answers)}"


def _text(question: WrittenQuestion, answers: str) -> str:
    """The words of the question and its answers, which a blank has among them."""
    before, after = "\n\n".join(part for part in (question.ask, question.stem) if part), ""
    if question.type == "blanks":
        parts = cut(question.body.text)
        before, after = f"{question.ask}\n\n{parts[0][0]}", parts[1][0]
    explanation = f"\t####{said(question.explanation)}\n" if question.explanation and answers else ""
    return said(before) + answers.removesuffix("}") + explanation + ("}" if answers else "") + said(after)


def _choices(question: WrittenQuestion, weights: Sequence[str]) -> str:
    lines = [
        f"\t{weight}{said(one.text)}" + (f"#{said(one.feedback)}" if one.feedback else "")
        for weight, one in zip(weights, question.body.options, strict=True)
    ]
    return "{\n" + "\n".join(lines) + "\n}"


def _one(question: WrittenQuestion, losses: Losses) -> str:
    return _choices(question, ["=" if one.share == 1 else "~" for one in question.body.options])


def _several(question: WrittenQuestion, losses: Losses) -> str:
    if question.body.credit != "right-minus-wrong":
        losses.note(question, "credit")
    part = Fraction(1, max(1, sum(one.share == 1 for one in question.body.options)))
    weights = [f"~%{percent(part if one.share == 1 else -part)}%" for one in question.body.options]
    return _choices(question, weights)


def _graded(question: WrittenQuestion, losses: Losses) -> str:
    options: Sequence[Choice] = question.body.options
    shares = [one.share for one in options]
    rights = sum(share > 0 for share in shares)
    if question.body.several:
        if all(share in (Fraction(1, rights), Fraction(-1, rights)) for share in shares):
            losses.note(question, "type")
        return _choices(question, [f"~%{percent(share)}%" for share in shares])
    if set(shares) == {Fraction(0), Fraction(1)} and rights == 1:
        losses.note(question, "type")
    return _choices(question, ["=" if share == 1 else f"~%{percent(share)}%" for share in shares])


def _short(question: WrittenQuestion, losses: Losses) -> str:
    if question.body.strict:
        losses.note(question, "strict")
    return _typed(question.body.accepted)


def _typed(accepted: Sequence[str]) -> str:
    return "{\n" + "\n".join(f"\t={said(words)}" for words in accepted) + "\n}"


def _number(question: WrittenQuestion, losses: Losses) -> str:
    if question.body.unit:
        losses.note(question, "unit")
    pairs = [f"{number_words(one.value)}:{number_words(one.tolerance)}" for one in question.body.accepted]
    return "{#\n" + "\n".join(f"\t={pair.replace(',', '.')}" for pair in pairs) + "\n}"


def _moment(question: WrittenQuestion, losses: Losses) -> str:
    body = question.body
    losses.note(question, "type", *(["tolerance"] if any(one.tolerance for one in body.accepted) else []))
    return _typed([moment_words(Moment(one.minutes, body.timed)).replace(",", "") for one in body.accepted])


def _order(question: WrittenQuestion, losses: Losses) -> str:
    losses.note(question, "type", *(["feedback"] if any(one.feedback for one in question.body.options) else []))
    rows = [f"\t={said(one.text)} -> {place}" for place, one in enumerate(question.body.options, 1)]
    return "{\n" + "\n".join(rows) + "\n}"


def _pairs(question: WrittenQuestion, losses: Losses) -> str | None:
    rows = question.body.rows
    if any("->" in side for row in rows for side in (row.left, row.right)):
        return None
    losses.note(question, "heads")
    repeats = len({row.right.casefold() for row in rows if row.left}) < sum(1 for row in rows if row.left)
    if repeats != (question.type == "sort"):
        losses.note(question, "type")
    return "{\n" + "\n".join(f"\t={said(row.left)} -> {said(row.right)}" for row in rows) + "\n}"


def _blanks(question: WrittenQuestion, losses: Losses) -> str | None:
    """The one blank of a text in its place; GIFT knows no text with several, and none at its end."""
    body = question.body
    parts = cut(body.text)
    if len(body.blanks) != 1 or not parts[-1][0].strip():
        return None
    if body.strict:
        losses.note(question, "strict")
    blank = body.blanks[0]
    words = blank.accepted or blank.options
    signs = ["=" if not blank.options or place == blank.right else "~" for place in range(len(words))]
    return "{" + " ".join(f"{sign}{said(word)}" for sign, word in zip(signs, words, strict=True)) + "}"


def _statement(question: WrittenQuestion, losses: Losses) -> str:
    losses.note(question, "rubric", *(["limits"] if question.body.most else []))
    return "{\n}"


def _description(question: WrittenQuestion, losses: Losses) -> str:
    return ""


# Polls, scales, recordings and texts with faults have no place in GIFT.
_WRITERS: Mapping[str, Callable[[WrittenQuestion, Losses], str | None]] = {
    "one": _one, "several": _several, "graded": _graded, "short": _short, "number": _number, "datetime": _moment,
    "order": _order, "match": _pairs, "sort": _pairs, "blanks": _blanks, "statement": _statement, "description": _description,
}  # fmt: skip
