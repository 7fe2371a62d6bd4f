"""Texts go out and come in without losing a byte; what comes in is looked at first, and never published by surprise."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from dulwich.repo import Repo

from elearning.domain.errors import Mistaken, NotFound
from elearning.exchange.zipped import read_zip, write_zip
from elearning.services import drafting, giving_out, law_editing, law_watch, publishing, taking_in, working
from elearning.services.publishing import Imported
from elearning.services.taking_in import Registers, TakingPage
from elearning.services.work import NOBODY, House
from elearning.store.models import text as texts
from tests.exchange.test_git_repository import WHO, add
from tests.services.cast import Someone
from tests.services.texts import BANK, COURSE, lesson, small_course
from tests.web.sitting import everything

LESSON, LAWS = f"courses/{COURSE}/mo-dau.md", "courses/laws.md"
REGISTER = '## Một {#mot}\n{: number="1" }\n'
Make = Callable[..., Someone]


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    return make_person("trainer", name="Lê Thu")


def odd(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts in forms that only bytes tell apart: a BOM, CRLF, NFD, no line end, a medium, a loose file."""
    return {
        **files, LESSON: b"\xef\xbb\xbf" + files[LESSON].replace(b"\n", b"\r\n"),
        f"courses/{COURSE}/thuc-hanh.md": lesson("Thực hành", "Tie\u0302\u0301ng").rstrip().encode(),
        f"courses/{COURSE}/media/a.png": b"\x89PNG\x00", f"courses/{COURSE}/nhap.md": b"loose", LAWS: REGISTER.encode(),
    }  # fmt: skip


def save(house: House, files: Mapping[str, bytes]) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)


def look(house: House, who: Someone, files: Mapping[str, bytes]) -> str:
    with house.writing(who.actor) as work:
        public = taking_in.send_zip(work, "a.zip", BytesIO(write_zip(files)))
    working.run(house, public)
    return public


def page(house: House, who: Someone, public: str) -> TakingPage:
    with house.reading(who.actor) as work:
        return taking_in.taking_page(work, public)


def take(house: House, who: Someone, public: str, registers: Registers = "add", remove: bool = False) -> Imported:
    with house.writing(who.actor) as work:
        return taking_in.take(work, public, registers, remove)


def course_zip(house: House, who: Someone) -> bytes:
    with house.writing(who.actor) as work:
        return giving_out.packed(work, giving_out.course_files(work, COURSE), COURSE)


def test_out_in_and_out_again_gives_identical_bytes(house: House, trainer: Someone) -> None:
    files = odd(small_course())
    save(house, files)
    out = course_zip(house, trainer)
    assert read_zip(BytesIO(out)) == files
    public = look(house, trainer, read_zip(BytesIO(out)))
    assert (page(house, trainer, public).same, page(house, trainer, public).paths) == (len(files), ())
    assert course_zip(house, trainer) == out


def test_so_it_does_on_another_platform_and_after_an_edit_in_the_browser(house: House, trainer: Someone) -> None:
    files = odd(small_course())
    public = look(house, trainer, files)
    assert take(house, trainer, public) == Imported(len(files), 0, 0)
    with house.writing(trainer.actor) as work:
        there = drafting.draft(work, f"courses/{COURSE}/thuc-hanh.md")
        drafting.save_draft(work, there.path, there.text + "\r\nThêm.\r\n", there.save_id)
        publishing.publish(work, COURSE)
    with house.writing(trainer.actor) as work:
        shown = law_watch.law_watch_page(work, "mot")
        law_editing.put(work, replace(shown.law, issuer="Chính phủ"), shown.was)
    out = course_zip(house, trainer)
    again = look(house, trainer, read_zip(BytesIO(out)))
    assert page(house, trainer, again).paths == ()
    assert course_zip(house, trainer) == out
    kept = read_zip(BytesIO(out))
    assert {path for path in files if files[path] != kept[path]} == {f"courses/{COURSE}/thuc-hanh.md", LAWS}


