"""Front matter: what is read, what is refused, and the sentence that says what to do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.attributes import attribute_line, split_end
from elearning.content.fields import Fields, key_of, read_date
from elearning.content.front_matter import Front, read_front
from elearning.content.problems import Problems
from tests.content.trees import source_of, told

PATH = "courses/ky-nang/01-thoi-han.md"
ALLOWED = frozenset({"title", "facts", "objectives", "minutes", "pass", "time", "reviewed", "kind", "key"})


def read(yaml: str) -> tuple[Front, list[str]]:
    problems = Problems()
    front = read_front(source_of(f"---\n{yaml}\n---\nThân", PATH), ALLOWED, problems)
    return front, [line.removeprefix(f"{PATH}:") for line in told(problems)]


def test_every_scalar_is_text_and_every_field_knows_its_line() -> None:
    front, wrong = read(
        "title: no\nminutes: 0012\nfacts: [A26, 12:30, yes]\nobjectives: {a: 1.0, b: ~}\ntime: 45 minutes"
    )
    assert not wrong
    assert front.values == {
        "title": "no", "minutes": "0012", "facts": ["A26", "12:30", "yes"], "objectives": {"a": "1.0", "b": "~"},
        "time": "45 minutes",
    }  # fmt: skip
    assert front.lines == {"title": 2, "minutes": 3, "facts": 4, "objectives": 5, "time": 6}


@pytest.mark.parametrize(
    ("yaml", "told_as"),
    [
        ("title: a\nfacts: &x [A]", "3: Aliases (& and *) are not read here. Write the value out, or put it in quotation marks."),
        ("title: *x", "2: Aliases (& and *) are not read here. Write the value out, or put it in quotation marks."),
        ("title: a\ntitle: b", "3: The field “title” stands here twice. Delete one."),
        ("objectives: {a: x, a: y}", "2: The field “a” stands here twice. Delete one."),
        ("title: Một: hai", '2: Put the text in "quotation marks": it holds a colon.'),
        ("title: a\n\tfacts: b", "3: Indent with spaces: a tab stands here."),
        ("title: [a", "2: This line is not valid front matter. Check quotation marks, brackets and indentation."),
        ("- a\n- b", "2: Write the front matter as lines of the form: field: value"),
        ("title: [[[[[[[[[a]]]]]]]]]", "1: The front matter is too deep or too long."),
        ("facts: [" + "a, " * 2_000 + "a]", "1: The front matter is too deep or too long."),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused_with_its_line(yaml: str, told_as: str) -> None:
    assert read(yaml)[1] == [told_as]


def test_an_unknown_field_is_told_with_those_that_are_known() -> None:
    front, wrong = read("title: a\ntitel: b")
    assert front.values == {"title": "a"}
    known = "facts, key, kind, minutes, objectives, pass, reviewed, time, title"
    assert wrong == [f"3: There is no field “titel” here. Known are: {known}."]


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@,?~ \n\té1", max_size=60))
def test_no_front_matter_breaks_the_reader(yaml: str) -> None:
    problems = Problems()
    source = source_of("---\n" + yaml.replace("\n---", "\n") + "\n---\n")
    front = read_front(source, ALLOWED | {"a", "b"}, problems)
    assert set(front.values) == set(front.lines)


def fields(yaml: str) -> tuple[Fields, Problems]:
    problems = Problems()
    return Fields(read_front(source_of(f"---\n{yaml}\n---\n", PATH), ALLOWED, problems), problems), problems


@pytest.mark.parametrize(
    ("yaml", "minutes"),
    [("time: 45 minutes", 45), ("time: 1 minute", 1), ("time: 2 hours", 120), ("time: 1 day", 1440), ("time: 30", 30), ("", None)],
)  # fmt: skip
def test_a_duration_is_read_in_minutes(yaml: str, minutes: int | None) -> None:
    read_as, problems = fields(yaml or "title: a")
    assert read_as.minutes("time") == minutes
    assert not problems


@pytest.mark.parametrize(
    ("yaml", "share"), [("pass: 70%", Fraction(7, 10)), ('pass: "66,5 %"', Fraction(133, 200)), ("pass: 100%", 1)]
)
def test_a_share_is_exact(yaml: str, share: Fraction) -> None:
    read_as, problems = fields(yaml)
    assert read_as.share("pass") == share
    assert not problems


def wrong_fields(read_as: Fields) -> None:
    """Read every field by its own rule."""
    read_as.text("title", required=True)
    read_as.choice("kind", ("practice", "exam"), "practice")
    read_as.words("facts")
    read_as.whole("minutes", 10, 1, 300)
    read_as.minutes("time")
    read_as.share("pass")
    read_as.date("reviewed")
    read_as.pairs("objectives")


@pytest.mark.parametrize(
    ("yaml", "told_as"),
    [
        ("kind: exam", "1: The field “title” is missing. Write it in the front matter."),
        ("title: [a]", "2: Write one text in “title”, not a list."),
        ("title: a\nkind: test", "3: “kind” is one of: practice, exam."),
        ("title: a\nfacts: {a: b}", "3: Write “facts” as a list: [one, two]."),
        ("title: a\nminutes: 0", "3: Write “minutes” as a whole number from 1 to 300."),
        ("title: a\nminutes: ba", "3: Write “minutes” as a whole number from 1 to 300."),
        ("title: a\nminutes: " + "9" * 5000, "3: Write “minutes” as a whole number from 1 to 300."),
        ("title: a\ntime: 45 phút", "3: Write “time” as a duration, such as 45 minutes or 24 hours."),
        ("title: a\ntime: 0 minutes", "3: Write “time” as a duration, such as 45 minutes or 24 hours."),
        ("title: a\npass: 0.7", "3: Write “pass” as a share, such as 70%."),
        ("title: a\npass: 101%", "3: Write “pass” as a share, such as 70%."),
        ("title: a\nreviewed: 22/11/2026", "3: Write “reviewed” as a date: 2026-07-01."),
        ("title: a\nreviewed: 2026-02-30", "3: Write “reviewed” as a date: 2026-07-01."),
        ("title: a\nobjectives: [a]", '3: Write “objectives” as pairs: {key: "words"}.'),
        ('title: a\nobjectives: {"Tính hạn": b}', "3: The key “Tính hạn” may hold only small letters a–z, digits and single dashes."),
        ("title: a\nobjectives: {[a, b]: c}", "3: The key"),
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_says_how_it_is_written(yaml: str, told_as: str) -> None:
    read_as, problems = fields(yaml)
    wrong_fields(read_as)
    assert len(problems) == 1
    assert told(problems)[0].startswith(f"{PATH}:{told_as}")


def test_dates_are_written_in_one_way() -> None:
    assert read_date("2026-07-01") is not None
    assert [read_date(text) for text in ("20260701", "2026-7-1", "2026-W27-3", "")] == [None] * 4


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("a/01-thoi-han.md", "thoi-han"),
        ("a/01-thoi-han.en.md", "thoi-han"),
        ("quizzes/cuoi-khoa.md", "cuoi-khoa"),
        ("2026.md", "2026"),
    ],
)
def test_a_key_is_the_name_of_the_file_without_its_number(path: str, key: str) -> None:
    problems = Problems()
    assert key_of(path, Front(path), problems) == key
    assert not problems


@pytest.mark.parametrize("named", ["check", "enrol", "quizzes", "complete", "Thời-hạn", "a--b", "a_b", "-a"])
def test_a_key_that_is_taken_or_badly_formed_is_told(named: str) -> None:
    problems = Problems()
    assert key_of(PATH, Front(PATH, values={"key": named}, lines={"key": 4}), problems) == named
    assert [(problem.path, problem.line) for problem in problems] == [(PATH, 4)]


def test_attributes_are_read_with_and_without_quotation_marks() -> None:
    read_as = attribute_line('{: points=1 tag="a b" basis=nd-244-2026#7.3 hint="" }')
    assert read_as is not None
    assert read_as.values == {"points": "1", "tag": "a b", "basis": "nd-244-2026#7.3", "hint": ""}
    assert not read_as.rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [("{: points 1 }", "points 1"), ("{: Tag=a }", "Tag=a"), ('{: tag="a }', 'tag="a'), ("{: a=1; }", "")],
)
def test_what_cannot_be_read_among_attributes_is_kept_to_be_told(text: str, rest: str) -> None:
    read_as = attribute_line(text)
    assert read_as is not None
    assert read_as.rest == rest


@pytest.mark.parametrize("text", ["points=1", "{: a=1 } x", "x {: a=1 }", "{ a=1 }", ""])
def test_a_line_of_attributes_holds_nothing_else(text: str) -> None:
    assert attribute_line(text) is None


@pytest.mark.parametrize(
    ("text", "words", "key", "classes"),
    [
        ("Hạn {#han-24}", "Hạn", "han-24", ()),
        ("Hạn {#han .question}", "Hạn", "han", ("question",)),
        ("Cả hai {.keep}", "Cả hai", "", ("keep",)),
        ("Tập {1, 2}", "Tập {1, 2}", "", ()),
        ("Tập {}", "Tập {}", "", ()),
        ("{#a} Hạn", "{#a} Hạn", "", ()),
    ],
)
def test_only_known_braces_at_the_end_are_taken_off(text: str, words: str, key: str, classes: tuple[str, ...]) -> None:
    found, ends = split_end(text)
    assert (found, ends.key, ends.classes) == (words, key, classes)
