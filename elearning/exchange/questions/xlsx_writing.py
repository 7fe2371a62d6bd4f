"""Questions as rows of a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zoneinfo import ZoneInfo

from elearning.domain.question import PENALTY
from elearning.domain.questions.moments import Moment, moment_words
from elearning.domain.questions.number import number_words
from elearning.domain.written import Choices, WrittenQuestion
from elearning.exchange.questions.exported import Exported, Html
from elearning.exchange.questions.given_words import usual_heads
from elearning.exchange.questions.rubric_tables import rubric_table
from elearning.exchange.questions.unsaid import Losses
from elearning.exchange.questions.xlsx_columns import COLUMNS, LETTERS, NAMES, type_words
from elearning.exchange.questions.xlsx_places import with_blanks, with_faults
from elearning.exchange.table import csv_chunks, xlsx_file

SHEET = "Câu hỏi"
# No cell of these tables holds a moment, so that no zone matters.
_ZONE = ZoneInfo("UTC")
Cells = dict[str, str]


def write(questions: Sequence[WrittenQuestion], html: Html) -> Exported:
    """The questions as a workbook of one sheet. Raises ExchangeError for more than a sheet can hold."""
    rows, losses = _rows(questions)
    target = BytesIO()
    xlsx_file(COLUMNS, rows, SHEET, target, _ZONE)
    return Exported(target.getvalue(), tuple(losses.found))


def write_csv(questions: Sequence[WrittenQuestion], html: Html) -> Exported:
    """The questions as CSV, as Excel here reads it."""
    rows, losses = _rows(questions)
    return Exported(b"".join(csv_chunks(COLUMNS, rows, _ZONE)), tuple(losses.found))


def _rows(questions: Sequence[WrittenQuestion]) -> tuple[list[list[str]], Losses]:
    losses = Losses()
    rows: list[list[str]] = []
    for question in questions:
        losses.note_common(question, "media")
        cells = _cells(question, losses)
        if cells is not None:
            rows.append([cells.get(name, "") for name in NAMES])
    return rows, losses


def _cells(question: WrittenQuestion, losses: Losses) -> Cells | None:
    own: Cells = {}
    more: dict[str, str] = {} if question.penalty == PENALTY else {"penalty": str(question.penalty)}
    if not _WRITERS[question.type](question, own, more, losses):
        losses.note(question, "all")
        return None
    common = {
        "key": question.key, "type": type_words(question.type), "ask": question.ask, "stem": question.stem,
        "explanation": question.explanation, "points": _points(question), "difficulty": str(question.difficulty or ""),
        "tags": " ".join(question.tags), "objective": question.objective, "facts": " ".join(question.facts),
        "basis": " ".join(question.basis), "hints": "\n".join(question.hints),
        "more": "; ".join(f"{name}={value}" for name, value in more.items()),
    }  # fmt: skip
    return common | own


def _points(question: WrittenQuestion) -> str:
    return number_words(question.points) if not question.points * 1000 % 1 else str(question.points)


def _choices(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    body: Choices = question.body
    if len(body.options) > len(LETTERS):
        return False
    lettered = list(zip(LETTERS, body.options, strict=False))
    own |= {letter: one.text for letter, one in lettered}
    if question.type in ("one", "several"):
        own["right"] = ", ".join(letter for letter, one in lettered if one.share > 0)
    elif question.type == "graded":
        own["right"] = "; ".join(
            f"{letter}={one.share * 100}%" if not one.share * 100 % 1 else f"{letter}={one.share}"
            for letter, one in lettered
        )
    own["feedback"] = "\n".join(f"{letter}: {one.feedback}" for letter, one in lettered if one.feedback)
    keep = ",".join(letter for letter, one in lettered if one.keep)
    more |= {"keep": keep} if keep else {}
    more |= {"several": "yes"} if body.several else {}
    more |= {"credit": body.credit} if body.credit != "right-minus-wrong" else {}
    return True


def _pairs(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    rows = question.body.rows
    if len(rows) > len(LETTERS) or any("=>" in one.left + one.right for one in rows):
        return False
    own |= {letter: f"{one.left} => {one.right}".strip() for letter, one in zip(LETTERS, rows, strict=False)}
    heads = question.body.heads
    if any(sign in "".join(heads) for sign in ";|="):
        losses.note(question, "heads")
    elif heads != usual_heads(f"{question.ask} {own['A']}"):
        more["heads"] = "|".join(heads)
    return True


def _short(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    own |= dict(zip(LETTERS, question.body.accepted, strict=False))
    more |= {"strict": "yes"} if question.body.strict else {}
    return len(question.body.accepted) <= len(LETTERS)


def _number(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    for letter, one in zip(LETTERS, question.body.accepted, strict=False):
        own[letter] = number_words(one.value) + (f" ± {number_words(one.tolerance)}" if one.tolerance else "")
    more |= {"unit": question.body.unit} if question.body.unit else {}
    return len(question.body.accepted) <= len(LETTERS) and ";" not in question.body.unit


def _moment(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    for letter, one in zip(LETTERS, question.body.accepted, strict=False):
        words = moment_words(Moment(one.minutes, question.body.timed))
        own[letter] = words + (f" ± {one.tolerance} {one.unit}" if one.tolerance else "")
    return len(question.body.accepted) <= len(LETTERS)


def _blanks(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    own["stem"] = with_blanks(question.body)
    more |= {"strict": "yes"} if question.body.strict else {}
    return bool(own["stem"])


def _faults(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    own["A"] = with_faults(question.body)
    return bool(own["A"])


def _statement(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    own["A"] = rubric_table(question.body.rubric)
    more |= {name: str(value) for name in ("least", "most") if (value := getattr(question.body, name))}
    return True


def _recording(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    own["A"] = rubric_table(question.body.rubric)
    more["seconds"] = str(question.body.seconds)
    return True


def _nothing(question: WrittenQuestion, own: Cells, more: dict[str, str], losses: Losses) -> bool:
    return True


_WRITERS: Mapping[str, Callable[[WrittenQuestion, Cells, dict[str, str], Losses], bool]] = {
    **dict.fromkeys(("one", "several", "graded", "poll", "likert", "order"), _choices), "match": _pairs, "sort": _pairs,
    "short": _short, "number": _number, "datetime": _moment, "blanks": _blanks, "faults": _faults, "statement": _statement,
    "recording": _recording, "description": _nothing,
}  # fmt: skip
