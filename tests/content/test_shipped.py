"""The courses that come with the platform: what is asked of them holds, and each kind of question was seen to object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from elearning.content.checking import check_tree
from elearning.content.text import digest_of
from tests.content.shipped import figures, glossary, law, lessons, questions, spelling, translations
from tests.content.shipped.reading import Files
from tests.content.trees import told

COURSE = "courses/khung-phap-ly/"
CLOCK = f"{COURSE}10-khi-nao-dong-ho-bat-dau.md"
BANK = "quizzes/banks/dong-ho-24-gio.md"
CLOCK_TERM = "[đồng hồ](term:dong-ho-24-gio)"
LAST = "Khoản 1, khoản 2: ô “Hạn chót” để trống, ghi “thường xuyên”."
TWICE = """## Bộ, Ủy ban nhân dân cấp tỉnh phải họp báo ít nhất mấy tháng một lần? {#hai-lan}

= 3 ± 0 tháng
{: }"""
TWELVE = "- [ ] 12 giờ kể từ khi nhận câu hỏi"
Check = Callable[[Files], list[str]]


def unsound(files: Files) -> list[str]:
    """What the checker says, without the time that Markdown takes; the whole of it is tried in test_starters."""
    return told(check_tree(files, translations.unrendered)[1])  # type: ignore[arg-type]  # a list is what it is given


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: in the file at `path`, `was` becomes `becomes`; with no `was`, it is added at the end."""

    check: Check
    path: str
    was: str
    becomes: str

    def into(self, files: Files) -> dict[str, bytes]:
        """A copy of the files with the error."""
        text = files[self.path].decode()
        assert self.was in text, f"{self.path} has changed: plant the error elsewhere"
        changed = text.replace(self.was, self.becomes) if self.was else f"{text.rstrip()}\n\n{self.becomes}\n"
        return {**files, self.path: changed.encode()}


