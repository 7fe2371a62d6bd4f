"""What the editor saved by itself is thinned out after a day; nothing goes that anybody may want back."""

from collections.abc import Callable

import pytest

from elearning.services import drafting, publishing, remarks
from elearning.services.drafting import Saved
from elearning.services.thinning import thin
from elearning.services.work import House
from elearning.store.models.text import Save, TextBytes
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import COURSE, lesson, publish, small_course
from tests.web.sitting import everything

PATH = f"courses/{COURSE}/mo-dau.md"
Make = Callable[..., Someone]


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    publish(house, small_course())
    return make_person("trainer")


def write(house: House, clock: Clock, who: Someone, count: int, start: int = 0) -> list[int]:
    """Save by itself once a minute; the numbers of the saves."""
    found = []
    for number in range(start, start + count):
        clock.forward(minutes=1)
        with house.writing(who.actor) as work:
            there = drafting.draft(work, PATH)
            done = drafting.save_draft(work, PATH, lesson("Mở đầu", f"{number}"), there.save_id, auto=True)
        assert isinstance(done, Saved)
        found.append(done.save_id)
    return found


def saves(house: House) -> list[int]:
    return [row.id for row in everything(house, Save) if row.path == PATH]


def test_of_a_time_of_writing_the_last_save_stays(house: House, clock: Clock, trainer: Someone) -> None:
    first = saves(house)
    numbers = write(house, clock, trainer, 5)
    kept = len(everything(house, TextBytes))
    clock.forward(days=2)
    assert thin(house) == 4
    assert saves(house) == [*first, numbers[-1]]
    assert len(everything(house, TextBytes)) == kept - 4
    with house.reading(trainer.actor) as work:
        assert drafting.draft(work, PATH).text == lesson("Mở đầu", "4")
        last = next(row for row in everything(house, Save) if row.id == numbers[-1])
    assert last.made_on == first[-1]
    assert thin(house) == 0


def test_nothing_goes_on_the_day_it_was_written(house: House, clock: Clock, trainer: Someone) -> None:
    write(house, clock, trainer, 3)
    clock.forward(hours=23)
    assert thin(house) == 0


def test_what_was_published_commented_on_or_saved_before_a_pause_stays(
    house: House, clock: Clock, trainer: Someone
) -> None:
    published = write(house, clock, trainer, 1)[0]
    with house.writing(trainer.actor) as work:
        publishing.publish(work, COURSE)
    remarked = write(house, clock, trainer, 1, 1)[0]
    with house.writing(trainer.actor) as work:
        remarks.remark(work, PATH, remarked, 1, "Hay")
    paused = write(house, clock, trainer, 1, 2)[0]
    clock.forward(minutes=30)
    last = write(house, clock, trainer, 2, 3)[-1]
    clock.forward(days=2)
    assert thin(house) == 1
    assert saves(house)[1:] == [published, remarked, paused, last]


def test_what_somebody_else_began_from_stays(house: House, clock: Clock, trainer: Someone, make_person: Make) -> None:
    common = write(house, clock, trainer, 2)[0]
    other = make_person("trainer")
    with house.writing(other.actor) as work:
        drafting.save_draft(work, PATH, lesson("Khác"), common)
    clock.forward(days=2)
    assert thin(house) == 0
    with house.reading(other.actor) as work:
        met = drafting.waiting_conflict(work, PATH)
    assert met is not None
    assert met.common == lesson("Mở đầu", "0").encode()
