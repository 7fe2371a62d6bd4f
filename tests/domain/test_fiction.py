"""The invented province: plausible, the same for one seed, and nobody's real name, address or telephone."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from elearning.domain import fiction
from elearning.domain.course import Activity, Course, Module
from elearning.domain.errors import Mistaken
from elearning.domain.fictional_answers import guessed, right
from elearning.domain.fictional_course import minutes_of, outcomes, steps, timetable
from elearning.domain.message import Message
from elearning.domain.names import clean
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.quiz import Draw, Quiz, Rules, Section
from elearning.domain.signing_in import sign_in_name
from tests.domain.bodies import BODIES

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  chance that is the same in every run, and guards nothing


def question(kind: str) -> Question:
    return Question(kind, kind, "?", "", "", "0" * 64, BODIES[kind][0])


def quiz(key: str, rules: Rules) -> Quiz:
    return Quiz(key, f"quizzes/{key}.md", rules, "", (Section("s", "S", (Draw("b", 5),)),))


QUIZZES = {
    "nhanh": quiz("nhanh", Rules("Nhanh", pass_share=Fraction(1, 2))),
    "cuoi": quiz("cuoi", Rules("Cuối", pass_share=Fraction(7, 10), minutes=20, attempts=3, wait_hours=24)),
}
ACTIVITIES = (Activity("lesson", "mot"), Activity("quiz", "nhanh"), Activity("lesson", "hai"), Activity("quiz", "cuoi"))
COURSE = Course("khoa", "Khóa", "", "", (Module("m", "M", ACTIVITIES),))


def test_one_seed_gives_one_province() -> None:
    assert fiction.units(seeded(7), 118) == fiction.units(seeded(7), 118)
    assert fiction.units(seeded(7), 118) != fiction.units(seeded(8), 118)
    assert [fiction.person_name(seeded(7)) for _ in range(3)] == [fiction.person_name(seeded(7)) for _ in range(3)]


def test_118_units_are_twelve_departments_and_106_communes_no_two_alike() -> None:
    below = fiction.units(seeded(1), 118)
    assert [unit.kind for unit in below].count("department") == 12
    assert [unit.kind for unit in below].count("commune") == 106
    assert len({unit.name for unit in below}) == 118


@pytest.mark.parametrize("count", [2, 3, 40, fiction.MOST_UNITS])
def test_every_size_has_departments_and_communes(count: int) -> None:
    below = fiction.units(seeded(1), count)
    assert len({unit.name for unit in below}) == count
    assert {unit.kind for unit in below} == {"department", "commune"}


@pytest.mark.parametrize("count", [0, 1, fiction.MOST_UNITS + 1])
def test_a_size_without_names_is_refused(count: int) -> None:
    with pytest.raises(Mistaken, match="units"):
        fiction.units(seeded(1), count)


@pytest.mark.parametrize(("people", "units"), [(23, 2), (1699, 118), (23, 100), (5000, 40)])
def test_all_people_find_a_unit_and_the_first_commune_has_twelve(people: int, units: int) -> None:
    below = fiction.units(seeded(1), units)
    counts = fiction.heads(seeded(1), people, below)
    assert sum(counts) == people
    assert min(counts) >= 0
    assert counts[0] >= 2
    assert counts[fiction.first_commune(below)] == 12


def test_too_few_people_are_refused() -> None:
    with pytest.raises(Mistaken, match="at least 24"):
        fiction.heads(seeded(1), 22, fiction.units(seeded(1), 2))


@pytest.mark.parametrize("seed", range(5))
def test_about_78_of_100_complete_and_some_units_stay_below_60(seed: int) -> None:
    counts = fiction.heads(seeded(seed), 1699, fiction.units(seeded(seed), 118))
    shares = fiction.rates(seeded(seed), counts)
    assert 0.76 < sum(s * c for s, c in zip(shares, counts, strict=True)) / sum(counts) < 0.79
    assert sum(share < 0.6 for share in shares) == 18
    assert all(0 < share <= 1 for share in shares)


def test_names_are_written_as_on_an_id_card_with_nguyen_the_most_frequent() -> None:
    names = [fiction.person_name(seeded(seed)) for seed in range(2000)]
    assert all(name == clean(name) and len(name.split(" ")) >= 2 for name in names)
    families = [name.split(" ")[0] for name in names]
    assert 0.25 < families.count("Nguyễn") / len(names) < 0.38
    assert max(families, key=families.count) == "Nguyễn"


def test_sign_in_names_are_of_their_kinds_and_reach_nobody() -> None:
    assert sign_in_name(fiction.staff_code(17)) == sign_in_name("ak-00017")
    assert sign_in_name(fiction.phone(17)).kind == "phone"
    assert fiction.phone(17).startswith("010")
    assert len(fiction.phone(17)) == 10
    assert fiction.mail_address("Đặng Thị Ý Nhi", 17) == "nhi.dang17@ankhue.example"


@pytest.mark.parametrize("kind", sorted(kind for kind in TYPES if TYPES[kind].MARKED == "by-rule"))
def test_a_right_answer_earns_all_and_a_guess_makes_sense(kind: str) -> None:
    asked, rng = question(kind), seeded(3)
    for _ in range(30):
        drawn = TYPES[kind].draw(asked.body, rng, True)
        assert TYPES[kind].grade(asked.body, drawn, right(asked, drawn)).share == 1
        value = guessed(asked, drawn, rng)
        assert not isinstance(TYPES[kind].understood(asked.body, drawn, value), Message)
        assert not TYPES[kind].is_empty(value)


@pytest.mark.parametrize("kind", sorted(kind for kind in TYPES if TYPES[kind].MARKED == "by-rule"))
def test_guesses_are_mostly_wrong(kind: str) -> None:
    asked, rng = question(kind), seeded(3)
    drawn = TYPES[kind].draw(asked.body, rng, True)
    full = [TYPES[kind].grade(asked.body, drawn, guessed(asked, drawn, rng)).share == 1 for _ in range(100)]
    assert sum(full) < 50


def test_so_many_complete_as_the_share_says() -> None:
    found = outcomes(seeded(1), 40, 0.75)
    assert found.count("complete") == 30
    assert len(found) == 40


@pytest.mark.parametrize("seed", range(20))
def test_whoever_completes_does_everything_within_the_rules(seed: int) -> None:
    plan = steps(seeded(seed), COURSE, QUIZZES, "complete")
    assert [step.activity for step in plan if step.result in ("done", "passed")] == list(ACTIVITIES)
    assert all(step.number <= 3 for step in plan if step.activity.key == "cuoi")


@pytest.mark.parametrize(
    ("outcome", "last"),
    [("running", "running"), ("failed", "failed"), ("abandoned", "abandoned"), ("partway", None), ("untouched", None)],
)
def test_whoever_does_not_complete_is_stuck_as_meant(outcome: str, last: str | None) -> None:
    for seed in range(20):
        plan = steps(seeded(seed), COURSE, QUIZZES, outcome)  # type: ignore[arg-type]  # from the table above
        done = [step.activity for step in plan if step.result in ("done", "passed")]
        assert len(done) < len(ACTIVITIES)
        assert done == list(ACTIVITIES[: len(done)])
        if last:
            assert plan[-1].result == last


def test_learning_happens_on_working_days_one_thing_after_the_other_and_before_now() -> None:
    for seed in range(60):
        rng = seeded(seed)
        plan = steps(rng, COURSE, QUIZZES, "complete")
        lengths = [minutes_of(rng, step, {"mot": 10, "hai": 12}, QUIZZES) for step in plan]
        waits = [24 if step.number > 1 and step.activity.key == "cuoi" else 0 for step in plan]
        spans = timetable(rng, lengths, waits, NOW, ZONE)
        assert all(span.began < span.ended for span in spans)
        assert all(before.ended < after.began for before, after in pairwise(spans))
        assert spans[-1].ended <= NOW - timedelta(hours=1)
        assert all(span.began.astimezone(ZONE).weekday() < 5 for span in spans)
        assert all(7 <= span.began.astimezone(ZONE).hour <= 21 for span in spans)
        for before, after, wait in zip(spans, spans[1:], waits[1:], strict=False):
            assert after.began - before.ended >= timedelta(hours=wait)
