"""Texts in, editions out: import, check, publish, export. Alone in knowing content and store together."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert

from elearning.content.checking import check_tree
from elearning.content.compiling import COMPILER
from elearning.content.packing import pack
from elearning.content.pieces import Render
from elearning.content.problems import ContentError, Problem
from elearning.content.rendering_apart import render_apart
from elearning.content.text import digest_of
from elearning.domain.edition import Compiled
from elearning.domain.permission import may
from elearning.services import approving, glossary_register, law_register, rejudging
from elearning.services.auditing import record
from elearning.services.editions import Drafted
from elearning.services.work import Work, not_here
from elearning.store.models.text import Course, Edition, EditionText, Save
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, as counts of paths."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Published:
    """One course that was published, or was so already: `number` is that of its live edition."""

    course: str
    number: int
    fresh: bool


def check(files: Mapping[str, bytes], render: Render = render_apart) -> list[Problem]:
    """All problems of a tree of texts, in order of path and line. Nothing is stored."""
    return check_tree(files, render)[1]


def import_texts(work: Work, files: Mapping[str, bytes]) -> Imported:
    """Save every text that differs from its draft, byte for byte. Texts that the tree lacks stay as they are."""
    drafts = texts.drafts(work.session)
    digests = {path: digest_of(data) for path, data in files.items()}
    known = texts.known_digests(work.session, digests.values())
    texts.add_texts(work.session, {digests[path]: data for path, data in files.items() if digests[path] not in known})
    changed = [path for path in sorted(files) if drafts.get(path, (0, ""))[1] != digests[path]]
    for path in changed:
        made_on = drafts[path][0] if path in drafts else None
        work.session.add(
            Save(path=path, digest=digests[path], at=work.now, author_id=work.actor.id or None, made_on=made_on)
        )
    new = sum(1 for path in changed if path not in drafts)
    if changed:
        record(work, "import texts", "texts", str(len(changed)))
    return Imported(new, len(changed) - new, len(files) - len(changed))


def export_texts(work: Work) -> dict[str, bytes]:
    """The whole draft tree, byte for byte as it was saved."""
    return texts.draft_files(work.session)


def drafted(work: Work, course: str) -> Drafted:
    """The drafts of a course as they would be published, with all problems that stand in the way.

    Called in reading work before `publish`, it leaves what is compiled on the shelf, so that nobody waits for it while
    the database is held.
    """
    return work.shelf.draft(work.session, course)


def publish(work: Work, course: str, note: str = "", digest: str = "") -> Published:
    """Make a new edition of a course from the drafts, and the live one; nothing happens when no text has changed.

    `digest` names the state that was looked at; `note` is what learners are told. Raises ContentError with all problems of
    all that the course reaches, Mistaken when the drafts are no longer those that were looked at, Refused while an
    approval is missing, NotFound for those who may not publish.
    """
    _ensure_publishes(work)
    queries.queue(work.session)
    ready = work.shelf.draft(work.session, course)
    if digest and not ready.problems and digest != ready.digest:
        raise approving.changed()
    return put_live(work, ready, note)


def _ensure_publishes(work: Work) -> None:
    """Nobody (0) is whoever works at the shell of the machine."""
    if work.actor.id and not may(work.actor, "publish"):
        raise not_here()


def put_live(work: Work, ready: Drafted, note: str = "") -> Published:
    """Make an edition of a state that was compiled. Raises ContentError for one that has problems, Refused while an approval
    of it is missing.
    """
    if ready.compiled is None:
        raise ContentError(list(ready.problems))
    steps = approving.steps_of(work, ready.course, ready.compiled)
    approving.ensure_approved(work, ready.course, steps, ready.digest)
    law_register.keep(work, ready.laws)
    glossary_register.keep(work, ready.glossary, ready.registers)
    return _edition(work, ready.compiled, ready.digests, ready.digest, note)


def roll_back(work: Work, course: str, number: int, note: str = "") -> Published:
    """Make an old edition the live one again, as a new edition. The drafts stay as they are.

    Raises NotFound where there is no such edition, and for those who may not publish.
    """
    _ensure_publishes(work)
    queries.queue(work.session)
    old = queries.edition(work.session, course, number)
    if old is None:
        raise not_here()
    compiled = work.shelf.get(work.session, old.digest)
    record(work, "roll back", "course", f"{course} {number}", note)
    return _edition(work, compiled, queries.manifest(work.session, old.id), old.digest, note)


def _edition(work: Work, compiled: Compiled, digests: Mapping[str, str], digest: str, note: str) -> Published:
    row = queries.course(work.session, compiled.course.key)
    if row is None:
        row = Course(key=compiled.course.key, title=compiled.course.title, activities=0)
        work.session.add(row)
        work.session.flush()
    live = work.session.get(Edition, row.live_id) if row.live_id else None
    if live is not None and live.digest == digest:
        return Published(row.key, live.number, False)
    edition = Edition(course_id=row.id, number=queries.last_number(work.session, row.id) + 1, digest=digest,
                      laws=list(compiled.laws), at=work.now, by_id=work.actor.id or None, note=note)  # fmt: skip
    work.session.add(edition)
    work.session.flush()
    work.session.execute(
        insert(EditionText), [{"edition_id": edition.id, "path": p, "digest": d} for p, d in digests.items()]
    )
    texts.keep_compiled(work.session, digest, COMPILER, pack(compiled))
    row.live_id, row.title = edition.id, compiled.course.title
    row.activities = sum(1 for _ in compiled.course.activities())
    record(work, "publish", "course", f"{row.key} {edition.number}", note)
    if live is not None:
        rejudging.ask(work, row.key, edition.id)
    return Published(row.key, edition.number, True)


def course_text(work: Work, course: str) -> dict[str, bytes]:
    """Path → bytes of the live edition of a course. Raises NotFound when it has none."""
    live = texts.live_course(work.session, course)
    if live is None:
        raise not_here()
    return texts.manifest_files(work.session, live.digest)
