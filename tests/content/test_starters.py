"""The shipped courses: no problems, and nothing taught about the law that the register of facts does not hold."""

from collections.abc import Iterator, Mapping

import pytest

from elearning.content.checking import check_tree
from elearning.content.packing import pack, unpack
from elearning.content.problems import Problems
from elearning.content.reading import Registers, read_registers
from elearning.content.rendering import render_here
from elearning.domain.edition import Compiled, Words
from elearning.domain.questions import TYPES as KINDS
from tests.content.trees import told

Sound = Mapping[str, Compiled]


@pytest.fixture(scope="session")
def shipped(shipped_files: Mapping[str, bytes]) -> Sound:
    """The shipped courses, compiled once."""
    sound, problems = check_tree(shipped_files, render_here)
    assert told(problems) == []
    return sound


@pytest.fixture(scope="session")
def registers(shipped_files: Mapping[str, bytes]) -> Registers:
    """The registers of law and of facts."""
    return read_registers(shipped_files, Problems())


def test_every_shipped_course_compiles_and_has_an_english_side(shipped: Sound) -> None:
    assert shipped
    for compiled in shipped.values():
        assert compiled.lessons
        assert compiled.quizzes
        words = compiled.translations["en"]
        assert words.course is not None
        assert set(words.lessons) == set(compiled.lessons)
        assert set(words.quizzes) == set(compiled.quizzes)
        assert {path: set(bank) for path, bank in words.banks.items()} == {
            path: set(bank) for path, bank in compiled.banks.items()
        }


def test_packing_and_unpacking_a_shipped_course_changes_nothing(shipped: Sound) -> None:
    for compiled in shipped.values():
        assert unpack(pack(compiled)) == compiled


def cited(compiled: Compiled) -> Iterator[tuple[str, str]]:
    """Every place of law that lessons and questions name, with where."""
    languages: list[Compiled | Words] = [compiled, *compiled.translations.values()]
    for words in languages:
        for lesson in words.lessons.values():
            yield from ((lesson.path, cite) for cite in lesson.cites)
        for path, bank in words.banks.items():
            yield from ((f"{path}#{key}", cite) for key, question in bank.items() for cite in question.cites)


def stands_under(place: str, basis: str) -> bool:
    """Whether a fact about `basis` speaks of `place`: the same place, one within it, or the clause that a point is in."""
    within = basis.startswith(f"{place}.") or ("#" not in place and basis.startswith(f"{place}#"))
    return basis == place or within or (place.count(".") == 2 and basis == place.rsplit(".", 1)[0])


def test_every_place_of_law_that_is_cited_is_the_basis_of_a_fact(shipped: Sound, registers: Registers) -> None:
    bases = {basis for fact in registers.facts.values() for basis in fact.basis}
    loose = {
        f"{where} cites {place}"
        for compiled in shipped.values()
        for where, place in cited(compiled)
        if not any(stands_under(place, basis) for basis in bases)
    }
    assert sorted(loose) == []


@pytest.mark.parametrize(
    ("place", "basis", "covered"),
    [
        ("nd-244-2026#7.3", "nd-244-2026#7.3", True),
        ("nd-244-2026#7", "nd-244-2026#7.3", True),
        ("nd-244-2026", "nd-244-2026#7.3", True),
        ("nd-244-2026#3.2.a", "nd-244-2026#3.2", True),
        ("nd-244-2026#7.9", "nd-244-2026#7.3", False),
        ("nd-244-2026#7.9", "nd-244-2026#7", False),
        ("nd-244-2026#1", "nd-244-2026#11.2", False),
        ("nd-24", "nd-244-2026#7", False),
    ],
)
def test_a_fact_covers_its_own_place_and_what_it_is_made_of(place: str, basis: str, covered: bool) -> None:
    assert stands_under(place, basis) is covered


def test_every_question_names_its_facts_and_relies_on_them_for_its_basis(shipped: Sound, registers: Registers) -> None:
    for compiled in shipped.values():
        for path, bank in compiled.banks.items():
            for key, question in bank.items():
                if KINDS[question.type].MARKED == "never":
                    continue
                assert question.facts, f"{path}#{key}"
                bases = {basis for fact in question.facts for basis in registers.facts[fact].basis}
                assert not question.cites or bases, f"{path}#{key}"


def test_every_fact_says_where_it_is_from_and_how_sure_it_is(registers: Registers) -> None:
    for fact in registers.facts.values():
        assert fact.statement.strip(), fact.key
        assert fact.source, fact.key
        assert fact.confidence, fact.key
