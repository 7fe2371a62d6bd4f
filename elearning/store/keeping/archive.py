"""A backup as one file: a zip archive with a table a file, a row a line, the files of the data folder, and at its end a manifest.

It can be looked into with any program that opens zip archives; a sealed one is such an archive inside a sealed file.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.store.keeping.rows import Row, Shape, Tally, line, row_of
from elearning.store.keeping.sealing import MAGIC, Broken, Sealer, Unsealed, is_sealed

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1 << 30
BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table in a backup: its columns and what they hold, how many rows, and their digest."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def shape(self) -> Shape:
        """The table as its rows stand in the backup."""
        return Shape(self.name, self.columns, self.kinds, ())


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the data folder in a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, in UTC, by which version of the platform and from which database, the form of the
    tables, the tables in the order in which they are filled, and the files by their path in the data folder.
    """

    format: int
    platform: str
    schema: str
    made: str
    database: str
    tables: tuple[KeptTable, ...]
    files: Mapping[str, KeptFile]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)


@dataclass(slots=True)
class ArchiveWriter:
    """A backup that is being written."""

    archive: zipfile.ZipFile
    tables: list[KeptTable] = field(default_factory=list)
    files: dict[str, KeptFile] = field(default_factory=dict)

    def add_table(self, table: Shape, chunks: Iterable[list[Row]]) -> None:
        """Add a table, some rows at a time."""
        seen = Tally()
        with self.archive.open(_table_path(table.name), "w", force_zip64=True) as entry:
            for some in chunks:
                lines = [line(row) for row in some]
                seen.add(lines)
                entry.write(b"".join(lines))
        self.tables.append(KeptTable(table.name, table.columns, table.kinds, seen.rows, seen.digest))

    def add_file(self, path: str, source: BinaryIO, size: int) -> None:
        """Add the first `size` bytes of a file, under its path in the data folder."""
        seen, left = hashlib.sha256(), size
        entry = zipfile.ZipInfo(f"files/{path}")
        with self.archive.open(entry, "w", force_zip64=True) as target:
            while left and (data := source.read(min(BUFFER, left))):
                seen.update(data)
                target.write(data)
                left -= len(data)
        self.files[path] = KeptFile(size - left, seen.hexdigest())

    def finish(self, platform: str, schema: str, made: str, database: str) -> Manifest:
        """Write the manifest, which makes it a backup."""
        found = Manifest(FORMAT, platform, schema, made, database, tuple(self.tables), self.files)
        self.archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(asdict(found)), indent=1))
        return found


@contextmanager
def writing_archive(target: BinaryIO, key: bytes | None) -> Iterator[ArchiveWriter]:
    """Write a backup into an open file, sealed where a key is given."""
    with ExitStack() as opened:
        into: Any = opened.enter_context(Sealer(target, key)) if key else target
        archive = opened.enter_context(zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6))
        yield ArchiveWriter(archive)


def _table_path(name: str) -> str:
    return f"tables/{name}.jsonl"


@dataclass(frozen=True, slots=True)
class ArchiveReader:
    """An open backup. What is read is compared with the manifest; Broken is raised where they differ."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def table(self, table: KeptTable) -> Iterator[list[Row]]:
        """The rows of a table, some at a time."""
        shape, seen, some = table.shape, Tally(), []
        with _sound(), self.archive.open(_table_path(table.name)) as entry:
            for read_line in io.BufferedReader(cast(io.RawIOBase, entry), BUFFER):
                seen.add([read_line])
                some.append(row_of(shape, read_line))
                if len(some) >= shape.at_once:
                    yield some
                    some = []
        if seen.said != (table.rows, table.sha256):
            raise _broken()
        if some:
            yield some

    def unpack(self, folder: Path) -> None:
        """Write all files below a folder."""
        for path, kept in self.manifest.files.items():
            target = folder / path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise _broken()
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                self._copy(path, kept, file)

    def read_through(self) -> None:
        """Read all files, to see that they are whole."""
        for path, kept in self.manifest.files.items():
            self._copy(path, kept, _Nowhere())

    def _copy(self, path: str, kept: KeptFile, target: "BinaryIO | _Nowhere") -> None:
        seen = hashlib.sha256()
        with _sound(), self.archive.open(f"files/{path}") as entry:
            while data := entry.read(BUFFER):
                seen.update(data)
                target.write(data)
        if seen.hexdigest() != kept.sha256:
            raise _broken()


class _Nowhere:
    """Takes what is only read."""

    def write(self, data: bytes) -> None:
        """Take it."""


@contextmanager
def _sound() -> Iterator[None]:
    """What zip and JSON say of damage, in our own words."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, msgspec.MsgspecError) as error:
        raise _broken() from error


def _broken() -> Broken:
    return Broken(message("The backup was changed or cut short. Take another one."))


@contextmanager
def reading_archive(path: Path, key: bytes | None) -> Iterator[ArchiveReader]:
    """Open a backup. Raises Refused where there is none, a key is missing or wrong, or a newer platform has made it."""
    with ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("rb"))
            head = file.read(len(MAGIC))
        except OSError as error:
            raise Refused(
                message("The backup %(path)s cannot be read. Name a file that is there.", path=str(path))
            ) from error
        if is_sealed(head) and key is None:
            raise Refused(message("This backup is sealed. Name the key file that it was made with: --key-file"))
        inside: Any = io.BufferedReader(Unsealed(file, key), BUFFER) if is_sealed(head) and key else file
        with _sound():
            archive = opened.enter_context(zipfile.ZipFile(inside))
        yield ArchiveReader(archive, _manifest(archive))


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with _sound():
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError(MANIFEST)
        data = archive.read(MANIFEST)
        if msgspec.json.decode(data, type=dict[str, Any]).get("format") != FORMAT:
            raise Refused(
                message("A newer version of the platform has made this backup. Restore it with that version.")
            )
        return msgspec.json.decode(data, type=Manifest)
