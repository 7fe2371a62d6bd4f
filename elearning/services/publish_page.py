"""The page on which a course is published: what is wrong, what is different, what it would mean, and who has approved."""

from dataclasses import dataclass
from datetime import datetime

from elearning.content.problems import Problem
from elearning.domain.edition import Compiled
from elearning.domain.permission import may
from elearning.domain.renaming import Vanished, vanished
from elearning.services.approving import ApprovalStep, approval_steps
from elearning.services.differing import QuestionChanges, TextChange, question_changes, text_changes
from elearning.services.editions import Drafted
from elearning.services.foretelling import Foretold, foretell
from elearning.services.planning import PlanRow, plan_rows
from elearning.services.work import Work, not_here
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts
from elearning.store.queries.texts import LiveCourse


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list; `is_live` is the one that learners read."""

    number: int
    at: datetime
    by: str | None
    note: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """An activity that is no longer there, and the new ones of its kind that it may have become: (key, title)."""

    vanished: Vanished
    offered: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublishPage:
    """`digest` names the state that is shown; `live` is the number of the live edition, 0 where there is none.

    `ready` says that nothing stands in the way: no problem, something to publish, every approval.
    """

    course: str
    title: str
    live: int
    digest: str
    problems: tuple[Problem, ...]
    changes: tuple[TextChange, ...]
    questions: tuple[QuestionChanges, ...]
    gone: tuple[Renamed, ...]
    foretold: Foretold | None
    steps: tuple[ApprovalStep, ...]
    plans: tuple[PlanRow, ...]
    editions: tuple[EditionLine, ...]
    ready: bool

    @property
    def needs_word(self) -> bool:
        """Whether activities are gone for good, so that whoever publishes must say that they mean it."""
        return any(not one.vanished.now for one in self.gone)

    @property
    def shared(self) -> tuple[TextChange, ...]:
        """Changed texts that other courses hold as well."""
        return tuple(one for one in self.changes if one.others)


def publish_page(work: Work, course: str) -> PublishPage:
    """Everything that one must know before publishing. Raises NotFound for those who may not, or a course without any text."""
    if not may(work.actor, "publish"):
        raise not_here()
    ready = work.shelf.draft(work.session, course)
    row = queries.course(work.session, course)
    live = texts.live_course(work.session, course)
    if row is None and not _is_written(work, course):
        raise not_here()
    before = work.shelf.get(work.session, live.digest) if live else None
    coming = ready.compiled
    manifest = queries.manifest(work.session, live.edition_id) if live else {}
    lines = _editions(work, row.id, live) if row else ()
    steps = approval_steps(work, course, ready)
    changed = coming is not None and (live is None or ready.digest != live.digest)
    return PublishPage(
        course, coming.course.title if coming else row.title if row else course,
        next((line.number for line in lines if line.is_live), 0), ready.digest, ready.problems,
        text_changes(work, course, manifest, ready.digests, before, coming) if changed else (),
        question_changes(before, coming) if before and coming and changed else (), _gone(ready, live, work),
        foretell(work, live.course_id, before, coming) if live and before and coming and changed else None,
        steps, plan_rows(work, course, ready.digest), lines, changed and all(step.by for step in steps),
    )  # fmt: skip


def _gone(ready: Drafted, live: LiveCourse | None, work: Work) -> tuple[Renamed, ...]:
    if live is None or ready.compiled is None:
        return ()
    before, coming = work.shelf.get(work.session, live.digest), ready.compiled
    there = set(before.course.activities())
    titles = {("lesson", key): one.title for key, one in coming.lessons.items()}
    titles |= {("quiz", key): one.rules.title for key, one in coming.quizzes.items()}
    new = [one for one in coming.course.activities() if one not in there]
    return tuple(
        Renamed(one, tuple((n.key, titles[n.kind, n.key]) for n in new if n.kind == one.activity.kind))
        for one in vanished(before, coming)
    )


def _editions(work: Work, course_id: int, live: LiveCourse | None) -> tuple[EditionLine, ...]:
    now = live.edition_id if live else 0
    return tuple(
        EditionLine(one.edition.number, one.edition.at, one.by, one.edition.note, one.edition.id == now)
        for one in queries.editions(work.session, course_id)
    )


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """All editions of a course, newest first."""

    course: str
    title: str
    editions: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition: what it changed against the one before, and what would change by going back to it."""

    course: str
    title: str
    edition: EditionLine
    before: int
    changes: tuple[TextChange, ...]
    back: tuple[TextChange, ...]
    live: int


def editions_page(work: Work, course: str) -> EditionsPage:
    """The editions of a course. Raises NotFound for those who may not publish, or a course that there is not."""
    row = queries.course(work.session, course)
    if not may(work.actor, "publish"):
        raise not_here()
    return EditionsPage(course, row.title if row else course, edition_lines(work, course))


def edition_lines(work: Work, course: str) -> tuple[EditionLine, ...]:
    """The editions of a course, newest first. Raises NotFound for a course that there is not."""
    row = queries.course(work.session, course)
    if row is None and not _is_written(work, course):
        raise not_here()
    return _editions(work, row.id, texts.live_course(work.session, course)) if row else ()


def edition_page(work: Work, course: str, number: int) -> EditionPage:
    """One edition. Raises NotFound where there is none."""
    page = editions_page(work, course)
    line = next((one for one in page.editions if one.number == number), None)
    if line is None:
        raise not_here()
    before = max((one.number for one in page.editions if one.number < number), default=0)
    live = next((one.number for one in page.editions if one.is_live), 0)
    own = _manifest(work, course, number)
    return EditionPage(
        course, page.title, line, before,
        text_changes(work, course, _manifest(work, course, before), own, *_compiled(work, course, before, number)) if before else (),
        text_changes(work, course, _manifest(work, course, live), own, *_compiled(work, course, live, number)) if live != number else (),
        live,
    )  # fmt: skip


def _compiled(work: Work, course: str, *numbers: int) -> list[Compiled | None]:
    found = [queries.edition(work.session, course, number) for number in numbers]
    return [work.shelf.get(work.session, one.digest) if one else None for one in found]


def _manifest(work: Work, course: str, number: int) -> dict[str, str]:
    found = queries.edition(work.session, course, number)
    return queries.manifest(work.session, found.id) if found else {}


def _is_written(work: Work, course: str) -> bool:
    return texts.draft_file(work.session, f"courses/{course}/course.md") is not None
