"""Long because it follows a file through all that its pages do.

Questions from a file: looked at item by item, mended, kept once, and brought up to date when the file comes again.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from elearning.content.plain_markdown import plain_html
from elearning.content.writing import read
from elearning.domain.written import Medium, WrittenQuestion
from elearning.exchange.questions import FORMATS
from elearning.services import publishing, question_files, question_keeping, working
from elearning.services.work import NOBODY, House
from elearning.store.models.taking_in import QuestionFile, QuestionItem, QuestionMedium
from elearning.store.queries import texts
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import QUIZ_PATH, publish, small_course
from tests.web.access_world import POINT
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin
from tests.web.test_question_editor import fields

GIFT = """// [id:ai-ky]
::ai-ky::[markdown]Ai ký văn bản? {=Người đứng đầu ~Người phát ngôn}

// [id:so-gio]
::so-gio::[markdown]Bao nhiêu giờ? {#24}

::hong::[markdown]Câu hỏng {=a ~
"""
SOUND = GIFT.split("::hong", maxsplit=1)[0]


def draft(house: House, path: str) -> str:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session).get(path, b"").decode()


@pytest.fixture
def desk(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A trainer's browser."""
    return client(make_person("trainer"))


def send(browser: ProofReader, text: str | bytes = GIFT, name: str = "cau-hoi.gift", wanted: str = "") -> TestResponse:
    data = text.encode() if isinstance(text, str) else text
    return browser.send("/author/import", {"file": FileStorage(BytesIO(data), name), "format": wanted})


def keep(browser: ProofReader, sent: TestResponse, **data: object) -> str:
    """Keep items and give what the page says came of it."""
    kept = browser.send(sent.location, {"which": "whole", "bank": "", "title": "Nhập về", **data})
    assert kept.status_code == 303, words(kept)
    return words(browser.get(kept.location))


def test_a_file_is_shown_item_by_item_and_nothing_is_put_into_a_bank(desk: ProofReader, house: House) -> None:
    before = dict(_drafts(house))
    page = desk.get(send(desk).location)
    said = words(page)
    assert "2 of 3 questions are understood" in said
    assert "Ai ký văn bản?" in said
    assert "not understood" in said
    assert _drafts(house) == before


def _drafts(house: House) -> dict[str, bytes]:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session)


def test_what_is_understood_is_kept_in_a_new_bank_and_the_rest_stays_to_be_mended(
    desk: ProofReader, house: House
) -> None:
    sent = send(desk)
    said = keep(desk, sent)
    assert "2 questions were added" in said
    bank = draft(house, "quizzes/banks/nhap-ve.md")
    assert bank.startswith("# Nhập về\n\n## Ai ký văn bản? {#ai-ky}\n\n- [x] Người đứng đầu\n- [ ] Người phát ngôn\n")
    assert "= 24" in bank
    assert "1 item" not in words(desk.get(f"{sent.location}?state=kept"))
    assert "kept in nhap-ve" in words(desk.get(sent.location))


def test_an_item_that_was_not_understood_is_mended_in_the_editor_and_then_kept(desk: ProofReader, house: House) -> None:
    sent = send(desk)
    keep(desk, sent)
    address = f"{sent.location}/3"
    page = desk.get(address)
    assert "Câu hỏng" in words(page).split("What the file says")[1]
    mended = desk.send(address, fields(page, text="## Câu lành? {#lanh}\n\n= một\n", go="save-text"))
    assert mended.status_code == 303
    assert "mended" in words(desk.get(mended.location))
    assert "1 question was added" in keep(desk, sent, bank="nhap-ve")
    assert draft(house, "quizzes/banks/nhap-ve.md").endswith("## Câu lành? {#lanh}\n\n= một\n")


def test_the_same_file_again_adds_nothing(desk: ProofReader, house: House) -> None:
    keep(desk, send(desk, SOUND))
    before = draft(house, "quizzes/banks/nhap-ve.md")
    again = send(desk, SOUND)
    assert "Here already, the same2" in words(desk.get(again.location))
    said = keep(desk, again, which="chosen", item=["1", "2"], bank="nhap-ve")
    assert "The same already2" in said
    assert draft(house, "quizzes/banks/nhap-ve.md") == before


def test_a_newer_state_of_the_file_brings_its_questions_up_to_date_under_their_keys(
    desk: ProofReader, house: House
) -> None:
    keep(desk, send(desk, SOUND))
    newer = send(desk, SOUND.replace("Ai ký văn bản?", "Ai ký văn bản ủy quyền?"))
    assert "would be brought up to date1" in words(desk.get(newer.location))
    said = keep(desk, newer, bank="nhap-ve")
    assert "Brought up to date1" in said
    bank = draft(house, "quizzes/banks/nhap-ve.md")
    assert "## Ai ký văn bản ủy quyền? {#ai-ky}" in bank
    assert bank.count("\n## ") == 2


def test_a_question_that_was_changed_here_since_is_left_alone_until_it_is_ticked(
    desk: ProofReader, house: House
) -> None:
    keep(desk, send(desk, SOUND))
    path = "quizzes/banks/nhap-ve.md"
    ours = draft(house, path).replace("Người phát ngôn", "Người được ủy quyền")
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {path: ours.encode()})
    newer = send(desk, SOUND.replace("Ai ký văn bản?", "Ai ký?"))
    assert "changed by somebody since1" in words(desk.get(newer.location))
    assert "changed here since1" in keep(desk, newer, bank="nhap-ve")
    assert draft(house, path) == ours
    assert "Brought up to date1" in keep(desk, newer, bank="nhap-ve", which="chosen", item=["1"])
    assert "## Ai ký? {#ai-ky}" in draft(house, path)


