"""Front matter: YAML read safely, every scalar as text, no aliases, no duplicate fields, and each field with its line."""

from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from elearning.content.problems import Problems
from elearning.content.text import Source, joined

DEEPEST = 6
MOST = 2_000
WORDS: Final[dict[str, str]] = {
    "mapping values are not allowed": 'Put the text in "quotation marks": it holds a colon.',
    "found character '\\t'": "Indent with spaces: a tab stands here.",
    "": "This line is not valid front matter. Check quotation marks, brackets and indentation.",
}
"""What to do about a sign in what the YAML reader says; the empty sign fits everything and stands last."""
Value = str | list["Value"] | dict[str, "Value"]


@dataclass(slots=True)
class Front:
    """The fields of a front matter with their lines; `first` is the line that missing fields are told at."""

    path: str
    first: int = 1
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, name: str) -> int:
        return self.lines.get(name, self.first)


def read_front(source: Source, allowed: frozenset[str], problems: Problems) -> Front:
    """Read the front matter; unknown and repeated fields are problems, and so is YAML that means two things."""
    front = Front(source.path)
    if not source.front:
        return front
    text = joined(source.front)
    before = len(problems)
    try:
        node = _composed(text, source, problems)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = (mark.line if mark else 0) + source.front[0].number
        problems.add(source.path, line, _advice(str(error)))
        return front
    if node is None or len(problems) > before:
        return front
    if not isinstance(node, MappingNode):
        problems.add(source.path, 2, "Write the front matter as lines of the form: field: value")
        return front
    _fill(front, node, source.front[0].number, allowed, problems)
    return front


def _advice(error: str) -> str:
    return next(words for sign, words in WORDS.items() if sign in error)


def _composed(text: str, source: Source, problems: Problems) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    depth = 0
    for count, event in enumerate(yaml.parse(text), 1):
        depth += type(event).__name__.endswith("StartEvent") - type(event).__name__.endswith("EndEvent")
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            line = event.start_mark.line + source.front[0].number
            problems.add(
                source.path,
                line,
                "Aliases (& and *) are not read here. Write the value out, or put it in quotation marks.",
            )
            return None
        if depth > DEEPEST + 2 or count > MOST:
            problems.add(source.path, 1, "The front matter is too deep or too long.")
            return None
    found: Node | None = YAML(typ="safe", pure=True).compose(text)
    return found


def _fill(front: Front, node: MappingNode, first: int, allowed: frozenset[str], problems: Problems) -> None:
    for key_node, value_node in node.value:
        name, line = str(key_node.value), key_node.start_mark.line + first
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            problems.add(
                front.path, line, "There is no field “%(name)s” here. Known are: %(known)s.", name=name, known=known
            )
        elif name in front.values:
            problems.add(front.path, line, "The field “%(name)s” stands here twice. Delete one.", name=name)
        else:
            front.values[name] = _value(value_node, front.path, first, problems)
            front.lines[name] = line


def _value(node: Node, path: str, first: int, problems: Problems) -> Value:
    if isinstance(node, SequenceNode):
        return [_value(item, path, first, problems) for item in node.value]
    if isinstance(node, MappingNode):
        pairs: dict[str, Value] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name in pairs:
                line = key_node.start_mark.line + first
                problems.add(path, line, "The field “%(name)s” stands here twice. Delete one.", name=name)
            pairs[name] = _value(value_node, path, first, problems)
        return pairs
    return str(node.value)
