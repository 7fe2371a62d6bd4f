"""The types of question as text: each module can `claims` (by shape), `parse`, `build` and `format` its own."""

from collections.abc import Mapping
from types import ModuleType

from elearning.content.questions import (
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
