"""Passwords and one-time codes: what may be chosen, and how a code is written and read aloud.

A password has at least 10 characters, is none of those that are tried first, and is not the person's own name or
sign-in name; nothing else is asked of it (ASVS 5.0, 6.2). A one-time code is 130 random bits as 26 characters of
Crockford's base 32, so that O typed for 0 or I for 1 still fits.
"""

from datetime import timedelta

from elearning.domain.message import Message, message
from elearning.domain.names import fold

SHORTEST, LONGEST = 10, 1000
CODE_LIVES = timedelta(days=7)
CODE_LENGTH = 26
CODE_BITS = CODE_LENGTH * 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_ROOTS = (
    "1234567890", "0123456789", "0987654321", "123456789", "qwertyuiop", "asdfghjkl", "1q2w3e4r5t", "password", "passw0rd",
    "matkhau", "mat khau", "vietnam", "viet nam", "iloveyou", "anhyeuem", "yeuemnhieu", "welcome", "administrator", "admin",
    "quantri", "phatngon", "abcdefghij", "abc123", "letmein", "dragon", "monkey", "football", "bongda", "hanoi", "saigon",
    "cong hoa xa hoi", "hochiminh", "ho chi minh", "danang", "canbo", "ubnd", "chinhphu", "secret", "changeme", "test",
)  # fmt: skip
_TRIED_FIRST = frozenset(fold(word).replace(" ", "") for word in _ROOTS)


def why_not_password(password: str, own: tuple[str, ...]) -> Message | None:
    """Why a password cannot be chosen; None when it can. `own` are the person's name and sign-in names."""
    if len(password) < SHORTEST:
        return message(
            "Choose a password of at least %(least)s characters; a short sentence is easy to remember.", least=SHORTEST
        )
    if len(password) > LONGEST:
        return message("Shorten the password to %(most)s characters.", most=LONGEST)
    bare = fold(password).replace(" ", "")
    if bare.strip("0123456789!@#$%^&*.-_") in _TRIED_FIRST | {""} or bare in _TRIED_FIRST or len(set(bare)) < 4:
        return message("This password is one of those that are tried first. Choose another.")
    if any(bare == fold(name).replace(" ", "") for name in own):
        return message("Choose a password that is not your name or sign-in name.")
    return None


def code_text(bits: int) -> str:
    """The 26 characters that stand for 130 random bits."""
    return "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(CODE_BITS - 5, -5, -5))


def normal_code(typed: str) -> str:
    """A code as it was typed, without spaces and dashes, with O read as 0 and I, L as 1."""
    return "".join(char for char in typed.upper() if char.isalnum()).translate(_READ_AS)


def spelled_code(code: str) -> str:
    """The code in groups of four, for a slip of paper.

    >>> spelled_code("ABCDEFGHJK")
    'ABCD-EFGH-JK'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
