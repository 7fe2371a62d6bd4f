"""Certificates: their numbers, what they copy, and that no race and no failure leaves a gap."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from elearning.domain.certificate import is_well_typed
from elearning.domain.course import Activity
from elearning.services import lessons, outline
from elearning.services.certifying import printed, verify
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Certificate, Completion
from elearning.store.models.person import Person
from elearning.store.queries.certificates import next_number
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.services.texts import COURSE, QUIZ_PATH, small_course
from tests.web.sitting import everything


@pytest.fixture
def reading_course(house: House, publish_texts: Callable[..., object]) -> House:
    """The small course without its quiz: two lessons complete it."""
    files = small_course()
    path = f"courses/{COURSE}/course.md"
    files[path] = files[path].replace("- [Thử tài](quiz:thu-tai)\n".encode(), b"")
    publish_texts({name: data for name, data in files.items() if name != QUIZ_PATH})
    return house


def read_all(house: House, someone: Someone) -> None:
    """Finish both lessons."""
    for key in ("mo-dau", "thuc-hanh"):
        with house.writing(someone.actor) as work:
            outline.join(work, COURSE)
            lessons.finish_lesson(work, COURSE, key)


def taken_in_vain(house: House, year: int) -> int:
    """The number that was taken by work that was rolled back."""
    taken: list[int] = []
    with suppress(RuntimeError), house.writing(NOBODY) as work:
        taken.append(next_number(work.session, year))
        raise RuntimeError
    return taken[0]


def numbers(house: House) -> list[tuple[int, int]]:
    return [(row.year, row.number) for row in everything(house, Certificate)]


def test_numbers_begin_with_one_and_have_no_gaps(reading_course: House, cast: Cast) -> None:
    for _ in range(5):
        read_all(reading_course, cast.person())
    assert numbers(reading_course) == [(2026, number) for number in range(1, 6)]


def test_a_number_that_was_rolled_back_is_given_again(reading_course: House, cast: Cast) -> None:
    read_all(reading_course, cast.person())
    assert taken_in_vain(reading_course, 2026) == 2
    read_all(reading_course, cast.person())
    assert numbers(reading_course) == [(2026, 1), (2026, 2)]


def test_the_first_of_a_year_can_be_rolled_back_too(house: House) -> None:
    assert taken_in_vain(house, 2027) == 1
    with house.writing(NOBODY) as work:
        assert next_number(work.session, 2027) == 1


def test_people_who_complete_at_the_same_moment_get_numbers_of_their_own(reading_course: House, cast: Cast) -> None:
    people = [cast.person() for _ in range(8)]
    gate = threading.Barrier(len(people))

    def one(someone: Someone) -> None:
        gate.wait()
        read_all(reading_course, someone)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(one, people))
    assert sorted(numbers(reading_course)) == [(2026, number) for number in range(1, 9)]


def test_the_last_two_lessons_finished_at_once_complete_the_course(reading_course: House, cast: Cast) -> None:
    people = [cast.person() for _ in range(6)]
    for someone in people:
        with reading_course.writing(someone.actor) as work:
            outline.join(work, COURSE)
    gate = threading.Barrier(2 * len(people))

    def one(what: tuple[Someone, str]) -> None:
        gate.wait()
        with reading_course.writing(what[0].actor) as work:
            lessons.finish_lesson(work, COURSE, what[1])

    both = [(someone, key) for someone in people for key in ("mo-dau", "thuc-hanh")]
    with ThreadPoolExecutor(len(both)) as pool:
        list(pool.map(one, both))
    assert sorted(number for _, number in numbers(reading_course)) == list(range(1, 7))


def test_the_year_is_that_of_the_day_in_viet_nam(reading_course: House, cast: Cast, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    read_all(reading_course, cast.person())
    clock.now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    read_all(reading_course, cast.person())
    read_all(reading_course, cast.person())
    assert numbers(reading_course) == [(2026, 1), (2027, 1), (2027, 2)]
    assert [row.issued_on for row in everything(reading_course, Certificate)] == [
        date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_what_is_printed_is_copied_and_does_not_change_with_the_person(
    reading_course: House, cast: Cast, publish_texts: Callable[..., object]
) -> None:
    someone = cast.person(name="Trần Thị Ngọc Ánh", unit="Xã Mộc Lâm", language="vi")
    read_all(reading_course, someone)
    with reading_course.writing(NOBODY) as work:
        work.session.get_one(Person, someone.id).name = "Tên Khác"
    code = everything(reading_course, Certificate)[0].code
    with reading_course.reading(someone.actor) as work:
        paper = printed(work, code)
    assert (paper.holder, paper.unit, paper.course_title) == ("Trần Thị Ngọc Ánh", "Xã Mộc Lâm", "Luyện tập")
    assert (paper.issued_on, paper.valid_until) == (date(2026, 11, 23), date(2027, 11, 23))
    assert paper.verify_url == f"http://localhost/verify/{code}"


def test_codes_are_well_typed_and_can_be_read_aloud(reading_course: House, cast: Cast) -> None:
    for _ in range(10):
        read_all(reading_course, cast.person())
    codes = [row.code for row in everything(reading_course, Certificate)]
    assert len(set(codes)) == 10
    assert all(is_well_typed(code) and code.isalnum() for code in codes)


def test_a_completion_and_its_certificate_are_kept_together_or_not_at_all(
    reading_course: House, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = cast.person()
    with reading_course.writing(someone.actor) as work:
        outline.join(work, COURSE)
        lessons.finish_lesson(work, COURSE, "mo-dau")

    def broken(session: object, year: int) -> int:
        raise RuntimeError

    with monkeypatch.context() as broke:
        broke.setattr("elearning.services.certifying.certificates.next_number", broken)
        with pytest.raises(RuntimeError), reading_course.writing(someone.actor) as work:
            lessons.finish_lesson(work, COURSE, "thuc-hanh")
    assert [row.item for row in everything(reading_course, Completion)] == ["mo-dau"]
    with reading_course.writing(someone.actor) as work:
        lessons.finish_lesson(work, COURSE, "thuc-hanh")
    assert numbers(reading_course) == [(2026, 1)]


def test_verify_says_nothing_but_what_the_register_may_say(reading_course: House, cast: Cast) -> None:
    read_all(reading_course, cast.person(name="Trần Thị Ngọc Ánh", unit="Xã Mộc Lâm"))
    code = everything(reading_course, Certificate)[0].code
    with reading_course.reading(NOBODY) as work:
        answer = verify(work, code.lower()).answer
    assert answer is not None
    assert (answer.state, answer.holder, answer.number) == ("valid", "Trần Thị Ngọc Ánh", "000001/2026")
    assert "Mộc Lâm" not in repr(answer)


def test_the_activities_of_a_course_are_as_its_outline_says(reading_course: House) -> None:
    with reading_course.reading(NOBODY) as work:
        compiled = outline.course_of_actor(work, COURSE).compiled
    assert list(compiled.course.activities()) == [Activity("lesson", "mo-dau"), Activity("lesson", "thuc-hanh")]
