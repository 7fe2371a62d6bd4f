"""Texts in, editions out: import, check, publish, export. Alone in knowing content and store together."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from elearning.content.checking import check_tree
from elearning.content.compiling import COMPILER, compile_course
from elearning.content.glossary import compile_glossary
from elearning.content.packing import pack
from elearning.content.pieces import Render
from elearning.content.problems import ContentError, Problem, Problems
from elearning.content.reading import GLOSSARY, Registers, read_registers
from elearning.content.rendering_apart import render_apart
from elearning.content.text import digest_of
from elearning.domain.edition import Compiled
from elearning.domain.law import Law
from elearning.services.auditing import record
from elearning.services.work import Work, not_here
from elearning.store.models.text import Course, Edition, EditionText, LawRow, Save
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


def publish(work: Work, course: str) -> Published:
    """Make a new edition of a course from the drafts, and the live one; nothing happens when no text has changed.

    Raises ContentError with all problems of all that the course reaches.
    """
    files = texts.draft_files(work.session)
    problems = Problems()
    registers = read_registers(files, problems)
    if problems:
        raise ContentError(list(problems))
    compiled = compile_course(files, course, work.shelf.render, registers)
    _keep_register(work, registers.laws or {})
    _keep_glossary(work, files, registers)
    digests = {path: digest_of(files[path]) for path in compiled.paths}
    digest = hashlib.sha256("".join(f"{path}\0{digests[path]}\n" for path in sorted(digests)).encode()).hexdigest()
    return _edition(work, compiled, digests, digest)


def _edition(work: Work, compiled: Compiled, digests: Mapping[str, str], digest: str) -> Published:
    row = work.session.scalar(select(Course).where(Course.key == compiled.course.key))
    if row is None:
        row = Course(key=compiled.course.key, title=compiled.course.title, activities=0)
        work.session.add(row)
        work.session.flush()
    live = work.session.get(Edition, row.live_id) if row.live_id else None
    if live is not None and live.digest == digest:
        return Published(row.key, live.number, False)
    last = work.session.scalar(select(func.max(Edition.number)).where(Edition.course_id == row.id)) or 0
    edition = Edition(course_id=row.id, number=last + 1, digest=digest, laws=list(compiled.laws), at=work.now,
                      by_id=work.actor.id or None, note="")  # fmt: skip
    work.session.add(edition)
    work.session.flush()
    work.session.execute(
        insert(EditionText), [{"edition_id": edition.id, "path": p, "digest": d} for p, d in digests.items()]
    )
    data = pack(compiled)
    texts.keep_compiled(work.session, digest, COMPILER, data)
    row.live_id, row.title = edition.id, compiled.course.title
    row.activities = sum(1 for _ in compiled.course.activities())
    record(work, "publish", "course", f"{row.key} {edition.number}")
    return Published(row.key, edition.number, True)


def _keep_register(work: Work, laws: Mapping[str, Law]) -> None:
    """Bring the live register of law up to the one that is being published; documents are never taken out."""
    rows = texts.all_laws(work.session)
    for key, law in laws.items():
        row = rows.get(key) or LawRow(key=key)
        row.title, row.summary, row.number, row.issuer = law.title, law.summary, law.number, law.issuer
        row.issued, row.since, row.until = law.issued, law.from_, law.until
        row.replaced_by, row.amended_by = law.replaced_by, list(law.amended_by)
        row.verified, row.source, row.parts = law.verified, law.source, list(law.parts)
        work.session.add(row)


def _keep_glossary(work: Work, files: Mapping[str, bytes], registers: Registers) -> None:
    """Bring the live glossary up to the one that is being published; terms are never taken out.

    Raises ContentError with what is wrong in its texts. Nothing is laid out where they have not changed.
    """
    made_of = sorted(path for path in files if path.startswith(GLOSSARY.removesuffix("md")))
    of = hashlib.sha256("".join(f"{path}\0{digest_of(files[path])}\n" for path in made_of).encode()).hexdigest()
    known = {row.key for row in texts.all_terms(work.session) if row.of == of}
    if known >= set(registers.terms or ()):
        return
    problems = Problems()
    terms = compile_glossary(files, work.shelf.render, registers, problems)
    if problems:
        raise ContentError(list(problems))
    texts.keep_terms(work.session, [
        {"key": term.key, "language": language, "name": words.name, "html": words.html, "pairs": list(term.pairs), "of": of}
        for term in terms.values()
        for language, words in term.words.items()
    ])  # fmt: skip


def course_text(work: Work, course: str) -> dict[str, bytes]:
    """Path → bytes of the live edition of a course. Raises NotFound when it has none."""
    live = texts.live_course(work.session, course)
    if live is None:
        raise not_here()
    return texts.manifest_files(work.session, live.digest)
