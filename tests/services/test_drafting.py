"""Drafts: saved over nobody's words, removed and brought back, with all that stood before."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from elearning.domain.errors import Mistaken, NotFound
from elearning.services import drafting
from elearning.services.drafting import Conflict, Saved
from elearning.services.publishing import export_texts, import_texts
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit
from elearning.store.models.text import Save, SideSave
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import publish, small_course
from tests.web.sitting import everything

PATH = "courses/luyen-tap/mo-dau.md"
Make = Callable[..., Someone]


def save(house: House, who: Someone, text: str | bytes, made_on: int | None, path: str = PATH) -> Saved | Conflict:
    with house.writing(who.actor) as work:
        return drafting.save_draft(work, path, text, made_on)


def written(house: House, who: Someone, text: str, made_on: int | None, path: str = PATH) -> int:
    done = save(house, who, text, made_on, path)
    assert isinstance(done, Saved)
    return done.save_id


def text_of(house: House, who: Someone, path: str = PATH) -> str:
    with house.reading(who.actor) as work:
        return drafting.draft(work, path).text


def test_a_text_is_written_read_and_written_again(house: House, make_person: Make) -> None:
    trainer = make_person("trainer", name="Lê Thu")
    first = written(house, trainer, "Một\n", None)
    second = written(house, trainer, "Hai\n", first)
    with house.reading(trainer.actor) as work:
        found = drafting.draft(work, PATH)
    assert (found.save_id, found.text, found.by) == (second, "Hai\n", "Lê Thu")


@pytest.mark.parametrize("role", ["learner", "coordinator"])
def test_those_who_do_not_write_find_nothing(role: str, house: House, make_person: Make) -> None:
    publish(house, small_course())
    someone = make_person(role, unit="Xã Mộc Lâm")
    with house.reading(someone.actor) as work, pytest.raises(NotFound):
        drafting.draft(work, PATH)
    with pytest.raises(NotFound), house.writing(someone.actor) as work:
        drafting.save_draft(work, PATH, "x", None)


def test_what_is_typed_is_kept_in_one_normal_form_with_line_feeds(house: House, make_person: Make) -> None:
    written(house, make_person("trainer"), "Ha\u0323n\r\n\x00\tmới\rx", None)
    assert everything_exported(house)[PATH] == "Hạn\n\tmới\nx".encode()


def everything_exported(house: House) -> dict[str, bytes]:
    with house.reading(NOBODY) as work:
        return export_texts(work)


def test_a_text_from_a_folder_stays_byte_for_byte_as_long_as_nobody_changes_its_words(
    house: House, make_person: Make
) -> None:
    data = "\ufeff---\r\ntitle: Ha\u0323n\r\n---\r\nA\r\n".encode()
    with house.writing(NOBODY) as work:
        import_texts(work, {PATH: data})
    trainer = make_person("trainer")
    with house.reading(trainer.actor) as work:
        there = drafting.draft(work, PATH)
    done = save(house, trainer, there.text, there.save_id)
    assert isinstance(done, Saved)
    assert not done.fresh
    assert everything_exported(house)[PATH] == data


def test_a_save_over_newer_words_gives_all_three_texts_and_loses_none(house: House, make_person: Make) -> None:
    one, other = make_person("trainer", name="Lê Một"), make_person("trainer", name="Lê Hai")
    common = written(house, one, "chung\n", None)
    newer = written(house, other, "của người khác\n", common)
    met = save(house, one, "của tôi\n", common)
    assert isinstance(met, Conflict)
    assert (met.mine, met.theirs.text, met.common) == ("của tôi\n".encode(), "của người khác\n", b"chung\n")
    assert (met.theirs.save_id, met.theirs.by) == (newer, "Lê Hai")
    assert text_of(house, one) == "của người khác\n"
    with house.reading(one.actor) as work:
        waiting = drafting.waiting_conflict(work, PATH)
    assert waiting == met


def test_typing_on_beside_a_newer_draft_keeps_one_row_with_the_last_words(house: House, make_person: Make) -> None:
    one, other = make_person("trainer"), make_person("trainer")
    common = written(house, one, "chung\n", None)
    written(house, other, "khác\n", common)
    save(house, one, "a\n", common)
    last = save(house, one, "ab\n", common)
    assert isinstance(last, Conflict)
    assert (len(everything(house, SideSave)), last.mine) == (1, b"ab\n")


def test_merged_words_are_saved_on_the_newer_draft_and_ask_for_nothing_more(house: House, make_person: Make) -> None:
    one, other = make_person("trainer"), make_person("trainer")
    common = written(house, one, "chung\n", None)
    newer = written(house, other, "khác\n", common)
    save(house, one, "tôi\n", common)
    written(house, one, "khác\ntôi\n", newer)
    with house.writing(one.actor) as work:
        drafting.drop_aside(work, PATH)
    with house.reading(one.actor) as work:
        assert drafting.waiting_conflict(work, PATH) is None
    assert text_of(house, other) == "khác\ntôi\n"


def test_a_request_that_is_sent_twice_is_one_save(house: House, make_person: Make) -> None:
    trainer = make_person("trainer")
    first = written(house, trainer, "một\n", None)
    second = written(house, trainer, "hai\n", first)
    again = save(house, trainer, "hai\n", first)
    assert isinstance(again, Saved)
    assert (again.save_id, again.fresh) == (second, False)
    assert len(everything(house, Save)) == 2


def test_a_path_that_somebody_else_began_is_not_written_over(house: House, make_person: Make) -> None:
    one, other = make_person("trainer"), make_person("trainer")
    written(house, one, "một\n", None)
    assert isinstance(save(house, other, "hai\n", None), Conflict)


def test_a_removed_text_is_gone_from_the_tree_and_comes_back_as_it_was(house: House, make_person: Make) -> None:
    trainer = make_person("trainer")
    written(house, trainer, "một\n", None)
    with house.writing(trainer.actor) as work:
        drafting.remove(work, PATH)
    assert PATH not in everything_exported(house)
    with house.reading(trainer.actor) as work, pytest.raises(NotFound):
        drafting.draft(work, PATH)
    with house.writing(trainer.actor) as work:
        drafting.restore(work, PATH)
    assert text_of(house, trainer) == "một\n"


def test_words_typed_while_somebody_removed_the_text_are_kept(house: House, make_person: Make) -> None:
    one, other = make_person("trainer"), make_person("trainer")
    first = written(house, one, "một\n", None)
    with house.writing(other.actor) as work:
        drafting.remove(work, PATH)
    met = save(house, one, "một hai\n", first)
    assert isinstance(met, Conflict)
    assert (met.mine, met.theirs.data) == ("một hai\n".encode(), b"")


def test_an_older_version_comes_back_as_a_new_save(house: House, make_person: Make) -> None:
    trainer = make_person("trainer")
    first = written(house, trainer, "một\n", None)
    written(house, trainer, "hai\n", first)
    with house.writing(trainer.actor) as work:
        drafting.restore(work, PATH, first)
    assert text_of(house, trainer) == "một\n"
    assert len(everything(house, Save)) == 3


def test_the_history_names_who_saved_when_and_which_editions_hold_it(
    house: House, make_person: Make, clock: Clock
) -> None:
    publish(house, small_course())
    trainer = make_person("trainer", name="Lê Thu")
    with house.reading(trainer.actor) as work:
        there = drafting.draft(work, PATH)
    clock.forward(hours=1)
    written(house, trainer, "mới\n", there.save_id)
    with house.reading(trainer.actor) as work:
        last, first = drafting.history(work, PATH)
    assert (last.by, last.at, last.editions) == ("Lê Thu", clock.now, ())
    assert (first.by, first.editions) == ("", ("luyen-tap 1",))


@pytest.mark.parametrize(
    "path", ["courses/A/x.md", "../x.md", "khac/x.md", "courses/a/x.exe", f"courses/a/{'x' * 300}.md"]
)
def test_a_path_that_breaks_the_rule_of_names_is_refused(path: str, house: House, make_person: Make) -> None:
    with pytest.raises(Mistaken):
        save(house, make_person("trainer"), "x", None, path)
    assert everything(house, Save) == []


def test_more_than_fits_is_refused_with_the_reason(house: House, make_person: Make) -> None:
    with pytest.raises(Mistaken, match="larger than 6 MB"):
        save(house, make_person("trainer"), "x" * 6_000_001, None)


def test_the_record_names_who_wrote_once_while_they_go_on_writing(
    house: House, make_person: Make, clock: Clock
) -> None:
    trainer = make_person("trainer")
    made_on = None
    for number in range(5):
        clock.forward(minutes=1)
        with house.writing(trainer.actor) as work:
            done = drafting.save_draft(work, PATH, f"{number}\n", made_on, auto=True)
        assert isinstance(done, Saved)
        made_on = done.save_id
    rows = [row for row in everything(house, Audit) if row.action == "save text"]
    assert [(row.actor_id, row.subject) for row in rows] == [(trainer.id, PATH)]


def test_of_two_who_save_in_the_same_moment_one_is_saved_and_the_other_kept_beside(
    house: House, make_person: Make
) -> None:
    people = [make_person("trainer") for _ in range(4)]
    common = written(house, people[0], "chung\n", None)
    start = threading.Barrier(len(people))

    def at_once(who: Someone) -> Saved | Conflict:
        start.wait()
        return save(house, who, f"của {who.id}\n", common)

    with ThreadPoolExecutor(len(people)) as pool:
        found = list(pool.map(at_once, people))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Conflict", "Conflict", "Saved"]
    kept = {one.mine.decode() for one in found if isinstance(one, Conflict)}
    assert {*kept, text_of(house, people[0])} == {f"của {who.id}\n" for who in people}
