"""A sealed answer file of a device that could not send: staff load it, its answers are kept as late, and count once accepted."""

from elearning.domain.errors import Mistaken, NotFound, Refused
from elearning.domain.message import message
from elearning.exchange.sealed_answers import Lane
from elearning.services.arranging import ensure_may_run
from elearning.services.auditing import record
from elearning.services.rectifying import found_for
from elearning.services.saving import Saving, add_late
from elearning.services.work import Work


def load(work: Work, data: bytes) -> tuple[str, int]:
    """Keep the answers of a file as late ones; the address of the attempt, and how many answers were new. The same file again
    adds nothing.

    Raises NotFound for actors who do not run examinations, Refused for an attempt that is not here or their own, Mistaken for a
    file that is not sealed for this platform, was changed, or holds what no page of this attempt could have sent.
    """
    ensure_may_run(work)
    if work.platform.unseal is None:
        raise Refused(message("This platform has no key for sealed files."))
    sealed = work.platform.unseal(data)
    try:
        attempt = found_for(work, sealed.attempt, lock=True).attempt
    except NotFound as error:
        raise Refused(
            message(
                "This file belongs to an attempt that is not here, or to one of your own, which a colleague has to load."
            )
        ) from error
    new = sum(add_late(work, attempt, _saving(lane)) for lane in sealed.lanes if lane.answers)
    record(work, "load answer file", "attempt", sealed.attempt, str(new))
    return sealed.attempt, new


def _saving(lane: Lane) -> Saving:
    """What a lane would have sent. Raises Mistaken for a slot that is no number."""
    if not all(slot.isdecimal() for slot in (*lane.answers, *lane.certainty, *lane.chosen)):
        raise Mistaken(message("This file holds what no page of this attempt could have sent. Nothing was changed."))
    return Saving(
        lane.tab, lane.seq, lane.base, {int(slot): value for slot, value in lane.answers.items()},
        frozenset(map(int, lane.chosen)), {}, {int(slot): sure for slot, sure in lane.certainty.items()},
    )  # fmt: skip