def test_a_question_that_was_removed_here_is_new_again(desk: ProofReader, house: House) -> None:
    keep(desk, send(desk, SOUND))
    desk.send("/author/banks/nhap-ve", {"deed": "remove", "question": "ai-ky"})
    assert "1 question was added" in keep(desk, send(desk, SOUND), bank="nhap-ve", which="chosen", item=["1"])


def test_a_key_that_the_bank_has_already_gets_another(desk: ProofReader, house: House) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {"quizzes/banks/cu.md": "# Cũ\n\n## Khác {#ai-ky}\n\n= x\n".encode()})
    keep(desk, send(desk, SOUND), bank="cu")
    assert "## Ai ký văn bản? {#ai-ky-van-ban}" in draft(house, "quizzes/banks/cu.md")


@pytest.mark.parametrize(
    ("data", "name", "wanted", "said"),
    [
        (b"", "x.gift", "", "The file is empty"),
        (b"\x89PNG\r\n", "x.png", "", "is of no format"),
        (b"\n\n", "x.gift", "gift", "The file is empty"),
        (b"x", "x.gift", "khong", "There is no format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    desk: ProofReader, data: bytes, name: str, wanted: str, said: str
) -> None:
    refused = send(desk, data, name, wanted)
    page = refused if refused.status_code == 422 else desk.get(refused.location)
    assert said in words(page)


def test_nothing_ticked_is_told(desk: ProofReader) -> None:
    sent = send(desk, SOUND)
    refused = desk.send(sent.location, {"which": "chosen", "title": "Mới"})
    assert refused.status_code == 422
    assert "Nothing was chosen" in words(refused)


def test_somebody_elses_file_is_not_found(
    desk: ProofReader, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    sent = send(desk, SOUND)
    other = client(make_person("trainer"))
    for address in (sent.location, f"{sent.location}/1"):
        assert other.get(address).status_code == 404
    assert other.send(sent.location, {"which": "whole", "title": "Mới"}).status_code == 404


def test_other_work_is_not_taken_for_the_keeping_of_a_file(desk: ProofReader) -> None:
    sent = send(desk, SOUND)
    reading = sent.location.rsplit("/", 1)[-1]
    assert desk.get(f"{sent.location}/kept/{reading}").status_code == 404


def test_an_item_is_tried_before_it_is_kept(desk: ProofReader) -> None:
    sent = send(desk, SOUND)
    page = desk.get(f"{sent.location}/1")
    tried = desk.send(f"{sent.location}/1/try", {"text": fields(page)["text"], "base": "", "a1.shown": "1", "a1": "a"})
    assert "Right" in words(tried).split("Try it as a learner would")[1]


def test_the_page_lists_what_was_sent_before(desk: ProofReader) -> None:
    send(desk, SOUND)
    assert "cau-hoi.gift GIFT" in words(desk.get("/author/import"))


def test_a_bank_that_is_full_goes_on_in_a_second_one(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_keeping, "FULL", 130)
    keep(desk, send(desk, SOUND))
    assert "ai-ky" in draft(house, "quizzes/banks/nhap-ve.md")
    assert draft(house, "quizzes/banks/nhap-ve-2.md").startswith("# Nhập về (2)\n\n## Bao nhiêu giờ?")


def test_a_large_file_is_read_and_kept_by_the_worker_in_steps(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_keeping, "FULL", 20_000)
    for module in (question_files, question_keeping):
        monkeypatch.setattr(module, "STEP", 30)
        monkeypatch.setattr(module, "AT_ONCE", 0)
    many = "\n\n".join(
        f"// [id:cau-{n}]\n::cau-{n}::[markdown]Câu số {n} là gì? {{=đúng {n} ~sai {n} {'dài ' * 60}}}"
        for n in range(100)
    )
    sent = send(desk, many)
    assert "begins within seconds" in words(desk.get(sent.location))
    assert working.run_next(house)
    assert "100 of 100 questions are understood" in words(desk.get(sent.location))
    kept = desk.send(sent.location, {"which": "whole", "title": "Nhiều"})
    assert working.run_next(house)
    assert "100 questions were added" in words(desk.get(kept.location))
    banks = [data.decode() for path, data in _drafts(house).items() if path.startswith("quizzes/banks/nhieu")]
    assert sum(bank.count("\n## ") for bank in banks) == 100
    assert max(len(bank.encode()) for bank in banks) < 20_000


def test_a_reading_that_was_broken_off_goes_on_without_doubling(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "\n\n".join(
        f"// [id:cau-{n}]\n::cau-{n}::[markdown]Câu số {n}? {{=đúng ~sai {'dài ' * 120}}}" for n in range(90)
    )
    monkeypatch.setattr(question_files, "AT_ONCE", 0)
    sent = send(desk, many)
    monkeypatch.setattr(question_files, "STEP", 40)
    kill_in_the_second_step(house, monkeypatch)
    assert "40 items are read so far" in words(desk.get(sent.location))
    house.clock.forward(minutes=5)  # type: ignore[attr-defined]
    assert working.run_next(house)
    assert "90 of 90 questions are understood" in words(desk.get(sent.location))


def kill_in_the_second_step(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the worker take the next job up, and end it before its second step is written down."""
    real, calls = working.advance, []

    def killed(*args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as broke:
        broke.setattr(working, "advance", killed)
        with pytest.raises(KeyboardInterrupt):
            working.run_next(house)


def test_a_keeping_that_was_broken_off_shows_how_far_it_was_and_goes_on_without_doubling(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "\n\n".join(f"// [id:cau-{n}]\n::cau-{n}::[markdown]Câu số {n}? {{=đúng ~sai}}" for n in range(90))
    sent = send(desk, many)
    monkeypatch.setattr(question_keeping, "AT_ONCE", 0)
    monkeypatch.setattr(question_keeping, "STEP", 40)
    monkeypatch.setattr(question_keeping, "FULL", 2_000)
    kept = desk.send(sent.location, {"which": "whole", "title": "Nhiều"})
    kill_in_the_second_step(house, monkeypatch)
    assert "40 of 90" in words(desk.get(kept.location))
    house.clock.forward(minutes=5)  # type: ignore[attr-defined]
    assert working.run_next(house)
    assert "90 questions were added" in words(desk.get(kept.location))
    banks = [data.decode() for path, data in _drafts(house).items() if path.startswith("quizzes/banks/nhieu")]
    assert sorted(key for bank in banks for key in re.findall(r"\{#(cau-\d+)\}", bank)) == sorted(
        f"cau-{n}" for n in range(90)
    )
    assert len(banks) > 2


def test_a_picture_that_came_along_is_published_with_the_course_and_shown_to_learners(
    desk: ProofReader, house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    made = FORMATS["moodle_xml"].write([_pictured()], plain_html)
    keep(desk, send(desk, made.data, "hinh.xml"))
    assert _drafts(house)["quizzes/banks/media/diem.png"] == POINT
    files = small_course()
    quiz = files[QUIZ_PATH].replace(b"- [mot](banks/thu-tai.md#mot)", "- [hình](banks/nhap-ve.md#hinh)".encode())
    publish(house, {**files, QUIZ_PATH: quiz})
    learner = client(make_person())
    page = learner.get(begin(learner)).get_data(as_text=True)
    source = page.split('<img alt="Một điểm" src="')[1].split('"')[0]
    assert learner.get(source).get_data() == POINT


def test_two_files_that_bring_pictures_of_one_name_keep_both(desk: ProofReader, house: House) -> None:
    for number, data in enumerate((POINT, POINT + b"\x00")):
        question = replace(
            read(f"## Hình {number}? {{#hinh-{number}}}\n![Một điểm](media/diem.png)\n\n= điểm\n")[0][0],
            media=(Medium("media/diem.png", data),),
        )
        keep(
            desk,
            send(desk, FORMATS["moodle_xml"].write([question], plain_html).data, f"{number}.xml"),
            title=f"Nhập {number}",
        )
    pictures = {path: data for path, data in _drafts(house).items() if path.endswith(".png") and "banks" in path}
    assert sorted(pictures.values()) == sorted([POINT, POINT + b"\x00"])
    other = next(path for path in pictures if path != "quizzes/banks/media/diem.png")
    assert f"]({other.removeprefix('quizzes/banks/')})" in draft(house, "quizzes/banks/nhap-1.md")


def test_the_page_after_keeping_names_the_bank_by_its_title(desk: ProofReader) -> None:
    said = keep(desk, send(desk, SOUND), title="Ngân hàng nhập về")
    assert "Ngân hàng nhập về" in said
    assert "ngan-hang-nhap-ve" not in said


def test_an_item_that_was_mended_is_counted_as_that_alone(desk: ProofReader) -> None:
    sent = send(desk)
    page = desk.get(f"{sent.location}/3")
    desk.send(f"{sent.location}/3", fields(page, text="## Câu lành? {#lanh}\n\n= một\n", go="save-text"))
    said = words(desk.get(sent.location))
    assert "3 of 3 questions are understood" in said
    for one in ("Understood2", "Not understood0", "Mended by you1"):
        assert one in said, one
    assert "Câu lành?" in words(desk.get(f"{sent.location}?state=mended"))
    assert "Câu lành?" not in words(desk.get(f"{sent.location}?state=not"))


def test_what_a_file_held_is_dropped_a_month_after_its_last_use_and_its_questions_stay(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader], clock: Clock
) -> None:
    trainer = make_person("trainer")
    made = FORMATS["moodle_xml"].write([_pictured()], plain_html).data
    sent = {
        name: send(client(trainer), data, name).location for name, data in (("a.xml", made), ("b.gift", SOUND.encode()))
    }
    clock.forward(days=20)
    desk = client(trainer)
    keep(desk, send(desk, made, "a.xml"), title="Nhập về")
    desk.send(
        f"{sent['b.gift']}/1",
        fields(desk.get(f"{sent['b.gift']}/1"), text="## Câu khác? {#k}\n\n= một\n", go="save-text"),
    )
    clock.forward(days=20)
    assert question_files.drop_old_files(practice) == 1
    desk = client(trainer)
    assert [desk.get(sent[name]).status_code for name in ("a.xml", "b.gift")] == [404, 200]
    clock.forward(days=31)
    assert question_files.drop_old_files(practice) == 2
    with practice.reading(NOBODY) as work:
        left = [
            work.session.scalar(select(func.count()).select_from(table))
            for table in (QuestionFile, QuestionItem, QuestionMedium)
        ]
    assert left == [0, 0, 0]
    assert "hinh" in draft(practice, "quizzes/banks/nhap-ve.md")
    desk = client(trainer)
    assert "Here already, the same1" in words(desk.get(send(desk, made, "a.xml").location))


def _pictured() -> WrittenQuestion:
    """A question with a picture."""
    return replace(
        read("## Hình này là gì? {#hinh}\n![Một điểm](media/diem.png)\n\n= điểm\n")[0][0],
        media=(Medium("media/diem.png", POINT),),
    )
