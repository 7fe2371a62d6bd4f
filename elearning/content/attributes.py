"""The `{: name=value … }` lines and `{#key .class name=value}` ends of headings and links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Each pattern passes over a line once: a line may hold 200 kB, and be made to take long.
_LINE = re.compile(r"\{:(?P<inner>.*)\}")
_END = re.compile(r"\{(?P<inner>[^{}]*)\}\s*$")
_PART = re.compile(
    r"""\#(?P<key>[^\s#.=]+)|\.(?P<cls>[^\s#.=]+)|(?<![\w-])(?P<name>[a-z][a-z0-9-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))"""
)


@dataclass(slots=True)
class Attributes:
    """What stands between the braces. `rest` is what could not be read."""

    key: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    rest: str = ""
    repeated: tuple[str, ...] = ()


def read_inner(inner: str) -> Attributes:
    """Read what stands between the braces."""
    found = Attributes()
    place = 0
    rest: list[str] = []
    for part in _PART.finditer(inner):
        rest.append(inner[place : part.start()])
        place = part.end()
        if part["key"]:
            found.key = part["key"]
        elif part["cls"]:
            found.classes += (part["cls"],)
        elif part["name"] in found.values:
            found.repeated += (part["name"],)
        else:
            found.values[part["name"]] = part["quoted"] if part["quoted"] is not None else part["bare"]
    rest.append(inner[place:])
    found.rest = "".join(rest).strip()
    return found


def attribute_line(text: str) -> Attributes | None:
    """The attributes of a line that holds nothing else; None for any other line."""
    found = _LINE.fullmatch(text.strip())
    return read_inner(found["inner"]) if found else None


def attribute_words(values: Mapping[str, str]) -> str:
    """What stands between the braces, in canonical form: blanks and empty values in quotation marks."""
    return " ".join(f"{name}={_quoted(value)}" for name, value in values.items())


def _quoted(value: str) -> str:
    return value if value and not re.search(r"[\s\"]", value) else '"{}"'.format(value.replace('"', "”"))


def split_end(text: str) -> tuple[str, Attributes]:
    """The text before a `{…}` at its end, and what that says; braces that say nothing known stay in the text."""
    found = _END.search(text)
    if found is None:
        return text.strip(), Attributes()
    attributes = read_inner(found["inner"])
    if attributes.rest or not (attributes.key or attributes.classes or attributes.values):
        return text.strip(), Attributes()
    return text[: found.start()].strip(), attributes
