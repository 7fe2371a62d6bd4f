"""Every word a person can see stands in both languages."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from tools.messages import LANGUAGES, catalogue, gather, read, words_of

PLACES = re.compile(r"%\((\w+)\)[sd]|%\(|%%|%")


def places(sentence: str) -> set[str]:
    """The names in a sentence that values are put in for."""
    return {found for found in PLACES.findall(sentence) if found}


def phrases(entry: Message) -> tuple[str, ...]:
    """All strings of a translation: one, or one for each plural."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def source_places(entry: Message) -> set[str]:
    """The names that the sentence in the code has, its plural included."""
    return set().union(*(places(text) for text in ([entry.id] if isinstance(entry.id, str) else entry.id)))


def complaints(known: Catalog, needed: Catalog) -> list[str]:
    """What is missing, fuzzy, empty or has lost a place for a value."""
    found = [f"missing: {entry.id}" for entry in needed if entry.id and entry.id not in known]
    for entry in known:
        if not entry.id:
            continue
        if entry.fuzzy:
            found.append(f"fuzzy: {entry.id}")
        if not all(phrases(entry)):
            found.append(f"empty: {entry.id}")
        elif not set().union(*map(places, phrases(entry))) <= source_places(entry):
            found.append(f"unknown place: {entry.id}")
        elif isinstance(entry.id, str) and places(phrases(entry)[0]) != places(entry.id):
            found.append(f"lost place: {entry.id}")
    return found


@pytest.fixture(scope="module")
def needed() -> Catalog:
    return gather()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_sentence_translated(language: str, needed: Catalog) -> None:
    assert complaints(read(catalogue(language), language), needed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_no_sentence_that_is_gone(language: str, needed: Catalog) -> None:
    gone = [entry.id for entry in read(catalogue(language), language) if entry.id and entry.id not in needed]
    assert gone == []


def test_sentences_are_found_in_code_and_templates(needed: Catalog) -> None:
    origins = {name.split("/")[0] for entry in needed for name, _ in entry.locations}
    assert origins == {"elearning", "templates"}


@pytest.mark.parametrize(
    ("string", "complaint"),
    [("", "empty"), ("Còn %(m)s câu", "unknown place"), ("Còn vài câu", "lost place")],
)
def test_a_bad_translation_is_found(string: str, complaint: str) -> None:
    known, code = Catalog(locale="vi"), Catalog()
    known.add("%(n)s questions left", string)
    code.add("%(n)s questions left")
    assert [row.split(":")[0] for row in complaints(known, code)] == [complaint]


def test_a_missing_and_a_fuzzy_translation_are_found() -> None:
    known, code = Catalog(locale="vi"), Catalog()
    known.add("Save", "Lưu", flags=["fuzzy"])
    code.add("Hand in")
    assert complaints(known, code) == ["missing: Hand in", "fuzzy: Save"]


def test_phrases_of_a_table_of_words_are_found() -> None:
    assert list(words_of('WORDS: dict[str, str] = {"to": "awarded to"}\nOTHER = {"a": "b"}')) == ["awarded to"]
