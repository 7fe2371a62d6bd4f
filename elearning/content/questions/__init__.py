"""The types of question as text: each module can `claims` (by shape), `parse`, `build` and `format` its own."""

from collections.abc import Mapping
from types import ModuleType

from elearning.content.questions import number, one, order, several, short

TYPES: Mapping[str, ModuleType] = {"one": one, "several": several, "short": short, "number": number, "order": order}