CHECKS: tuple[Check, ...] = (
    law.loose_citations, law.loose_numbers, law.unused_exceptions, questions.untested_objectives, questions.given_away,
    questions.uniform_several, questions.asked_twice, lessons.untrue_minutes, lessons.heavy_sentences,
    lessons.undescribed_pictures, lessons.dead_links, translations.behind, translations.misshapen, spelling.misspelt,
    glossary.terms_behind, glossary.loose_meanings, glossary.unlinked_terms, figures.undrawn_figures, figures.figures_untold,
)  # fmt: skip
ERRORS: Mapping[str, Planted] = {
    "a question without a right answer": Planted(unsound, BANK, "- [x]", "- [ ]"),
    "a document that is in no register": Planted(law.loose_citations, CLOCK, "law:nd-244-2026#7.4", "law:nd-999-2026#7.4"),
    "a clause that no fact speaks of": Planted(law.loose_citations, CLOCK, "law:nd-244-2026#7.4", "law:nd-244-2026#7.9"),
    "an article that the facts of the lesson do not name": Planted(law.loose_numbers, CLOCK, LAST, "Xem khoản 9 Điều 8."),
    "hours that no fact has": Planted(law.loose_numbers, CLOCK, LAST, "Chậm nhất 48 giờ phải trả lời."),
    "a wrong limit in a sentence that does a sum": Planted(law.loose_numbers, CLOCK, LAST, "Từ 07:00 thì hạn là 36 giờ."),
    "working days that no fact has": Planted(law.loose_numbers, CLOCK, LAST, "Văn phòng có 7 ngày làm việc để trả lời."),
    "a fact that a lesson no longer names": Planted(law.loose_numbers, CLOCK, "facts: [A24, A25, A26, A27, A54, A60]", "facts: [A25]"),
    "a wrong number in an explanation": Planted(
        law.loose_numbers, BANK, "Không khoản nào của [Điều 7](law:nd-244-2026#7) ghi 12 giờ.", "Theo điều này, hạn là 72 giờ."),
    "an objective that nothing tests": Planted(questions.untested_objectives, CLOCK, "objectives: {", 'objectives: {moi-them: "Làm được việc mới", '),
    "the right answer always first": Planted(questions.given_away, BANK, "", "\n".join(
        f"## Câu {n} {{#them-{n}}}\n\n- [x] Đúng rồi\n- [ ] Sai hẳn đi mất\n{{: }}\n" for n in range(9))),
    "the right answer always the longest": Planted(questions.given_away, BANK, "", "\n".join(
        f"## Câu {n} {{#them-{n}}}\n\n" + "- [ ] Sai\n" * (n % 4) + "- [x] Đúng và dài hơn hẳn\n- [ ] Không\n{: }\n" for n in range(24))),
    "several choices, never all of them right": Planted(questions.uniform_several, BANK, "- [x]", "- [ ] Không phải\n- [x]"),
    "a question asked twice": Planted(questions.asked_twice, "quizzes/banks/hop-bao.md", "", TWICE),
    "minutes that are not true": Planted(lessons.untrue_minutes, CLOCK, "minutes: 13", "minutes: 25"),
    "sentences that nobody can read": Planted(lessons.heavy_sentences, CLOCK, "", "\n\n".join(["Và rồi " + "cơ quan tiếp nhận và xử lý " * 9 + "."] * 12)),
    "a picture without words": Planted(lessons.undescribed_pictures, CLOCK, LAST, "![](media/so.png)"),
    "a picture with one word": Planted(lessons.undescribed_pictures, CLOCK, LAST, "![Hình](media/so.png)"),
    "a link to no file": Planted(lessons.dead_links, CLOCK, LAST, "[bài sau](99-khong-co.md)"),
    "a link to no quiz": Planted(lessons.dead_links, CLOCK, LAST, "[kiểm tra](quiz:khong-co)"),
    "a link to another site": Planted(lessons.dead_links, CLOCK, LAST, "[xem](https://example.com/bai)"),
    "an original that has moved on": Planted(translations.behind, CLOCK, "Bốn đồng hồ", "Năm đồng hồ"),
    "a question that has moved on": Planted(translations.behind, BANK, "Con số 12 giờ có trong", "Số 12 giờ có trong"),
    "an option that the translation does not have": Planted(translations.misshapen, BANK, TWELVE, f"- [ ] Một giờ\n{TWELVE}"),
    "a misspelt Vietnamese word": Planted(spelling.misspelt, CLOCK, LAST, "Ngườii phát ngôn."),
    "a tone mark in the other place": Planted(spelling.misspelt, CLOCK, LAST, "Hoà nhã."),
    "a misspelt English word": Planted(spelling.misspelt, CLOCK.replace(".md", ".en.md"), "", "The spokespersom."),
    "a term that is in no glossary": Planted(lessons.dead_links, CLOCK, "term:dong-ho-24-gio", "term:dong-ho-48-gio"),
    "a term confused with one that is not there": Planted(unsound, "courses/glossary.md", "pair=hop-bao ", "pair=hop-bo "),
    "a term with a fact that is not there": Planted(unsound, "courses/glossary.md", "facts=E24", "facts=E99"),
    "a term without a meaning": Planted(unsound, "courses/glossary.md", "", "## từ mới {#tu-moi}\n{: facts=E24 }"),
    "a term that has moved on": Planted(glossary.terms_behind, "courses/glossary.md", "Tin đầu tiên cơ quan", "Tin thứ nhất cơ quan"),
    "a wrong number in a meaning": Planted(glossary.loose_meanings, "courses/glossary.md", "trong 24 giờ kể từ", "trong 48 giờ kể từ"),
    "a wrong article in a meaning": Planted(glossary.loose_meanings, "courses/glossary.md", "[khoản 5 Điều 3 ", "[khoản 9 Điều 3 "),
    "a term that no lesson links to": Planted(glossary.unlinked_terms, "courses/glossary.md", "", "## từ mới {#tu-moi}\nNghĩa.\n{: facts=E24 }"),
    "a term that only one language links to": Planted(glossary.unlinked_terms, CLOCK, CLOCK_TERM, "đồng hồ"),
    "a figure that somebody drew over": Planted(figures.undrawn_figures, f"{COURSE}media/hai-moc.svg", "06:40", "07:40"),
    "a figure told in a word or two": Planted(figures.figures_untold, CLOCK, "![Hai trục ", "![Hình hai trục](media/hai-moc.svg) ![Hai trục "),
    "a figure in the other language": Planted(figures.figures_untold, CLOCK, "media/hai-moc.svg", "media/hai-moc.en.svg"),
    "a drawing that runs something": Planted(unsound, f"{COURSE}media/hai-moc.svg", "<style>", "<script>1</script><style>"),
    "a drawing that loads something": Planted(unsound, f"{COURSE}media/hai-moc.svg", 'class="bar"', 'class="bar" style="fill:url(https://example.com/x)"'),
    "American spelling": Planted(spelling.misspelt, CLOCK.replace(".md", ".en.md"), "", "The color of it."),
}  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_shipped_courses_stand_up_to(check: Check, shipped_files: Files) -> None:
    if check is spelling.misspelt:
        spelling.ensure_hunspell()
    assert check(shipped_files) == []


@pytest.mark.parametrize("error", ERRORS)
def test_a_planted_error_is_objected_to(error: str, shipped_files: Files) -> None:
    planted = ERRORS[error]
    if planted.check is spelling.misspelt:
        spelling.ensure_hunspell()
    said = planted.check(planted.into(shipped_files))
    assert said
    assert all(planted.path in line or planted.path.replace(".md", ".en.md") in line for line in said), said


def test_every_kind_of_check_was_seen_to_object() -> None:
    tried = {planted.check for planted in ERRORS.values()}
    assert set(CHECKS) - tried == {law.unused_exceptions}


def test_a_number_that_needs_no_exception_any_more_is_told(
    shipped_files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {**law.own_numbers(), (CLOCK, "24 giờ"): "no reason"}
    monkeypatch.setattr(law, "own_numbers", lambda: more)
    assert law.unused_exceptions(shipped_files) == [f"{CLOCK}: “24 giờ” needs no exception"]


def test_the_nearest_questions_are_told_with_how_near_they_are(shipped_files: Files) -> None:
    nearest = questions.likeness(shipped_files)
    assert nearest == sorted(nearest, reverse=True)
    assert 0.4 < nearest[0][0] <= questions.MOST_ALIKE, nearest[:3]


def test_a_missing_translation_is_told(shipped_files: Files) -> None:
    without = {path: data for path, data in shipped_files.items() if path != CLOCK.replace(".md", ".en.md")}
    assert translations.behind(without) == [f"{CLOCK}: is not translated"]
    assert digest_of(shipped_files[CLOCK])[:12].encode() in shipped_files[CLOCK.replace(".md", ".en.md")]
