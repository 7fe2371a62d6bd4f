"""A course arranged line by line: what moves, what is added and taken out, and that everything else keeps its bytes."""

from collections.abc import Callable

import pytest

from elearning.domain.errors import Mistaken
from elearning.services import adding, course_tree, drafting, outlining, publishing, taking_out
from elearning.services.work import House, Work
from tests.services.cast import Someone
from tests.services.texts import COURSE, publish, small_course

PATH = f"courses/{COURSE}/course.md"
Make = Callable[..., Someone]
TWO = """---
title: Luyện tập
enrol: open
---
Lời đầu.

## Một {#mot}

- [Mở đầu](mo-dau.md)
- [Thực hành](thuc-hanh.md)

## Hai {#hai}

- [Thử tài](quiz:thu-tai)
"""


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    publish(house, {**small_course(), PATH: TWO.encode()})
    return make_person("trainer", name="Lê Thu")


def text(house: House, who: Someone) -> str:
    with house.reading(who.actor) as work:
        return drafting.draft(work, PATH).text


def do(house: House, who: Someone, deed: Callable[..., object], *values: object) -> object:
    """One deed on the outline as it stands."""
    with house.writing(who.actor) as work:
        return deed(work, COURSE, drafting.draft(work, PATH).save_id, *values)


def order(house: House, who: Someone) -> list[list[str]]:
    """The titles of the activities, module by module."""
    with house.reading(who.actor) as work:
        return [[item.title for item in module.items] for module in course_tree.tree(work, COURSE).modules]


def test_an_activity_moves_up_and_down_and_on_into_the_next_module(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.step, 9, True)
    assert order(house, trainer) == [["Thực hành", "Mở đầu"], ["Thử tài"]]
    do(house, trainer, outlining.step, 10, True)
    assert order(house, trainer) == [["Thực hành"], ["Mở đầu", "Thử tài"]]
    do(house, trainer, outlining.step, 13, False)
    assert order(house, trainer) == [["Thực hành", "Mở đầu"], ["Thử tài"]]


def test_an_activity_is_put_before_another_or_last_in_a_module(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.move, 14, 9)
    assert order(house, trainer) == [["Thử tài", "Mở đầu", "Thực hành"], []]
    do(house, trainer, outlining.move, 10, 13)
    assert order(house, trainer) == [["Thử tài", "Thực hành"], ["Mở đầu"]]


def test_moving_there_and_back_gives_the_same_bytes(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.move, 14, 9)
    do(house, trainer, outlining.move, 9, 13)
    assert text(house, trainer) == TWO


def test_the_course_can_be_published_after_every_move(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.step, 9, True)
    with house.writing(trainer.actor) as work:
        assert publishing.publish(work, COURSE).number == 2


def test_a_module_moves_with_all_its_lines(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.step_module, 7, True)
    assert order(house, trainer) == [["Thử tài"], ["Mở đầu", "Thực hành"]]
    assert text(house, trainer).startswith("---\ntitle: Luyện tập\nenrol: open\n---\nLời đầu.\n\n## Hai {#hai}\n")


def test_a_module_gets_another_title_and_keeps_its_key(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.rename_module, 7, "  Phần   đầu ")
    assert text(house, trainer) == TWO.replace("## Một {#mot}", "## Phần đầu {#mot}")


def test_a_new_module_gets_a_key_that_is_free(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.add_module, "Một")
    assert text(house, trainer).endswith("- [Thử tài](quiz:thu-tai)\n\n## Một {#mot-2}\n\n")


def test_a_lesson_is_renamed_in_its_text_and_in_the_outline(house: House, trainer: Someone) -> None:
    do(house, trainer, outlining.rename, 9, 'Mở "đầu": mới')
    assert order(house, trainer)[0][0] == 'Mở "đầu": mới'
    assert text(house, trainer) == TWO.replace("[Mở đầu]", '[Mở "đầu": mới]')
    with house.writing(trainer.actor) as work:
        publishing.publish(work, COURSE)


def test_a_new_lesson_stands_last_in_its_module_and_can_be_published(house: House, trainer: Someone) -> None:
    path = do(house, trainer, adding.add_lesson, 7, "Đồng hồ 24 giờ", "Viết ở đây.")
    assert path == "courses/luyen-tap/03-dong-ho-24-gio.md"
    assert order(house, trainer) == [["Mở đầu", "Thực hành", "Đồng hồ 24 giờ"], ["Thử tài"]]
    with house.writing(trainer.actor) as work:
        assert publishing.publish(work, COURSE).fresh


def test_a_new_quiz_is_sound_from_the_first(house: House, trainer: Someone) -> None:
    body = "Về gì.\n\n## Phần 1 {#phan-1}\n\n### Hỏi? {#cau-1 .question}\n\n- [x] A\n- [ ] B\n\n{: points=1 }"
    do(house, trainer, adding.add_quiz, 7, "Tự kiểm tra", body)
    with house.writing(trainer.actor) as work:
        assert publishing.publish(work, COURSE).fresh
    assert order(house, trainer)[0][-1] == "Tự kiểm tra"


def test_the_key_of_something_that_was_removed_is_not_given_again(house: House, trainer: Someone) -> None:
    first = do(house, trainer, adding.add_lesson, 7, "Mới", "Viết.")
    with house.writing(trainer.actor) as work:
        drafting.remove(work, str(first))
    second = do(house, trainer, adding.add_lesson, 7, "Mới", "Viết.")
    assert str(second).endswith("-moi-2.md")


