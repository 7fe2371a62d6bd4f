"""An XLSX file packed anew on the disk, within limits, so that what reads it afterwards meets nothing that it did not expect.

Every part is unpacked portion by portion and parsed once, to see where its last cell stands. A long sheet can be packed in parts of some
rows, each with all that stands around them, because the library that reads sheets holds the whole of one.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import IO
from xml.parsers import expat

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import MOST_ROWS, check_width, too_many_rows
from elearning.exchange.limits import MEGABYTE
from elearning.exchange.streams import PORTION
from elearning.exchange.zipped import DAMAGED, ENCRYPTED, is_of_disk

MOST_UNPACKED = 150 * MEGABYTE
MOST_MEMBERS = 1_000
RATIO = 200
SMALL = MEGABYTE
WANTED = (".xml", ".rels")
VALUES = frozenset({"v", "is", "f"})
SUFFIX = ".xlsx"
# As many rows of a sheet are read at once; more of a very long one, for each part is read with all texts that the sheets share.
ROWS, MOST_PARTS = 1_000, 20


def check_archive(file: IO[bytes]) -> None:
    """Look at what the archive declares. Raises ExchangeError when it is damaged, locked, or would unpack to too much."""
    try:
        with zipfile.ZipFile(file) as archive:
            _wanted(archive)
    except DAMAGED as error:
        raise damaged() from error


def damaged() -> ExchangeError:
    """What is said of a workbook that cannot be read."""
    return ExchangeError(message("The spreadsheet is damaged. Open it, save it again as XLSX, and send that."))


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ExchangeError(message("This zip file is not a spreadsheet. Save the list as XLSX, then send it again."))
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ExchangeError(message("The file is locked with a password. Save it without one, then send it again."))
    wanted = [member for member in members if member.filename.endswith(WANTED)]
    packed_hard = (m for m in members if m.file_size > SMALL and m.file_size > RATIO * max(1, m.compress_size))
    size = sum(member.file_size for member in wanted)
    if size > MOST_UNPACKED or len(members) > MOST_MEMBERS or next(packed_hard, None) is not None:
        raise _too_large()
    return wanted


def _too_large() -> ExchangeError:
    return ExchangeError(
        message("The spreadsheet unpacks to far more than a list of people needs. Copy the list into a new file.")
    )


@dataclass(frozen=True, slots=True)
class Member:
    """Where a part of the packed archive stands in its file, and for a sheet where it can be cut: before its first row, perhaps before
    others, and behind its last.
    """

    name: str
    start: int
    end: int
    cuts: Sequence[int]

    def ranges(self, number: int) -> Sequence[tuple[int, int]]:
        """What one of the parts has of it: all that stands around its rows, and some of these, or none where it has fewer parts."""
        if not self.cuts:
            return ((self.start, self.end),)
        return (self.start, self.cuts[0]), *pairwise(self.cuts[number : number + 2]), (self.cuts[-1], self.end)


@dataclass(frozen=True, slots=True)
class Packed:
    """The packed archive: its open file, which has a name, and what it holds."""

    file: IO[bytes]
    members: Sequence[Member]

    @property
    def parts(self) -> int:
        """In how many parts it can be read."""
        return max((len(one.cuts) - 1 for one in self.members if one.cuts), default=1)

    @contextmanager
    def part(self, number: int) -> Iterator[str]:
        """The path of an archive with some rows of each sheet, from the second part on such as say their numbers; it is gone afterwards."""
        if self.parts == 1:
            yield self.file.name
            return
        with tempfile.NamedTemporaryFile(suffix=SUFFIX) as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as fresh:
                for member in self.members:
                    with fresh.open(member.name, "w") as copy:
                        for start, end in member.ranges(number):
                            self._copy(start, end, copy)
            target.flush()
            yield target.name

    def _copy(self, start: int, end: int, copy: IO[bytes]) -> None:
        self.file.seek(start)
        while start < end:
            copy.write(portion := self.file.read(min(PORTION, end - start)))
            start += len(portion)


@contextmanager
def packed_anew(file: IO[bytes]) -> Iterator[Packed]:
    """An archive of the parts that count; it is gone afterwards. Raises ExchangeError for what cannot be taken."""
    with tempfile.NamedTemporaryFile(suffix=SUFFIX) as target:
        members: list[Member] = []
        try:
            with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as fresh:
                size = 0
                for member in _wanted(source):
                    with source.open(member) as part, fresh.open(member.filename, "w") as copy:
                        start, extent = target.tell(), _copied(part, copy, size)
                    cuts = [start + place for place in extent.places]
                    members.append(Member(member.filename, start, start + extent.size, cuts))
                    size += extent.size
        except (*DAMAGED, expat.ExpatError) as error:
            if is_of_disk(error):
                raise
            raise damaged() from error
        target.flush()
        yield Packed(target, members)


def _copied(part: IO[bytes], copy: IO[bytes], before: int) -> "_Extent":
    """Copy a part, and look at its cells; `before` is how large the parts before it were.

    Raises ExchangeError when all are too large together, whatever was declared, when a cell with a value stands outside of what a
    list may have, or when the XML defines entities.
    """
    parser = expat.ParserCreate()
    extent = _Extent(parser)
    parser.StartElementHandler, parser.EndElementHandler = extent.begin, extent.end
    parser.StartDoctypeDeclHandler = _refuse
    while portion := part.read(PORTION):
        extent.size += len(portion)
        if before + extent.size > MOST_UNPACKED:
            raise _too_large()
        parser.Parse(portion, False)
        copy.write(portion)
    parser.Parse(b"", True)
    return extent


class _Extent:
    """Follows the cells of a sheet, objects to a value outside of what a list may have, and finds where the sheet can be cut.

    Rows and cells may say where they stand; those that do not follow the one before. A sheet is cut only where every row says its
    number, these go up, and no cell stands in another row than its own.
    """

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self.row = self.column = self.size = self._rows = 0
        self._cuts: list[int] = []
        self._in_order = True
        self._ends: list[int] = []

    @property
    def places(self) -> Sequence[int]:
        """Where it can be cut, in a few parts, or in one where the rows are few or in no order; nowhere where it is no sheet with rows."""
        if not self._ends or not self._cuts:
            return ()
        step = -(-len(self._cuts) // MOST_PARTS) if self._in_order else len(self._cuts)
        return (*self._cuts[::step], *self._ends)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises ExchangeError for a value too far down or too far right."""
        name = tag.rpartition(":")[2]
        if name == "row":
            number = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self._in_order &= "r" in attributes and number > self.row
            if self._rows % ROWS == 0:
                self._cuts.append(self._parser.CurrentByteIndex)
            self.row, self.column, self._rows = number, 0, self._rows + 1
        elif name == "c":
            self.column += 1
            if "r" in attributes:
                row, (self.column, self.row) = self.row, _place(attributes["r"])
                self._in_order &= row == self.row
        elif name in VALUES:
            check_width(self.column)
            if self.row > MOST_ROWS:
                raise too_many_rows()

    def end(self, tag: str) -> None:
        """An element ends. Raises ExchangeError for a sheet with two sets of rows."""
        if tag.rpartition(":")[2] == "sheetData":
            if self._ends:
                raise damaged()
            self._ends.append(self._parser.CurrentByteIndex)


def _refuse(*_: object) -> None:
    raise damaged()


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise damaged()
    return int(digits)


def _place(written: str) -> tuple[int, int]:
    """Column and row of a cell, from 1: C7 is (3, 7)."""
    letters = written.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise damaged()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column, _number(written[len(letters) :])
