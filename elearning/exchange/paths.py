"""Which paths may come in and go out.

A path here is relative, parted by `/`, and the same on every system. What comes from a folder or a zip must also keep
the rule for texts (lower-case ASCII letters, digits, `-` and `.`), so that no two names differ only by case or by the
way an accent is written.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError

ROOTS = ("courses", "quizzes")
KINDS = frozenset((".md", ".mp3", ".mp4", ".webm", ".ogg", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".vtt", ".pdf"))
LONGEST_PATH = 400
LONGEST_NAME = 120
NAMES_SHOWN = 5

TEXT_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
# Colons part drives and streams on Windows; a backslash is a separator there and a plain letter elsewhere.
UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def is_safe(path: str) -> bool:
    """True when `path`, joined to a folder, can only lie inside that folder, on any system."""
    parts = path.split("/")
    return bool(path) and UNSAFE.search(path) is None and not any(part in ("", ".", "..") for part in parts)


def is_wanted(path: str) -> bool:
    """True for what may be a text or a medium of a course: the right root and kind, not hidden, not a backup.

    The kind is judged without regard to case, so that `PHOTO.JPG` is refused by name and not left out in silence.
    README.md is a note to those who keep the folder; it is never course text.
    """
    pure = PurePosixPath(path)
    hidden = any(part.startswith((".", "~", "#", "__MACOSX")) for part in pure.parts)
    return (
        len(pure.parts) > 1
        and pure.parts[0] in ROOTS
        and pure.suffix.lower() in KINDS
        and pure.name != "README.md"
        and not hidden
    )


def check_safe(paths: Iterable[str]) -> None:
    """Raise ExchangeError, naming the first few, when any path could leave the folder that it is written to."""
    bad = [path for path in paths if not is_safe(path)]
    if bad:
        raise ExchangeError(
            message("These names are not safe to use as paths: %(paths)s. Leave them out.", paths=_first_few(bad))
        )


def check_names(paths: Iterable[str]) -> None:
    """Raise ExchangeError, naming the first few, when any path breaks the rule for the names of texts."""
    bad = [path for path in paths if not _is_text_path(path)]
    if bad:
        raise ExchangeError(
            message(
                "Rename these files: %(paths)s. Names may hold lower-case letters a to z, digits, hyphens and dots.",
                paths=_first_few(bad),
            )
        )


def _is_text_path(path: str) -> bool:
    parts = path.split("/")
    return (
        len(path) <= LONGEST_PATH
        and is_safe(path)
        and all(len(part) <= LONGEST_NAME and TEXT_NAME.fullmatch(part) for part in parts)
    )


def _first_few(paths: list[str]) -> str:
    shown = ", ".join(ascii(path[:LONGEST_NAME])[1:-1] if _unprintable(path) else path for path in paths[:NAMES_SHOWN])
    return shown + (", …" if len(paths) > NAMES_SHOWN else "")


def _unprintable(path: str) -> bool:
    return len(path) > LONGEST_NAME or not path.isprintable()
