"""The types of question, each one noun on every floor."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from elearning.domain.questions import (
    blanks,
    datetime,
    description,
    faults,
    graded,
    likert,
    match,
    number,
    one,
    order,
    poll,
    recording,
    several,
    short,
    sort,
    statement,
)

TYPES: Mapping[str, ModuleType] = {
    "blanks": blanks,
    "graded": graded,
    "one": one,
    "several": several,
    "short": short,
    "number": number,
    "datetime": datetime,
    "order": order,
    "sort": sort,
    "match": match,
    "faults": faults,
    "statement": statement,
    "recording": recording,
    "description": description,
    "poll": poll,
    "likert": likert,
}


def body_class(kind: str) -> type[Any]:
    """The dataclass that holds what is particular to a type. Raises KeyError for an unknown type."""
    found: type[Any] = TYPES[kind].Body
    return found
