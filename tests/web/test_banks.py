"""Banks in the browser: listed, narrowed, changed by many at once; and who may."""

from collections.abc import Callable
from io import BytesIO

import pytest

from elearning.exchange.questions import FORMATS
from elearning.services import publishing
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts
from tests.content.trees import LAWS
from tests.services.cast import Someone
from tests.services.texts import BANK, QUESTIONS, publish, small_course
from tests.web.proofreading import ProofReader, words

OTHER = "quizzes/banks/khac.md"
FREE = '## Ai ký? {#ai-ky}\n\n- [x] Người đứng đầu\n- [ ] Người phát ngôn\n{: tag="a b" difficulty=3 basis=nd-244-2026#7.3 }\n'


def draft(house: House, path: str) -> str:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session)[path].decode()


@pytest.fixture
def desk(house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A trainer's browser, over the small course with a question that no quiz names, and another bank."""
    files = small_course()
    files[BANK] += b"\n" + FREE.encode()
    publish(house, {**files, "courses/laws.md": LAWS.encode()})
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {OTHER: "# Khác\n\n## Gì? {#gi}\n\n= một\n".encode()})
    return client(make_person("trainer"))


def test_the_list_names_every_bank_with_its_questions_and_the_quizzes_that_draw_on_it(desk: ProofReader) -> None:
    said = words(desk.get("/author/banks"))
    assert "7 questions to draw quizzes from" in said
    assert "Thử tài For: Thử tài 6 questions" in said
    assert "Khác No quiz draws on it 1 question" in said


@pytest.mark.parametrize("role", ["learner", "coordinator"])
def test_those_who_do_not_write_find_no_banks(
    desk: ProofReader, role: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person(role, unit="Xã"))
    for address in ("/author/banks", "/author/banks/khac", "/author/banks/khac/gi", "/author/alike"):
        assert browser.get(address).status_code == 404
    assert browser.send("/author/banks/khac", {"deed": "remove", "question": "gi"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=nguoi+dung+dau", ["Ai ký?"]),
        ("tag=b", ["Ai ký?"]),
        ("difficulty=3", ["Ai ký?"]),
        ("law=nd-244-2026", ["Ai ký?"]),
        ("type=order", ["Theo thứ tự nào?"]),
        ("use=free", ["Ai ký?"]),
        ("use=drawn&sort=words", ["Bao nhiêu?", "Chọn một?", "Chọn nhiều?", "Theo thứ tự nào?", "Viết gì?"]),
        ("words=khong+co+dau", []),
    ],
)
def test_a_bank_is_narrowed_by_what_its_questions_carry(desk: ProofReader, asked: str, found: list[str]) -> None:
    page = desk.get(f"/author/banks/thu-tai?{asked}")
    headings = [q.split("## ")[1].split(" {#")[0] for q in (*QUESTIONS.values(), FREE)]
    shown = words(page).split("Find and sort")[1]
    assert sorted(one for one in headings if one in shown) == sorted(found)
    assert [shown.index(one) for one in found] == sorted(shown.index(one) for one in found)


def test_tags_are_changed_for_all_that_are_ticked_and_nothing_else_in_the_file(desk: ProofReader, house: House) -> None:
    before = draft(house, BANK)
    sent = desk.send(
        "/author/banks/thu-tai?tag=b", {"deed": "tag", "question": ["mot", "ai-ky"], "add": "moi", "drop": "a"}
    )
    assert sent.status_code == 303
    assert sent.location == "/author/banks/thu-tai?tag=b"
    expected = before.replace('tag="a b"', 'tag="b moi"').replace(
        "- [ ] Chiều\n\n{: points=1 }", "- [ ] Chiều\n\n{: points=1 tag=moi }"
    )
    assert draft(house, BANK) == expected


def test_a_question_that_a_quiz_names_is_not_retired_and_the_quiz_is_told(desk: ProofReader, house: House) -> None:
    refused = desk.send("/author/banks/thu-tai", {"deed": "retire", "question": "mot"})
    assert refused.status_code == 422
    assert "The quiz “Thử tài” names the question “mot”" in words(refused)
    assert "retired" not in draft(house, BANK)


def test_a_question_is_retired_and_taken_up_again(desk: ProofReader, house: House) -> None:
    before = draft(house, BANK)
    desk.send("/author/banks/thu-tai", {"deed": "retire", "question": "ai-ky"})
    assert draft(house, BANK) == before.replace("basis=nd-244-2026#7.3 }", "basis=nd-244-2026#7.3 retired=yes }")
    assert "Retired" in words(desk.get("/author/banks/thu-tai?use=retired"))
    desk.send("/author/banks/thu-tai", {"deed": "take-up", "question": "ai-ky"})
    assert draft(house, BANK) == before


def test_a_published_question_is_never_removed(desk: ProofReader, house: House) -> None:
    assert desk.send("/author/banks/thu-tai", {"deed": "remove", "question": "ai-ky"}).status_code == 422
    assert desk.send("/author/banks/khac", {"deed": "remove", "question": "gi"}).status_code == 303
    assert "{#ai-ky}" in draft(house, BANK)
    assert draft(house, OTHER) == "# Khác\n\n"


