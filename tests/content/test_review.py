"""What a quiz says of its review: presets by name, rows of the matrix, and what is wrong with others."""

import pytest

from elearning.content.fields import Fields
from elearning.content.front_matter import read_front
from elearning.content.problems import Problems
from elearning.content.review_reader import read_review
from elearning.content.text import read_source
from elearning.domain.review import ALL, NOTHING, PRESETS, Review

FIELDS = frozenset({"review", "behaviour"})


def read(front: str) -> tuple[Review, list[str]]:
    problems = Problems()
    source = read_source("quizzes/thu.md", f"---\n{front}\n---\n".encode(), problems)
    assert source is not None
    found = read_review(Fields(read_front(source, FIELDS, problems), problems))
    return found, [problem.message.plain() for problem in problems]


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_is_read_by_its_name(name: str) -> None:
    assert read(f"review: {name}") == (PRESETS[name], [])


def test_without_a_word_everything_is_shown_after_handing_in() -> None:
    assert read("behaviour: deferred") == (PRESETS["after-submit"], [])


def test_rows_say_what_is_shown_and_a_moment_left_out_shows_nothing() -> None:
    found, problems = read("review: {after: [answers, right], open: points overall, closed: all}")
    assert problems == []
    assert found == Review(ALL, frozenset({"answers", "right"}), frozenset({"points", "overall"}), ALL)
    assert read("review: {closed: all}")[0] == Review(ALL, NOTHING, NOTHING, ALL)
    assert read("review: {during: nothing}")[0].during == NOTHING


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("review: sometimes", "“review” is one of: after-submit, after-pass, after-closing, right-or-wrong"),
        ("review: {later: all}", "“later” is no moment. The moments are: during, after, open, closed."),
        ("review: {after: [answers, marks]}", "“marks” is nothing that can be shown. What can be: answers, right"),
        ("review: {after: [right]}", "“right” cannot be shown without answers. Add it to the row."),
        ("review: {after: [answers, answer]}", "“answer” cannot be shown without right. Add it to the row."),
        ("review: {after: {x: y}}", "Write for “after” a list, all or nothing."),
        (
            "behaviour: tries\nreview: {during: nothing}",
            "With behaviour: tries a check says whether an answer is right.",
        ),
    ],
)
def test_what_makes_no_sense_is_told_with_what_to_write_instead(front: str, said: str) -> None:
    problems = read(front)[1]
    assert [problem[: len(said)] for problem in problems] == [said]
