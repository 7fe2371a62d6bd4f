"""The glossary and the words of lessons that lead to it, as readers meet them."""

from collections.abc import Callable, Mapping

import pytest

from elearning.services.work import House
from tests.services.cast import Someone
from tests.services.texts import lesson, small_course
from tests.web.proofreading import ProofReader, page, words

GLOSSARY = """# Từ điển

## đính chính {#dinh-chinh}
Cơ quan sửa lời của *chính mình*.
{: pair=cai-chinh }

## cải chính {#cai-chinh}
Báo chí sửa tin đã đăng sai.
{: pair=dinh-chinh }

## ủy quyền {#uy-quyen}
Bằng văn bản.
{: }
"""
ENGLISH = """# Glossary

## rectification {#dinh-chinh}
The agency corrects itself.
{: }

## correction {#cai-chinh}
The press corrects what it published.
{: }
"""
LESSON = "courses/luyen-tap/mo-dau.md"
ADDRESS = "/courses/luyen-tap/mo-dau"


def with_glossary(glossary: str = GLOSSARY, english: str = ENGLISH) -> Mapping[str, bytes]:
    """The small course, whose first lesson links to a term."""
    return small_course() | {
        "courses/glossary.md": glossary.encode(), "courses/glossary.en.md": english.encode(),
        LESSON: lesson("Mở đầu", "Sai thì [đính chính](term:dinh-chinh) ngay.").encode(),
    }  # fmt: skip


@pytest.fixture
def someone(house: House, publish_texts: Callable[..., object], make_person: Callable[..., Someone], enrol: Callable[..., None]) -> Someone:  # fmt: skip
    publish_texts(with_glossary())
    learner = make_person(language="vi")
    enrol(learner, "luyen-tap")
    return learner


@pytest.fixture
def browser(someone: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    return client(someone)


def names(browser: ProofReader, query: str = "") -> list[str]:
    """The terms that the glossary lists, in its order."""
    found = page(browser.get(f"/glossary{query}"))
    return [str(a.text) for dt in found.iter("dt") for a in dt.iter("a")]


def test_terms_stand_in_the_order_of_a_dictionary_of_the_language_of_the_page(
    browser: ProofReader, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    assert names(browser) == ["cải chính", "đính chính", "ủy quyền"]
    assert names(client(make_person(language="en"))) == ["correction", "rectification", "ủy quyền"]


@pytest.mark.parametrize("query", ["đính", "DINH", "dinh chinh", "rectif", "itself", "chinh minh"])
def test_a_term_is_found_by_its_words_in_either_language_whatever_the_tones(query: str, browser: ProofReader) -> None:
    assert names(browser, f"?q={query}") == ["đính chính"]


def test_terms_whose_name_holds_the_words_come_before_those_whose_meaning_does(
    publish_texts: Callable[..., object], browser: ProofReader
) -> None:
    publish_texts(
        with_glossary(GLOSSARY.replace("Bằng văn bản.", "Không phải đính chính.").replace("ủy quyền", "an toàn"))
    )
    assert names(browser, "?q=dinh chinh") == ["đính chính", "an toàn"]


def test_what_is_found_nowhere_is_said_and_the_field_keeps_it(browser: ProofReader) -> None:
    answer = browser.get("/glossary?q=qwerty")
    assert names(browser, "?q=qwerty") == []
    assert "Không có thuật ngữ nào" in words(answer)
    assert [field.get("value") for field in page(answer).iter("input") if field.get("name") == "q"] == ["qwerty"]


def test_a_lesson_holds_the_sheet_of_each_term_that_it_links_to_and_of_no_other(browser: ProofReader) -> None:
    lesson_page = page(browser.get(ADDRESS))
    links = [a for a in lesson_page.iter("a") if a.get("data-term")]
    assert [(a.get("href"), a.get("class")) for a in links] == [("/glossary/dinh-chinh", "term")]
    sheets = {one.get("id"): " ".join("".join(one.itertext()).split()) for one in lesson_page.iter("section")}
    assert "rectification Đóng Cơ quan sửa lời của chính mình. Đừng nhầm với: cải chính" in sheets["term-dinh-chinh"]
    assert "term-cai-chinh" not in sheets


def test_a_term_has_a_page_in_both_languages_that_leads_back_to_the_lesson(browser: ProofReader) -> None:
    answer = browser.get("/glossary/dinh-chinh", headers={"Referer": f"http://localhost{ADDRESS}"})
    said = words(answer)
    assert "Cơ quan sửa lời của chính mình." in said
    assert "The agency corrects itself." in said
    assert [a.get("href") for a in page(answer).iter("a") if a.get("class") == "button"] == [ADDRESS]
    assert browser.get("/glossary/khong-co").status_code == 404


def test_a_term_without_a_translation_is_shown_in_its_own_language_and_says_which(
    someone: Someone, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    found = page(client(make_person(language="en")).get("/glossary"))
    assert [a.get("lang") for a in found.iter("a") if a.text == "ủy quyền"] == ["vi"]


def test_a_glossary_published_again_changes_terms_and_takes_none_out(
    browser: ProofReader, publish_texts: Callable[..., object]
) -> None:
    shorter = GLOSSARY.split("## ủy quyền", maxsplit=1)[0].replace("sửa lời", "nói lại lời")
    publish_texts(with_glossary(shorter))
    assert names(browser) == ["cải chính", "đính chính", "ủy quyền"]
    assert "Cơ quan nói lại lời" in words(browser.get(ADDRESS))


def test_a_platform_without_a_glossary_says_when_it_will_have_one(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    assert "Từ điển chưa có mục nào" in words(client(make_person(language="vi")).get("/glossary"))
