"""What stands beside a draft: the lessons, quizzes, media and registers that it may rely on, as they are being written."""

from collections.abc import Mapping

from elearning.content.checking_one import Beside, original_path
from elearning.content.compiling import MEDIA
from elearning.content.gist import Gist, gist_of, registers_of
from elearning.content.reading import FACTS, GLOSSARY, LAWS
from elearning.services.work import Work
from elearning.store.queries import drafts, workshop

REGISTERS = (LAWS, FACTS, GLOSSARY)


def course_of(path: str) -> str:
    """The key of the course in whose folder a path lies; empty for registers, quizzes and banks."""
    parts = path.split("/")
    return parts[1] if parts[0] == "courses" and len(parts) > 2 else ""


def beside(work: Work, path: str) -> Beside:
    """What the text at `path` may rely on. A quiz or a bank may rely on the lessons of every course."""
    heads = {row.path: row for row in drafts.heads(work.session) if row.digest}
    course = course_of(path)
    wanted = [row for row in heads.values() if _matters(row.path, path, course)]
    texts = workshop.texts_of(work.session, {row.digest or "" for row in wanted})
    data = {row.path: texts.get(row.digest or "", b"") for row in wanted}
    return Beside(
        course, registers_of(data.get(LAWS, b""), data.get(FACTS, b""), data.get(GLOSSARY, b"")), _gists(data, "courses/"), _gists(data, "quizzes/"),
        {row.path: row.digest or "" for row in heads.values() if row.path.endswith(MEDIA)}, data,
    )  # fmt: skip


def _matters(one: str, path: str, course: str) -> bool:
    if not one.endswith(".md"):
        return False
    if one in (*REGISTERS, original_path(path)):
        return True
    if one.startswith("quizzes/banks/"):
        return path.startswith("quizzes/") and not course
    if one.startswith("quizzes/"):
        return original_path(one) == one
    return course in ("", course_of(one)) and original_path(one) == one


def _gists(data: Mapping[str, bytes], start: str) -> dict[str, Gist]:
    """Lessons or quizzes by path, in order."""
    return {
        path: gist_of(path, text)
        for path, text in sorted(data.items())
        if path.startswith(start) and not path.endswith("/course.md") and path not in REGISTERS
        and not path.startswith("quizzes/banks/") and original_path(path) == path
    }  # fmt: skip
