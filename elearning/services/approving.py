"""Approvals: the steps that a course asks for before a state of it is published, each by another person."""

from dataclasses import dataclass
from datetime import datetime

from elearning.domain.edition import Compiled
from elearning.domain.errors import Mistaken, Refused
from elearning.domain.message import message
from elearning.domain.permission import may
from elearning.services.auditing import record
from elearning.services.editions import Drafted
from elearning.services.work import Work, not_here
from elearning.store.models.publishing import Approval
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step: who approved it and when, or that it is open, and whether the actor may give it."""

    name: str
    by: str | None
    at: datetime | None
    offered: bool


def steps_of(work: Work, course: str, coming: Compiled) -> tuple[str, ...]:
    """The steps that a state must pass: its own, and those of the live edition, so that taking them out is approved too."""
    live = texts.live_course(work.session, course)
    before = work.shelf.get(work.session, live.digest).course.approval if live else ()
    return tuple(dict.fromkeys((*before, *coming.course.approval)))


def approval_steps(work: Work, course: str, ready: Drafted) -> tuple[ApprovalStep, ...]:
    """The steps with what was done; none where the course asks for none."""
    if ready.compiled is None:
        return ()
    given = {row.step: (row, name) for row, name in queries.approvals(work.session, course, ready.digest)}
    mine = any(row.by_id == work.actor.id for row, _ in given.values())
    return tuple(
        ApprovalStep(step, given[step][1], given[step][0].at, False)
        if step in given
        else ApprovalStep(step, None, None, not mine and may(work.actor, "publish"))
        for step in steps_of(work, course, ready.compiled)
    )


def approve(work: Work, course: str, step: str, digest: str) -> None:
    """Approve one step of the state that was shown.

    Raises NotFound for those who may not publish or a step that is not asked for, Mistaken when the texts have changed since
    the page was shown, Refused for a step that is approved, or by somebody who has approved another.
    """
    ready = work.shelf.draft(work.session, course)
    if not may(work.actor, "publish") or ready.compiled is None:
        raise not_here()
    if ready.digest != digest:
        raise changed()
    queries.queue(work.session)
    if step not in steps_of(work, course, ready.compiled):
        raise not_here()
    given = queries.approvals(work.session, course, digest)
    if any(row.step == step for row, _ in given):
        raise Refused(message("This step is approved already."))
    if any(row.by_id == work.actor.id for row, _ in given):
        raise Refused(message("You have approved a step of this state. The next step is for another person."))
    work.session.add(Approval(course=course, digest=digest, step=step, by_id=work.actor.id, at=work.now))
    record(work, "approve", "course", f"{course} {digest[:12]}", step)


def ensure_approved(work: Work, course: str, steps: tuple[str, ...], digest: str) -> None:
    """Raises Refused, with what is missing, unless every step was approved for exactly this state."""
    given = {row.step for row, _ in queries.approvals(work.session, course, digest)} if steps else set()
    missing = [step for step in steps if step not in given]
    if missing:
        raise Refused(
            message("This state of the course is not approved yet. Missing: %(steps)s.", steps=", ".join(missing))
        )


def changed() -> Mistaken:
    """What is said when the texts are no longer those of the page that was sent."""
    return Mistaken(
        message("The texts have changed since this page was shown. Look at what is different now, and decide again.")
    )
