"""After a new edition went live: everybody who is on the course is judged by it, part by part, by the worker."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from elearning.domain.completion import judge
from elearning.domain.course import Activity
from elearning.domain.edition import Compiled
from elearning.domain.renaming import carried, former_keys
from elearning.services import completing, working
from elearning.services.standing import done_of
from elearning.services.work import NOBODY, House, Work
from elearning.services.working import Outcome, Ticket
from elearning.store.queries import jobs, texts
from elearning.store.queries import publishing as queries
from elearning.store.queries.publishing import LedgerLine
from elearning.store.queries.texts import LiveCourse

JOB = "judge anew"
CHUNK = 200


def ask(work: Work, course: str, edition_id: int) -> None:
    """Have the worker judge the learners of a course. Whoever publishes from a shell has nobody to be told, and calls `judge_all`."""
    if work.actor.id:
        working.add(work, JOB, {"course": course, "edition": edition_id})


def concerned(work: Work, live: LiveCourse, compiled: Compiled) -> list[int]:
    """Those for whom the live edition changes anything, by id."""
    names = former_keys(compiled)
    rows = queries.ledger(work.session, live.course_id, work.now)
    people = [(person, list(lines)) for person, lines in groupby(rows, lambda line: line.person_id)]
    return [person for person, lines in people if _changes(lines, compiled, names)]


def _changes(lines: Sequence[LedgerLine], compiled: Compiled, names: Mapping[Activity, str]) -> bool:
    done = done_of(lines)
    now = carried(done, names)
    if now != done:
        return True
    return not any(line.kind == "course" for line in lines) and judge(compiled.course, compiled.quizzes, now).complete


def judge_all(house: House, course: str, ticket: Ticket | None = None) -> int:
    """Judge everybody by the live edition; how many have completed the course by it. It may be run twice without harm.

    Raises GivenUp when another worker has taken the job up.
    """
    actor = ticket.actor if ticket else NOBODY
    with house.reading(actor) as work:
        live = texts.live_course(work.session, course)
        compiled = work.shelf.get(work.session, live.digest) if live else None
        people = concerned(work, live, compiled) if live and compiled else []
    complete = 0
    for start in range(0, len(people), CHUNK):
        part = people[start : start + CHUNK]
        with house.writing(actor) as work:
            if ticket:
                working.advance(work, ticket, ticket.done + start, ticket.done + start + len(part), len(people), {})
            now = texts.live_course(work.session, course)
            if now is None or live is None or compiled is None or now.edition_id != live.edition_id:
                break
            complete += sum(completing.anew(work, one, live.course_id, live.edition_id, compiled) for one in part)
    return complete


def run(house: House, ticket: Ticket) -> Outcome:
    """Do the job. One whose edition is no longer live does nothing: the next job judges by the next edition."""
    course = str(ticket.asked["course"])
    complete = judge_all(house, course, ticket)
    with house.reading(ticket.actor) as work:
        done = jobs.done_so_far(work.session, ticket.id)
    return Outcome(done, {"complete": complete})


working.register(JOB, run)
