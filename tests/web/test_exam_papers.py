"""Papers of a quiz in the browser: what can be printed is told first, then the versions and their key come as a zip."""

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from werkzeug.test import TestResponse

from elearning.services import paper_making, publishing, working
from elearning.services.paper_making import Wanted
from elearning.services.work import NOBODY, House
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.test_exam_papers import QUIZ, files
from tests.web.proofreading import ProofReader, words

HEAD = {
    "versions": "2", "first": "201", "mix_questions": "y", "mix_options": "y", "above": "Ủy ban nhân dân tỉnh An Khuê",
    "issuer": "Sở Nội vụ", "occasion": "Kỳ thi nghiệp vụ năm 2026", "title": "Bài số 1", "minutes": "45", "language": "vi",
    "kind": "docx", "seed": "77",
}  # fmt: skip
ONLY_SCREEN = QUIZ.replace("- 2 x [Ngân hàng](banks/nh.md)", "- [Ngân hàng](banks/nh.md#xep)")


@pytest.fixture
def trainer(house: House, make_person: Callable[..., Someone]) -> Someone:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, dict(files()))
    return make_person("trainer")


@pytest.fixture
def desk(trainer: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    """A trainer's browser."""
    return client(trainer)


def save(house: House, text: str) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {"quizzes/kt.md": text.encode()})


def fetched(browser: ProofReader, made: TestResponse) -> dict[str, bytes]:
    """The files of the zip that came of papers."""
    assert made.status_code == 303, words(made)
    with ZipFile(BytesIO(browser.get(f"{made.location}/file").data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_versions_and_the_key_come_as_one_zip_and_the_page_says_by_which_number(desk: ProofReader) -> None:
    assert "2 questions go on the paper" in words(desk.get("/author/papers/kt"))
    made = desk.send("/author/papers/kt", HEAD)
    assert sorted(fetched(desk, made)) == ["dap-an.docx", "de-201.docx", "de-202.docx"]
    said = words(desk.get(made.location))
    assert "2 versions are ready" in said
    assert "Number to draw them again77" in said
    assert "Papers 201–202" in words(desk.get("/author/papers/kt"))


def test_the_same_number_gives_the_same_papers_and_another_gives_others(desk: ProofReader) -> None:
    first = fetched(desk, desk.send("/author/papers/kt", HEAD))
    assert fetched(desk, desk.send("/author/papers/kt", HEAD)) == first
    assert fetched(desk, desk.send("/author/papers/kt", {**HEAD, "seed": "78"})) != first


def test_the_head_says_what_was_typed_in_the_language_that_was_chosen(desk: ProofReader, tmp_path: Path) -> None:
    got = fetched(desk, desk.send("/author/papers/kt", {**HEAD, "kind": "pdf"}))
    path = tmp_path / "de.pdf"
    path.write_bytes(got["de-201.pdf"])
    said = " ".join(
        subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
        .stdout.decode()
        .split()
    )
    for one in ("ỦY BAN NHÂN DÂN TỈNH AN KHUÊ", "SỞ NỘI VỤ", "KỲ THI NGHIỆP VỤ NĂM 2026", "Bài số 1", "45 phút", "201"):
        assert one in said, one
    assert "(Đề có 1 trang)" in said


def test_what_is_made_again_begins_with_what_was_asked_for_before(desk: ProofReader) -> None:
    made = desk.send("/author/papers/kt", {name: value for name, value in HEAD.items() if name != "mix_options"})
    again = desk.get(f"/author/papers/kt?like={made.location.rsplit('/', 1)[-1]}").get_data(as_text=True)
    for value in ("201", "Sở Nội vụ", "77"):
        assert f'value="{value}"' in again
    boxes = {name: "checked" in tag for tag, name in re.findall(r'(<input[^>]*name="(mix_[a-z]+)"[^>]*>)', again)}
    assert boxes == {"mix_questions": True, "mix_options": False}


def test_answers_that_are_not_to_be_shuffled_stay_in_their_order(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        texts = paper_making.texts_of(work, "kt")
    still = paper_making.papers(texts, "kt", Wanted(8, seed="5", mix_options=False, mix_questions=False).order)
    orders = {tuple(one.question.key for one in version.questions) for version in still.versions}
    answers = {
        tuple(option.spans[0].text for option in one.options)
        for version in still.versions
        for one in version.questions
        if one.question.key == "ai"
    }
    assert (len(orders), len(answers)) == (1, 1)
    mixed = paper_making.papers(texts, "kt", Wanted(8, seed="5").order)
    assert len({tuple(one.question.key for one in version.questions) for version in mixed.versions}) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"versions": "25"}, "Write a number from 1 to 24."),
        ({"versions": ""}, "Write a number from 1 to 24."),
        ({"first": "901"}, "Write a code from 1 to 900"),
        ({"first": "890", "versions": "24"}, ""),
        ({"seed": ""}, "Write up to 40 letters"),
        ({"seed": "a b"}, "Write up to 40 letters"),
        ({"minutes": "9999"}, "Write the minutes"),
        ({"title": "x" * 201}, "Shorten this to 200"),
        ({"kind": "odt"}, "Not a valid choice."),
    ],
)
def test_a_mistake_is_told_and_everything_typed_is_still_there(
    desk: ProofReader, wrong: dict[str, str], said: str
) -> None:
    sent = {**HEAD, **wrong}
    answer = desk.send("/author/papers/kt", sent)
    if not said:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert said in words(answer)
    page = answer.get_data(as_text=True)
    for name in ("versions", "first", "above", "issuer", "occasion", "seed"):
        assert f'value="{sent[name]}"' in page, name


