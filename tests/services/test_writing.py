"""The editor: what is said of a text, what learners will see, comments that follow their line, and merging."""

from collections.abc import Callable
from datetime import date

import pytest

from elearning.domain.errors import Mistaken, NotFound
from elearning.services import comparing, drafting, finding, merging, previewing, remarks, writing
from elearning.services.checking import Checking
from elearning.services.drafting import Conflict, Saved
from elearning.services.work import House
from elearning.store.models.learning import Enrolment
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import COURSE, lesson, publish, small_course
from tests.web.sitting import everything

PATH = f"courses/{COURSE}/mo-dau.md"
QUESTION = "### Hỏi? {#q .question}\n\n- [x] Đúng\n- [ ] Sai\n\n> Vì thế.\n{: points=1 }\n"
LAWS = '## Luật cũ {#cu}\nX.\n{: number="1/2017" issuer="QH" from=2017-01-01 until=2026-06-30 verified=V source="x" }\n'
Make = Callable[..., Someone]


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    publish(house, {**small_course(), "courses/laws.md": LAWS.encode()})
    return make_person("trainer", name="Lê Thu")


def save(house: House, who: Someone, text: str, path: str = PATH, made_on: int | None = None) -> Saved | Conflict:
    with house.writing(who.actor) as work:
        return drafting.save_draft(work, path, text, made_on or drafting.draft(work, path).save_id)


def test_the_editor_shows_the_draft_with_what_is_wrong_by_line(house: House, trainer: Someone) -> None:
    save(house, trainer, lesson("Mới", "![](media/x.png)"))
    with house.reading(trainer.actor) as work:
        page = writing.editor(work, PATH)
    assert (page.title, page.course_title, page.by, page.can_show) == ("Mới", "Luyện tập", "Lê Thu", True)
    assert [(one.line, one.must) for one in page.told] == [(7, True), (7, True)]


