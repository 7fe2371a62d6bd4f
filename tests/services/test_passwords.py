"""Passwords: kept as argon2id, compared rightly, and slow for nobody's account too."""

from time import perf_counter

from elearning.services.passwords import fits, hashed


def test_a_password_is_kept_as_argon2id_with_the_recommended_settings() -> None:
    assert hashed("một câu dễ nhớ").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_is_never_kept_in_the_same_form() -> None:
    assert hashed("một câu dễ nhớ") != hashed("một câu dễ nhớ")


def test_only_the_password_itself_fits() -> None:
    kept = hashed("một câu dễ nhớ")
    assert fits(kept, "một câu dễ nhớ")
    for other in ("", "mot cau de nho", "Một câu dễ nhớ", "một câu dễ nhớ "):
        assert not fits(kept, other)


def test_nothing_fits_an_account_without_a_password_or_with_a_broken_one() -> None:
    for kept in (None, "", "plain text", "$argon2id$broken"):
        assert not fits(kept, "")
        assert not fits(kept, "anything")


def test_nobodys_account_takes_as_long_as_somebodys() -> None:
    kept = hashed("một câu dễ nhớ")

    def shortest(stored: str | None) -> float:
        found = []
        for _ in range(5):
            began = perf_counter()
            fits(stored, "wrong")
            found.append(perf_counter() - began)
        return min(found)

    # A lookup that fails at once would be a thousand times faster.
    assert shortest(None) > shortest(kept) / 3