def test_a_copy_has_a_title_and_a_key_of_its_own(house: House, trainer: Someone) -> None:
    do(house, trainer, adding.duplicate, 9, "bản sao")
    assert order(house, trainer)[0] == ["Mở đầu", "Thực hành", "Mở đầu (bản sao)"]
    with house.writing(trainer.actor) as work:
        assert publishing.publish(work, COURSE).fresh


def test_what_was_taken_out_comes_back_where_it_stood(house: House, trainer: Someone) -> None:
    thing = do(house, trainer, taking_out.remove, 9)
    assert order(house, trainer) == [["Thực hành"], ["Thử tài"]]
    with house.writing(trainer.actor) as work:
        taking_out.bring_back(work, str(thing), COURSE)
    assert text(house, trainer) == TWO
    assert order(house, trainer) == [["Mở đầu", "Thực hành"], ["Thử tài"]]


def test_a_quiz_is_only_taken_out_of_the_outline_and_comes_back(house: House, trainer: Someone) -> None:
    thing = do(house, trainer, taking_out.remove, 14)
    assert thing == "quiz:thu-tai"
    with house.writing(trainer.actor) as work:
        assert drafting.draft(work, "quizzes/thu-tai.md").text
        taking_out.bring_back(work, "quiz:thu-tai", COURSE)
    assert order(house, trainer) == [["Mở đầu", "Thực hành"], ["Thử tài"]]


def test_a_lesson_goes_and_comes_with_its_translation(house: House, trainer: Someone) -> None:
    english = f"courses/{COURSE}/mo-dau.en.md"
    with house.writing(trainer.actor) as work:
        drafting.save_draft(work, english, "---\ntitle: Beginning\n---\nText.\n", None)
    do(house, trainer, taking_out.remove, 9)
    assert english not in paths(house, trainer)
    with house.writing(trainer.actor) as work:
        taking_out.bring_back(work, f"courses/{COURSE}/mo-dau.md")
    assert english in paths(house, trainer)


def paths(house: House, who: Someone) -> set[str]:
    with house.reading(who.actor) as work:
        return set(publishing.export_texts(work))


def test_the_page_of_what_was_removed_names_it_until_it_is_back(house: House, trainer: Someone) -> None:
    do(house, trainer, taking_out.remove, 9)
    with house.writing(trainer.actor) as work:
        (one,) = taking_out.removed(work)
        assert (one.path, one.title, one.by) == (f"courses/{COURSE}/mo-dau.md", "Mở đầu", "Lê Thu")
        taking_out.bring_back(work, one.path)
        assert taking_out.removed(work) == ()


def test_nothing_is_done_on_an_outline_that_has_changed_since(house: House, trainer: Someone) -> None:
    with house.reading(trainer.actor) as work:
        on = drafting.draft(work, PATH).save_id
    do(house, trainer, outlining.step, 9, True)
    before = text(house, trainer)

    def late(work: Work) -> None:
        outlining.step(work, COURSE, on, 9, True)

    with pytest.raises(Mistaken, match="changed since"), house.writing(trainer.actor) as work:
        late(work)
    assert text(house, trainer) == before


def test_an_outline_with_other_line_ends_keeps_them(house: House, make_person: Make) -> None:
    data = TWO.replace("\n", "\r\n").encode()
    publish(house, {**small_course(), PATH: data})
    trainer = make_person("trainer")
    do(house, trainer, outlining.step, 9, True)
    do(house, trainer, outlining.step, 9, True)
    with house.reading(trainer.actor) as work:
        assert drafting.draft(work, PATH).data == data


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_is_needed(title: str, house: House, trainer: Someone) -> None:
    with pytest.raises(Mistaken):
        do(house, trainer, outlining.add_module, title)


def test_the_tree_names_the_banks_that_its_quizzes_draw_from_and_what_must_be_mended(
    house: House, trainer: Someone
) -> None:
    with house.writing(trainer.actor) as work:
        lesson = drafting.draft(work, f"courses/{COURSE}/mo-dau.md")
        drafting.save_draft(work, lesson.path, "---\ntitle: Mở đầu\n---\n# Sai\n", lesson.save_id)
    with house.reading(trainer.actor) as work:
        page = course_tree.tree(work, COURSE)
    assert [one.path for one in page.banks] == ["quizzes/banks/thu-tai.md"]
    assert [(one.path, one.line) for one in page.problems] == [(f"courses/{COURSE}/mo-dau.md", 4)]
    assert [item.problems for item in page.modules[0].items] == [1, 0]


@pytest.mark.parametrize(("drawn", "number"), [("<path d='M0 0h9v9z'/>", 0), ("<script>1</script>", 1)])
def test_a_drawing_is_looked_at_before_publishing(drawn: str, number: int, house: House, trainer: Someone) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'
    with house.writing(trainer.actor) as work:
        publishing.import_texts(work, {f"courses/{COURSE}/media/hinh.svg": svg.encode()})
        lesson = drafting.draft(work, f"courses/{COURSE}/mo-dau.md")
        drafting.save_draft(work, lesson.path, f"{lesson.text}\n![Một hình](media/hinh.svg)\n", lesson.save_id)
    with house.reading(trainer.actor) as work:
        assert len(course_tree.tree(work, COURSE).problems) == number


def test_a_new_course_can_be_published_at_once(house: House, make_person: Make) -> None:
    trainer = make_person("trainer")
    with house.writing(trainer.actor) as work:
        key = adding.add_course(work, "Truyền thông: bước đầu", "Chuyên đề 1", "Bài 1", "Viết ở đây.")
        assert key == "truyen-thong-buoc-dau"
        assert publishing.publish(work, key).number == 1
        assert adding.add_course(work, "Truyền thông bước đầu", "Chuyên đề 1", "Bài 1", "Viết.") == f"{key}-2"
