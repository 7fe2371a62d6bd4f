"""A folder of texts as paths and bytes, and back.

Reading follows no link out of `courses/` and `quizzes/`: the folder is often the root of a checkout, and a link to the
secret key of the data folder beside it would otherwise become a lesson that anyone can read.
"""

import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import LIMITS, Limits, Tally, reading, too_large
from elearning.exchange.paths import ROOTS, check_names, check_safe, is_wanted


def read_folder(root: Path, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Read all texts and media below `courses/` and `quizzes/` of `root`, byte for byte, in order of their paths.

    Keys are POSIX paths relative to `root`. Hidden files, backups, README.md and other kinds of file are left out.
    Raises ExchangeError when neither folder is there, a link leaves them, a name breaks the rule for texts, a file
    cannot be read, or there is too much.
    """
    home = root.resolve()
    if not any((home / name).is_dir() for name in ROOTS):
        raise ExchangeError(
            message(
                "The folder %(folder)s has no courses. Choose the folder that holds courses/ and quizzes/.",
                folder=str(root),
            )
        )
    tally = Tally(limits)
    found: list[str] = []
    for path in _walk(home):
        found.append(path)
        with reading(path):
            tally.add(path, _size(home, path))
    check_names(found)
    return {path: _read(home / path, path, limits) for path in sorted(found)}


def write_folder(root: Path, files: Mapping[str, bytes]) -> None:
    """Write each file below `root`, byte for byte; a reader sees the old file or the new one, never half of one.

    Nothing is written when any path is absolute, holds `..` or is otherwise unsafe. Files that are not in `files` stay
    as they are. Raises ExchangeError for an unsafe path, a link that leaves `root`, or a refusal of the disk.
    """
    check_safe(files)
    home = root.resolve()
    for path, content in sorted(files.items()):
        try:
            _write(home, path, content)
        except OSError as error:
            raise ExchangeError(
                message(
                    "The file %(path)s cannot be written (%(reason)s). Check the folder and the free space.",
                    path=path,
                    reason=error.strerror or type(error).__name__,
                )
            ) from error


def _walk(home: Path) -> Iterator[str]:
    for name in ROOTS:
        _refuse_linked_folder(home / name, home)
        for folder, subfolders, names in os.walk(home / name, onerror=_refuse_unreadable):
            here = Path(folder)
            subfolders[:] = sorted(each for each in subfolders if not each.startswith("."))
            for each in subfolders:
                _refuse_linked_folder(here / each, home)
            for each in sorted(names):
                path = (here / each).relative_to(home).as_posix()
                if is_wanted(path):
                    yield path


def _refuse_unreadable(error: OSError) -> None:
    with reading(str(error.filename)):
        raise error


def _refuse_linked_folder(folder: Path, home: Path) -> None:
    """Links to folders can lead out or run in a circle, and no course needs one."""
    if folder.is_symlink():
        raise ExchangeError(
            message(
                "%(path)s is a link to a folder. Put the folder itself in its place.",
                path=folder.relative_to(home).as_posix(),
            )
        )


def _size(home: Path, path: str) -> int:
    """The size in bytes of a plain file; a link is followed only to a text or medium that could be read without it."""
    place = home / path
    if place.is_symlink():
        target = Path(os.path.realpath(place, strict=True))
        if not target.is_relative_to(home) or not is_wanted(target.relative_to(home).as_posix()):
            raise ExchangeError(
                message(
                    "%(path)s is a link that leaves the courses and quizzes. Put the file itself in its place.",
                    path=path,
                )
            )
    found = place.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ExchangeError(message("%(path)s is not a plain file. Take it out of the folder.", path=path))
    return found.st_size


def _read(place: Path, path: str, limits: Limits) -> bytes:
    """The file may have grown since it was measured, so no more is read than may be."""
    with reading(path), place.open("rb") as stream:
        content = stream.read(limits.one_file + 1)
    if len(content) > limits.one_file:
        raise too_large(path, limits)
    return content


def _write(home: Path, path: str, content: bytes) -> None:
    place = home / path
    if not place.parent.resolve().is_relative_to(home):
        raise ExchangeError(message("%(path)s lies behind a link that leaves the folder. Remove the link.", path=path))
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with draft.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
