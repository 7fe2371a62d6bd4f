"""Notices by the calendar: due in seven days, due tomorrow, overdue. Run as often as one likes; nobody is told twice."""

from datetime import timedelta

from elearning.services import noticing
from elearning.services.work import NOBODY, House
from elearning.store.queries import notices

AHEAD = (7, 1)


def remind(house: House) -> int:
    """Tell everybody whose course is due soon or overdue and not complete; how many were looked at."""
    with house.reading(NOBODY) as work:
        wanted = {day: work.today + timedelta(days=day) for day in AHEAD}
        rows = [("due", day, notices.due_on(work.session, day, work.now)) for day in wanted.values()]
        yesterday = work.today - timedelta(days=1)
        rows.append(("overdue", yesterday, notices.due_on(work.session, yesterday, work.now)))
    count = 0
    for kind, day, people in rows:
        for course, ids in people.items():
            with house.writing(NOBODY) as work:
                about = f"{course}:{day.isoformat()}:{(day - work.today).days}"
                noticing.tell(work, ids, kind, about, {"course": course, "due": day})
            count += len(ids)
    return count
