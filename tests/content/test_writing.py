"""Questions as written values: each type is written into a bank and read back the same; a bank in canonical form stays as it is."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.questions import TYPES
from elearning.content.writing import fits, read, write, write_bank
from elearning.domain.questions import datetime, number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import gap
from elearning.domain.questions.moments import DAY
from elearning.domain.written import (
    Blanks,
    Choice,
    Choices,
    Criterion,
    Faults,
    Mark,
    Nothing,
    Pair,
    Pairs,
    Recording,
    Rubric,
    Statement,
    WrittenQuestion,
)
from tests.content.test_banks import PROSE

ROOT = Path(__file__).parents[2]
BANKS = sorted(path for path in (ROOT / "quizzes" / "banks").glob("*.md") if not path.name.endswith(".en.md"))
WORD = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
PLAIN = st.from_regex(r"[a-zđơư]{2,7}( [a-zăâê]{1,6}){0,3}", fullmatch=True)
LINES = st.lists(PROSE, max_size=2).map("\n".join)
SHARES = st.sampled_from([Fraction(share) for share in ("0", "1/3", "-1/2", "1/8", "2/3", "0.333", "-1")])
NO_SHARE = st.just(Fraction(0))
FIGURES = st.fractions(min_value=-9999, max_value=9999, max_denominator=1).flatmap(
    lambda whole: st.sampled_from([whole, whole + Fraction(1, 4), whole + Fraction(7, 10)])
)


@st.composite
def choices(draw: st.DrawFn, shares: st.SearchStrategy[Fraction] = NO_SHARE, least: int = 3) -> list[Choice]:
    texts = draw(st.lists(PROSE, min_size=least, max_size=6, unique_by=lambda text: text.split()[0]))
    return [Choice(text, draw(shares), draw(LINES), draw(st.booleans())) for text in texts]


def right(options: list[Choice], *places: int) -> tuple[Choice, ...]:
    return tuple(replace(one, share=Fraction(place in places)) for place, one in enumerate(options))


def graded(options: list[Choice], several: bool) -> Choices:
    return Choices(
        (replace(options[0], share=Fraction(1)), replace(options[1], share=Fraction(0)), *options[2:]), several
    )


def rubrics() -> st.SearchStrategy[Rubric]:
    row = st.builds(Criterion, PLAIN, st.tuples(PLAIN, PLAIN, PLAIN))
    points = st.sampled_from([(Fraction(0), Fraction(1), Fraction(5, 2)), (Fraction(3), Fraction(2), Fraction(1))])
    rows = st.lists(row, min_size=1, max_size=4, unique_by=lambda one: one.text)
    return st.builds(Rubric, PLAIN, points, rows.map(tuple))


def blank() -> st.SearchStrategy[Blank]:
    words = st.lists(PLAIN, min_size=2, max_size=4, unique=True)
    typed = words.map(lambda some: Blank(accepted=tuple(some)))
    return st.one_of(typed, words.map(lambda some: Blank(options=(*some, "a|b"), right=len(some))))


def running(parts: list[str]) -> str:
    return "".join(f"{part} {gap(place)} " for place, part in enumerate(parts, 1)) + "hết."


@st.composite
def faults(draw: st.DrawFn) -> Faults:
    words = draw(st.lists(PLAIN, min_size=2, max_size=5))
    return Faults(running(words), tuple(Mark(word, place == 0) for place, word in enumerate(words)))


BODIES: dict[str, st.SearchStrategy[Any]] = {
    "blanks": st.lists(blank(), min_size=1, max_size=4).flatmap(
        lambda some: st.builds(Blanks, st.just(running(["một"] * len(some))), st.just(tuple(some)), st.booleans())
    ),
    "graded": st.builds(graded, choices(SHARES), st.booleans()),
    "one": choices().map(lambda options: Choices(right(options, 1))),
    "several": st.builds(
        lambda options, credit: Choices(right(options, 0, 2), credit=credit),
        choices(),
        st.sampled_from(["right-minus-wrong", "each", "all"]),
    ),
    "short": st.builds(short.Body, st.lists(PLAIN, min_size=1, max_size=3, unique=True).map(tuple), st.booleans()),
    "number": st.builds(
        number.Body,
        st.lists(st.builds(number.Accepted, FIGURES, FIGURES.map(abs)), min_size=1, max_size=3).map(tuple),
        st.sampled_from(["", "giờ", "câu trả lời"]),
    ),
    "datetime": st.builds(
        lambda day, minute: datetime.Body((datetime.Accepted((739_000 + day) * DAY + minute, 30, "phút"),)),
        st.integers(0, 900),
        st.integers(0, DAY - 1),
    ),
    "order": choices().map(lambda options: Choices(tuple(options))),
    "sort": st.lists(PLAIN, min_size=3, max_size=6, unique=True).map(
        lambda some: Pairs(("Việc", "Nhóm"), tuple(Pair(word, "một" if place else "hai") for place, word in enumerate(some)))
    ),
    "match": st.lists(PLAIN, min_size=3, max_size=6, unique=True).map(
        lambda some: Pairs(
            ("Việc | ai", "Mốc"), (*(Pair(word, f"{place} | {word}") for place, word in enumerate(some)), Pair("", "mồi"))
        )
    ),
    "faults": faults(),
    "statement": st.builds(Statement, rubrics(), st.integers(0, 80), st.integers(80, 4000)),
    "recording": st.builds(Recording, rubrics(), st.integers(5, 900)),
    "description": st.just(Nothing()),
    "poll": st.builds(lambda options, several: Choices(tuple(options), several), choices(), st.booleans()),
    "likert": st.one_of(st.just([]), choices()).map(lambda options: Choices(tuple(options))),
}  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, kind: str) -> WrittenQuestion:
    alone = kind in ("blanks", "description")
    return WrittenQuestion(
        key=draw(WORD), type=kind, ask=draw(PROSE), body=draw(BODIES[kind]), stem="" if kind == "blanks" else draw(LINES),
        explanation="" if alone else draw(LINES), points=draw(st.sampled_from([Fraction(1), Fraction(5, 2), Fraction(1, 3)])),
        difficulty=draw(st.integers(0, 5)), tags=tuple(draw(st.lists(WORD, max_size=2, unique=True))), objective=draw(st.sampled_from(["", "x"])),
        facts=draw(st.sampled_from([(), ("A26", "A27")])), basis=draw(st.sampled_from([(), ("nd-244-2026#7.3",)])),
        penalty=draw(st.sampled_from([Fraction(1, 3), Fraction(1, 4), Fraction(0), Fraction(2, 7)])),
        hints=tuple(draw(st.lists(PLAIN, max_size=2))),
    )  # fmt: skip


def test_every_type_is_tried() -> None:
    assert list(BODIES) == list(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_that_is_written_into_a_bank_is_read_back_the_same(kind: str) -> None:
    @given(questions(kind))
    def holds(question: WrittenQuestion) -> None:
        text = write(question)
        assert read(text) == ((question,), [])
        assert [write(one) for one in read(text)[0]] == [text]
        assert fits(question) == []

    holds()


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.name)
def test_a_shipped_bank_that_is_read_and_written_holds_the_same_questions(path: Path) -> None:
    text = path.read_text("utf-8")
    found, problems = read(text)
    assert not problems
    assert len(found) == len(re.findall(r"(?m)^## ", text))
    assert read(write_bank("Ngân hàng", found)) == (found, [])


def test_what_a_bank_says_of_all_its_questions_is_said_by_each() -> None:
    found, problems = read("---\ntag: thoi-han\npoints: 2\n---\n## Bao nhiêu giờ? {#gio}\n\n= 24 giờ\n")
    assert not problems
    assert (found[0].tags, found[0].points) == (("thoi-han",), 2)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (WrittenQuestion("a", "one", "Hỏi?", Choices((Choice("A"), Choice("B")))), "No answer is marked right."),
        (WrittenQuestion("a", "short", "Hỏi?", short.Body(("24",))), ""),
        (WrittenQuestion("a", "short", "Hỏi?", short.Body(("24",)), stem="Thân\n\n## Khác"), "has no key"),
        (WrittenQuestion("a", "description", "Đọc", Nothing(), stem="Thân\n\n> lời"), "A quotation at the end"),
        (
            WrittenQuestion("a", "short", "Hỏi {.keep}", short.Body(("24",)), stem="> a\n\n= 12"),
            "read as something else",
        ),
    ],
)
def test_what_cannot_stand_in_a_bank_as_it_is_says_why(question: WrittenQuestion, said: str) -> None:
    told = "\n".join(problem.message.plain() for problem in fits(question))
    assert said in told
    assert bool(told) == bool(said)
