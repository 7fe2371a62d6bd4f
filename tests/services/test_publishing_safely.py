"""Long because each way to publish meets every other on one course.

Publishing without fear: approved, planned, foretold, rolled back, judged anew; never something that nobody looked at.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from elearning.content.problems import ContentError
from elearning.domain.errors import Mistaken, NotFound, Refused
from elearning.services import approving, drafting, planning, publish_page, publishing, rejudging, renaming, working
from elearning.services.lessons import finish_lesson
from elearning.services.publish_page import PublishPage
from elearning.services.publishing import Published
from elearning.services.thinning import thin
from elearning.services.work import NOBODY, House
from elearning.store.models import text as texts
from elearning.store.models.learning import Attempt, Certificate, Completion
from elearning.store.models.notice import Job, Notice
from elearning.store.models.person import Grant
from elearning.store.models.publishing import Approval, PlannedEdition
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.services.examining import open_room
from tests.services.texts import BANK, COURSE, LESSONS, lesson, small_course
from tests.web.sitting import everything

COURSE_PATH = f"courses/{COURSE}/course.md"
LESSON = f"courses/{COURSE}/mo-dau.md"
Make = Callable[..., Someone]


def with_steps(files: Mapping[str, bytes], steps: str = "[expert, legal]") -> dict[str, bytes]:
    return {**files, COURSE_PATH: files[COURSE_PATH].replace(b"hours: 1\n", f"hours: 1\napproval: {steps}\n".encode())}


def changed(files: Mapping[str, bytes], words: str) -> dict[str, bytes]:
    return {**files, LESSON: lesson("Mở đầu", words).encode()}


def save(house: House, files: Mapping[str, bytes]) -> None:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)


def page(house: House, who: Someone) -> PublishPage:
    with house.reading(who.actor) as work:
        return publish_page.publish_page(work, COURSE)


def approve(house: House, who: Someone, step: str, digest: str) -> None:
    with house.writing(who.actor) as work:
        approving.approve(work, COURSE, step, digest)


def publish(house: House, who: Someone, digest: str = "", note: str = "") -> Published:
    with house.writing(who.actor) as work:
        return publishing.publish(work, COURSE, note, digest)


def plan(house: House, who: Someone, digest: str, **later: float) -> None:
    with house.writing(who.actor) as work:
        planning.plan(work, COURSE, digest, work.now + timedelta(**later), "Bản mới")


@pytest.fixture
def trainer(house: House, make_person: Make) -> Someone:
    return make_person("trainer", name="Lê Thu")


@pytest.fixture
def lawyer(house: House, make_person: Make) -> Someone:
    return make_person("trainer", name="Trần Luật")


def test_what_was_looked_at_is_published_and_nothing_else(practice: House, trainer: Someone) -> None:
    save(practice, changed(small_course(), "Một."))
    looked_at = page(practice, trainer).digest
    save(practice, changed(small_course(), "Hai."))
    with pytest.raises(Mistaken):
        publish(practice, trainer, looked_at)
    assert len(everything(practice, texts.Edition)) == 1
    assert publish(practice, trainer, page(practice, trainer).digest).number == 2


def test_people_without_a_grant_publish_and_see_nothing(practice: House, make_person: Make) -> None:
    learner = make_person("learner")
    save(practice, changed(small_course(), "Một."))
    for deed in (lambda: publish(practice, learner), lambda: page(practice, learner)):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(NotFound), practice.writing(learner.actor) as work:
        publishing.roll_back(work, COURSE, 1)


def test_a_course_that_asks_for_approval_waits_for_each_step(house: House, trainer: Someone, lawyer: Someone) -> None:
    save(house, with_steps(small_course()))
    shown = page(house, trainer)
    assert [(step.name, step.by, step.offered) for step in shown.steps] == [("expert", None, True), ("legal", None, True)]  # fmt: skip
    assert not shown.ready
    with pytest.raises(Refused, match="Missing: expert, legal"):
        publish(house, trainer, shown.digest)
    approve(house, trainer, "expert", shown.digest)
    with pytest.raises(Refused, match="Missing: legal"):
        publish(house, trainer, shown.digest)
    approve(house, lawyer, "legal", shown.digest)
    shown = page(house, trainer)
    assert [step.by for step in shown.steps] == ["Lê Thu", "Trần Luật"]
    assert shown.ready
    assert publish(house, trainer, shown.digest).number == 1


def test_nobody_approves_two_steps_and_no_step_is_approved_twice(
    house: House, trainer: Someone, lawyer: Someone
) -> None:
    save(house, with_steps(small_course()))
    digest = page(house, trainer).digest
    approve(house, trainer, "expert", digest)
    assert [step.offered for step in page(house, trainer).steps] == [False, False]
    with pytest.raises(Refused, match="another person"):
        approve(house, trainer, "legal", digest)
    with pytest.raises(Refused, match="already"):
        approve(house, lawyer, "expert", digest)
    with pytest.raises(NotFound):
        approve(house, lawyer, "khong-co", digest)
    assert len(everything(house, Approval)) == 1


def test_a_changed_draft_voids_approvals(house: House, trainer: Someone, lawyer: Someone) -> None:
    files = with_steps(small_course())
    save(house, files)
    digest = page(house, trainer).digest
    approve(house, trainer, "expert", digest)
    approve(house, lawyer, "legal", digest)
    save(house, changed(files, "Thêm một câu."))
    assert [step.by for step in page(house, trainer).steps] == [None, None]
    with pytest.raises(Refused):
        publish(house, trainer)
    with pytest.raises(Mistaken):
        approve(house, trainer, "expert", digest)


def test_taking_the_steps_out_of_the_text_does_not_take_them_away(
    house: House, trainer: Someone, lawyer: Someone
) -> None:
    save(house, with_steps(small_course(), "[legal]"))
    approve(house, lawyer, "legal", page(house, trainer).digest)
    publish(house, trainer)
    save(house, small_course())
    with pytest.raises(Refused, match="legal"):
        publish(house, trainer)
    approve(house, lawyer, "legal", page(house, trainer).digest)
    publish(house, trainer)
    save(house, changed(small_course(), "Không còn phải duyệt."))
    assert publish(house, trainer).number == 3


@pytest.mark.parametrize("steps", ["[a, a]", "[Chuyên gia]", "[a, b, c, d, e, f]"])
def test_steps_that_cannot_be_are_a_problem_of_the_course(house: House, trainer: Someone, steps: str) -> None:
    save(house, with_steps(small_course(), steps))
    assert [(one.path, one.line) for one in page(house, trainer).problems] == [(COURSE_PATH, 5)]


def test_a_draw_that_a_changed_bank_cannot_meet_any_more_is_told_by_line(practice: House, trainer: Someone) -> None:
    files = small_course()
    bank = files[BANK].decode().replace("{#so}", "{#so-khac}")
    save(practice, {**files, BANK: bank.encode()})
    found = page(practice, trainer).problems
    assert [(one.path, one.line) for one in found] == [("quizzes/thu-tai.md", 19)]
    assert "the bank has 0 that fit" in found[0].message.plain()
    with pytest.raises(ContentError):
        publish(practice, trainer)


def test_differences_are_told_by_words_and_by_question(practice: House, trainer: Someone) -> None:
    files = changed(small_course(), "Nội dung khác.")
    bank = files[BANK].replace(b"= 24 gi", b"= 48 gi")
    save(practice, {**files, BANK: bank})
    shown = page(practice, trainer)
    assert [(one.path, one.kind, one.change, one.title) for one in shown.changes] == [
        (LESSON, "lesson", "changed", "Mở đầu"), (BANK, "bank", "changed", "Thử tài")
    ]  # fmt: skip
    runs = [run for passage in shown.changes[0].passages for run in passage.runs if run.kind != "same"]
    assert [(run.kind, run.text.strip()) for run in runs] == [("in", "khác")]
    assert [(one.path, one.new, one.changed, one.gone) for one in shown.questions] == [(BANK, (), ("so",), ())]


def test_shared_banks_name_the_other_courses_that_hold_them(practice: House, trainer: Someone) -> None:
    files = small_course()
    other = files[COURSE_PATH].replace("Luyện tập".encode(), "Khóa kia".encode())
    quiz = files["quizzes/thu-tai.md"]
    save(practice, {
        "courses/khoa-kia/course.md": other.replace(b"quiz:thu-tai", b"quiz:thu-nua"),
        "courses/khoa-kia/mo-dau.md": files[LESSON], "courses/khoa-kia/thuc-hanh.md": files[LESSON],
        "quizzes/thu-nua.md": quiz,
    })  # fmt: skip
    with practice.writing(trainer.actor) as work:
        publishing.publish(work, "khoa-kia")
    save(practice, {BANK: files[BANK].replace(b"= 24 gi", b"= 48 gi")})
    assert [(one.path, one.others) for one in page(practice, trainer).shared] == [(BANK, ("Khóa kia",))]


def test_a_plan_publishes_what_was_set_although_the_drafts_have_moved_on(
    practice: House, trainer: Someone, clock: Clock
) -> None:
    save(practice, changed(small_course(), "Như đã hẹn."))
    digest = page(practice, trainer).digest
    plan(practice, trainer, digest, hours=1)
    save(practice, changed(small_course(), "Viết dở."))
    assert planning.publish_due(practice) == 0
    clock.forward(hours=1)
    assert planning.publish_due(practice) == 1
    assert planning.publish_due(practice) == 0
    editions = everything(practice, texts.Edition)
    assert [(one.number, one.digest == digest, one.by_id, one.note) for one in editions[1:]] == [
        (2, True, trainer.id, "Bản mới")
    ]
    row = everything(practice, PlannedEdition)[0]
    assert (row.state, row.edition_id) == ("done", editions[1].id)
    assert [one.kind for one in everything(practice, Notice)] == ["published"]


def test_a_plan_keeps_the_text_that_it_was_set_with(practice: House, trainer: Someone, clock: Clock) -> None:
    def write(words: str) -> None:
        with practice.writing(trainer.actor) as work:
            there = drafting.draft(work, LESSON)
            drafting.save_draft(work, LESSON, lesson("Mở đầu", words), there.save_id, auto=True)

    for words in ("Một.", "Hai."):
        write(words)
    digest = page(practice, trainer).digest
    plan(practice, trainer, digest, days=9)
    write("Ba.")
    clock.forward(days=3)
    assert thin(practice) == 1
    clock.forward(days=7)
    assert planning.publish_due(practice) == 1
    assert everything(practice, texts.Edition)[1].digest == digest


def test_a_plan_that_cannot_be_kept_tells_its_author_and_leaves_everything_as_it_was(
    practice: House, trainer: Someone, clock: Clock
) -> None:
    save(practice, changed(small_course(), "Như đã hẹn."))
    plan(practice, trainer, page(practice, trainer).digest, hours=1)
    with practice.writing(NOBODY) as work:
        work.session.execute(update(Grant).where(Grant.person_id == trainer.id).values(until=work.now))
    clock.forward(hours=2)
    assert planning.publish_due(practice) == 0
    assert len(everything(practice, texts.Edition)) == 1
    assert everything(practice, PlannedEdition)[0].state == "failed"
    told = everything(practice, Notice)
    assert [(one.person_id, one.kind) for one in told] == [(trainer.id, "publish failed")]
    assert "may no longer publish" in str(told[0].values["why"])


def test_a_plan_is_checked_again_when_its_time_comes(practice: House, trainer: Someone, clock: Clock) -> None:
    register = '# Sổ\n\n## Nghị định {#nd-1}\nThử.\n{: number="1" from=2026-01-01 }\n'
    cites = lesson("Mở đầu", "Theo [Điều 1](law:nd-1#1).").encode()
    save(practice, {**small_course(), LESSON: cites, "courses/laws.md": register.encode()})
    plan(practice, trainer, page(practice, trainer).digest, hours=1)
    save(practice, {"courses/laws.md": register.replace("{#nd-1}", "{#nd-2}").encode()})
    clock.forward(hours=1)
    assert planning.publish_due(practice) == 0
    said = everything(practice, PlannedEdition)[0].said
    assert said is not None
    assert said["values"]["place"] == f"{LESSON}:7"
    assert len(everything(practice, texts.Edition)) == 1


def test_only_what_could_be_published_now_can_be_planned(house: House, trainer: Someone, lawyer: Someone) -> None:
    save(house, with_steps(small_course(), "[legal]"))
    digest = page(house, trainer).digest
    with pytest.raises(Refused):
        plan(house, trainer, digest, hours=1)
    approve(house, lawyer, "legal", digest)
    with pytest.raises(Mistaken, match="passed"):
        plan(house, trainer, digest, hours=-1)
    with pytest.raises(Mistaken, match="changed"):
        plan(house, trainer, "0" * 64, hours=1)
    plan(house, trainer, digest, hours=1)


def test_a_plan_that_was_taken_back_publishes_nothing(practice: House, trainer: Someone, clock: Clock) -> None:
    save(practice, changed(small_course(), "Như đã hẹn."))
    plan(practice, trainer, page(practice, trainer).digest, hours=1)
    public = page(practice, trainer).plans[0].public
    with practice.writing(trainer.actor) as work:
        planning.withdraw(work, COURSE, public)
    clock.forward(hours=2)
    assert planning.publish_due(practice) == 0
    assert len(everything(practice, texts.Edition)) == 1
    with pytest.raises(Refused), practice.writing(trainer.actor) as work:
        planning.withdraw(work, COURSE, public)


def test_going_back_makes_a_new_edition_of_the_old_state_and_leaves_the_drafts_alone(
    practice: House, trainer: Someone
) -> None:
    save(practice, changed(small_course(), "Mới."))
    publish(practice, trainer, note="Sửa bài đầu")
    with practice.writing(trainer.actor) as work:
        done = publishing.roll_back(work, COURSE, 1, "Bản 2 có lỗi")
    assert (done.number, done.fresh) == (3, True)
    shown = page(practice, trainer)
    assert [(one.number, one.note, one.is_live) for one in shown.editions] == [
        (3, "Bản 2 có lỗi", True), (2, "Sửa bài đầu", False), (1, "", False)
    ]  # fmt: skip
    assert [one.path for one in shown.changes] == [LESSON]
    with pytest.raises(NotFound), practice.writing(trainer.actor) as work:
        publishing.roll_back(work, COURSE, 9)


def test_many_who_publish_at_once_make_one_edition_each_time_and_lose_none(practice: House, trainer: Someone) -> None:
    gate = Barrier(6)

    def one(number: int) -> Published:
        gate.wait()
        with practice.writing(trainer.actor) as work:
            publishing.import_texts(work, changed(small_course(), f"Lần {number}."))
            return publishing.publish(work, COURSE)

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(one, range(6)))
    assert sorted(one.number for one in done) == [2, 3, 4, 5, 6, 7]
    assert [one.number for one in everything(practice, texts.Edition)] == [1, 2, 3, 4, 5, 6, 7]


def finish(house: House, who: Someone, *keys: str) -> None:
    for key in keys:
        with house.writing(who.actor) as work:
            finish_lesson(work, COURSE, key)


@pytest.fixture
def no_quiz(house: House, trainer: Someone) -> House:
    """The small course, complete when both lessons are done."""
    files = small_course(mark="")
    save(house, files)
    publish(house, trainer)
    return house


def test_it_is_told_beforehand_who_becomes_complete_and_who_less_complete(
    no_quiz: House, trainer: Someone, make_person: Make, enrol: Callable[..., None]
) -> None:
    half, all_, none = (make_person(name=f"Người {name}") for name in ("Nửa", "Đủ", "Chưa"))
    for one in (half, all_, none):
        enrol(one, COURSE)
    finish(no_quiz, half, LESSONS[0])
    finish(no_quiz, all_, *LESSONS)
    shorter = small_course(mark="")
    shorter[COURSE_PATH] = shorter[COURSE_PATH].replace("- [Thực hành](thuc-hanh.md)\n".encode(), b"")
    save(no_quiz, shorter)
    told = page(no_quiz, trainer).foretold
    assert told is not None
    assert (told.completing, told.completing_names, told.more, told.kept) == (1, ("Người Nửa",), 0, 0)
    longer = small_course(mark="")
    longer[COURSE_PATH] = longer[COURSE_PATH].replace("- [Thử".encode(), "- [Thêm](them.md)\n- [Thử".encode())
    save(no_quiz, {**longer, f"courses/{COURSE}/them.md": lesson("Thêm").encode()})
    told = page(no_quiz, trainer).foretold
    assert told is not None
    assert (told.completing, told.more, told.more_names, told.kept) == (0, 1, ("Người Nửa",), 1)


def test_after_publishing_the_worker_judges_everybody_anew_and_the_ledger_names_the_edition(
    no_quiz: House, trainer: Someone, make_person: Make, enrol: Callable[..., None]
) -> None:
    half, gone = make_person(), make_person(left=no_quiz.clock().date())
    for one in (half, gone):
        enrol(one, COURSE)
        finish(no_quiz, one, LESSONS[0])
    shorter = small_course(mark="")
    shorter[COURSE_PATH] = shorter[COURSE_PATH].replace("- [Thực hành](thuc-hanh.md)\n".encode(), b"")
    save(no_quiz, shorter)
    publish(no_quiz, trainer)
    assert working.run_next(no_quiz)
    assert everything(no_quiz, Job)[0].result == {"complete": 1}
    complete = [row for row in everything(no_quiz, Completion) if row.kind == "course"]
    assert [(row.person_id, row.reason) for row in complete] == [(half.id, "judged by a new edition")]
    assert complete[0].edition_id == everything(no_quiz, texts.Edition)[1].id
    assert [row.person_id for row in everything(no_quiz, Certificate)] == [half.id]
    assert rejudging.judge_all(no_quiz, COURSE) == 0


def test_what_was_completed_stays_completed_whatever_is_published(
    no_quiz: House, trainer: Someone, make_person: Make, enrol: Callable[..., None]
) -> None:
    done = make_person()
    enrol(done, COURSE)
    finish(no_quiz, done, *LESSONS)
    before = [(row.kind, row.item, row.at) for row in everything(no_quiz, Completion)]
    longer = small_course(mark="")
    longer[COURSE_PATH] = longer[COURSE_PATH].replace("- [Thử".encode(), "- [Thêm](them.md)\n- [Thử".encode())
    save(no_quiz, {**longer, f"courses/{COURSE}/them.md": lesson("Thêm").encode()})
    publish(no_quiz, trainer)
    working.run_next(no_quiz)
    assert [(row.kind, row.item, row.at) for row in everything(no_quiz, Completion)] == before
    assert len(everything(no_quiz, Certificate)) == 1


def renamed_course() -> dict[str, bytes]:
    files = small_course(mark="")
    files[COURSE_PATH] = files[COURSE_PATH].replace(b"(mo-dau.md)", b"(khoi-dong.md)")
    return {**files, f"courses/{COURSE}/khoi-dong.md": files[LESSON]}


def test_a_renamed_lesson_carries_progress_over_once_the_text_says_so(
    no_quiz: House, trainer: Someone, make_person: Make, enrol: Callable[..., None]
) -> None:
    half = make_person()
    enrol(half, COURSE)
    finish(no_quiz, half, LESSONS[0])
    save(no_quiz, renamed_course())
    shown = page(no_quiz, trainer)
    assert shown.needs_word
    assert [(one.vanished.activity.key, one.offered) for one in shown.gone] == [("mo-dau", (("khoi-dong", "Mở đầu"),))]
    assert shown.foretold is not None
    assert shown.foretold.more == 1
    with pytest.raises(Mistaken), no_quiz.writing(trainer.actor) as work:
        renaming.rename(work, COURSE, "mo-dau", "thuc-hanh")
    with no_quiz.writing(trainer.actor) as work:
        renaming.rename(work, COURSE, "mo-dau", "khoi-dong")
    shown = page(no_quiz, trainer)
    assert not shown.needs_word
    assert shown.foretold is not None
    assert shown.foretold.more == 0
    publish(no_quiz, trainer)
    working.run_next(no_quiz)
    ledger = {(row.kind, row.item) for row in everything(no_quiz, Completion)}
    assert ledger == {("lesson", "mo-dau"), ("lesson", "khoi-dong")}


def test_attempts_under_way_are_counted_and_keep_their_edition(practice: House, trainer: Someone, cast: Cast) -> None:
    open_room(practice, cast).begin()
    edition = everything(practice, Attempt)[0].edition_id
    save(practice, changed(small_course(), "Mới."))
    told = page(practice, trainer).foretold
    assert told is not None
    assert told.sitting == 1
    publish(practice, trainer)
    working.run_next(practice)
    assert everything(practice, Attempt)[0].edition_id == edition
