"""What of a course lacks a translation or is behind its original: told to trainers by name, to learners by a note."""

from collections.abc import Callable

import pytest

from elearning.content.text import digest_of
from elearning.domain.errors import NotFound
from elearning.services import publishing, translating
from elearning.services.translating import TranslationsPage
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts
from tests.services.cast import Someone
from tests.services.texts import BANK, COURSE, LESSONS, lesson, small_course
from tests.web.proofreading import ProofReader, words

LESSON, ENGLISH = f"courses/{COURSE}/mo-dau.md", f"courses/{COURSE}/mo-dau.en.md"
ENGLISH_BANK = BANK.replace(".md", ".en.md")
Make = Callable[..., Someone]


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    return make_person("trainer")


def english(of: str) -> bytes:
    return f"---\ntitle: Opening\nof: {of}\n---\nText.\n".encode()


def publish(house: House, files: dict[str, bytes]) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)
        publishing.publish(work, COURSE)


def page(house: House, who: Someone) -> TranslationsPage:
    with house.reading(who.actor) as work:
        return translating.translations_page(work, COURSE)


def question_digest(house: House, key: str) -> str:
    with house.reading(NOBODY) as work:
        live = texts.live_course(work.session, COURSE)
        assert live is not None
        return work.shelf.get(work.session, live.digest).banks[BANK][key].digest[:12]


def test_what_is_missing_is_told_text_by_text(practice: House, trainer: Someone) -> None:
    shown = page(practice, trainer)
    assert [(one.path.split("/")[-1], one.state) for one in shown.texts] == [
        ("course.md", "missing"), ("mo-dau.md", "missing"), ("thuc-hanh.md", "missing"), ("thu-tai.md", "missing")
    ]  # fmt: skip
    assert [(one.path, one.total, one.all_missing) for one in shown.banks] == [(BANK, 5, True)]
    assert (shown.language, shown.current, shown.total, shown.missing, shown.behind) == ("en", 0, 9, 9, 0)


def test_a_translation_falls_behind_when_its_original_moves_on_and_catches_up_when_somebody_says_so(
    practice: House, trainer: Someone
) -> None:
    files = small_course()
    publish(practice, {**files, ENGLISH: english(digest_of(files[LESSON])[:12])})
    assert page(practice, trainer).current == 1
    publish(practice, {LESSON: lesson("Mở đầu", "Mới.").encode()})
    shown = page(practice, trainer)
    assert [one.path for one in shown.texts if one.state == "behind"] == [LESSON]
    with practice.writing(trainer.actor) as work:
        translating.mark_current(work, COURSE, LESSON, "")
    assert (page(practice, trainer).behind, page(practice, trainer).current) == (0, 1)
    with practice.reading(NOBODY) as work:
        data = texts.draft_file(work.session, ENGLISH)
    assert data == english(digest_of(lesson("Mở đầu", "Mới.").encode())[:12])


def test_a_question_of_a_bank_stands_for_itself(practice: House, trainer: Someone) -> None:
    of = question_digest(practice, "ngan")
    bank = f"# Try\n\n## What to write? {{#ngan}}\n\n= decree\n\n{{: of={of} }}\n\n## How many? {{#so}}\n\n= 24 hours\n\n{{: }}\n"  # fmt: skip
    publish(practice, {ENGLISH_BANK: bank.encode()})
    rows = {one.item: one.state for one in page(practice, trainer).banks[0].needing}
    assert rows == {"mot": "missing", "nhieu": "missing", "so": "unmarked", "thu-tu": "missing"}
    changed = small_course()[BANK].replace("Viết gì?".encode(), "Viết thế nào?".encode())
    publish(practice, {BANK: changed})
    assert {one.item for one in page(practice, trainer).banks[0].needing if one.state == "behind"} == {"ngan"}
    with practice.writing(trainer.actor) as work:
        translating.mark_current(work, COURSE, BANK, "ngan")
        translating.mark_current(work, COURSE, BANK, "so")
    assert {one.state for one in page(practice, trainer).banks[0].needing} == {"missing"}
    with pytest.raises(NotFound), practice.writing(trainer.actor) as work:
        translating.mark_current(work, COURSE, BANK, "mot")


def test_learners_are_told_where_a_translation_is_behind(
    practice: House, make_person: Make, enrol: Callable[..., None], client: Callable[..., ProofReader]
) -> None:
    files = small_course()
    learner = make_person(language="en")
    enrol(learner, COURSE)
    browser, address = client(learner), f"/courses/{COURSE}/{LESSONS[0]}"
    said = "This lesson was changed after it was translated."
    publish(practice, {**files, ENGLISH: english(digest_of(files[LESSON])[:12])})
    assert said not in words(browser.get(address))
    publish(practice, {LESSON: lesson("Mở đầu", "Mới.").encode()})
    assert said in words(browser.get(address))


def test_a_course_that_cannot_be_read_shows_its_problems_instead(practice: House, trainer: Someone) -> None:
    with practice.writing(NOBODY) as work:
        publishing.import_texts(work, {LESSON: b"---\nno: 1\n---\n"})
    shown = page(practice, trainer)
    assert {one.path for one in shown.problems} == {LESSON}
    assert (shown.texts, shown.total) == ((), 0)
    with pytest.raises(NotFound), practice.reading(trainer.actor) as work:
        translating.translations_page(work, "khong-co")