def test_a_quiz_whose_questions_need_a_screen_is_told_question_by_question(desk: ProofReader, house: House) -> None:
    save(house, ONLY_SCREEN)
    said = words(desk.get("/author/papers/kt"))
    assert "No question of this quiz can be printed" in said
    assert "Questions of the type “Put in order” are answered on a screen only." in said
    assert "Make the papers" not in said
    refused = desk.send("/author/papers/kt", HEAD)
    assert refused.status_code == 422
    assert "No question of this quiz can be printed." in words(refused)


def test_a_quiz_that_cannot_be_drawn_says_why(desk: ProofReader, house: House) -> None:
    save(house, QUIZ.replace("- 2 x", "- 9 x"))
    assert "The banks hold too few questions" in words(desk.get("/author/papers/kt"))
    save(house, "---\ntitle: x\nfoo: 1\n---\n")
    assert "has problems. Check it first." in words(desk.get("/author/papers/kt"))
    assert desk.get("/author/papers/khong-co").status_code == 404


def test_many_papers_wait_for_the_worker_and_their_page_says_how_far_they_are(
    desk: ProofReader, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_making, "AT_ONCE", 0)
    made = desk.send("/author/papers/kt", {**HEAD, "versions": "24"})
    assert "The papers are being made" in words(desk.get(made.location))
    assert desk.get(f"{made.location}/file").status_code == 404
    working.run_next(house)
    assert "24 versions are ready" in words(desk.get(made.location))
    assert len(fetched(desk, made)) == 25


def test_papers_are_their_maker_s_alone_and_go_after_a_month(
    desk: ProofReader,
    house: House,
    clock: Clock,
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
) -> None:
    made = desk.send("/author/papers/kt", HEAD)
    other = client(make_person("trainer"))
    assert {other.get(f"{made.location}{end}").status_code for end in ("", "/file")} == {404}
    assert desk.get(made.location.replace("/kt/", "/khac/")).status_code == 404
    clock.forward(days=31)
    working.drop_old_files(house)
    browser = client(_same(house, made))
    assert "was dropped" in words(browser.get(made.location))
    assert browser.get(f"{made.location}/file").status_code == 404


def _same(house: House, made: TestResponse) -> Someone:
    """Whoever made the papers, to sign in anew after a month."""
    with house.reading(NOBODY) as work:
        job, _ = working.jobs.by_public(work.session, made.location.rsplit("/", 1)[-1]) or (None, False)
        assert job is not None
        actor = working.actor_of(work, job.by_id)
    assert actor is not None
    return Someone(actor.id, actor.name, "", actor, None)


def test_the_quiz_leads_to_its_papers(desk: ProofReader) -> None:
    page = desk.get("/author/texts/quizzes/kt.md").get_data(as_text=True)
    assert 'href="/author/papers/kt"' in page
    assert "/author/papers/" not in desk.get("/author/texts/quizzes/banks/nh.md").get_data(as_text=True)
