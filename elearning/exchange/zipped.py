"""A zip of texts as paths and bytes, and back.

Members are read one by one into memory and never unpacked to disk. Sizes are judged by what the archive declares before
anything is unpacked, and `zipfile` gives no more than was declared, so a lie ends in a damaged archive.
"""

import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import LIMITS, Limits, Tally
from elearning.exchange.paths import ROOTS, check_names, check_safe, is_wanted

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# What the disk under our own copies says, which no archive is to blame for.
_OF_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
ENCRYPTED = 0x1
PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
PACKED_KINDS = frozenset({".md", ".vtt"})
# A zip keeps no date before 1980; one fixed date makes the same texts the same archive.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def read_zip(stream: IO[bytes], limits: Limits = LIMITS) -> dict[str, bytes]:
    """Read the texts and media of an archive, byte for byte, in order of their paths.

    `stream` must be seekable. `courses/` and `quizzes/` may stand at the top or in one outer folder. What `read_folder`
    leaves out is left out here. Raises ExchangeError when the archive is damaged or locked with a password, holds a
    link, an unsafe or double name or a name against the rule for texts, or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = _members(archive, limits)
            return {path: archive.read(members[path]) for path in sorted(members)}
    except DAMAGED as error:
        raise ExchangeError(
            message("This is not a zip file, or it is damaged. Make the zip file again and send it once more.")
        ) from error


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Pack the files; the same files give the same archive. Raises ExchangeError when a path is unsafe."""
    check_safe(files)
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in sorted(files.items()):
            member = zipfile.ZipInfo(path, FIXED_DATE)
            member.create_system = 3
            member.external_attr = PLAIN_FILE
            packed = PurePosixPath(path).suffix in PACKED_KINDS
            member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(member, content)
    return target.getvalue()


def _members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The members to read by the path each will have, after every check that needs no unpacking."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise ExchangeError(
            message("The zip file holds more than %(most)s entries. Make smaller zip files.", most=limits.members)
        )
    # The raw name counts: zipfile cuts a name at a NUL, and the part behind it would go unseen.
    check_safe(member.orig_filename.removesuffix("/") for member in members)
    outer = _outer_folder(members)
    tally = Tally(limits)
    wanted: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        path = member.filename.removeprefix(outer)
        check_kind(member)
        if member.is_dir() or not is_wanted(path):
            continue
        if path in wanted:
            raise ExchangeError(message("The zip file holds %(path)s twice. Make the zip file again.", path=path))
        check_packing(member, limits)
        tally.add(path, member.file_size)
        wanted[path] = member
    check_names(wanted)
    return wanted


def _outer_folder(members: list[zipfile.ZipInfo]) -> str:
    """What stands before `courses/` and `quizzes/`: nothing, or `name/` where the whole folder was zipped.

    Raises ExchangeError when neither is found, or several outer folders hold them.
    """
    outers: set[str] = set()
    for member in members:
        parts = member.filename.split("/")
        if len(parts) > 1 and parts[0] in ROOTS:
            return ""
        if len(parts) > 2 and parts[1] in ROOTS and parts[0] != "__MACOSX":
            outers.add(f"{parts[0]}/")
    if len(outers) != 1:
        raise ExchangeError(message("The zip file has no courses. Zip the folder that holds courses/ and quizzes/."))
    return outers.pop()


def is_of_disk(error: BaseException) -> bool:
    """Whether what looks like damage comes from the disk of this machine, so that it must not be told of the file."""
    return isinstance(error, OSError) and error.errno in _OF_DISK


def check_kind(member: zipfile.ZipInfo) -> None:
    """Raise ExchangeError for what is neither a file nor a folder."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ExchangeError(
            message(
                "%(path)s in the zip file is a link or a device. Put the file itself in its place.",
                path=member.filename,
            )
        )


def check_packing(member: zipfile.ZipInfo, limits: Limits) -> None:
    """Raise ExchangeError for a member that is locked, packed in an unusual way, or unpacks to far more than its size."""
    if member.flag_bits & ENCRYPTED:
        raise ExchangeError(message("The zip file has a password. Make it again without one."))
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExchangeError(
            message("%(path)s is packed in an unusual way. Make an ordinary zip file.", path=member.filename)
        )
    if member.file_size > limits.ratio * max(1, member.compress_size):
        raise ExchangeError(
            message(
                "%(path)s unpacks to more than %(ratio)s times its size. Leave it out.",
                path=member.filename,
                ratio=limits.ratio,
            )
        )
