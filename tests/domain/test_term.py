"""Terms: how they are put in order and found."""

from elearning.domain.term import Term, TermWords, in_order, matching


def term(name: str, english: str = "", html: str = "") -> Term:
    words = {"vi": TermWords(name, html)} | ({"en": TermWords(english, "")} if english else {})
    return Term(name, words)


def keys(terms: list[Term]) -> list[str]:
    return [one.key for one in terms]


def test_terms_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    terms = [term("ủy quyền"), term("đề nghị"), term("yêu cầu"), term("dữ liệu"), term("cải chính")]
    assert keys(in_order(terms, "vi")) == ["cải chính", "dữ liệu", "đề nghị", "ủy quyền", "yêu cầu"]


def test_in_a_language_that_a_term_does_not_have_it_stands_by_the_name_that_it_has() -> None:
    assert keys(in_order([term("b", "zebra"), term("a", "apple"), term("m")], "en")) == ["a", "m", "b"]


def test_tags_are_no_words_and_signs_of_html_are_what_they_stand_for() -> None:
    one = term("từ", html='<a class="cite" href="/laws/x">khoản</a> A &amp; B')
    assert matching([one], "cite") == []
    assert matching([one], "khoan a & b") == [one]


def test_every_word_counts_wherever_it_stands_and_nothing_asked_for_is_everything() -> None:
    one, other = term("từ chối", "refusal", "<p>nêu lý do</p>"), term("chưa có", html="<p>không phải từ chối</p>")
    assert matching([other, one], "tu choi") == [one, other]
    assert matching([one, other], "refusal ly do") == [one]
    assert matching([one, other], "") == [one, other]
