"""Questions without the parts that a format says it cannot say, so that what is left can be compared."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from elearning.content.writing import read
from elearning.domain.question import PENALTY
from elearning.domain.written import Choices, WrittenQuestion
from elearning.exchange.questions.exported import Exported

ROOT = Path(__file__).parents[3]
BANKS = sorted(path for path in (ROOT / "quizzes" / "banks").glob("*.md") if not path.name.endswith(".en.md"))


def questions_of(path: Path) -> tuple[WrittenQuestion, ...]:
    """The questions of a shipped bank."""
    found, problems = read(path.read_text("utf-8"))
    assert not problems
    return found


def _options(body: Choices, **new: Any) -> Choices:
    return replace(body, options=tuple(replace(one, **new) for one in body.options))


def without(question: WrittenQuestion, parts: Iterable[str]) -> WrittenQuestion:
    """The question as it is after these parts were lost."""
    usual: dict[str, Any] = {
        "points": 1, "penalty": PENALTY, "hints": (), "difficulty": 0, "explanation": "", "media": (),
    }  # fmt: skip
    for part in parts:
        body = question.body
        changes: dict[str, dict[str, Any]] = {
            "strict": {"strict": False}, "unit": {"unit": ""}, "heads": {"heads": ("", "")}, "rubric": {"rubric": None},
            "limits": {"least": 0, "most": 0}, "seconds": {"seconds": 0}, "credit": {"credit": "right-minus-wrong"},
        }  # fmt: skip
        if part in usual:
            question = replace(question, **{part: usual[part]})
        elif part == "type":
            question = replace(question, type="", body=None, stem="")
        elif body is None:
            continue
        elif part == "keep":
            question = replace(question, body=_options(body, keep=False))
        elif part == "feedback":
            question = replace(question, body=_options(body, feedback=""))
        elif part in changes:
            question = replace(question, body=replace(body, **changes[part]))
    return question


def compared(sent: Iterable[WrittenQuestion], made: Exported, back: Iterable[WrittenQuestion]) -> list[str]:
    """The keys of questions that did not come back as they went, but for what the format said it could not say."""
    lost: dict[str, list[str]] = {}
    for one in made.unsaid:
        lost.setdefault(one.key, []).append(one.part)
    found = {question.key: question for question in back}
    return [
        question.key
        for question in sent
        if ("all" in lost.get(question.key, []) and question.key in found)
        or (
            "all" not in lost.get(question.key, [])
            and not _same(question, found.get(question.key), lost.get(question.key, []))
        )
    ]


def _same(sent: WrittenQuestion, back: WrittenQuestion | None, lost: list[str]) -> bool:
    return back is not None and without(sent, lost) == without(back, lost)