def test_a_question_moves_to_another_bank_with_its_lines(desk: ProofReader, house: House) -> None:
    desk.send("/author/banks/thu-tai", {"deed": "move", "question": "ai-ky", "target": "khac"})
    assert draft(house, OTHER) == "# Khác\n\n## Gì? {#gi}\n\n= một\n\n" + FREE
    assert "ai-ky" not in draft(house, BANK)
    refused = desk.send("/author/banks/khac", {"deed": "move", "question": "ai-ky", "target": "thu-tai"})
    assert "once had" in words(refused)


def test_a_question_that_moves_takes_what_the_head_of_its_bank_says_of_it(desk: ProofReader, house: House) -> None:
    head = "---\ntag: chung\ndifficulty: 2\n---\n# Đầu\n\n"
    with house.writing(NOBODY) as work:
        publishing.import_texts(
            work, {"quizzes/banks/dau.md": f"{head}## Hỏi? {{#hoi}}\n\n= hai\n{{: difficulty=5 }}\n".encode()}
        )
    desk.send("/author/banks/dau", {"deed": "move", "question": "hoi", "target": "khac"})
    assert draft(house, OTHER).endswith("## Hỏi? {#hoi}\n\n= hai\n{: difficulty=5 tag=chung }\n")


def test_translated_words_move_along(desk: ProofReader, house: House) -> None:
    words_en = "# Test\n\n## Who signs? {#ai-ky}\n\n- [ ] The head\n- [ ] The spokesperson\n"
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {BANK.replace(".md", ".en.md"): words_en.encode()})
    desk.send("/author/banks/thu-tai", {"deed": "move", "question": "ai-ky", "target": "khac"})
    assert "## Who signs? {#ai-ky}" in draft(house, OTHER.replace(".md", ".en.md"))
    assert draft(house, BANK.replace(".md", ".en.md")) == "# Test\n\n"


def test_nothing_ticked_is_told_and_changes_nothing(desk: ProofReader) -> None:
    refused = desk.send("/author/banks/khac", {"deed": "tag", "add": "x"})
    assert refused.status_code == 422
    assert "Choose at least one question." in words(refused)


def test_a_new_bank_gets_its_key_from_its_title(desk: ProofReader, house: House) -> None:
    made = desk.send("/author/banks", {"title": " Đính  chính ", "key": ""})
    assert made.location == "/author/banks/dinh-chinh"
    assert draft(house, "quizzes/banks/dinh-chinh.md") == "# Đính chính\n"
    assert "The bank is empty" in words(desk.get(made.location))


@pytest.mark.parametrize(("title", "key"), [("", ""), ("Mới", "Có Dấu"), ("Mới", "khac"), ("x" * 201, "")])
def test_a_bank_that_cannot_be_made_is_told_with_what_was_typed(desk: ProofReader, title: str, key: str) -> None:
    refused = desk.send("/author/banks", {"title": title, "key": key})
    assert refused.status_code == 422
    assert f'value="{key}"' in refused.get_data(as_text=True)


def test_questions_that_are_much_alike_are_paired_within_a_bank_and_across_all(desk: ProofReader, house: House) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {OTHER: f"# Khác\n\n{FREE.replace('Ai ký', 'ai KY')}".encode()})
    assert "100" in words(desk.get("/author/alike"))
    assert "No two of 1 question are much alike" in words(desk.get("/author/alike?bank=khac"))
    assert desk.get("/author/alike?bank=khong-co").status_code == 404


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if one.writes])
def test_a_bank_goes_out_in_every_format_and_comes_in_again(desk: ProofReader, name: str) -> None:
    page = desk.get(f"/author/export/thu-tai?format={name}")
    assert "6 questions as they are being written now" in words(page)
    file = desk.get(f"/author/export/thu-tai/{name}")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=thu-tai")
    items = list(FORMATS[name].read(BytesIO(file.get_data())))
    assert "Ai ký?" in [item.question.ask for item in items if item.question]


def test_what_a_format_cannot_say_is_listed_with_the_questions(desk: ProofReader, house: House) -> None:
    broken = "# Khác\n\n## Gì? {#gi}\n\n= một\n{: penalty=1/2 }\n\n## Hỏng {#hong}\n\n- [ ] a\n- [ ] b\n"
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {OTHER: broken.encode()})
    said = words(desk.get("/author/export/khac?format=gift"))
    assert "what a further try costs gi" in said
    assert "it has problems and cannot be asked hong" in said


def test_a_format_that_is_not_there_is_not_found(desk: ProofReader) -> None:
    assert desk.get("/author/export/thu-tai/khong").status_code == 404
    assert desk.get("/author/export/thu-tai?format=khong").status_code == 404
    assert desk.get("/author/export/khong-co").status_code == 404
