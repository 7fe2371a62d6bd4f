"""Writing down what people have done, on days of the test's choosing, by the rows themselves."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Completion, Enrolment
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement
from tests.services.cast import Someone

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STEPS = (("lesson", "mo-dau"), ("lesson", "thuc-hanh"), ("quiz", "thu-tai"))


class Ledger:
    """The small course as its ledger has it."""

    def __init__(self, house: House, course: str = "luyen-tap") -> None:
        self.house, self.key = house, course

    def _course(self) -> tuple[int, int]:
        with self.house.reading(NOBODY) as work:
            row = work.session.scalars(select(Course).where(Course.key == self.key)).one()
            return row.id, row.live_id or 0

    def enrolled(
        self, someone: Someone, since: date, due: date | None = None, until: date | None = None, reason: str = "test"
    ) -> None:
        """Enrol a person at noon of a day, until noon of another."""
        with self.house.writing(NOBODY) as work:
            work.session.add(
                Enrolment(
                    person_id=someone.id, course_id=self._course()[0], reason=reason, since=noon(since),
                    until=noon(until) if until else None, due=due,
                )
            )  # fmt: skip

    def done(self, someone: Someone, day: date, steps: int, complete: bool = False) -> None:
        """The first so many steps of the course, done at noon of a day; and the course itself."""
        course, edition = self._course()
        found = [*STEPS[:steps], *([("course", self.key)] if complete else [])]
        with self.house.writing(NOBODY) as work:
            for kind, item in found:
                work.session.add(
                    Completion(
                        person_id=someone.id, course_id=course, kind=kind, item=item, at=noon(day), edition_id=edition,
                        unit_name="", reason="test",
                    )
                )  # fmt: skip

    def placed_since(self, someone: Someone, day: date) -> None:
        """The person has been in the unit since that day."""
        with self.house.writing(NOBODY) as work:
            work.session.execute(update(Placement).where(Placement.person_id == someone.id).values(since=day))

    def moved(self, someone: Someone, unit: int, day: date) -> None:
        """The person went to another unit on a day."""
        with self.house.writing(NOBODY) as work:
            running = update(Placement).where(Placement.person_id == someone.id, Placement.running == 1)
            work.session.execute(running.values(until=day, running=None))
            work.session.add(Placement(person_id=someone.id, unit_id=unit, since=day, running=1))


def noon(day: date) -> datetime:
    """Midday in Viet Nam."""
    return datetime.combine(day, time(12), ZONE)


def last_minute(day: date) -> datetime:
    """One minute before midnight in Viet Nam."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE) - timedelta(minutes=1)
