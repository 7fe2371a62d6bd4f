"""A QTI package: a zip with a manifest. What the manifest names is read, and what it forgets as well."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from urllib.parse import unquote

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import MEGABYTE, Limits, Tally
from elearning.exchange.paths import check_safe
from elearning.exchange.questions.qti_names import attribute, name, within, words
from elearning.exchange.questions.xml_reading import elements
from elearning.exchange.zipped import DAMAGED, check_kind, check_packing

MANIFEST = "imsmanifest.xml"
LIMITS = Limits(files=20_000, one_file=20 * MEGABYTE, all_files=300 * MEGABYTE, ratio=200, members=20_000)
_MOST_MANIFEST = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that the manifest names: its type, its path in the package, and its keywords."""

    type: str
    path: str
    keywords: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        return "item" in self.type or "apip" in self.type

    @property
    def is_test(self) -> bool:
        return "test" in self.type or "assessment" in self.type


class Files(Mapping[str, bytes]):
    """The files of a package by their addresses as a text in one folder writes them; each is unpacked when it is asked for."""

    def __init__(self, package: "Package", folder: str) -> None:
        self._package, self._folder = package, folder

    def __getitem__(self, address: str) -> bytes:
        path = posixpath.normpath(posixpath.join(self._folder, unquote(address).split("#")[0]))
        return self._package.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(slots=True)
class Package:
    """An opened package."""

    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    resources: list[Resource] = field(default_factory=list)

    def read(self, path: str) -> bytes:
        """A file by its path. Raises KeyError when there is none, ExchangeError when it is damaged."""
        try:
            return self.archive.read(self.members[path])
        except DAMAGED as error:
            raise ExchangeError(message("The file %(name)s in the package is damaged.", name=path)) from error

    def forgotten(self) -> list[str]:
        """The XML files that the manifest does not name as items or tests."""
        known = {one.path for one in self.resources if one.is_item or one.is_test} | {MANIFEST}
        files = {one.path for one in self.resources} - known
        return sorted(path for path in self.members if path.endswith(".xml") and path not in known | files)


def is_package(file: IO[bytes]) -> bool:
    """Whether a file is a zip with a manifest of QTI."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = next((one for one in archive.infolist() if one.filename.rpartition("/")[2] == MANIFEST), None)
            return found is not None and found.file_size < _MOST_MANIFEST and b"qti" in archive.read(found).lower()
    except DAMAGED:
        return False


def opened(file: IO[bytes]) -> Package:
    """The package in an open file, with all that can be checked before unpacking checked.

    Raises ExchangeError when it is damaged, locked, unsafe, would unpack to too much, or has no manifest.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = _members(archive.infolist())
        package = Package(archive, members)
        if MANIFEST not in members:
            raise ExchangeError(message("The package has no file imsmanifest.xml. Export the questions anew."))
        package.resources += _resources(package.read(MANIFEST))
    except DAMAGED as error:
        raise ExchangeError(
            message("This is not a zip file, or it is damaged. Make the zip file again and send it once more.")
        ) from error
    return package


def _members(found: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files by their paths; where all stand in one outer folder, by their paths in it."""
    if len(found) > LIMITS.members:
        raise ExchangeError(
            message("The zip file holds more than %(most)s entries. Make smaller zip files.", most=LIMITS.members)
        )
    check_safe(one.orig_filename.removesuffix("/") for one in found)
    outer = next((one.filename.removesuffix(MANIFEST) for one in found if one.filename.count("/") < 2 and
                  one.filename.rpartition("/")[2] == MANIFEST), "")  # fmt: skip
    tally, members = Tally(LIMITS), {}
    for one in found:
        check_kind(one)
        if one.is_dir() or one.filename.startswith("__MACOSX/"):
            continue
        check_packing(one, LIMITS)
        tally.add(one.filename, one.file_size)
        members[one.filename.removeprefix(outer)] = one
    return members


def _resources(manifest: bytes) -> Iterator[Resource]:
    for found in elements(BytesIO(manifest), frozenset({"resource"}), []):
        one = found.element
        href = attribute(one, "href") or next((attribute(file, "href") for file in one if name(file) == "file"), "")
        keywords = tuple(words(word) for word in within(one, "keyword") if words(word))
        yield Resource(attribute(one, "type").lower(), posixpath.normpath(unquote(href)) if href else "", keywords)