def test_an_edition_comes_out_as_it_was_published(practice: House, trainer: Someone) -> None:
    save(practice, {LESSON: lesson("Mở đầu", "Khác.").encode()})
    with practice.reading(trainer.actor) as work:
        assert giving_out.edition_files(work, COURSE, 1) == small_course()
        with pytest.raises(NotFound):
            giving_out.edition_files(work, COURSE, 2)


def test_a_course_with_problems_comes_out_with_all_quizzes(house: House, trainer: Someone) -> None:
    save(house, {**small_course(), LESSON: b"---\nno: 1\n---\n", "quizzes/khac.md": b"x"})
    assert set(read_zip(BytesIO(course_zip(house, trainer)))) == {*small_course(), "quizzes/khac.md"}


def test_looking_tells_what_would_change_and_changes_nothing(practice: House, trainer: Someone) -> None:
    before = len(everything(practice, texts.Save))
    coming = {**small_course(), LESSON: lesson("Mở đầu", "Nội dung khác.").encode(), f"courses/{COURSE}/moi.md": b"---\nno: 1\n---\nx"}  # fmt: skip
    course = coming[f"courses/{COURSE}/course.md"].replace(b"- [Th", b"- [Moi](moi.md)\n- [Th", 1)
    del coming[f"courses/{COURSE}/thuc-hanh.md"]
    public = look(practice, trainer, {**coming, f"courses/{COURSE}/course.md": course})
    shown = page(practice, trainer, public)
    assert (shown.state, shown.new, shown.changed, shown.same) == ("done", 1, 2, 2)
    assert [(one.path, one.change) for one in shown.changes] == [
        (f"courses/{COURSE}/course.md", "changed"), (LESSON, "changed"), (f"courses/{COURSE}/moi.md", "new")
    ]  # fmt: skip
    assert [run.text.strip() for run in shown.changes[1].passages[1].runs if run.kind == "in"] == ["khác"]
    assert f"courses/{COURSE}/moi.md" in {one.path for one in shown.problems}
    assert shown.gone == (f"courses/{COURSE}/thuc-hanh.md",)
    assert len(everything(practice, texts.Save)) == before


def test_what_comes_in_is_a_draft_and_publishes_nothing(practice: House, trainer: Someone) -> None:
    public = look(practice, trainer, {**small_course(), LESSON: lesson("Mở đầu", "Khác.").encode()})
    assert take(practice, trainer, public) == Imported(0, 1, 4)
    assert len(everything(practice, texts.Edition)) == 1
    assert everything(practice, texts.Save)[-1].author_id == trainer.id
    assert page(practice, trainer, public).taken
    with pytest.raises(Mistaken):
        take(practice, trainer, public)


def test_texts_that_are_not_among_them_go_only_where_that_is_wished(practice: House, trainer: Someone) -> None:
    less = {path: data for path, data in small_course().items() if path != LESSON}
    take(practice, trainer, look(practice, trainer, less))
    with practice.reading(NOBODY) as work:
        assert LESSON in publishing.export_texts(work)
    take(practice, trainer, look(practice, trainer, less), remove=True)
    with practice.reading(NOBODY) as work:
        assert publishing.export_texts(work) == less
    with practice.writing(trainer.actor) as work:
        drafting.restore(work, LESSON)


@pytest.mark.parametrize(("wish", "keys"), [("add", ["mot", "hai"]), ("take", ["hai"]), ("keep", ["mot"])])
def test_a_register_is_added_to_taken_or_kept(house: House, trainer: Someone, wish: Registers, keys: list[str]) -> None:
    save(house, {**small_course(), LAWS: REGISTER.encode()})
    public = look(house, trainer, {**small_course(), LAWS: REGISTER.replace("mot", "hai").encode()})
    assert page(house, trainer, public).registers == (LAWS,)
    take(house, trainer, public, wish)
    with house.reading(NOBODY) as work:
        register = publishing.export_texts(work)[LAWS].decode()
    assert [key for key in ("mot", "hai") if f"{{#{key}}}" in register] == keys


