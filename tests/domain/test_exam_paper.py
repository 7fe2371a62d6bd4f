"""Versions of an examination on paper: the same questions, shuffled, and the same again by their seed."""

from elearning.domain.exam_paper import (
    Numbered,
    PaperOption,
    PaperQuestion,
    PaperSection,
    Piece,
    Span,
    Version,
    codes,
    columns,
    version,
)


def option(text: str, right: bool = False, keep: bool = False) -> PaperOption:
    return PaperOption((Span(text),), right, keep)


def question(key: str) -> PaperQuestion:
    options = (option("a", True), option("b"), option("c"), option("cả ba", keep=True))
    return PaperQuestion(key, "choices", (Piece("words", (Span(key),)),), options)


SECTIONS = (
    PaperSection("Phần 1", tuple(question(f"q{number}") for number in range(12))),
    PaperSection("Phần 2", (PaperQuestion("t", "text", ()), question("x"), question("y"))),
)


def made(code: str = "101", seed: str = "s") -> Version:
    return version(code, SECTIONS, seed, True, True)


def words(one: Numbered) -> list[str]:
    return ["".join(span.text for span in each.spans) for each in one.options]


def test_the_same_seed_and_code_give_the_same_version_and_others_do_not() -> None:
    assert made() == made()
    assert made().sections != made("102").sections
    assert made().sections != made(seed="other").sections


def test_every_version_asks_the_same_questions_in_their_sections() -> None:
    for code in codes(101, 8):
        keys = [{one.question.key for one in questions} for _, questions in made(code).sections]
        assert keys == [{f"q{number}" for number in range(12)}, {"t", "x", "y"}]
        assert [one.number for one in made(code).questions] == list(range(1, 15))


def test_the_key_names_the_letter_under_which_the_right_answer_stands() -> None:
    for one in made().questions:
        assert words(one)["ABCD".index(one.letters)] == "a"
    assert len({one.letters for one in made().questions}) > 1


def test_an_answer_that_keeps_its_place_keeps_it() -> None:
    assert {words(one)[3] for one in made().questions} == {"cả ba"}


def test_a_section_with_a_text_keeps_its_order_and_the_text_has_no_number() -> None:
    last = made().sections[1][1]
    assert [(one.question.key, one.number) for one in last] == [("t", 0), ("x", 13), ("y", 14)]


def test_answers_stand_beside_one_another_where_they_are_short() -> None:
    assert columns([option("24 giờ")] * 4) == 4
    assert columns([option("24 giờ")] * 5) == 2
    assert columns([option("Trong thời hạn hai mươi bốn giờ")] * 4) == 2
    assert columns([option("x" * 60), option("y")]) == 1
