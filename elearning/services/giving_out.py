"""Taking texts out: a course with all that it reaches, an edition as it was published, or everything; byte for byte."""

from collections.abc import Mapping

from elearning.content.checking_one import original_path
from elearning.content.reading import FACTS, GLOSSARY, LAWS
from elearning.exchange.zipped import write_zip
from elearning.services.auditing import record
from elearning.services.drafting import ensure_writes
from elearning.services.work import Work, not_here
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts

REGISTERS = (LAWS, FACTS, GLOSSARY)


def course_files(work: Work, course: str) -> dict[str, bytes]:
    """The drafts of a course: all that it reaches, its whole folder, and the registers that it relies on.

    While a course has problems nobody knows what it reaches; all quizzes and banks then go along. Raises NotFound for a
    course that there is not, and for those who may not write.
    """
    ensure_writes(work)
    return reached(work, course)


def reached(work: Work, course: str) -> dict[str, bytes]:
    """The same for whoever works at the shell of the machine. Raises NotFound for a course that there is not."""
    files = texts.draft_files(work.session)
    folder = f"courses/{course}/"
    if f"{folder}course.md" not in files:
        raise not_here()
    ready = work.shelf.draft(work.session, course)
    reached = set(ready.digests) if ready.compiled else {path for path in files if path.startswith("quizzes/")}
    reached.update(path for path in files if path.startswith(folder) or original_path(path) in REGISTERS)
    return {path: files[path] for path in sorted(reached) if path in files}


def edition_files(work: Work, course: str, number: int) -> dict[str, bytes]:
    """An edition as it was published. Raises NotFound where there is none, and for those who may not write."""
    ensure_writes(work)
    edition = queries.edition(work.session, course, number)
    if edition is None:
        raise not_here()
    return texts.manifest_files(work.session, edition.digest)


def all_files(work: Work) -> dict[str, bytes]:
    """All drafts. Raises NotFound for those who may not write."""
    ensure_writes(work)
    return texts.draft_files(work.session)


def packed(work: Work, files: Mapping[str, bytes], what: str) -> bytes:
    """Some texts as a zip; that they were taken out is written down."""
    record(work, "take texts out", "texts", what, str(len(files)))
    return write_zip(files)
