"""Files that only the holder of a key can read: AES-256-GCM in pieces of 1 MiB, so that neither writing nor reading needs memory.

Each piece is sealed under its number and under whether it is the last, so that none can be changed, moved or left out. The
key of a file is made from the kept key and 16 random bytes at its head.
"""

import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from elearning.domain.errors import Refused
from elearning.domain.message import message

MAGIC = b"phatngon sealed 1\n"
PIECE, TAG, SALT, MARK = 1 << 20, 16, 16, 16
HEAD = len(MAGIC) + SALT + MARK
SHORTEST_KEY = 32


class WrongKey(Refused):
    """The key is not the one that the file was sealed with."""


class Broken(Refused):
    """The file was changed or cut short."""


def read_key(path: Path) -> bytes:
    """The key that a file holds: anything of 32 bytes or more, without white space around it. Raises Refused."""
    try:
        found = path.read_bytes().strip()
    except OSError as error:
        raise Refused(
            message("The key file %(path)s cannot be read. Name a file that is there.", path=str(path))
        ) from error
    if len(found) < SHORTEST_KEY:
        raise Refused(
            message(
                "The key in %(path)s is too short. Make one of 32 bytes or more, for example with: head -c 32 /dev/urandom | base64",
                path=str(path),
            )
        )
    return found


def _keys(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher of one file, and the mark by which a wrong key is told from a broken file."""
    made = HKDF(SHA256(), 32 + MARK, salt, b"phatngon backup").derive(key)
    return AESGCM(made[:32]), made[32:]


def _nonce(number: int, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


class Sealer(io.RawIOBase):
    """Takes bytes and writes them sealed; closing it writes the last piece and leaves the file beneath open."""

    def __init__(self, beneath: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT)
        self.cipher, mark = _keys(key, salt)
        self.beneath, self.waiting, self.number, self.told = beneath, bytearray(), 0, 0
        self.head = MAGIC + salt + mark
        beneath.write(self.head)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.told

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # narrower than any buffer
        self.waiting += data
        self.told += len(data)
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(data)

    def _seal(self, piece: bytes, last: bool) -> None:
        self.beneath.write(self.cipher.encrypt(_nonce(self.number, last), piece, self.head))
        self.number += 1

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self.waiting), last=True)
            self.waiting.clear()
        super().close()


class Unsealed(io.RawIOBase):
    """The bytes in a sealed file, from any place. Raises WrongKey when it is opened, Broken when a piece is read."""

    def __init__(self, beneath: BinaryIO, key: bytes) -> None:
        self.beneath = beneath
        size = beneath.seek(0, os.SEEK_END)
        beneath.seek(0)
        self.head = beneath.read(HEAD)
        sealed = size - HEAD
        self.pieces = -(-sealed // (PIECE + TAG))
        self.length = sealed - self.pieces * TAG
        if self.head[: len(MAGIC)] != MAGIC or self.pieces < 1 or self.length < 0:
            raise _broken()
        self.cipher, mark = _keys(key, self.head[len(MAGIC) : -MARK])
        if not secrets.compare_digest(mark, self.head[-MARK:]):
            raise WrongKey(message("This key does not open the backup. Name the key file that it was made with."))
        self.place, self.open_number, self.open_piece = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self.place = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.length}[whence])
        return self.place

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # narrower than any buffer
        if self.place >= self.length:
            return 0
        number, start = divmod(self.place, PIECE)
        data = self._piece(number)[start : start + len(buffer)]
        buffer[: len(data)] = data
        self.place += len(data)
        return len(data)

    def _piece(self, number: int) -> bytes:
        if number != self.open_number:
            self.beneath.seek(HEAD + number * (PIECE + TAG))
            sealed = self.beneath.read(PIECE + TAG)
            try:
                opened = self.cipher.decrypt(_nonce(number, number == self.pieces - 1), sealed, self.head)
            except InvalidTag as error:
                raise _broken() from error
            self.open_number, self.open_piece = number, opened
        return self.open_piece


def _broken() -> Broken:
    return Broken(message("The backup was changed or cut short. Take another one."))


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins so is sealed; the first 18 bytes tell."""
    return head.startswith(MAGIC)
