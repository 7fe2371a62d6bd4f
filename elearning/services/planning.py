"""Publishing at a set time: the state that was looked at and approved, checked again when its time comes, and no other."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from elearning.content.problems import ContentError
from elearning.content.reading import LAWS
from elearning.domain.errors import DomainError, Mistaken, Refused
from elearning.domain.message import Message, message, packed, unpacked
from elearning.domain.permission import may
from elearning.services import approving, noticing, publishing, working
from elearning.services.auditing import record
from elearning.services.editions import Drafted, draft_of
from elearning.services.publishing import Published
from elearning.services.work import NOBODY, House, Work, not_here
from elearning.store.models.publishing import PlannedEdition
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts

log = logging.getLogger("phatngon.planning")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What was set to be published, and what came of it. `is_draft` says that the drafts are still in that state."""

    public: str
    due: datetime
    by: str
    note: str
    state: str
    said: Message | None
    is_draft: bool


def plan(work: Work, course: str, digest: str, due: datetime, note: str) -> None:
    """Set the state that was looked at to be published at a time.

    Raises Mistaken for a time that has passed or a state that is no longer the draft's, ContentError for one that has
    problems, Refused while an approval is missing.
    """
    if due <= work.now:
        raise Mistaken(message("This time has passed. Set a later one, or publish now."))
    ready = work.shelf.draft(work.session, course)
    if ready.compiled is None:
        raise ContentError(list(ready.problems))
    if ready.digest != digest:
        raise approving.changed()
    approving.ensure_approved(work, course, approving.steps_of(work, course, ready.compiled), digest)
    row = PlannedEdition(
        public=work.chance.token(16)[:22], course=course, digest=digest, manifest=dict(ready.digests), due=due, note=note,
        by_id=work.actor.id, made=work.now,
    )  # fmt: skip
    work.session.add(row)
    record(work, "plan edition", "course", f"{course} {digest[:12]}", due.isoformat())


def no_time() -> Message:
    """What is said where a time is wanted and none was set."""
    return message("Set the day and the hour at which it is to be published.")


def withdraw(work: Work, course: str, public: str) -> None:
    """Take a plan back. Raises NotFound for one that there is not, Refused for one whose time has come."""
    row = queries.plan(work.session, public)
    if row is None or row.course != course:
        raise not_here()
    if row.state != "waiting":
        raise Refused(message("Its time has come already. Look at the list of editions."))
    row.state, row.ended = "withdrawn", work.now
    record(work, "withdraw plan", "course", f"{course} {row.digest[:12]}")


def plan_rows(work: Work, course: str, digest: str) -> tuple[PlanRow, ...]:
    """The plans of a course, newest first. `digest` is the state that the drafts are in."""
    return tuple(
        PlanRow(
            row.public,
            row.due,
            name,
            row.note,
            row.state,
            unpacked(row.said) if row.said else None,
            row.digest == digest,
        )
        for row, name in queries.plans(work.session, course)
    )


def publish_due(house: House) -> int:
    """Publish what is due; how many editions were made. What cannot be published is told to whoever set it."""
    with house.reading(NOBODY) as work:
        due = queries.due_plans(work.session, work.now)
    return sum(_publish(house, public) for public in due)


def _publish(house: House, public: str) -> bool:
    try:
        with house.writing(NOBODY) as work:
            return _put_live(work, public)
    except DomainError as error:
        why = _why(error)
    except Exception:
        log.exception("the plan %s broke", public)
        why = message("Something broke on our side. Publish it by hand.")
    with house.writing(NOBODY) as work:
        _fail(work, public, why)
    return False


def _put_live(work: Work, public: str) -> bool:
    row = queries.plan(work.session, public)
    if row is None or row.state != "waiting":
        return False
    actor = working.actor_of(work, row.by_id)
    if actor is None or not may(actor, "publish"):
        raise Refused(message("Whoever set the time may no longer publish."))
    queries.queue(work.session)
    as_planner = replace(work, actor=actor)
    done = publishing.put_live(as_planner, _ready(work, row), row.note)
    _end(work, row, done)
    return done.fresh


def _ready(work: Work, row: PlannedEdition) -> Drafted:
    """The state that was set, compiled anew beside the register of today. Raises ContentError with what stands in its way."""
    kept = queries.texts_of(work.session, row.manifest.values())
    files = {path: kept[digest] for path, digest in row.manifest.items()}
    register = texts.draft_file(work.session, LAWS)
    ready = draft_of({**files, LAWS: register} if register else files, row.course, work.shelf.render)
    if ready.compiled is None:
        raise ContentError(list(ready.problems))
    if ready.digest != row.digest:
        raise Refused(message("It would not be what was approved. Publish it by hand."))
    return ready


def _end(work: Work, row: PlannedEdition, done: Published) -> None:
    edition = queries.edition(work.session, done.course, done.number)
    row.state, row.ended, row.edition_id = "done", work.now, edition.id if edition else None
    noticing.tell(work, [row.by_id], "published", row.public, {"course": row.course})


def _why(error: DomainError) -> Message:
    if isinstance(error, ContentError) and error.problems:
        first = error.problems[0]
        return message(
            "%(count)s problems were found, the first in %(place)s: %(what)s", count=len(error.problems),
            place=f"{first.path}:{first.line}", what=first.message,
        )  # fmt: skip
    return error.message


def _fail(work: Work, public: str, why: Message) -> None:
    row = queries.plan(work.session, public)
    if row is None or row.state != "waiting":
        return
    row.state, row.ended, row.said = "failed", work.now, packed(why)
    record(work, "plan failed", "course", f"{row.course} {row.digest[:12]}", why.plain())
    noticing.tell(work, [row.by_id], "publish failed", row.public, {"course": row.course, "why": packed(why)})
