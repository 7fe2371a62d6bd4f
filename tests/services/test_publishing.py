"""Publishing: editions, what makes a new one, what learners keep, and the cache that can be thrown away."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import delete, select

from elearning.content.problems import ContentError
from elearning.services import preparing, publishing
from elearning.services.editions import EditionShelf
from elearning.services.work import NOBODY, House
from elearning.store.models import text as texts
from elearning.store.models.learning import AttemptSlot
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import BANK, COURSE, QUIZ_PATH, lesson, publish, small_course
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin, everything, hand_in, right_answers, row_of, save

LESSON = f"courses/{COURSE}/mo-dau.md"


def test_the_first_edition_is_number_one_and_live(house: House) -> None:
    done = publish(house, small_course())
    assert (done.course, done.number, done.fresh) == (COURSE, 1, True)
    course = everything(house, texts.Course)[0]
    assert (course.key, course.title, course.activities) == (COURSE, "Luyện tập", 3)
    assert course.live_id == everything(house, texts.Edition)[0].id


def test_an_edition_names_all_that_the_course_reaches(house: House) -> None:
    publish(house, {**small_course(), "courses/luyen-tap/thua.md": lesson("Thừa").encode()})
    paths = {row.path for row in everything(house, texts.EditionText)}
    assert paths == set(small_course())


def test_where_nothing_has_changed_there_is_no_new_edition(house: House) -> None:
    publish(house, small_course())
    again = publish(house, small_course())
    assert (again.number, again.fresh) == (1, False)
    assert len(everything(house, texts.Edition)) == 1


def test_a_changed_text_makes_a_new_edition_and_the_old_one_stays(house: House, clock: Clock) -> None:
    files = small_course()
    publish(house, files)
    clock.forward(hours=1)
    done = publish(house, {**files, LESSON: lesson("Mở đầu", "Nội dung mới.").encode()})
    assert (done.number, done.fresh) == (2, True)
    first, second = everything(house, texts.Edition)
    assert first.digest != second.digest
    with house.reading(NOBODY) as work:
        old = work.shelf.get(work.session, first.digest).lessons["mo-dau"].parts[0].html
        new = work.shelf.get(work.session, second.digest).lessons["mo-dau"].parts[0].html
    assert "Nội dung mới" in new
    assert "Nội dung mới" not in old


def test_going_back_to_an_old_text_is_a_new_edition(house: House) -> None:
    files = small_course()
    publish(house, files)
    publish(house, {**files, LESSON: lesson("Mở đầu", "Khác.").encode()})
    back = publish(house, files)
    assert (back.number, back.fresh) == (3, True)
    digests = [row.digest for row in everything(house, texts.Edition)]
    assert digests[0] == digests[2] != digests[1]


def test_a_failed_publish_leaves_everything_as_it_was(house: House) -> None:
    files = small_course()
    publish(house, files)
    live = everything(house, texts.Course)[0].live_id
    broken = files[BANK].replace(b"[x] Tr", b"[ ] Tr")
    with pytest.raises(ContentError) as refused:
        publish(house, {**files, BANK: broken, LESSON: b"---\ntitle: X\nnonsense: 1\n---\nA\n"})
    assert {problem.path for problem in refused.value.problems} >= {BANK, LESSON}
    assert everything(house, texts.Course)[0].live_id == live
    assert len(everything(house, texts.Edition)) == 1


def test_a_publish_that_breaks_halfway_is_rolled_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, small_course())

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broke:
        broke.setattr("elearning.services.publishing.texts.keep_compiled", broken)
        with pytest.raises(RuntimeError), house.writing(NOBODY) as work:
            publishing.publish(work, COURSE)
    assert everything(house, texts.Course) == everything(house, texts.Edition) == []
    with house.writing(NOBODY) as work:
        assert publishing.publish(work, COURSE).number == 1


def test_a_course_that_is_not_there_cannot_be_published(house: House) -> None:
    with pytest.raises(ContentError):
        publish(house, small_course(), "khong-co")


def test_an_attempt_keeps_the_edition_it_began_on(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person())
    attempt = begin(browser)
    files = small_course()
    turned = files[BANK].replace("- [ ] Sáng".encode(), "- [x] Tối".encode()).replace(b"- [x] Tr", b"- [ ] Tr")
    publish(practice, {**files, BANK: turned})
    assert "Sáng" in words(browser.get(attempt))
    save(browser, attempt, {"1": "b"})
    hand_in(browser, attempt)
    assert row_of(practice, attempt).share_num == 1
    later = begin(browser)
    assert "Tối" in words(browser.get(later))
    assert right_answers(practice, later)["1"] == "a"
    assert row_of(practice, later).edition_id != row_of(practice, attempt).edition_id


def test_what_was_completed_stays_completed_when_the_course_grows(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person())
    begin(browser)
    browser.send(f"/courses/{COURSE}/mo-dau/complete")
    files = small_course()
    path = f"courses/{COURSE}/course.md"
    grown = files[path].replace("- [Thử tài]".encode(), "- [Thêm](them.md)\n- [Thử tài]".encode())
    publish(practice, {**files, path: grown, f"courses/{COURSE}/them.md": lesson("Thêm").encode()})
    assert "1 of 4" in words(browser.get(f"/courses/{COURSE}"))


def test_the_cache_can_be_thrown_away_and_is_made_again_from_the_texts(
    platform: House, make_person: Callable[..., Someone], enrol: Callable[..., None], client: Callable[..., ProofReader]
) -> None:
    someone = make_person()
    enrol(someone)
    browser, address = client(someone), "/courses/khung-phap-ly/khi-nao-dong-ho-bat-dau"
    before = words(browser.get(address))
    with platform.reading(NOBODY) as work:
        digest = work.session.scalars(select(texts.Edition.digest)).first() or ""
        compiled = work.shelf.get(work.session, digest)
    with platform.writing(NOBODY) as work:
        work.session.execute(delete(texts.CompiledEdition))
    platform.shelf.held.clear()
    assert words(browser.get(address)) == before
    with platform.reading(NOBODY) as work:
        assert work.shelf.get(work.session, digest) == compiled


def test_an_edition_that_never_was_is_no_edition(house: House) -> None:
    with house.reading(NOBODY) as work, pytest.raises(LookupError):
        work.shelf.get(work.session, "0" * 64)


def test_the_shelf_drops_what_was_used_longest_ago(house: House) -> None:
    shelf = EditionShelf(house.shelf.render, room=25)
    for name in ("one", "two", "three"):
        shelf.put(name, None, 10)  # type: ignore[arg-type]  # only sizes matter here
    assert list(shelf.held) == ["two", "three"]
    shelf.put("large", None, 1_000)  # type: ignore[arg-type]
    assert list(shelf.held) == ["large"]


def test_a_second_look_at_an_edition_costs_no_statement(practice: House, statements: Callable[..., object]) -> None:
    digest = everything(practice, texts.Edition)[0].digest
    with practice.reading(NOBODY) as work:
        work.shelf.get(work.session, digest)
        with statements() as seen:  # type: ignore[attr-defined]
            work.shelf.get(work.session, digest)
    assert seen.statements == []


def test_importing_keeps_every_byte_and_counts_what_changed(house: House) -> None:
    files = {"courses/a/x.md": b"\xef\xbb\xbfa\r\nb  \n", "courses/a/y.md": "Ánh".encode(), "courses/a/z.md": b""}
    with house.writing(NOBODY) as work:
        assert publishing.import_texts(work, files) == publishing.Imported(3, 0, 0)
    with house.writing(NOBODY) as work:
        changed = {**files, "courses/a/z.md": b"z"}
        assert publishing.import_texts(work, changed) == publishing.Imported(0, 1, 2)
    with house.reading(NOBODY) as work:
        assert publishing.export_texts(work) == changed
    assert len(everything(house, texts.Save)) == 4


def test_the_same_bytes_under_two_paths_are_kept_once(house: House) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {"courses/a/x.md": b"same", "courses/b/x.md": b"same"})
    assert len(everything(house, texts.TextBytes)) == 1
    assert len(everything(house, texts.Save)) == 2


def test_starters_are_published_once_and_never_over_what_is_there(
    house: House, starter_files: Mapping[str, bytes]
) -> None:
    assert preparing.publish_starters(house, starter_files) == ["khung-phap-ly"]
    assert preparing.publish_starters(house, starter_files) == []
    assert len(everything(house, texts.Edition)) == 1


def test_an_edition_lists_the_laws_it_cites_and_not_the_register(platform: House) -> None:
    edition = everything(platform, texts.Edition)[0]
    assert "nd-244-2026" in edition.laws
    assert "courses/laws.md" not in {row.path for row in everything(platform, texts.EditionText)}


def test_the_paper_of_an_attempt_names_the_version_of_each_question(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    begin(client(make_person()))
    slots = everything(practice, AttemptSlot)
    assert [slot.question for slot in slots] == ["mot", "nhieu", "ngan", "so", "thu-tu"]
    assert len({slot.version for slot in slots}) == 5
    assert {slot.bank for slot in slots} == {BANK}
    assert QUIZ_PATH not in {slot.bank for slot in slots}
