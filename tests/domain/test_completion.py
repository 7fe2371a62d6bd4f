"""When a course is complete, what is still missing, and what is not open yet."""

from fractions import Fraction
from typing import Any

import pytest

from elearning.domain.completion import Done, judge, next_activity, required, shut, why_shut
from elearning.domain.course import Activity, Course, Module
from elearning.domain.edition import Compiled, Words
from elearning.domain.quiz import Quiz, Rules

FIRST, SECOND = Activity("lesson", "mo-dau"), Activity("lesson", "thoi-han")
EXAM, PRACTICE = Activity("quiz", "cuoi-khoa"), Activity("quiz", "luyen-tap")
ALL = (FIRST, PRACTICE, SECOND, EXAM)


def quiz(key: str, pass_share: Fraction | None = None) -> Quiz:
    return Quiz(key, f"quizzes/{key}.md", Rules(key, pass_share=pass_share), "", ())


QUIZZES = {"cuoi-khoa": quiz("cuoi-khoa", Fraction(7, 10)), "luyen-tap": quiz("luyen-tap")}


def course(**rules: Any) -> Course:
    modules = (Module("mot", "Một", (FIRST, PRACTICE)), Module("hai", "Hai", (SECOND, EXAM)))
    return Course("ky-nang", "Kỹ năng", "", "", modules, **rules)


BOTH = frozenset({"mo-dau", "thoi-han"})
PASSED = frozenset({"cuoi-khoa"})


def test_a_course_asks_for_every_lesson_and_every_quiz_that_has_a_pass_mark() -> None:
    assert required(course(), QUIZZES) == (FIRST, SECOND, EXAM)


def test_a_course_may_list_what_it_asks_for() -> None:
    listed = course(complete=(FIRST, PRACTICE))
    assert required(listed, QUIZZES) == (FIRST, PRACTICE)
    assert judge(listed, QUIZZES, Done(frozenset({"mo-dau"}), tried=frozenset({"luyen-tap"}))).complete


@pytest.mark.parametrize(
    ("done", "missing", "count"),
    [
        (Done(), (FIRST, SECOND, EXAM), 0),
        (Done(BOTH), (EXAM,), 2),
        (Done(BOTH, tried=PASSED), (EXAM,), 2),
        (Done(BOTH, PASSED, PASSED), (), 3),
        (Done(BOTH, PASSED, frozenset({"luyen-tap"})), (), 4),
        (Done(frozenset({"bai-cu"}), frozenset({"de-cu"})), (FIRST, SECOND, EXAM), 0),
    ],
)
def test_a_person_is_judged_by_what_was_done(done: Done, missing: tuple[Activity, ...], count: int) -> None:
    standing = judge(course(), QUIZZES, done)
    assert standing.missing == missing
    assert standing.complete is (not missing)
    assert standing.share == Fraction(count, 4)


def test_a_quiz_without_a_pass_mark_is_done_once_it_was_taken_and_one_with_a_mark_only_once_passed() -> None:
    assert Done(tried=frozenset({"luyen-tap"})).has(PRACTICE, QUIZZES)
    assert not Done(tried=PASSED).has(EXAM, QUIZZES)
    assert Done(passed=PASSED).has(EXAM, QUIZZES)


def test_a_course_without_activities_is_no_achievement() -> None:
    empty = Course("rong", "Rỗng", "", "", ())
    assert judge(empty, {}, Done()).share == 0
    assert next_activity(empty, judge(empty, {}, Done())) is None


def test_a_free_course_shuts_nothing() -> None:
    assert shut(course(), judge(course(), QUIZZES, Done())) == frozenset()


@pytest.mark.parametrize(
    ("done", "closed"),
    [
        (Done(), {PRACTICE, SECOND, EXAM}),
        (Done(frozenset({"mo-dau"})), {SECOND, EXAM}),
        (Done(frozenset({"mo-dau"}), tried=frozenset({"luyen-tap"})), {EXAM}),
        (Done(BOTH), {EXAM}),
        (Done(BOTH, PASSED, frozenset({"luyen-tap"})), set()),
    ],
)
def test_a_strict_course_opens_one_activity_after_the_other_and_what_was_done_stays_open(
    done: Done, closed: set[Activity]
) -> None:
    strict = course(order="strict")
    assert shut(strict, judge(strict, QUIZZES, done)) == closed
    assert why_shut().plain()


def test_what_comes_next_is_the_first_thing_not_done() -> None:
    assert next_activity(course(), judge(course(), QUIZZES, Done(frozenset({"mo-dau"})))) == PRACTICE
    everything = Done(BOTH, PASSED, frozenset({"luyen-tap"}))
    assert next_activity(course(), judge(course(), QUIZZES, everything)) is None


def test_words_come_in_the_language_asked_for_or_in_the_original() -> None:
    original, translated = course(), course(language="vi", hours="6")
    compiled = Compiled(original, {}, QUIZZES, {}, (), (), {"en": Words(course=translated)})
    assert compiled.course_in("en") == (translated, "en")
    assert compiled.course_in("fr") == (original, "vi")
    assert compiled.quiz_in("cuoi-khoa", "en") == (QUIZZES["cuoi-khoa"], "vi")
    with pytest.raises(KeyError):
        compiled.lesson_in("khong-co", "en")
