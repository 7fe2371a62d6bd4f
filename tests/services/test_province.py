"""A fictional province: one seed, one province, and every figure in it as the rules of the house would have made it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from elearning.domain.arrangement import Terms, closing_time
from elearning.domain.attempt import has_passed, total
from elearning.domain.certificate import is_well_typed
from elearning.domain.edition import Compiled
from elearning.domain.errors import Mistaken, Refused
from elearning.domain.paper import draw_paper
from elearning.domain.questions import TYPES
from elearning.services import fictional_province
from elearning.services.fictional_province import OPENED, Wish
from elearning.services.passwords import fits
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts
from tests.conftest import build_test_house
from tests.services.cast import Someone
from tests.services.clock import Clock, seeded_chance
from tests.services.texts import publish, small_course
from tests.store.databases import Databases, Rows, rows_of

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
WISH = Wish(people=400, units=40, seed=5)
Row = Mapping[str, Any]


class Made:
    """A province that was founded once, as rows; its course, and the passwords that were given out."""

    def __init__(self, house: House, wish: Wish) -> None:
        publish(replace(house, clock=lambda: NOW - OPENED), small_course(minutes=15, attempts="3"))
        self.province = fictional_province.found(house, wish, NOW)
        self.accounts = list(fictional_province.accounts(house, self.province))
        self.rows: Rows = rows_of(house.store)
        with house.reading(NOBODY) as work:
            self.compiled: Compiled = work.shelf.get(work.session, texts.live_courses(work.session)[0].digest)

    def of(self, table: str, **wanted: object) -> Sequence[Row]:
        """The rows of a table that hold these values."""
        return [row for row in self.rows[table] if all(row[name] == value for name, value in wanted.items())]

    def one(self, table: str, **wanted: object) -> Row:
        """The one row of a table that holds these values."""
        (row,) = self.of(table, **wanted)
        return row


def make(databases: Databases, wish: Wish, chance: int = 1) -> Made:
    """Found a province in a house whose own chance, from which passwords come, is another than the seed of the wish."""
    house = build_test_house(databases.emptied(), Clock())
    return Made(replace(house, chance=seeded_chance(chance)), wish)


@pytest.fixture(scope="module")
def made(databases: Databases) -> Made:
    """A province of 400 people in 40 units."""
    return make(databases, WISH)


def without_passwords(rows: Rows) -> dict[str, list[Row]]:
    return {table: [{k: v for k, v in row.items() if k != "password"} for row in held] for table, held in rows.items()}


def test_the_same_seed_and_moment_give_the_same_province(made: Made, databases: Databases) -> None:
    other = make(databases, WISH, chance=2)
    again = without_passwords(other.rows)
    assert other.province.shared != made.province.shared
    for table, rows in without_passwords(made.rows).items():
        assert again[table] == rows, table


def test_another_seed_gives_another_province(made: Made, databases: Databases) -> None:
    other = make(databases, replace(WISH, seed=6))
    assert {row["name"] for row in other.of("unit")} != {row["name"] for row in made.of("unit")}
    assert [row["name"] for row in other.of("person")] != [row["name"] for row in made.of("person")]


def test_it_is_as_large_as_was_asked_and_hangs_under_one_province(made: Made) -> None:
    assert len(made.of("person")) == 400
    assert len(made.of("unit")) == 41
    top = made.one("unit", name="Ủy ban nhân dân tỉnh An Khuê")
    assert {row["parent_id"] for row in made.of("unit_link")} == {top["id"]}
    assert len(made.of("unit_tree", above_id=top["id"])) == 41
    assert len(made.of("unit_tree")) == 81


def test_the_coordinator_of_the_commune_has_twelve_people_all_of_them_enrolled(made: Made) -> None:
    coordinators = made.of("role_grant", role="coordinator", scope="unit")
    places = {made.one("unit", id=row["scope_id"])["name"]: row["scope_id"] for row in coordinators}
    assert set(places) == {"Ủy ban nhân dân tỉnh An Khuê", "Ủy ban nhân dân xã Mộc Lâm"}
    here = made.of("placement", unit_id=places["Ủy ban nhân dân xã Mộc Lâm"], running=1)
    assert len(here) == len(made.of("placement", unit_id=places["Ủy ban nhân dân xã Mộc Lâm"])) == 12
    running = {row["person_id"] for row in made.of("enrolment", until=None)}
    assert {row["person_id"] for row in here} <= running


def test_five_people_have_their_own_passwords_and_all_others_share_one(made: Made) -> None:
    named = made.province.named
    assert Counter(one.role for one in named) == {"admin": 1, "coordinator": 2, "trainer": 1, "learner": 1}
    assert len({one.password for one in named} | {made.province.shared}) == 6
    by_name = {row["normal"]: row["person_id"] for row in made.of("sign_in_name")}
    for account in named:
        assert fits(made.one("person", id=by_name[account.identifier])["password"], account.password)
    own = {by_name[one.identifier] for one in named}
    kept = {row["password"] for row in made.of("person") if row["id"] not in own}
    assert len(kept) == 1
    assert fits(kept.pop(), made.province.shared)


def test_whoever_can_sign_in_is_told_once_and_nobody_who_has_gone(made: Made) -> None:
    by_name = {row["normal"]: row["person_id"] for row in made.of("sign_in_name")}
    told = [by_name[one.identifier] for one in made.accounts]
    open_ = {row["id"] for row in made.of("person", left=None, disabled=None)}
    assert len(told) == len(set(told))
    assert set(told) == open_
    assert len(open_) < 400


def test_about_78_of_100_are_complete_and_some_units_are_below_60(made: Made) -> None:
    complete = {row["person_id"] for row in made.of("completion", kind="course")}
    enrolled = {row["person_id"] for row in made.of("enrolment", until=None)}
    units = {row["person_id"]: row["unit_id"] for row in made.of("placement", running=1)}
    counts = Counter(units[person] for person in enrolled if person in units)
    done = Counter(units[person] for person in enrolled & complete if person in units)
    assert 0.73 < done.total() / counts.total() < 0.83
    shares = [done[unit] / count for unit, count in counts.items()]
    assert sum(share < 0.6 for share in shares) >= 3
    assert sum(share > 0.8 for share in shares) >= 10


def test_people_left_were_disabled_moved_and_are_enrolled_for_several_reasons(made: Made) -> None:
    gone = [row for row in made.of("person") if row["left"]]
    assert gone
    assert any(row["disabled"] for row in made.of("person"))
    assert not {row["id"] for row in gone} & {row["person_id"] for row in made.of("placement", running=1)}
    stays = Counter(row["person_id"] for row in made.of("placement"))
    assert 2 in stays.values()
    reasons = Counter(row["person_id"] for row in made.of("enrolment"))
    assert max(reasons.values()) >= 2
    due = {row["due"] for row in made.of("enrolment") if row["due"]}
    assert min(due) < NOW.date() < max(due)
    assert any(row["until"] for row in made.of("enrolment"))


def test_every_paper_can_be_drawn_again_from_its_seed(made: Made) -> None:
    slots: dict[int, list[Row]] = {}
    for slot in made.of("attempt_slot"):
        slots.setdefault(slot["attempt_id"], []).append(slot)
    assert len(made.of("attempt")) > 300
    for attempt in made.of("attempt"):
        quiz = made.compiled.quizzes[attempt["quiz"]]
        paper = draw_paper(quiz, made.compiled.banks, Random(attempt["seed"]))  # noqa: S311  as the paper was drawn
        kept = sorted(slots[attempt["id"]], key=lambda row: int(row["number"]))
        assert [(s.bank, s.question, list(s.order)) for s in paper] == [
            (row["bank"], row["question"], row["order"]) for row in kept
        ]
        assert attempt["closes"] == closing_time(quiz.rules, Terms(), attempt["began"])


def test_every_grade_is_what_the_rules_give_for_the_answer(made: Made) -> None:
    slots = {(row["attempt_id"], row["number"]): row for row in made.of("attempt_slot")}
    answers = {(row["attempt_id"], row["slot"]): row for row in made.of("answer")}
    parts: dict[int, list[tuple[Fraction, Fraction]]] = {}
    for row in made.of("grade"):
        place = (row["attempt_id"], row["slot"])
        slot, answer = slots[place], answers.get(place)
        question = made.compiled.banks[slot["bank"]][slot["question"]]
        value = answer["value"] if answer else None
        share = TYPES[question.type].grade(question.body, slot["order"], value).share
        assert Fraction(row["share_num"], row["share_den"]) == share
        assert row["answer_id"] == (answer["id"] if answer else None)
        parts.setdefault(row["attempt_id"], []).append((share, Fraction(slot["points_num"], slot["points_den"])))
    for attempt in made.of("attempt", state="graded"):
        share = total(parts[attempt["id"]]).share
        assert Fraction(attempt["share_num"], attempt["share_den"]) == share
        assert attempt["passed"] == has_passed(made.compiled.quizzes[attempt["quiz"]].rules, share)


def test_attempts_are_in_all_states_and_only_graded_ones_have_a_result(made: Made) -> None:
    assert {(row["state"], row["passed"]) for row in made.of("attempt")} == {
        ("graded", True), ("graded", False), ("abandoned", None), ("in_progress", None),
    }  # fmt: skip
    graded = {row["id"] for row in made.of("attempt", state="graded")}
    assert {row["attempt_id"] for row in made.of("grade")} == graded
    assert all(row["ended"] is None for row in made.of("attempt", state="in_progress"))
    assert all(row["closes"] > NOW for row in made.of("attempt", state="in_progress"))
    learner = made.one("sign_in_name", normal="hoc-vien@ankhue.example")["person_id"]
    assert made.of("attempt", person_id=learner, state="in_progress")


def test_whoever_is_complete_has_done_all_and_nobody_else_has(made: Made) -> None:
    wanted = {(activity.kind, activity.key) for activity in made.compiled.course.activities()}
    done: dict[int, set[tuple[str, str]]] = {}
    for row in made.of("completion"):
        done.setdefault(row["person_id"], set()).add((row["kind"], row["item"]))
    for steps in done.values():
        assert (wanted <= steps) == (("course", made.compiled.course.key) in steps)
    passed = {(row["person_id"], row["quiz"]) for row in made.of("attempt", passed=True)}
    assert {(row["person_id"], row["item"]) for row in made.of("completion", kind="quiz")} == passed


def test_the_ledger_names_the_unit_in_which_the_person_was(made: Made) -> None:
    names = {row["id"]: row["name"] for row in made.of("unit")}
    stays: dict[int, list[Row]] = {}
    for stay in made.of("placement"):
        stays.setdefault(stay["person_id"], []).append(stay)
    for row in made.of("completion"):
        day = (row["at"] + timedelta(hours=7)).date()
        begun = [stay for stay in stays[row["person_id"]] if stay["since"] <= day]
        assert row["unit_id"] == begun[-1]["unit_id"]
        assert row["unit_name"] == names[row["unit_id"]]


def test_certificates_are_numbered_without_gaps_in_the_order_of_time(made: Made) -> None:
    held = sorted(made.of("certificate"), key=lambda row: int(row["number"]))
    assert [row["number"] for row in held] == list(range(1, len(held) + 1))
    assert [row["issued"] for row in held] == sorted(row["issued"] for row in held)
    assert made.one("certificate_counter") == {"year": 2026, "last": len(held)}
    assert all(is_well_typed(row["code"]) for row in held)
    assert {row["completion_id"] for row in held} == {row["id"] for row in made.of("completion", kind="course")}
    assert all(row["issued"] > NOW - timedelta(days=75) for row in held)


def test_some_certificates_are_withdrawn_and_some_expired(made: Made) -> None:
    held = made.of("certificate")
    withdrawn = [row for row in held if row["withdrawn"]]
    assert withdrawn
    assert all(row["issued"] < row["withdrawn"] < NOW and row["withdrawn_why"] for row in withdrawn)
    assert any(row["valid_until"] and row["valid_until"] < NOW.date() for row in held)
    assert sum(row["valid_until"] is None or row["valid_until"] > NOW.date() for row in held) > len(held) * 0.9


def test_nothing_lies_after_now_or_before_it_could_be(made: Made) -> None:
    since: dict[int, datetime] = {}
    for row in made.of("enrolment"):
        since[row["person_id"]] = min(row["since"], since.get(row["person_id"], NOW))
    moments = [(row["person_id"], row["began"]) for row in made.of("attempt")]
    moments += [(row["person_id"], row["at"]) for row in made.of("completion")]
    assert all(since[person] <= at <= NOW for person, at in moments)
    began = {row["id"]: row["began"] for row in made.of("attempt")}
    assert all(began[row["attempt_id"]] <= row["at"] <= NOW for row in made.of("answer"))
    assert all(row["ended"] is None or row["began"] < row["ended"] < NOW for row in made.of("attempt"))


def test_nobody_fictional_waits_for_mail(made: Made) -> None:
    assert {row["mail"] for row in made.of("notice")} <= {"none"}


def test_a_platform_with_people_is_left_alone(practice: House, make_person: Callable[..., Someone]) -> None:
    make_person()
    before = rows_of(practice.store)
    with pytest.raises(Refused, match="has people already"):
        fictional_province.found(practice, WISH, NOW)
    with pytest.raises(Refused, match="has people already"):
        fictional_province.ensure_nobody(practice)
    assert rows_of(practice.store) == before


def test_a_size_that_cannot_be_leaves_nothing_behind(practice: House) -> None:
    before = rows_of(practice.store)
    with pytest.raises(Mistaken):
        fictional_province.found(practice, Wish(people=10, units=5), NOW)
    assert rows_of(practice.store) == before


@pytest.mark.parametrize("units", [2, 60])
def test_the_smallest_province_has_all_named_accounts(practice: House, units: int) -> None:
    made = fictional_province.found(practice, Wish(people=24, units=units), NOW)
    names = {row["normal"] for row in rows_of(practice.store)["sign_in_name"]}
    assert {account.identifier for account in made.named} <= names


def test_without_any_course_there_are_people_only(house: House) -> None:
    fictional_province.found(house, Wish(people=30, units=3), NOW)
    rows = rows_of(house.store)
    assert len(rows["person"]) == 30
    assert not rows["enrolment"]


def test_a_very_large_province_has_three_reasons_a_person_and_no_papers(
    monkeypatch: pytest.MonkeyPatch, databases: Databases
) -> None:
    monkeypatch.setattr(fictional_province, "GROWTH", 100)
    large = make(databases, Wish(people=600, units=40, seed=2))
    assert len(large.of("enrolment")) == 1800
    assert not large.of("attempt")
    complete = {row["person_id"] for row in large.of("completion", kind="course")}
    assert 0.7 < len(complete) / 600 < 0.85
    assert len(large.of("completion", kind="quiz")) == len(complete)
    held = sorted(large.of("certificate"), key=lambda row: int(row["number"]))
    assert [row["number"] for row in held] == list(range(1, len(complete) + 1))
    assert [row["issued"] for row in held] == sorted(row["issued"] for row in held)
    assert all(row["at"] < NOW for row in large.of("completion"))
