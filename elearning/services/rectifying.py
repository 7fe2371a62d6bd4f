"""What those who run an examination may do to one attempt: give it more time, open it again, let late answers count.

Each needs a reason, stands in the record, and nobody does it to an attempt of their own.
"""

from collections.abc import Collection
from datetime import timedelta

from elearning.domain.arrangement import MOST_MINUTES
from elearning.domain.attempt import counting
from elearning.domain.attempt_states import OPEN, moved
from elearning.domain.errors import Mistaken, Refused
from elearning.domain.message import message
from elearning.domain.names import clean
from elearning.services import noticing
from elearning.services.arranging import Wanted, add, ensure_may_run
from elearning.services.auditing import record
from elearning.services.handing_in import keep_grades, regrade, state_of
from elearning.services.paper import paper_of
from elearning.services.work import Work, not_here
from elearning.store.models.arrangement import Acceptance
from elearning.store.models.learning import Attempt
from elearning.store.queries import attempts, exams
from elearning.store.queries.attempts import Sitting


def found_for(work: Work, public: str, lock: bool = False) -> Sitting[Attempt]:
    """An attempt of somebody else. Raises NotFound for actors who do not run examinations, and for their own attempts."""
    ensure_may_run(work)
    sitting = attempts.anybodys_sitting(work.session, public, lock)
    if sitting is None or sitting.attempt.person_id == work.actor.id:
        raise not_here()
    return sitting


def _ensure_reason(reason: str) -> str:
    if not clean(reason):
        raise Mistaken(message("Write the reason; it is kept with the decision."))
    return clean(reason)[:500]


def more_time(work: Work, public: str, minutes: int, reason: str) -> None:
    """Give an attempt that runs more minutes. Raises NotFound, Mistaken for no reason or other numbers, Refused where it
    does not run or has no limit of time.
    """
    sitting, reason = found_for(work, public, lock=True), _ensure_reason(reason)
    attempt = sitting.attempt
    if attempt.state not in OPEN or attempt.closes is None:
        raise Refused(message("This attempt does not run, or has no limit of time. Open it again instead."))
    if not 1 <= minutes <= MOST_MINUTES:
        raise Mistaken(message("Write a whole number from 1 to %(most)s.", most=MOST_MINUTES))
    add(work, attempt.course_id, attempt.quiz,
        Wanted("extra time", "person", number=minutes, reason=reason), attempt.person_id)  # fmt: skip
    record(work, "give more time", "attempt", public, f"+{minutes}: {reason}")
    _tell(work, sitting, "extended", minutes=minutes)


def _tell(work: Work, sitting: Sitting[Attempt], kind: str, **values: int) -> None:
    """Tell the learner, once for each deed."""
    about = f"{sitting.attempt.public}:{work.now.isoformat()}"
    noticing.tell(work, [sitting.attempt.person_id], kind, about, {"course": sitting.course, **values})


def reopen(work: Work, public: str, minutes: int, reason: str) -> None:
    """Open an attempt again that was handed in or given up, for so many minutes from now (0: without a limit, where the quiz
    has none). What was graded stays in older rows; handing in again grades anew.

    Raises NotFound, Mistaken for no reason or a limit that is missing, Refused for an attempt that runs or has passed, and
    where another one runs.
    """
    sitting, reason = found_for(work, public, lock=True), _ensure_reason(reason)
    attempt = sitting.attempt
    if attempt.state in OPEN:
        raise Refused(message("This attempt is still open. Give it more time instead."))
    if attempt.passed:
        raise Refused(message("This attempt has passed; there is nothing to gain by opening it again."))
    if exams.runs_another(work.session, attempt):
        raise Refused(message("Another attempt at this quiz is under way. Open this one again when it has ended."))
    rules = work.shelf.get(work.session, sitting.digest).quizzes[attempt.quiz].rules
    if not 0 <= minutes <= MOST_MINUTES or (not minutes and rules.minutes is not None):
        raise Mistaken(message("Write for how many minutes it opens again, from 1 to %(most)s.", most=MOST_MINUTES))
    attempt.state = moved(state_of(attempt), "reopen")
    attempt.closes = work.now + timedelta(minutes=minutes) if minutes else None
    attempt.reopened, attempt.ended, attempt.passed = work.now, None, None
    attempt.share_num = attempt.share_den = attempt.share_milli = None
    record(work, "reopen attempt", "attempt", public, reason)
    _tell(work, sitting, "reopened")


def accept_late(work: Work, public: str, versions: Collection[int], reason: str) -> int:
    """Let answers count that came too late; how many slots are graded anew by it.

    Raises NotFound, Mistaken where nothing was chosen or no reason given, Closed for an attempt that runs.
    """
    sitting, reason = found_for(work, public, lock=True), _ensure_reason(reason)
    attempt, before = sitting.attempt, paper_of(work, sitting)
    rows = [row for row in attempts.answers(work.session, attempt.id) if row.late and row.version in versions]
    if not rows:
        raise Mistaken(message("Choose the late answers that are to count."))
    given_up = attempt.state == "abandoned"
    attempt.state = moved(state_of(attempt), "accept late answers")
    work.session.add_all(Acceptance(answer_id=row.id, at=work.now, by_id=work.actor.id, reason=reason) for row in rows)
    work.session.flush()
    paper = paper_of(work, sitting)
    was, now = counting(before.saved), counting(paper.saved)
    changed = [slot.number for slot in paper.slots if was.get(slot.number) != now.get(slot.number)]
    record(work, "accept late answers", "attempt", public, f"{', '.join(map(str, changed))}: {reason}")
    if given_up:
        keep_grades(work, attempt, paper)
    else:
        regrade(work, attempt, paper, changed)
    _tell(work, sitting, "result")
    return len(changed)