def test_a_document_that_has_ended_is_told_as_advice_at_its_first_place(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        look = writing.look(work, PATH, lesson("A", "Xưa [a](law:cu#1).\n\n[b](law:cu#2)"))
    (one,) = look.told
    assert (one.line, one.must, one.message.named["day"]) == (7, False, date(2026, 6, 30))


def test_a_lesson_longer_than_its_minutes_say_is_told_as_advice(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        look = writing.look(work, PATH, lesson("A", "chữ " * 2_000))
    assert (look.words, look.minutes) == (2_000, 10)
    assert [(one.line, one.must) for one in look.told] == [(3, False)]


def test_the_preview_is_the_page_that_learners_get(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        page = previewing.preview(work, PATH, lesson("Tên mới", "**Đậm**"))
    assert page.title == "Tên mới"
    assert page.parts[0].html == "<p><strong>Đậm</strong></p>"
    assert [item.title for item in page.items] == ["Mở đầu", "Thực hành", "Thử tài"]
    assert page.following is not None
    assert (page.number, page.following.key) == (1, "thuc-hanh")


def test_the_preview_of_nothing_typed_is_that_of_the_draft(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        assert "Nội dung." in previewing.preview(work, PATH).parts[0].html


def test_a_check_question_in_a_preview_is_judged_and_nothing_is_kept(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        page = previewing.preview(work, PATH, lesson("A", QUESTION), Checking("q", "a"))
    view = next(part.check for part in page.parts if part.check)
    assert view.checked is not None
    assert view.checked.verdict == "right"
    assert everything(house, Enrolment) == []


def test_a_text_that_cannot_be_read_says_why_there_is_no_preview(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work, pytest.raises(Mistaken, match="200 kB"):
        previewing.preview(work, PATH, "x" * 300_000)


@pytest.mark.parametrize("path", [f"courses/{COURSE}/course.md", "quizzes/thu-tai.md", "courses/laws.md"])
def test_what_is_no_lesson_has_no_preview(path: str, house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work, pytest.raises(NotFound):
        previewing.preview(work, path)


def test_what_a_text_may_cite_is_found_by_words_without_tones(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        assert [one.href for one in finding.find(work, PATH, "1/2017")] == ["law:cu"]
        assert [one.href for one in finding.find(work, PATH, "THU tai")] == ["quiz:thu-tai"]
        assert [one.href for one in finding.find(work, PATH, "thuc hanh")] == ["thuc-hanh.md"]
        assert finding.find(work, PATH, "luật")[0].ended


def test_a_comment_follows_its_line_until_it_is_settled(house: House, trainer: Someone) -> None:
    with house.writing(trainer.actor) as work:
        there = drafting.draft(work, PATH)
        remarks.remark(work, PATH, there.save_id, 7, "Dẫn nguồn?")
    save(house, trainer, lesson("Mở đầu", "Thêm.\n\nNội dung."))
    with house.writing(trainer.actor) as work:
        (one,) = writing.editor(work, PATH).remarks
        assert (one.line, one.words, one.by) == (9, "Dẫn nguồn?", "Lê Thu")
        remarks.settle(work, PATH, one.id)
        assert writing.editor(work, PATH).remarks == ()


@pytest.mark.parametrize(("line", "words"), [(0, "x"), (99, "x"), (1, "  "), (1, "x" * 2_001)])
def test_a_comment_needs_words_and_a_line_that_is_there(line: int, words: str, house: House, trainer: Someone) -> None:
    with pytest.raises(Mistaken), house.writing(trainer.actor) as work:
        remarks.remark(work, PATH, drafting.draft(work, PATH).save_id, line, words)


def met(house: House, one: Someone, other: Someone, mine: str, theirs: str) -> int:
    """Both begin from the same draft, the other saves first; the number of that save."""
    with house.reading(one.actor) as work:
        common = drafting.draft(work, PATH).save_id
    done = save(house, other, theirs, PATH, common)
    assert isinstance(done, Saved)
    assert isinstance(save(house, one, mine, PATH, common), Conflict)
    return done.save_id


BASE = "---\ntitle: A\n---\nMột.\n\nHai.\n\nBa.\n"


def test_changes_in_different_places_are_merged_by_themselves(
    house: House, trainer: Someone, make_person: Make
) -> None:
    save(house, trainer, BASE)
    other = make_person("trainer", name="Lê Hai")
    on = met(house, trainer, other, BASE.replace("Một", "MỘT"), BASE.replace("Ba", "BA"))
    with house.writing(trainer.actor) as work:
        page = merging.merge_page(work, PATH)
        assert (page.by, page.collisions, page.on) == ("Lê Hai", (), on)
        merging.merge(work, PATH, on, {})
        assert drafting.draft(work, PATH).text == "---\ntitle: A\n---\nMỘT.\n\nHai.\n\nBA.\n"
        assert drafting.waiting_conflict(work, PATH) is None


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Hai của tôi."), ("theirs", "Hai khác."), ("both", "Hai khác.\nHai của tôi.")]
)
def test_where_both_changed_the_same_line_the_choice_decides(
    choice: str, kept: str, house: House, trainer: Someone, make_person: Make
) -> None:
    save(house, trainer, BASE)
    on = met(
        house, trainer, make_person("trainer"), BASE.replace("Hai.", "Hai của tôi."), BASE.replace("Hai.", "Hai khác.")
    )
    with house.writing(trainer.actor) as work:
        (collision,) = merging.merge_page(work, PATH).collisions
        merging.merge(work, PATH, on, {collision.number: choice})
        assert drafting.draft(work, PATH).text == BASE.replace("Hai.", kept)


def test_texts_far_too_long_to_compare_are_merged_as_a_whole(house: House, trainer: Someone, make_person: Make) -> None:
    save(house, trainer, BASE)
    long = "chung\n" * 100_000
    on = met(house, trainer, make_person("trainer"), long + "tôi\n", long + "khác\n")
    with house.writing(trainer.actor) as work:
        assert len(merging.merge_page(work, PATH).collisions) == 1
        merging.merge(work, PATH, on, {1: "mine"})
        assert drafting.draft(work, PATH).text == long + "tôi\n"


def test_nothing_is_saved_while_a_choice_is_missing(house: House, trainer: Someone, make_person: Make) -> None:
    save(house, trainer, BASE)
    on = met(house, trainer, make_person("trainer"), BASE.replace("Hai.", "X."), BASE.replace("Hai.", "Y."))
    with pytest.raises(Mistaken, match="Choose"), house.writing(trainer.actor) as work:
        merging.merge(work, PATH, on, {})
    with house.reading(trainer.actor) as work:
        assert merging.merge_page(work, PATH).text == BASE.replace("Hai.", "X.")


def test_a_merge_that_is_out_of_date_is_looked_at_again(house: House, trainer: Someone, make_person: Make) -> None:
    save(house, trainer, BASE)
    other = make_person("trainer")
    on = met(house, trainer, other, BASE.replace("Một", "M"), BASE.replace("Ba", "B"))
    save(house, other, BASE.replace("Ba", "C"))
    with pytest.raises(Mistaken, match="once more"), house.writing(trainer.actor) as work:
        merging.merge(work, PATH, on, {})


def test_a_text_that_was_removed_meanwhile_comes_back_with_my_words(
    house: House, trainer: Someone, make_person: Make
) -> None:
    save(house, trainer, BASE)
    other = make_person("trainer")
    with house.writing(other.actor) as work:
        common = drafting.draft(work, PATH).save_id
        gone = drafting.remove(work, PATH)
    assert isinstance(save(house, trainer, BASE + "Bốn.\n", PATH, common), Conflict)
    with house.writing(trainer.actor) as work:
        assert merging.merge_page(work, PATH).removed
        merging.merge(work, PATH, gone.save_id, {})
        assert drafting.draft(work, PATH).text == BASE + "Bốn.\n"


def test_the_history_shows_one_line_for_all_that_was_saved_while_somebody_wrote(
    house: House, trainer: Someone, clock: Clock
) -> None:
    for number in range(4):
        clock.forward(minutes=1)
        with house.writing(trainer.actor) as work:
            there = drafting.draft(work, PATH).save_id
            drafting.save_draft(work, PATH, f"{number}\n", there, auto=True)
    with house.reading(trainer.actor) as work:
        page = comparing.history_page(work, PATH)
        assert [one.by for one in page.versions] == ["Lê Thu", ""]
        newest, oldest = (one.save_id for one in page.versions)
        passages = comparing.history_page(work, PATH, newest, oldest).passages
    assert "3" in "".join(run.text for one in passages for run in one.runs if run.kind == "in")
