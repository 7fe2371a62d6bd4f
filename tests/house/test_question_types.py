"""A type of question is the same noun on every floor."""

import re

import pytest

from elearning.content.questions import TYPES as READ
from elearning.domain.questions import TYPES as KNOWN
from tests.house.reading import PACKAGE, ROOT

PIECES = ROOT / "templates" / "components" / "questions"
DECIDES = ("draw", "understood", "is_empty", "grade", "describe", "right_answer")
READS = ("claims", "parse", "build", "format_answer", "written", "unwritten")


def test_the_floors_know_the_same_types() -> None:
    assert list(KNOWN) == list(READ)


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("room", ["domain", "content"])
def test_a_type_has_a_module_of_its_name_in_each_room(kind: str, room: str) -> None:
    assert (PACKAGE / room / "questions" / f"{kind}.py").is_file()


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("macro", ["ask", "review"])
def test_a_type_can_be_asked_and_shown_again(kind: str, macro: str) -> None:
    drawn = (PIECES / f"{kind}.html").read_text(encoding="utf-8")
    assert re.search(rf"{{%-?\s*macro {macro}\(", drawn)


@pytest.mark.parametrize("kind", KNOWN)
def test_a_type_can_be_read_written_drawn_and_graded(kind: str) -> None:
    assert KNOWN[kind].Body.__dataclass_params__.frozen
    missing = [name for name in DECIDES if not callable(getattr(KNOWN[kind], name, None))]
    missing += [name for name in READS if not callable(getattr(READ[kind], name, None))]
    assert missing == []


def test_no_other_module_knows_a_type_by_name() -> None:
    """A further type touches nothing but its own modules, so nothing else may ask which type it has."""
    asks = re.compile(r"(?:kind|type)\s*(?:==|!=|in)\s*[(\[{]?\s*[\"'](?:" + "|".join(KNOWN) + r")[\"']")
    homes = ("domain", "content", "services", "web")
    rooms = [
        path for home in homes for path in sorted((PACKAGE / home).rglob("*.py")) if path.parent.name != "questions"
    ]
    assert [
        path.relative_to(PACKAGE).as_posix() for path in rooms if asks.search(path.read_text(encoding="utf-8"))
    ] == []
