"""What our questions have and other platforms have not, as tags that they keep: `difficulty:2`, `objective:tinh-han`."""

import re
from collections.abc import Iterable
from typing import Any

from elearning.domain.keys import proposed_key
from elearning.domain.written import WrittenQuestion

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BASIS = re.compile(r"[a-z0-9-]+(#[a-z0-9.-]+)?")
_LISTS = {"facts": re.compile(r"[A-Za-z0-9-]+"), "basis": _BASIS}


def labels_of(question: WrittenQuestion) -> list[str]:
    """The tags of a question, and the attributes that become tags."""
    labels = list(question.tags)
    labels += [f"difficulty:{question.difficulty}"] if question.difficulty else []
    labels += [f"objective:{question.objective}"] if question.objective else []
    return labels + [f"{name}:{one}" for name in _LISTS for one in getattr(question, name)]


def from_labels(labels: Iterable[str]) -> dict[str, Any]:
    """The attributes that tags stand for, as arguments of WrittenQuestion; a tag of words becomes one of our form."""
    found: dict[str, Any] = {"tags": (), "facts": (), "basis": ()}
    for label in labels:
        name, colon, value = label.strip().partition(":")
        if colon and name == "difficulty" and value in {"1", "2", "3", "4", "5"}:
            found["difficulty"] = int(value)
        elif colon and name == "objective" and _KEY.fullmatch(value):
            found["objective"] = value
        elif colon and name in _LISTS and _LISTS[name].fullmatch(value):
            found[name] += (value,)
        elif label.strip():
            tag = label.strip() if re.fullmatch(r"[\w.-]+", label.strip()) else proposed_key(label)
            found["tags"] += () if tag in found["tags"] else (tag,)
    return found


def is_key(text: str) -> bool:
    """Whether a name of another platform can be a key of ours as it is."""
    return len(text) <= 80 and _KEY.fullmatch(text) is not None
