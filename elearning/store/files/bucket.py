"""Files in a bucket of an S3-compatible store, which all machines share. What was acknowledged is in the bucket.

Objects cannot grow, so each part is an object named by where it begins: two machines to which the same part is sent keep it
once. To be played a file is fetched into a folder of this machine, from which the oldest go when it becomes large.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import S3Store

from elearning.domain.errors import DomainError
from elearning.domain.message import message
from elearning.store.files.kind import NotThere

ROOM = 500_000_000
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class Away(OSError):
    """The store cannot be reached, or refuses; what was asked can be tried again."""


class AddressError(DomainError):
    """The address of the store cannot be used; the message says what to set."""


def open_bucket(url: str, fetched: Path) -> "Bucket":
    """The bucket at s3://KEY:SECRET@HOST/BUCKET/PREFIX, or s3+http://… where there is no https. Raises AddressError.

    Without KEY and SECRET those of the environment count (AWS_ACCESS_KEY_ID and so on). Nothing is asked of the store yet.
    """
    place = urlsplit(url)
    bucket, _, prefix = place.path.strip("/").partition("/")
    if place.scheme not in ("s3", "s3+http") or not place.hostname or not bucket:
        raise AddressError(
            message("PHATNGON_FILES_URL cannot be read. Set it in the form s3://KEY:SECRET@storage.example.vn/bucket")
        )
    keys: dict[str, Any] = {
        "access_key_id": unquote(place.username or ""),
        "secret_access_key": unquote(place.password or ""),
    }
    by = "http" if place.scheme == "s3+http" else "https"
    port = f":{place.port}" if place.port else ""
    store = S3Store(
        bucket, prefix=prefix or None, endpoint=f"{by}://{place.hostname}{port}", region=os.environ.get("AWS_REGION", "us-east-1"),
        virtual_hosted_style_request=False, client_options={"allow_http": by == "http", "timeout": "20s", "connect_timeout": "5s"},
        retry_config={"max_retries": 2}, **{name: key for name, key in keys.items() if key},
    )  # fmt: skip
    return Bucket(store, fetched)


class Bucket:
    """Files by name, as parts: `<name>/<where the part begins>`."""

    def __init__(self, store: Any, fetched: Path) -> None:
        self.store, self.fetched = store, fetched

    def size(self, name: str) -> int:
        """Bytes that have arrived, without a gap; 0 for a file that was never begun. Raises Away."""
        return sum(length for _, length in self._parts(name))

    def _parts(self, name: str) -> list[tuple[str, int]]:
        """The parts in order, as far as they follow one another."""
        if not _NAME.fullmatch(name):
            raise NotThere(name)
        with asking():
            listed = [one for some in obstore.list(self.store, f"{name}/") for one in some]
        found, end = list[tuple[str, int]](), 0
        for start, path, length in sorted(
            (int(one["path"].rpartition("/")[2]), one["path"], one["size"]) for one in listed
        ):
            if start == end:
                found.append((path, length))
                end += length
        return found

    def append(self, name: str, start: int, data: bytes) -> int:
        """Add a part and return the bytes that are there then, as a folder does. Raises Away."""
        there = self.size(name)
        if start != there or not data:
            return there
        try:
            with asking():
                obstore.put(self.store, _part(name, start), data, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return self.size(name)
        return there + len(data)

    def keep(self, name: str, source: IO[bytes]) -> None:
        """Copy a whole file in, in place of any of that name; it is there whole or not at all. Raises Away."""
        old = [path for path, _ in self._parts(name)]
        with asking():
            obstore.put(self.store, _part(name, 0), source)
            for path in old[1:]:
                obstore.delete(self.store, path)
        self._forget(name)

    def start_of(self, name: str, length: int) -> bytes:
        """The first bytes of a file. Raises NotThere, Away."""
        parts = self._parts(name)
        if not parts:
            raise NotThere(name)
        with asking():
            return bytes(obstore.get_range(self.store, parts[0][0], start=0, length=min(length, parts[0][1])))

    def path(self, name: str) -> Path:
        """A copy on this machine, fetched where there is none as yet. Raises NotThere, Away."""
        parts = self._parts(name)
        if not parts:
            raise NotThere(name)
        copy = self.fetched / name
        if not copy.exists() or copy.stat().st_size != sum(length for _, length in parts):
            self._fetch(parts, copy)
        return copy

    def _fetch(self, parts: list[tuple[str, int]], copy: Path) -> None:
        self.fetched.mkdir(parents=True, exist_ok=True)
        fresh = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        try:
            with asking(), fresh.open("wb") as file:
                for path, _ in parts:
                    for piece in obstore.get(self.store, path):
                        file.write(piece)
            fresh.replace(copy)
        finally:
            fresh.unlink(missing_ok=True)
        self._make_room(copy)

    def _make_room(self, newest: Path) -> None:
        """Remove the copies that were fetched first, where all of them take more than their room."""
        copies = sorted(
            (path for path in self.fetched.iterdir() if path != newest), key=lambda path: path.stat().st_mtime
        )
        taken = newest.stat().st_size + sum(path.stat().st_size for path in copies)
        for path in copies:
            if taken <= ROOM:
                return
            taken -= path.stat().st_size
            path.unlink(missing_ok=True)

    def _forget(self, name: str) -> None:
        (self.fetched / name).unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a file; nothing where there is none. Raises Away."""
        parts = self._parts(name)
        with asking():
            for path, _ in parts:
                with suppress(NotFoundError):
                    obstore.delete(self.store, path)
        self._forget(name)


def _part(name: str, start: int) -> str:
    return f"{name}/{start:012d}"


@contextmanager
def asking() -> Iterator[None]:
    """What the store cannot do now is raised as Away, which is an error of a disk to all above; the rest as it was."""
    try:
        yield
    except (AlreadyExistsError, NotFoundError):
        raise
    except BaseError as error:
        raise Away(EIO, "the store of files cannot be reached") from error
