"""When the law changes: the register is edited line by line, owners are told, and the list shrinks as people look."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from elearning.domain.errors import Mistaken, NotFound
from elearning.domain.law import Law
from elearning.services import law_editing, law_watch, publishing
from elearning.services.law_watch import LawWatchPage
from elearning.services.laws import law_of
from elearning.services.work import NOBODY, House
from elearning.store.models.notice import Notice
from elearning.store.models.publishing import LawReview
from elearning.store.models.text import LawRow
from elearning.store.queries import texts
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import BANK, COURSE, QUESTIONS, lesson, small_course
from tests.web.sitting import everything

LAWS = "courses/laws.md"
LESSON, OTHER = f"courses/{COURSE}/mo-dau.md", f"courses/{COURSE}/thuc-hanh.md"
REGISTER = """# Sổ văn bản

## Nghị định 1/2026/NĐ-CP {#nd-1}
Nghị định đầu,
viết trên hai dòng.

- Điều 3: từ 01/07/2028
{: number="1/2026/NĐ-CP" issuer="Chính phủ" from=2026-01-01 verified=V }

Một dòng ghi chú đứng giữa hai mục thì thuộc mục trên.

## Nghị định 2/2026/NĐ-CP {#nd-2}
{: number="2/2026/NĐ-CP" from=2026-07-01 }
"""
Make = Callable[..., Someone]


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    return make_person("trainer", name="Lê Thu")


@pytest.fixture
def library(house: House, trainer: Someone, make_person: Make) -> House:
    """The small course, published, in which a lesson and a question cite the first document. The lesson is somebody's."""
    register = REGISTER.replace("\nMột dòng ghi chú đứng giữa hai mục thì thuộc mục trên.\n", "")
    cites = lesson("Mở đầu", "Theo [Điều 1](law:nd-1#1) và [Điều 2](law:nd-1#2).")
    questions = {**QUESTIONS, "mot": QUESTIONS["mot"].replace("{: points=1 }", "{: points=1 basis=nd-1#7.3 }")}
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {**small_course(questions=questions), LAWS: register.encode()})
    with house.writing(make_person("trainer", name="Người Viết").actor) as work:
        publishing.import_texts(work, {LESSON: cites.encode()})
    with house.writing(NOBODY) as work:
        publishing.publish(work, COURSE)
    return house


def page(house: House, who: Someone, key: str = "nd-1") -> LawWatchPage:
    with house.reading(who.actor) as work:
        return law_watch.law_watch_page(work, key)


def edit(house: House, who: Someone, key: str = "nd-1", **changes: object) -> None:
    shown = page(house, who, key)
    with house.writing(who.actor) as work:
        law_editing.put(work, replace(shown.law, **changes), shown.was)  # type: ignore[arg-type]  # fields by name


def register(house: House) -> str:
    with house.reading(NOBODY) as work:
        return (texts.draft_file(work.session, LAWS) or b"").decode()


def test_a_document_that_ends_lists_all_that_cites_it_by_place(library: House, trainer: Someone) -> None:
    assert not page(library, trainer).watched
    edit(library, trainer, until=date(2026, 10, 31), replaced_by="nd-2")
    shown = page(library, trainer)
    assert (shown.watched, shown.ended, shown.successor) == (True, True, "Nghị định 2/2026/NĐ-CP")
    assert [(one.path, one.item, one.lines) for one in shown.open_] == [(LESSON, "", (7,)), (BANK, "mot", (9,))]
    assert [(one.course, one.number, one.moved_on) for one in shown.editions] == [(COURSE, 1, False)]


def test_owners_are_told_once_of_each_change_and_others_are_not(library: House, trainer: Someone) -> None:
    writer = trainer.id + 1
    edit(library, trainer, until=date(2026, 10, 31))
    told = [(row.person_id, row.kind, row.values["count"]) for row in everything(library, Notice)]
    assert sorted(told) == [(trainer.id, "law", 1), (writer, "law", 3)]
    edit(library, trainer, summary="Chỉ đổi lời tóm tắt.")
    assert len(everything(library, Notice)) == 2
    edit(library, trainer, until=date(2026, 9, 30))
    assert len(everything(library, Notice)) == 4


def test_a_document_that_is_new_and_ended_already_tells_nobody(library: House, trainer: Someone) -> None:
    with library.writing(trainer.actor) as work:
        law_editing.put(work, Law("nd-cu", "Nghị định cũ", until=date(2020, 1, 1)), "")
    assert everything(library, Notice) == []


def test_the_list_shrinks_as_places_are_looked_at_or_changed(library: House, trainer: Someone, clock: Clock) -> None:
    edit(library, trainer, until=date(2026, 10, 31))
    with library.writing(trainer.actor) as work:
        assert law_watch.review(work, "nd-1", {(BANK, "mot")}, "Hỏi về quy định cũ.") == 1
    shown = page(library, trainer)
    assert [one.path for one in shown.open_] == [LESSON]
    assert [(one.item, one.by, one.at, one.why) for one in shown.seen] == [
        ("mot", "Lê Thu", clock.now, "Hỏi về quy định cũ.")
    ]
    with library.writing(trainer.actor) as work:
        publishing.import_texts(work, {LESSON: lesson("Mở đầu", "Theo [Điều 1](law:nd-2#1).").encode()})
    assert page(library, trainer).open_ == ()
    with library.reading(trainer.actor) as work:
        assert law_watch.laws_page(work).open_ == 0


