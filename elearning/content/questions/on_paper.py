"""Which questions can be printed, what is put below their words, and what the key to a paper says of them."""

from collections.abc import Callable, Mapping
from typing import Any

from elearning.domain.exam_paper import Form
from elearning.domain.questions.moments import Moment, moment_words
from elearning.domain.questions.number import number_words
from elearning.domain.written import Choices, WrittenQuestion


def _short(body: Any) -> str:
    return " / ".join(body.accepted)


def _number(body: Any) -> str:
    first = body.accepted[0]
    near = f" ± {number_words(first.tolerance)}" if first.tolerance else ""
    return f"{number_words(first.value)}{near} {body.unit}".strip()


def _moment(body: Any) -> str:
    return moment_words(Moment(body.accepted[0].minutes, body.timed))


# All other types need a screen.
_FORMS: Mapping[str, Form] = {
    "one": "choices", "several": "choices", "graded": "choices", "short": "line", "number": "line", "datetime": "line",
    "statement": "room", "description": "text",
}  # fmt: skip
_ANSWERS: Mapping[str, Callable[[Any], str]] = {"short": _short, "number": _number, "datetime": _moment}


def form_of(question: WrittenQuestion) -> Form | None:
    """What is put below the words of a question; None for one that cannot be printed."""
    return _FORMS.get(question.type)


def takes_several(question: WrittenQuestion) -> bool:
    """Whether more than one answer may be chosen."""
    return isinstance(question.body, Choices) and (question.type == "several" or question.body.several)


def answer_of(question: WrittenQuestion) -> str:
    """What the key says of a question that is answered in writing: a dash where a person marks it."""
    told = _ANSWERS.get(question.type)
    return told(question.body) if told else "–" if form_of(question) == "room" else ""
