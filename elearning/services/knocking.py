"""What was typed at the door, sealed for the minutes in which somebody has to wait, so that the browser can bring it again.

It travels as a cookie that scripts cannot read and only the platform can open. It is bound to the browser that was given
it, and worth nothing after a few minutes; no page holds a password.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LIVES = timedelta(minutes=5)
LONGEST = 3500  # browsers take 4,096 bytes, with name and attributes
NONCE = 12


@dataclass(frozen=True, slots=True)
class Knock:
    """A name and a password, and the page that was wanted."""

    identifier: str
    password: str
    wanted: str


def sealed(knock: Knock, key: str, bound: str, now: datetime) -> str:
    """A knock that only the platform can open, and only together with what it is bound to; empty where it is too long for that."""
    typed = json.dumps([knock.identifier, knock.password, knock.wanted, now.timestamp()], ensure_ascii=False)
    nonce = secrets.token_bytes(NONCE)
    text = base64.urlsafe_b64encode(nonce + _cipher(key).encrypt(nonce, typed.encode(), bound.encode())).decode()
    return text if bound and len(text) <= LONGEST else ""


def opened(text: str, key: str, bound: str, now: datetime) -> Knock | None:
    """The knock that was sealed; None for one that is too old, was changed, or is bound to another browser."""
    try:
        raw = base64.urlsafe_b64decode(text.encode())
        typed = json.loads(_cipher(key).decrypt(raw[:NONCE], raw[NONCE:], bound.encode()))
    except (InvalidTag, ValueError):
        return None
    age = now.timestamp() - float(typed[3])
    return Knock(*typed[:3]) if 0 <= age <= LIVES.total_seconds() else None


def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"phatngon door").derive(key.encode()))
