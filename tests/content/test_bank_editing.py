"""Changing one question of a bank: every byte that is not its own stays as it was."""

import unicodedata

import pytest

from elearning.content.bank_editing import (
    added,
    bank_title,
    first_line,
    new_bank,
    question_text,
    questions_of,
    removed,
    replaced,
    tagged,
    with_attributes,
)

ONE = '## Một? {#mot}\nThân.\n\n- [x] a\n- [ ] b\n{: points=2 tag="x y" }\n'
TWO = "## Hai? {#hai}\n\n= 24 giờ\n"
BANK = f"---\ntag: chung\n---\n# Ngân hàng\n\nLời đầu.   \n\n{ONE}\n\n\n{TWO}"


def keys(data: bytes) -> list[str]:
    return [question.key for question in questions_of(data)]


def windows(text: str) -> bytes:
    """The text as an old editor on Windows would have it: a mark at its head, CRLF, accents apart."""
    return b"\xef\xbb\xbf" + unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode()


def test_a_question_is_found_by_its_key_with_its_own_lines() -> None:
    assert question_text(BANK.encode(), "mot") == ONE
    assert question_text(BANK.encode(), "ba") is None
    assert first_line(BANK.encode(), "hai") == BANK[: BANK.index("## Hai")].count("\n") + 1


@pytest.mark.parametrize("key", ["mot", "hai"])
def test_a_question_replaced_by_its_own_lines_changes_no_byte(key: str) -> None:
    data = BANK.encode()
    assert replaced(data, key, question_text(data, key) or "") == data


def test_only_the_lines_of_the_question_are_written_anew() -> None:
    fresh = "## Một nữa? {#mot}\n\n- [x] c\n- [ ] d\n"
    assert replaced(BANK.encode(), "mot", fresh) == BANK.replace(ONE, fresh).encode()


def test_in_a_file_from_windows_the_other_lines_keep_their_ends_their_mark_and_their_accents() -> None:
    data, fresh = windows(BANK), "## Mới? {#hai}\n\n= 25 giờ\n"
    changed = replaced(data, "hai", fresh)
    head = windows(BANK[: BANK.index("## Hai")])
    assert changed == head + fresh.replace("\n", "\r\n").encode()
    assert replaced(changed, "mot", ONE).count(b"\n") == replaced(changed, "mot", ONE).count(b"\r\n")


def test_a_file_without_an_end_to_its_last_line_keeps_it_that_way() -> None:
    data = BANK.rstrip("\n").encode()
    assert replaced(data, "hai", TWO) == data
    assert added(data, [ONE.replace("mot", "ba")]).endswith(
        "\n= 24 giờ\n\n".encode() + ONE.replace("mot", "ba").encode()
    )


def test_a_question_is_added_after_an_empty_line() -> None:
    assert added(new_bank("Mới"), [ONE, TWO]).decode() == f"# Mới\n\n{ONE}\n{TWO}"


def test_a_question_that_goes_takes_the_empty_lines_below_it_along() -> None:
    assert removed(BANK.encode(), ["mot"]).decode() == BANK.replace(ONE + "\n\n\n", "")
    assert keys(removed(BANK.encode(), ["mot", "hai"])) == []


def test_what_is_removed_and_added_again_is_the_same_question() -> None:
    data = BANK.encode()
    assert question_text(added(removed(data, ["mot"]), [ONE]), "mot") == ONE


def test_a_question_is_retired_in_its_last_line_alone() -> None:
    data = with_attributes(BANK.encode(), ["mot"], {"retired": "yes"})
    assert data.decode() == BANK.replace('tag="x y" }', 'tag="x y" retired=yes }')
    assert with_attributes(data, ["mot"], {"retired": ""}) == BANK.encode()


def test_a_question_without_attributes_gets_a_line_for_them_and_loses_it_again() -> None:
    data = with_attributes(BANK.encode(), ["hai"], {"difficulty": "3"})
    assert data.decode() == BANK + "{: difficulty=3 }\n"
    assert with_attributes(data, ["hai"], {"difficulty": ""}) == BANK.encode()


def test_tags_are_added_and_dropped_and_the_others_stay_in_their_order() -> None:
    data = tagged(BANK.encode(), ["mot", "hai"], ["z", "y"], ["x"])
    assert question_text(data, "mot") == ONE.replace('"x y"', '"y z"')
    assert (question_text(data, "hai") or "").endswith('{: tag="z y" }\n')


def test_an_attribute_line_that_cannot_be_read_keeps_what_stands_in_it() -> None:
    data = BANK.replace("points=2", "points 2").encode()
    assert "points 2" in with_attributes(data, ["mot"], {"retired": "yes"}).decode()


def test_a_bank_that_is_no_text_is_left_alone() -> None:
    data = "## Một {#mot}\n".encode("utf-16")
    assert questions_of(data) == []
    assert replaced(data, "mot", ONE) == data


def test_the_title_of_a_bank_is_its_line_with_one_mark() -> None:
    assert bank_title(BANK.encode()) == "Ngân hàng"
    assert bank_title(TWO.encode()) == ""
