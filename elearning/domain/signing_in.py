"""Sign-in names (e-mail, phone, staff code) in their normal forms, sessions' life, and waiting after wrong passwords."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["email", "phone", "code"]
KINDS: tuple[Kind, ...] = ("email", "phone", "code")
IDLE = timedelta(days=7)
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
FREE_FAILURES = 5
WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 4, 8, 15))


@dataclass(frozen=True, slots=True)
class SignInName:
    """One way to name oneself at the door. `normal` is unique on the platform."""

    kind: Kind
    normal: str


def sign_in_name(typed: str) -> SignInName:
    """The normal form of what was typed: e-mail in lower case, phone with its leading 0, staff code in capitals.

    >>> sign_in_name("+84 912 345 678") == sign_in_name("0912.345.678")
    True
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if "@" in text:
        return SignInName("email", text.lower())
    digits = re.sub(r"[\s.\-()]", "", text)
    if re.fullmatch(r"(\+84|0084|84|0)\d{9,10}", digits):
        return SignInName("phone", "0" + re.sub(r"^(\+84|0084|84|0)", "", digits))
    return SignInName("code", re.sub(r"\s+", "", text).upper())


def wait_after(failures: int) -> timedelta:
    """How long the next try has to wait after so many wrong passwords in a row."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return WAITS[min(failures - FREE_FAILURES, len(WAITS) - 1)]


def session_lives(created: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session may still be used: seen within a week, made within a month."""
    return now - seen <= IDLE and now - created <= LONGEST
