"""The editor of a question: form and text say the same, one of them is changed, and only the lines of this question are written."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from werkzeug.test import TestResponse

from elearning.content.sheets import sheet_of
from elearning.services import publishing
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts
from tests.content.test_authoring import EXAMPLES
from tests.services.cast import Someone
from tests.services.texts import BANK, publish, small_course
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin

PAGE = "/author/banks/thu-tai/mot"
GUIDE = [text for _, kind, text in EXAMPLES if kind == "question"]


def draft(house: House, path: str = BANK) -> str:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session)[path].decode()


def keep(house: House, path: str, text: str) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {path: text.encode()})


@pytest.fixture
def desk(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A trainer's browser over the small course."""
    return client(make_person("trainer"))


def fields(page: TestResponse, **changes: Any) -> dict[str, Any]:
    """What a browser without scripts would send of the form on the page, with some fields changed."""
    tree = html5lib.parse(page.get_data(as_text=True), namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("data-desk") is not None)
    found: dict[str, Any] = {}
    for one in form.iter():
        name = one.get("name")
        if name is None or one.tag == "button":
            continue
        if one.tag == "textarea":
            found[name] = (one.text or "").replace("\n", "\r\n")
        elif one.tag == "select":
            found[name] = next(o.get("value") for o in one.iter("option") if o.get("selected") is not None)
        elif one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
            found[name] = one.get("value", "")
    return {name: value for name, value in {**found, **changes}.items() if value is not None}


def text_on(page: TestResponse) -> str:
    return str(fields(page)["text"]).replace("\r\n", "\n")


def test_a_page_that_is_saved_as_it_was_shown_changes_no_byte(desk: ProofReader, house: House) -> None:
    before = draft(house)
    saved = desk.send(PAGE, fields(desk.get(PAGE), go="save"))
    assert saved.status_code == 303
    assert draft(house) == before


def test_a_word_changed_in_the_form_changes_the_lines_of_this_question_alone(desk: ProofReader, house: House) -> None:
    before = draft(house)
    desk.send(PAGE, fields(desk.get(PAGE), **{"row.0.text": "Sáng sớm"}, go="save"))
    assert draft(house) == before.replace(
        "- [ ] Sáng\n- [x] Trưa\n- [ ] Chiều\n\n{:", "- [ ] Sáng sớm\n- [x] Trưa\n- [ ] Chiều\n{:"
    )


def test_a_word_changed_in_the_text_is_saved_as_it_was_typed(desk: ProofReader, house: House) -> None:
    before, page = draft(house), desk.get(PAGE)
    desk.send(PAGE, fields(page, text=text_on(page).replace("Chiều", "Tối"), go="save"))
    assert draft(house) == before.replace("Chiều", "Tối")


def test_where_both_sides_were_changed_nothing_is_saved_until_one_is_chosen(desk: ProofReader, house: House) -> None:
    before, page = draft(house), desk.get(PAGE)
    both = fields(page, text=text_on(page).replace("Chiều", "Tối"), **{"row.0.text": "Đêm"}, go="save")
    asked = desk.send(PAGE, both)
    assert asked.status_code == 422
    assert "choose below which of them" in words(asked)
    assert draft(house) == before
    desk.send(PAGE, {**both, "go": "save-text"})
    assert "Tối" in draft(house)
    assert "Đêm" not in draft(house)


def test_the_form_is_shown_in_the_text_and_the_text_in_the_form_without_saving(desk: ProofReader, house: House) -> None:
    before, page = draft(house), desk.get(PAGE)
    shown = desk.send(PAGE, fields(page, ask="Lúc nào?", go="show-form"))
    assert text_on(shown).startswith("## Lúc nào? {#mot}")
    back = desk.send(PAGE, fields(shown, text="## Khi nào? {#mot}\n\n= trưa\n", go="show-text"))
    assert fields(back)["ask"] == "Khi nào?"
    assert fields(back)["type"] == "short"
    assert draft(house) == before


def test_rows_are_added_moved_and_taken_away_by_buttons_and_what_was_typed_stays(desk: ProofReader) -> None:
    page = desk.send(PAGE, fields(desk.get(PAGE), **{"row.2.text": "Tối"}, go="add-row"))
    assert fields(page)["rows"] == "4"
    page = desk.send(PAGE, fields(page, **{"row.3.text": "Khuya"}, go="row-up-3"))
    page = desk.send(PAGE, fields(page, go="row-drop-0"))
    assert [fields(page)[f"row.{n}.text"] for n in range(3)] == ["Trưa", "Khuya", "Tối"]
    assert fields(page)["right"] == "0"


