"""A Word file as its parts. It is a zip of XML; what it declares is judged before anything is unpacked."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import MEGABYTE, Limits, Tally
from elearning.exchange.word.names import attribute
from elearning.exchange.xml_trees import pieces_of_part, tree_of_part
from elearning.exchange.zipped import DAMAGED, check_kind, check_packing

LIMITS = Limits(files=5_000, one_file=60 * MEGABYTE, all_files=200 * MEGABYTE, ratio=200, members=5_000)
MAIN = "word/document.xml"
# A part of some kilobytes packs well without any ill will.
SMALL = MEGABYTE
_PORTION = 65_536


class Parts:
    """The parts of an opened file by their paths."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {one.filename: one for one in archive.infolist()}

    def names(self) -> list[str]:
        """The paths of all parts."""
        return sorted(self._members)

    def data(self, path: str) -> bytes | None:
        """A part; None where there is none. Raises ExchangeError when it is damaged."""
        if path not in self._members:
            return None
        try:
            return self._archive.read(self._members[path])
        except DAMAGED as error:
            raise _damaged() from error

    def pieces(self, path: str, at: int) -> Iterator[Element]:
        """The elements of one depth of a part, one after the other; none where there is no such part. Raises as `tree` does."""
        if path in self._members:
            yield from pieces_of_part(self._portions(path), path, at)

    def _portions(self, path: str) -> Iterator[bytes]:
        try:
            with self._archive.open(self._members[path]) as stream:
                while portion := stream.read(_PORTION):
                    yield portion
        except DAMAGED as error:
            raise _damaged() from error

    def tree(self, path: str) -> Element | None:
        """A part as a tree; None where there is none. Raises ExchangeError when it is damaged."""
        data = self.data(path)
        return None if data is None else tree_of_part(data, path)

    def targets(self, path: str) -> dict[str, str]:
        """What the relations of a part lead to, by their ids: paths of parts, and addresses from outside."""
        folder, _, name = path.rpartition("/")
        tree = self.tree(f"{folder}/_rels/{name}.rels")
        found: dict[str, str] = {}
        for one in tree if tree is not None else ():
            target = attribute(one, "Target")
            outside = attribute(one, "TargetMode") == "External"
            whole = target if outside else posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            found[attribute(one, "Id")] = whole
        return found


def is_word(file: IO[bytes]) -> bool:
    """Whether a file is a Word file of the kind that can be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return MAIN in archive.namelist()
    except DAMAGED:
        return False


def opened(file: IO[bytes]) -> Parts:
    """The parts of a file. Raises ExchangeError when it is damaged, locked, no Word file, or would unpack to too much."""
    try:
        archive = zipfile.ZipFile(file)
        _check(archive.infolist())
    except DAMAGED as error:
        raise _damaged() from error
    if MAIN not in archive.namelist():
        raise ExchangeError(message("This is no Word file. Save it as DOCX, then send it again."))
    return Parts(archive)


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > LIMITS.members:
        raise ExchangeError(
            message("The zip file holds more than %(most)s entries. Make smaller zip files.", most=LIMITS.members)
        )
    tally = Tally(LIMITS)
    for one in members:
        check_kind(one)
        if one.file_size > SMALL:
            check_packing(one, LIMITS)
        tally.add(one.filename, one.file_size)


def _damaged() -> ExchangeError:
    return ExchangeError(message("The Word file is damaged. Open it, save it again as DOCX, and send that."))
