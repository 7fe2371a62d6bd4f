"""A sealed answer file: answers that a device could not send, closed so that only this platform reads them and nobody changes
them on the way.

An envelope in JSON around ECDH on P-256 with a key of one use, HKDF-SHA256 and AES-256-GCM. Everything in the envelope is
bound to what is inside. The platform's own key comes from its secret key; nothing is stored. The page of an attempt seals
(`static/sealing.js`); who wrote a file is not proven by it: whoever takes it in says whose it is.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import urandom
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from elearning.domain.errors import Mistaken
from elearning.domain.message import message

FORMAT = "phatngon-answers-1"
MOST_BYTES = 1_000_000
MOST_LANES, MOST_SLOTS = 50, 200
_FIELDS = ("format", "platform", "attempt", "key", "epk", "iv", "data")
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_LABEL = b"phatngon sealed answers 1"


class NotOurs(Mistaken):
    """The file is no sealed answer file."""


class ElsewhereSealed(Mistaken):
    """The file was sealed for another platform, or for this one before its secret key was changed."""


class Broken(Mistaken):
    """The file was damaged or changed after it was sealed."""


class TooLarge(Mistaken):
    """The file is larger than any that a page makes."""


@dataclass(frozen=True, slots=True)
class Lane:
    """What one page had waiting under one number of a save. `times` says when, by the device's own clock, in milliseconds."""

    tab: str
    seq: int
    base: int
    answers: Mapping[str, Any]
    certainty: Mapping[str, int] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealedAnswers:
    """What a file holds: the attempt that it says it is about, and what was waiting, oldest first."""

    attempt: str
    lanes: tuple[Lane, ...]


def private_key(secret: str) -> EllipticCurvePrivateKey:
    """The platform's private key, always the same for the same secret key."""
    made = HKDF(SHA256(), 48, None, _LABEL).derive(secret.encode())
    return derive_private_key(int.from_bytes(made, "big") % (_ORDER - 1) + 1, SECP256R1())


def public_key(private: EllipticCurvePrivateKey) -> str:
    """The public point, as the page gets it."""
    return _text(_point(private.public_key()))


def key_id(private: EllipticCurvePrivateKey) -> str:
    """The name of the public key, by which a file says for which one it was sealed."""
    return hashlib.sha256(_point(private.public_key())).hexdigest()[:16]


def seal(sealed: SealedAnswers, private: EllipticCurvePrivateKey, platform: str) -> bytes:
    """A file as the page makes it, for the tests of whoever opens one."""
    own, iv = generate_private_key(SECP256R1()), urandom(12)
    head = {"format": FORMAT, "platform": platform, "attempt": sealed.attempt, "key": key_id(private)}
    lanes = [{name: getattr(lane, name) for name in Lane.__slots__} for lane in sealed.lanes]
    inside = _packed({"lanes": lanes})
    key = _key(own.exchange(ECDH(), private.public_key()), _point(own.public_key()), _point(private.public_key()))
    data = AESGCM(key).encrypt(iv, inside, _bound(head))
    envelope = head | {"epk": _text(_point(own.public_key())), "iv": _text(iv), "data": _text(data)}
    return _packed(envelope)


def open_sealed(file: bytes, private: EllipticCurvePrivateKey) -> SealedAnswers:
    """What a file holds.

    Raises TooLarge, NotOurs, ElsewhereSealed or Broken; each says what to do. That it opens says that it was sealed for
    this platform and is whole, not who sealed it.
    """
    if len(file) > MOST_BYTES:
        raise TooLarge(
            message(
                "This file is larger than 1 MB, so it is no sealed answer file. Choose the file that ends in .phatngon."
            )
        )
    envelope = _envelope(file)
    if envelope["key"] != key_id(private):
        raise ElsewhereSealed(
            message(
                "This file was sealed for %(platform)s with another key. Open it there, or, if that is here, with the PHATNGON_SECRET_KEY of before.",
                platform=envelope["platform"][:200],
            )
        )
    try:
        epk = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(envelope["epk"]))
        key = _key(private.exchange(ECDH(), epk), _point(epk), _point(private.public_key()))
        inside = AESGCM(key).decrypt(_bytes(envelope["iv"]), _bytes(envelope["data"]), _bound(envelope))
        lanes = tuple(_lane(row) for row in _listed(json.loads(inside)["lanes"], MOST_LANES))
    except (InvalidTag, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _broken() from error
    return SealedAnswers(envelope["attempt"], lanes)


def _envelope(file: bytes) -> dict[str, str]:
    not_ours = NotOurs(
        message(
            "This is no sealed answer file. Choose the file that the page of the attempt saved; it ends in .phatngon."
        )
    )
    try:
        found = json.loads(file.decode())
    except (ValueError, RecursionError) as error:
        raise not_ours from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise not_ours
    if sorted(found) != sorted(_FIELDS) or not all(isinstance(text, str) for text in found.values()):
        raise _broken()
    return found


def _broken() -> Broken:
    return Broken(
        message(
            "This file was damaged or changed after it was saved. Ask for it once more, copied straight from the device."
        )
    )


def _lane(row: Any) -> Lane:
    """One lane. Raises ValueError, TypeError or KeyError for anything that no page could have sealed."""
    tab, seq, base = row["tab"], row["seq"], row["base"]
    if not isinstance(tab, str) or not 8 <= len(tab) <= 40 or type(seq) is not int or type(base) is not int:
        raise ValueError("no lane of a page")
    return Lane(
        tab, seq, base, _by_slot(row["answers"], object), _by_slot(row["certainty"], int),
        tuple(_slot(slot) for slot in _listed(row["chosen"], MOST_SLOTS)), _by_slot(row["flags"], bool), _by_slot(row["times"], int),
    )  # fmt: skip


def _by_slot(found: Any, kind: type) -> dict[str, Any]:
    if not isinstance(found, dict) or len(found) > MOST_SLOTS or not all(isinstance(v, kind) for v in found.values()):
        raise ValueError("no values by slot")
    return {_slot(slot): value for slot, value in found.items()}


def _slot(name: Any) -> str:
    if not isinstance(name, str) or not name.isascii() or not name.isdecimal() or len(name) > 4:
        raise ValueError("no slot")
    return name


def _listed(found: Any, most: int) -> Sequence[Any]:
    if not isinstance(found, list) or len(found) > most:
        raise ValueError("no list, or too long")
    return found


def _bound(head: Mapping[str, str]) -> bytes:
    """What the seal also covers: a file cannot be given to another attempt, platform or key."""
    return _packed([head[name] for name in ("format", "platform", "attempt", "key")])


def _packed(value: object) -> bytes:
    """JSON letter for letter as a browser writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict).encode()


def _key(shared: bytes, epk: bytes, ours: bytes) -> bytes:
    return HKDF(SHA256(), 32, epk + ours, FORMAT.encode()).derive(shared)


def _point(public: EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Raises ValueError where another text would give the same bytes."""
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _text(raw) != text:
        raise ValueError("not written as it should be")
    return raw