def test_another_type_keeps_the_words_and_the_answers(desk: ProofReader) -> None:
    page = desk.send(PAGE, fields(desk.get(PAGE), **{"to-type": "order"}, go="retype"))
    assert text_on(page) == "## Chọn một? {#mot}\n\n1. Sáng\n2. Trưa\n3. Chiều\n{: points=1 }\n"


def test_problems_are_told_by_the_lines_of_the_question_and_do_not_stop_saving(desk: ProofReader, house: House) -> None:
    page = desk.send(PAGE, fields(desk.get(PAGE), right=None, go="show-form"))
    assert "line 1" in words(page)
    assert "No answer is marked right." in words(page)
    assert "can be tried as soon as it has no problems" in words(page)
    assert desk.send(PAGE, fields(page, go="save")).status_code == 303
    assert "- [ ] Trưa" in draft(house)


@pytest.mark.parametrize(
    "text",
    [
        "## Một? {#mot}\n\n= a\n\n## Hai? {#hai}\n\n= b\n",
        "## Một? {#mot}\n\n```\n= a\n",
        "Không có đầu đề\n",
        "# Một {#mot}\n",
    ],
)
def test_lines_that_would_not_be_one_question_are_refused_and_stay_on_the_page(
    desk: ProofReader, house: House, text: str
) -> None:
    before = draft(house)
    refused = desk.send(PAGE, fields(desk.get(PAGE), text=text, go="save"))
    assert refused.status_code == 422
    assert text_on(refused) == text
    assert draft(house) == before


def test_the_key_of_a_published_question_stays_and_that_of_another_may_change(desk: ProofReader, house: House) -> None:
    assert desk.send(PAGE, fields(desk.get(PAGE), key="khac", go="save")).status_code == 422
    keep(house, "quizzes/banks/moi.md", "# Mới\n\n## Ai? {#ai}\n\n= a\n\n## Gì? {#gi}\n\n= b\n")
    page = desk.get("/author/banks/moi/ai")
    assert desk.send("/author/banks/moi/ai", fields(page, key="gi", go="save")).status_code == 422
    assert desk.send("/author/banks/moi/ai", fields(page, key="Ái", go="save")).status_code == 422
    moved = desk.send("/author/banks/moi/ai", fields(page, key="ai-do", go="save"))
    assert moved.location == "/author/banks/moi/ai-do"
    assert draft(house, "quizzes/banks/moi.md") == "# Mới\n\n## Ai? {#ai-do}\n\n= a\n\n## Gì? {#gi}\n\n= b\n"


def test_two_people_change_two_questions_of_a_bank_and_both_are_kept(desk: ProofReader, house: House) -> None:
    page = desk.get(PAGE)
    keep(house, BANK, draft(house).replace("= nghị định", "= luật"))
    assert desk.send(PAGE, fields(page, ask="Lúc nào?", go="save")).status_code == 303
    assert "= luật" in draft(house)
    assert "## Lúc nào?" in draft(house)


def test_two_people_change_one_question_and_the_second_sees_both(desk: ProofReader, house: House) -> None:
    page = desk.get(PAGE)
    keep(house, BANK, draft(house).replace("Chiều", "Tối"))
    met = desk.send(PAGE, fields(page, ask="Lúc nào?", go="save"))
    assert met.status_code == 422
    assert "- [ ] Tối" in words(met)
    assert fields(met)["ask"] == "Lúc nào?"
    assert "Lúc nào" not in draft(house)
    assert desk.send(PAGE, fields(met, go="save")).status_code == 303
    assert "Lúc nào" in draft(house)


def test_a_question_that_was_removed_meanwhile_can_be_added_anew(desk: ProofReader, house: House) -> None:
    keep(house, "quizzes/banks/moi.md", "# Mới\n\n## Ai? {#ai}\n\n= a\n")
    page = desk.get("/author/banks/moi/ai")
    keep(house, "quizzes/banks/moi.md", "# Mới\n")
    met = desk.send("/author/banks/moi/ai", fields(page, ask="Ai đó?", go="save"))
    assert "no longer in the bank" in words(met)
    assert desk.send("/author/banks/moi/new/short", fields(met, go="save")).status_code == 303
    assert "Ai đó?" in draft(house, "quizzes/banks/moi.md")


