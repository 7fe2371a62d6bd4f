"""The record of who did what; every use case that changes something for somebody writes to it."""

from elearning.services.work import Work
from elearning.store.models.person import Audit
from elearning.store.prepared import PreparedInsert

_ADD = PreparedInsert(Audit, "at", "actor_id", "action", "kind", "subject", "address", "reason")


def record(work: Work, action: str, kind: str, subject: str, reason: str = "") -> None:
    """Add one line to the record, in the transaction of the deed itself."""
    row = {
        "at": work.now, "actor_id": work.actor.id or None, "action": action, "kind": kind, "subject": subject,
        "address": work.address, "reason": reason,
    }  # fmt: skip
    _ADD.add(work.session, [row])
