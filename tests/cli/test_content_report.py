"""`phatngon content report`: courses in numbers, and the page of the documents that holds them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from elearning.cli.commands import main
from elearning.cli.roof import Roof
from elearning.content.census import take
from elearning.content.problems import ContentError, Problems
from elearning.content.reading import read_registers
from elearning.settings import resources_folder

PAGE = resources_folder() / "docs" / "courses.md"


def never(*_: Any) -> Any:
    raise AssertionError("this command needs no such thing")


def report(files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command prints."""
    monkeypatch.setenv("PHATNGON_LANGUAGE", "en")
    roof = Roof(never, never, never, lambda _: dict(files), never, never, never)
    done = CliRunner().invoke(main, ("content", "report", str(Path())), obj=roof)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_course_is_counted(starter_files: Mapping[str, bytes]) -> None:
    (census,) = take(starter_files)
    assert (census.key, census.modules, census.lessons) == ("khung-phap-ly", 3, 6)
    headings = sum(
        data.decode().count("\n## ") for path, data in starter_files.items()
        if path.startswith("quizzes/banks/") and not path.endswith(".en.md")
    )  # fmt: skip
    assert census.questions == headings == sum(census.types.values()) == sum(census.difficulties.values())
    assert sum(census.objectives.values()) <= headings
    assert census.objectives["tinh-han"] > 0
    assert set(census.facts).isdisjoint(census.others)
    assert {*census.facts, *census.others} == set(read_registers(starter_files, Problems()).facts)


def test_more_words_and_a_fact_more_are_counted(starter_files: Mapping[str, bytes]) -> None:
    path = "courses/khung-phap-ly/01-ba-loai-nguoi-phat-ngon.md"
    (before,) = take(starter_files)
    text = starter_files[path].decode()
    named = text.replace("facts: [", f"facts: [{before.others[0]}, ", 1) + "\nMột [hai](law:nd-244-2026#7.3) **ba**.\n"
    (after,) = take({**starter_files, path: named.encode()})
    assert after.words == before.words + 3
    assert (len(after.facts), after.others) == (len(before.facts) + 1, before.others[1:])


def test_what_cannot_be_read_is_told_and_not_counted(starter_files: Mapping[str, bytes]) -> None:
    with pytest.raises(ContentError):
        take({**starter_files, "courses/khung-phap-ly/course.md": b"no front matter"})


def test_the_documents_hold_what_the_command_prints(
    shipped_files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(r"```text\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    assert found[1] == report(shipped_files, monkeypatch).rstrip("\n")


def test_the_documents_give_a_reason_for_each_fact_that_is_left_out(shipped_files: Mapping[str, bytes]) -> None:
    facts = read_registers(shipped_files, Problems()).facts
    taught = {fact for census in take(shipped_files) for fact in census.facts}
    left = {key for key, fact in facts.items() if fact.confidence in ("V", "V-OCR")} - taught
    assert set(re.findall(r"^\| ([A-Z]\d\d) \|", PAGE.read_text("utf-8"), re.MULTILINE)) == left


def test_a_term_that_no_lesson_links_to_is_named(
    starter_files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = "courses/khung-phap-ly/01-ba-loai-nguoi-phat-ngon.md"
    terms = "## một {#mot}\nMột.\n{: }\n\n## hai {#hai}\nHai.\n{: }\n"
    linked = starter_files[lesson] + "\nXem [một](term:mot).\n".encode()
    files = {**starter_files, "courses/glossary.md": terms.encode(), lesson: linked}
    assert report(files, monkeypatch).rstrip().endswith("Terms that no lesson links to (1): hai")
    assert "no lesson links to" not in report(starter_files, monkeypatch)