def test_an_edition_whose_drafts_no_longer_cite_it_asks_to_be_published(library: House, trainer: Someone) -> None:
    edit(library, trainer, until=date(2026, 10, 31))
    with library.writing(NOBODY) as work:
        publishing.import_texts(work, small_course())
    assert [one.moved_on for one in page(library, trainer).editions] == [True]
    with library.writing(NOBODY) as work:
        publishing.publish(work, COURSE)
    assert page(library, trainer).editions == ()


def test_the_next_change_asks_anew(library: House, trainer: Someone) -> None:
    edit(library, trainer, until=date(2026, 10, 31))
    with library.writing(trainer.actor) as work:
        law_watch.review(work, "nd-1", {(LESSON, ""), (BANK, "mot")}, "Được.")
    edit(library, trainer, amended_by=("nd-2",))
    assert len(page(library, trainer).open_) == 2
    assert len(everything(library, LawReview)) == 2


@pytest.mark.parametrize(("items", "why"), [(set(), "Được."), ({(LESSON, "")}, "  "), ({(LESSON, "")}, "x" * 501)])
def test_looking_needs_a_place_and_a_reason(
    library: House, trainer: Someone, items: set[tuple[str, str]], why: str
) -> None:
    edit(library, trainer, until=date(2026, 10, 31))
    with pytest.raises(Mistaken), library.writing(trainer.actor) as work:
        law_watch.review(work, "nd-1", items, why)


def test_what_does_not_cite_a_document_cannot_be_reviewed_for_it(library: House, trainer: Someone) -> None:
    edit(library, trainer, until=date(2026, 10, 31))
    with pytest.raises(NotFound), library.writing(trainer.actor) as work:
        law_watch.review(work, "nd-1", {(OTHER, "")}, "Được.")


def test_learners_see_no_register_to_edit(library: House, make_person: Make) -> None:
    learner = make_person("learner")
    with pytest.raises(NotFound):
        page(library, learner)
    with pytest.raises(NotFound), library.writing(learner.actor) as work:
        law_editing.put(work, Law("nd-3", "Ba"), "")


def test_editing_changes_the_lines_of_one_entry_and_the_live_table_at_once(library: House, trainer: Someone) -> None:
    before = register(library).split("\n")
    edit(library, trainer, until=date(2026, 10, 31))
    after = register(library).split("\n")
    assert [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new] == [7]
    assert after[7] == '{: number="1/2026/NĐ-CP" issuer="Chính phủ" from=2026-01-01 until=2026-10-31 verified=V }'
    assert {row.key: row.until for row in everything(library, LawRow)} == {"nd-1": date(2026, 10, 31), "nd-2": None}


def test_a_new_document_stands_at_the_end_and_can_be_cited_at_once(library: House, trainer: Someone) -> None:
    law = Law("nd-3", "Nghị định ba", "Tóm tắt.", "3/2026", "Chính phủ", date(2026, 1, 2), date(2026, 3, 4))
    before = register(library)
    with library.writing(trainer.actor) as work:
        law_editing.put(work, law, "")
    assert register(library).startswith(before)
    assert register(library).endswith(
        '\n\n## Nghị định ba {#nd-3}\nTóm tắt.\n{: number="3/2026" issuer="Chính phủ" issued=2026-01-02 from=2026-03-04 }\n'
    )
    with library.writing(NOBODY) as work:
        publishing.import_texts(work, {LESSON: lesson("Mở đầu", "Theo [Điều 1](law:nd-3#1).").encode()})
        assert publishing.publish(work, COURSE).number == 2
    with library.reading(NOBODY) as work:
        assert law_of(texts.all_laws(work.session)["nd-3"]) == law


@pytest.mark.parametrize(
    "wrong",
    [
        Law("ND 3", "Ba"), Law("nd-1", "Trùng"), Law("nd-3", " "), Law("nd-3", 'Nghị định "ba"'), Law("nd-3", "Ba {#x}"),
        Law("nd-3", "Ba", "## Mục khác"), Law("nd-3", "Ba", "- mục"), Law("nd-3", "Ba", until=date(2026, 1, 1), from_=date(2026, 2, 1)),
        Law("nd-3", "Ba", replaced_by="khong-co"), Law("nd-3", "Ba", amended_by=("nd-3",)), Law("nd-3", "Ba", "{: x }"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_text_form_is_refused_and_changes_nothing(
    library: House, trainer: Someone, wrong: Law
) -> None:
    before = register(library)
    with pytest.raises(Mistaken), library.writing(trainer.actor) as work:
        law_editing.put(work, wrong, "")
    assert register(library) == before
    assert len(everything(library, LawRow)) == 2


def test_nobody_overwrites_what_somebody_else_has_just_changed(library: House, trainer: Someone) -> None:
    stale = page(library, trainer)
    edit(library, trainer, until=date(2026, 10, 31))
    with pytest.raises(Mistaken, match="Somebody else"), library.writing(trainer.actor) as work:
        law_editing.put(work, replace(stale.law, title="Tên khác"), stale.was)
    assert page(library, trainer).law.title == "Nghị định 1/2026/NĐ-CP"