def test_what_somebody_saved_since_is_not_overwritten(practice: House, trainer: Someone) -> None:
    public = look(practice, trainer, {**small_course(), LESSON: lesson("Mở đầu", "Khác.").encode()})
    save(practice, {LESSON: lesson("Mở đầu", "Của người khác.").encode()})
    with pytest.raises(Mistaken, match="changed since"):
        take(practice, trainer, public)


def test_somebody_elses_look_is_not_there(practice: House, trainer: Someone, make_person: Make) -> None:
    public = look(practice, trainer, small_course())
    other, learner = make_person("trainer"), make_person("learner")
    for who in (other, learner):
        with pytest.raises(NotFound):
            page(practice, who, public)
        with pytest.raises(NotFound):
            take(practice, who, public)
    with pytest.raises(NotFound), practice.writing(learner.actor) as work:
        taking_in.send_zip(work, "a.zip", BytesIO(write_zip(small_course())))


def bad_zip(entries: int = 0, name: str = "", bomb: bool = False) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", 8 if bomb else 0) as archive:
        for number in range(entries):
            archive.writestr(f"courses/a/{number}.md", b"")
        if name:
            archive.writestr(name, b"x")
        if bomb:
            archive.writestr("courses/a/x.md", b"0" * 15_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bad_zip(entries=100_000), "more than 10000 entries"),
        (bad_zip(name="courses/../../etc/x.md"), "not safe to use as paths"),
        (bad_zip(name="/courses/a/x.md"), "not safe to use as paths"),
        (bad_zip(bomb=True), "unpacks to more than"),
        (b"no zip at all", "This is not a zip file"),
        (b"", "This is not a zip file"),
    ],
    ids=["entries", "climbing", "absolute", "bomb", "no-zip", "empty"],
)
def test_a_zip_that_cannot_be_taken_is_refused_in_a_sentence(
    house: House, trainer: Someone, data: bytes, said: str
) -> None:
    with pytest.raises(Mistaken, match=said), house.writing(trainer.actor) as work:
        taking_in.send_zip(work, "a.zip", BytesIO(data))
    assert everything(house, texts.Save) == []


def test_a_repository_that_is_set_is_fetched_by_the_worker_and_looked_at(
    practice: House, trainer: Someone, tmp_path: Path
) -> None:
    repo = Repo.init_bare(str(tmp_path / "texts.git"), mkdir=True)
    coming = {**small_course(), BANK: small_course()[BANK].replace(b"= 24 gi", b"= 48 gi")}
    tree = add(repo, {path: (0o100644, data) for path, data in coming.items()})
    repo.get_worktree().commit(message=b"x", committer=WHO, author=WHO, tree=tree, ref=b"refs/heads/main", sign=False)  # type: ignore[arg-type]
    remote = f"file://{tmp_path / 'texts.git'}#main"
    house = replace(practice, platform=replace(practice.platform, remotes=(remote,)))
    with pytest.raises(NotFound), house.writing(trainer.actor) as work:
        taking_in.fetch(work, "file:///etc")
    with house.writing(trainer.actor) as work:
        public = taking_in.fetch(work, remote)
    assert page(house, trainer, public).state == "waiting"
    assert working.run_next(house)
    shown = page(house, trainer, public)
    assert (shown.state, shown.changed, shown.same, shown.paths) == ("done", 1, 4, (BANK,))
    take(house, trainer, public)
    with house.reading(NOBODY) as work:
        assert publishing.export_texts(work) == coming
    assert len(everything(house, texts.Edition)) == 1


def test_a_repository_that_cannot_be_read_says_why(house: House, trainer: Someone, tmp_path: Path) -> None:
    remote = f"file://{tmp_path}"
    house = replace(house, platform=replace(house.platform, remotes=(remote,)))
    with house.writing(trainer.actor) as work:
        public = taking_in.fetch(work, remote)
    working.run_next(house)
    shown = page(house, trainer, public)
    assert shown.state == "failed"
    assert "no git repository" in str(shown.said)