def test_a_new_question_gets_its_key_from_its_words_and_goes_to_the_end(desk: ProofReader, house: House) -> None:
    before = draft(house)
    page = desk.get("/author/banks/thu-tai/new/short")
    made = desk.send(
        "/author/banks/thu-tai/new/short",
        fields(page, ask="Đính chính ở đâu?", **{"row.0.text": "tại trụ sở"}, go="save"),
    )
    assert made.location == "/author/banks/thu-tai/dinh-chinh-o-dau"
    assert draft(house) == before + "\n## Đính chính ở đâu? {#dinh-chinh-o-dau}\n\n= tại trụ sở\n"
    again = desk.send("/author/banks/thu-tai/new/short", fields(page, ask="Đính chính ở đâu?", go="save"))
    assert again.location.endswith("/dinh-chinh-o-dau-2")


@pytest.mark.parametrize("text", GUIDE, ids=[sheet_of(text).type for text in GUIDE])
def test_every_type_has_a_form_that_writes_what_it_showed(desk: ProofReader, house: House, text: str) -> None:
    bank = f"# Mới\n\n{text.strip()}\n"
    keep(house, "quizzes/banks/moi.md", bank)
    address = f"/author/banks/moi/{sheet_of(text).key}"
    page = desk.get(address)
    assert desk.send(address, fields(page, go="save")).status_code == 303
    assert draft(house, "quizzes/banks/moi.md") == bank
    desk.send(address, fields(page, explanation="Vì thế.", go="save-form"))
    if sheet_of(text).type != "description":
        assert "\n> Vì thế.\n" in draft(house, "quizzes/banks/moi.md")


def test_a_new_question_is_not_told_that_it_has_no_key(desk: ProofReader) -> None:
    said = words(desk.get("/author/banks/thu-tai/new/one"))
    assert "type=one does not fit the answers below the question." in said
    assert "has no key" not in said


def test_an_empty_form_can_be_opened_for_every_type_and_for_no_other(desk: ProofReader) -> None:
    for kind in {sheet_of(text).type for text in GUIDE}:
        assert desk.get(f"/author/banks/thu-tai/new/{kind}").status_code == 200
    assert desk.get("/author/banks/thu-tai/new/cai-gi").status_code == 404
    assert desk.get("/author/banks/thu-tai/khong-co").status_code == 404


def test_a_question_is_tried_as_it_stands_and_nothing_is_stored(desk: ProofReader, house: House) -> None:
    before, page = draft(house), desk.get(PAGE)
    fresh = text_on(page).replace("- [ ] Sáng", "- [ ] Sáng\n  > Sớm quá.").replace("\n{:", "\n> Giữa ngày.\n{:")
    sent = {"key": "mot", "base": fields(page)["base"], "text": fresh, "a1.shown": "1"}
    wrong = desk.send("/author/banks/thu-tai/try", {**sent, "a1": "a"})
    assert "Not right" in words(wrong)
    assert "Sớm quá." in words(wrong)
    assert "Giữa ngày." in words(wrong)
    assert (
        "Right"
        in words(desk.send("/author/banks/thu-tai/try", {**sent, "a1": "b"})).split("Try it as a learner would")[1]
    )
    assert text_on(wrong) == fresh
    assert draft(house) == before


def test_the_page_says_which_quizzes_ask_the_question_and_on_how_many_papers_it_stood(
    desk: ProofReader, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    assert "It stands on 0 papers so far." in words(desk.get(PAGE))
    begin(client(make_person()))
    said = words(desk.get(PAGE))
    assert "Thử tài, always" in said
    assert "It stands on 1 paper so far." in said


def test_an_unknown_law_is_a_problem_and_a_known_one_is_none(desk: ProofReader) -> None:
    page = desk.get(PAGE)
    told = desk.send(PAGE, fields(page, **{"attr.basis": "nd-1-2026#2"}, go="show-form"))
    assert "There is no legal document with the key “nd-1-2026”" in words(told)


def test_signs_that_no_keyboard_types_do_not_get_into_the_bank(desk: ProofReader, house: House) -> None:
    page = desk.get(PAGE)
    desk.send(PAGE, fields(page, ask="Lu\u0301c na\u0300o\x07?", go="save"))
    assert "## Lúc nào? {#mot}" in draft(house)
    assert publish(house, {**small_course(), BANK: draft(house).encode()}).number == 2
