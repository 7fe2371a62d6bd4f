"""The types of question, each one noun on every floor."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from elearning.domain.questions import number, one, order, several, short

TYPES: Mapping[str, ModuleType] = {"one": one, "several": several, "short": short, "number": number, "order": order}


def body_class(kind: str) -> type[Any]:
    """The dataclass that holds what is particular to a type. Raises KeyError for an unknown type."""
    found: type[Any] = TYPES[kind].Body
    return found
