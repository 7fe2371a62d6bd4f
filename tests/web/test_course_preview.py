"""A draft or an edition as a learner sees it on any day: the same pages, and not a row more in the database."""

from collections.abc import Callable

import pytest

from elearning.services import publishing
from elearning.services.work import NOBODY, House
from tests.services.cast import Someone
from tests.services.texts import COURSE, QUIZ, lesson, small_course
from tests.store.databases import rows_of
from tests.web.access_world import CHECK
from tests.web.proofreading import ProofReader, page, words

HERE = f"/author/courses/{COURSE}/preview"
DRAFT, FIRST = f"{HERE}/draft/2026-11-23", f"{HERE}/1/2026-11-23"
LESSON = f"courses/{COURSE}/mo-dau.md"
REGISTER = '## Nghị định {#nd-1}\nThử.\n{: number="1/2026" from=2026-01-01 until=2026-06-30 }\n'


@pytest.fixture
def trainer(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    with practice.writing(NOBODY) as work:
        body = f"Bản nháp, theo [Điều 1](law:nd-1#1).\n{CHECK}"
        publishing.import_texts(work, {LESSON: lesson("Mở đầu", body).encode(), "courses/laws.md": REGISTER.encode()})
    with practice.writing(NOBODY) as work:
        publishing.put_live(work, publishing.drafted(work, COURSE))
        publishing.roll_back(work, COURSE, 1)
    return client(make_person("trainer"))


def links(answer: object) -> set[str]:
    return {str(one.get("href")) for one in page(answer).iter("a")}  # type: ignore[arg-type]  # any answer


def test_the_draft_and_the_edition_are_told_apart(trainer: ProofReader) -> None:
    assert "Bản nháp" in words(trainer.get(f"{DRAFT}/mo-dau"))
    assert "Bản nháp" not in words(trainer.get(f"{FIRST}/mo-dau"))
    assert "Preview of the draft, as on 23/11/2026. Nothing here is recorded." in words(trainer.get(DRAFT))
    assert "Preview of edition 1" in words(trainer.get(FIRST))


def test_all_ways_within_the_course_stay_in_the_preview(trainer: ProofReader) -> None:
    for address in (DRAFT, f"{DRAFT}/mo-dau", f"{DRAFT}/quizzes/{QUIZ}"):
        answer = trainer.get(address)
        assert not {one for one in links(answer) if one.startswith("/courses/")}, address
        assert not {one for one in answer.get_data(as_text=True).split('action="') if one.startswith("/courses/")}
    assert f"{DRAFT}/mo-dau" in links(trainer.get(DRAFT))


@pytest.mark.parametrize(
    ("day", "said"), [("2026-06-30", "in force"), ("2026-07-01", "ended"), ("2025-12-31", "not in force yet")]
)
def test_laws_are_shown_as_they_stand_on_the_day(trainer: ProofReader, day: str, said: str) -> None:
    found = words(trainer.get(f"{HERE}/draft/{day}/mo-dau"))
    assert f"1/2026 Article 1 {said}" in found
    assert ("Cited here and no longer in force" in found) == (day == "2026-07-01")


def test_nothing_that_is_done_in_a_preview_is_recorded(trainer: ProofReader, practice: House) -> None:
    trainer.get(DRAFT)
    before = rows_of(practice.store)
    trainer.get(f"{DRAFT}/mo-dau")
    answer = trainer.send(f"{DRAFT}/mo-dau/check/mot", {"a1.shown": "1", "a1": "b"})
    assert "Right" in words(answer)
    assert trainer.send(f"{DRAFT}/mo-dau/complete").headers["Location"].endswith(f"{DRAFT}/thuc-hanh")
    assert trainer.send(f"{DRAFT}/thuc-hanh/complete").headers["Location"].endswith(f"{DRAFT}/quizzes/{QUIZ}")
    paper = trainer.send(f"{DRAFT}/quizzes/{QUIZ}").headers["Location"]
    assert "Chọn một?" in words(trainer.get(paper))
    after = rows_of(practice.store)
    for rows in (before, after):
        rows.pop("browser_session")
    assert before == after


def test_a_form_leads_to_the_preview_it_asks_for(trainer: ProofReader) -> None:
    assert trainer.get(f"{HERE}?which=1&day=2026-06-01").headers["Location"].endswith(f"{HERE}/1/2026-06-01")
    assert trainer.get(f"{HERE}?which=draft&day=").headers["Location"].endswith(DRAFT)


def test_a_draft_with_problems_leads_back_to_them(trainer: ProofReader, practice: House) -> None:
    with practice.writing(NOBODY) as work:
        publishing.import_texts(work, {LESSON: b"---\nno: 1\n---\n"})
    answer = trainer.get(DRAFT)
    assert answer.status_code == 303
    assert f"{LESSON}:2" in words(trainer.get(answer.headers["Location"]))
    assert trainer.get(f"{DRAFT}/mo-dau").status_code == 303


@pytest.mark.parametrize(
    "address",
    [f"{HERE}/9/2026-11-23", f"{HERE}/x/2026-11-23", f"{FIRST}/khong-co", "/author/courses/khong-co/preview/draft/x"],
)
def test_what_is_not_there_is_not_found(trainer: ProofReader, address: str) -> None:
    assert trainer.get(address).status_code in (303, 404)


def test_a_strict_course_is_open_from_end_to_end(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, small_course(order="strict", enrol="by-list"))
    assert client(make_person("trainer")).get(f"{DRAFT}/thuc-hanh").status_code == 200
