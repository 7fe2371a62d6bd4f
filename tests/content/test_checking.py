"""The checker: all that is wrong with a tree is told at once, each with its place; what is sound compiles."""

import re
from collections.abc import Mapping
from fractions import Fraction

import pytest

from elearning.content.checking import check_tree
from elearning.content.compiling import compile_course
from elearning.content.packing import pack, unpack
from elearning.content.problems import ContentError, Problems
from elearning.content.reading import Registers, read_registers
from elearning.content.rendering import render_here
from elearning.domain.course import Activity
from elearning.domain.edition import Compiled
from elearning.domain.quiz import Draw
from tests.content.trees import BANK, COURSE, COURSE_EN, FACTS, LAWS, LESSON, QUESTIONS, QUESTIONS_EN, QUIZ, told, tree

COURSE_PATH, LESSON_PATH = "courses/ky-nang/course.md", "courses/ky-nang/01-thoi-han.md"
QUIZ_PATH = "quizzes/cuoi-khoa.md"


def check(files: Mapping[str, bytes]) -> list[str]:
    return told(check_tree(files, render_here)[1])


def compiled(files: Mapping[str, bytes], key: str = "ky-nang") -> Compiled:
    sound, problems = check_tree(files, render_here)
    assert told(problems) == []
    return sound[key]


def test_a_sound_tree_compiles_into_what_its_texts_say() -> None:
    found = compiled(tree())
    assert list(found.course.activities()) == [Activity("lesson", "thoi-han"), Activity("quiz", "cuoi-khoa")]
    assert found.course.summary == "Giới thiệu ngắn."
    assert found.course.certificate is not None
    assert found.course.certificate.valid_months == 24
    assert found.lessons["thoi-han"].cites == ("nd-244-2026#7.3",)
    rules = found.quizzes["cuoi-khoa"].rules
    assert (rules.pass_share, rules.minutes, rules.attempts) == (Fraction(7, 10), 45, None)
    assert rules.shuffle_questions
    assert rules.shuffle_options
    assert found.quizzes["cuoi-khoa"].sections[0].draws == (
        Draw(BANK, 2, tags=("thoi-han",)), Draw(BANK, 1, question="thu-tu"),
    )  # fmt: skip
    assert [question.type for question in found.banks[BANK].values()] == ["one", "several", "short", "number", "order"]
    assert found.banks[BANK]["bat-dau"].unsure
    assert not found.lessons["thoi-han"].unsure
    assert found.laws == ("nd-244-2026",)


def test_a_compiled_course_packed_and_unpacked_is_the_same() -> None:
    found = compiled(
        tree() | {f"{BANK[:-3]}.en.md": QUESTIONS_EN.encode(), "courses/ky-nang/course.en.md": COURSE_EN.encode()}
    )
    assert unpack(pack(found)) == found


def test_a_tree_written_on_another_machine_compiles_into_the_same_words() -> None:
    odd = {path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for path, data in tree().items()}
    assert compiled(odd).banks == compiled(tree()).banks
    assert compiled(odd).lessons == compiled(tree()).lessons


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        (
            tree(lesson=LESSON.replace("law:nd-244-2026#7.3", "law:nd-1-1999#7")),
            [f"{LESSON_PATH}:7: There is no legal document with the key “nd-1-1999”"],
        ),
        (
            tree(lesson=LESSON.replace("[A26]", "[A26, X1]")),
            [f"{LESSON_PATH}:5: The fact “X1” is not in courses/facts.md."],
        ),
        (tree(bank=QUESTIONS.replace("A26 A27", "A26 X1")), [f"{BANK}:12: The fact “X1” is not in courses/facts.md."]),
        (
            tree(bank=QUESTIONS.replace("basis=nd-244-2026#7.3", "basis=nd-1-1999")),
            [f"{BANK}:12: There is no legal document with the key “nd-1-1999”"],
        ),
        (
            tree(bank=QUESTIONS.replace("objective=tinh-han", "objective=khac")),
            [f"{BANK}:12: No lesson of the course has the objective “khac”."],
        ),
        (
            tree(bank=QUESTIONS.replace("- [x] Khi tiếp nhận", "- [ ] Khi tiếp nhận")),
            [f"{BANK}:3: No answer is marked right. Put [x] before the right one."],
        ),
        (
            tree(quiz=QUIZ.replace("2 x", "4 x")),
            [f"{QUIZ_PATH}:9: This draw asks for 4 questions; the bank has 3 that fit."],
        ),
        (
            tree(quiz=QUIZ + "- 2 x [Một](banks/thoi-han.md){tag=thoi-han}\n"),
            [f"{QUIZ_PATH}:9: Each draw can be met alone, but not all together"],
        ),
        (
            tree(quiz=QUIZ + "- [Lại](banks/thoi-han.md#thu-tu)\n"),
            [f"{QUIZ_PATH}:9: Each draw can be met alone, but not all together"],
        ),
        (
            tree(quiz=QUIZ + "- [Sai](banks/thoi-han.md#khong-co)\n"),
            [f"{QUIZ_PATH}:11: This draw asks for 1 questions; the bank has 0 that fit."],
        ),
        (
            tree(quiz=QUIZ + "- 1 x [Sai](banks/khac.md)\n"),
            [f"{QUIZ_PATH}:11: There is no bank “quizzes/banks/khac.md”."],
        ),
        (tree(quiz="---\ntitle: Cuối khóa\n---\nGiới thiệu.\n"), [f"{QUIZ_PATH}:1: The quiz has no section."]),
        (
            tree(quiz=QUIZ.replace("{tag=thoi-han}", "{level=2}")),
            [f"{QUIZ_PATH}:9: A draw is narrowed by tag, difficulty or objective; “level” is not known."],
        ),
        (tree(quiz=QUIZ + "- ba câu\n"), [f"{QUIZ_PATH}:11: Write a draw as: - 5 x [bank](banks/name.md)"]),
        (
            tree(quiz=QUIZ.replace("shuffle: [questions, options]", "shuffle: [answers]")),
            [f"{QUIZ_PATH}:6: shuffle holds questions, options, or both"],
        ),
        (
            tree(quiz=QUIZ.replace("kind: exam", "behaviour: sometimes")),
            [f"{QUIZ_PATH}:3: “behaviour” is one of: deferred, immediate, tries, certainty, practice."],
        ),
        (
            tree(course=COURSE.replace("01-thoi-han.md", "02-khac.md")),
            [
                f"{COURSE_PATH}:10: There is no lesson “courses/ky-nang/02-khac.md”.",
                f"{BANK}:12: No lesson of the course has the objective",
            ],
        ),
        (
            tree(course=COURSE + "- [Lại](01-thoi-han.md)\n"),
            [f"{COURSE_PATH}:12: The lesson “thoi-han” stands in this course twice."],
        ),
        (
            tree(course=COURSE + "- [Lại](quiz:cuoi-khoa)\n"),
            [f"{COURSE_PATH}:12: The quiz “cuoi-khoa” stands in this course twice."],
        ),
        (tree(course=COURSE + "- [Khác](quiz:khac)\n"), [f"{COURSE_PATH}:12: There is no quiz with the key “khac”."]),
        (
            tree(course=COURSE + "- Chỉ có chữ\n"),
            [f"{COURSE_PATH}:12: Write an activity as: - [Title](01-lesson.md) or - [Title](quiz:key)"],
        ),
        (
            tree(course=COURSE + "\n## Chuyên đề 2 {#mot}\n"),
            [
                f"{COURSE_PATH}:13: The key “mot” of this module is used twice",
                f"{COURSE_PATH}:13: This module holds nothing.",
            ],
        ),
        (
            tree(course=COURSE.replace("hours: 2", "complete: [khac]")),
            [f"{COURSE_PATH}:3: complete names “khac”, which is not in the outline."],
        ),
        (
            tree(course=COURSE.replace("hours: 2", "requires: [khac]")),
            [f"{COURSE_PATH}:1: requires names “khac”, which is no course."],
        ),
        (
            tree(course=COURSE.replace("valid_for", "valid")),
            [f'{COURSE_PATH}:4: Write: certificate: {{title: "…", valid_for: 24 months}}'],
        ),
        (
            tree(lesson="---\ntitle: Thời hạn\n---\n"),
            [f"{LESSON_PATH}:1: The lesson holds no text.", f"{BANK}:12: No lesson of the course has"],
        ),
        (
            tree(laws=LAWS.replace("replaced-by=nd-244-2026", "replaced-by=nd-9")),
            ["courses/laws.md:0: “nd-09-2017” names “nd-9”, which is not in the register."],
        ),
        (
            tree(laws=LAWS.replace("from=2026-07-01", "from=01/07/2026")),
            ["courses/laws.md:5: Write from= as a date: 2026-07-01."],
        ),
        (
            tree(facts=FACTS.replace("nd-244-2026#7.3", "nd-1-1999#7")),
            ["courses/facts.md:5: basis= names “nd-1-1999#7”, which is not in courses/laws.md."],
        ),
        (
            tree(facts=FACTS + "\n## Lại {#A26}\n"),
            ["courses/facts.md:11: The key “A26” stands here twice, first in line 3. Change one."],
        ),
        (
            {"courses/laws.md": b"# So"},
            ["courses:0: There is no course here. A course is a folder in courses/ with a file course.md."],
        ),
        (
            tree() | {"quizzes/01-cuoi-khoa.md": QUIZ.encode()},
            [f"{QUIZ_PATH}:1: The quiz “cuoi-khoa” has the same key as quizzes/01-cuoi-khoa.md. Change one."],
        ),
    ],
)
def test_every_mistake_across_texts_is_told_where_it_stands(files: Mapping[str, bytes], wrong: list[str]) -> None:
    found = check(files)
    assert len(found) == len(wrong), found
    assert all(any(line.startswith(start) for line in found) for start in wrong), found


def test_registers_that_are_empty_or_missing_are_no_crash() -> None:
    assert check(tree(laws="", facts=""))
    files = tree()
    del files["courses/laws.md"], files["courses/facts.md"]
    assert check(files)


def broken(number: int) -> str:
    """A question with no right answer, an unknown fact, and a link that leads nowhere: three problems in three lines."""
    return f"""
## Câu {number} {{#cau-{number}}}

- [ ] Sai
- [ ] Cũng sai
"""


def test_a_course_with_forty_mistakes_is_told_all_forty_at_once() -> None:
    links = "\n\n".join(f"[x](law:nd-{number}-1999)" for number in range(10))
    bank = "# Ngân hàng\n" + "".join(broken(number) for number in range(20))
    lesson = LESSON.replace("[A26]", "[X1, X2, X3, X4]") + "\n" + links
    quiz = QUIZ.replace("kind: exam", "kind: test").replace("70%", "0.7").replace("45 minutes", "45 phút")
    course = COURSE.replace("hours: 2", "enrol: everyone") + "- [Khác](quiz:khac)\n- Chữ\n"
    found = check(tree(bank=bank, lesson=lesson, quiz=quiz, course=course))
    assert len(found) == 40
    assert found == sorted(found, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    assert all(re.match(r"[a-z0-9/.-]+\.md:\d+: \S", line) for line in found)
    expected = [f"{BANK}:{2 + 5 * number + 1}" for number in range(20)]
    expected += [f"{LESSON_PATH}:{9 + 2 * number}" for number in range(10)] + [f"{LESSON_PATH}:5"] * 4
    expected += [f"{QUIZ_PATH}:{line}" for line in (3, 4, 5)] + [f"{COURSE_PATH}:{line}" for line in (3, 12, 13)]
    assert sorted(line.rsplit(": ", line.count(": "))[0] for line in found) == sorted(expected)


def test_a_retired_question_stays_in_the_bank_and_a_quiz_that_draws_it_is_told() -> None:
    bank = QUESTIONS.replace("= thủ trưởng\n{: tag=thoi-han }", "= thủ trưởng\n{: tag=thoi-han retired=yes }")
    found = compiled(tree(bank=bank))
    assert found.banks[BANK]["ai"].retired
    assert unpack(pack(found)) == found
    named = bank + "{: retired=yes }\n"
    assert check(tree(bank=named)) == [
        f"{QUIZ_PATH}:10: The question “thu-tu” is retired and cannot be asked. Name another, or take retired=yes away from it."
    ]
    fewer = bank.replace("objective=tinh-han facts", "retired=yes objective=tinh-han facts")
    assert check(tree(bank=fewer)) == [f"{QUIZ_PATH}:9: This draw asks for 2 questions; the bank has 1 that fit."]


def test_retired_says_yes_or_no() -> None:
    assert check(tree(bank=QUESTIONS + "{: retired=maybe }\n"))[0].endswith("retired= is yes or no.")


def test_what_is_wrong_raises_with_all_problems_and_nothing_is_compiled() -> None:
    files = tree(bank=QUESTIONS.replace("[x]", "[ ]"))
    with pytest.raises(ContentError, match="problems in the texts") as raised:
        compile_course(files, "ky-nang", render_here, read_registers(files, Problems()))
    assert len(raised.value.problems) >= 2


def test_a_quiz_is_found_by_its_key_whatever_its_file_is_called() -> None:
    files = tree()
    numbered = {path.replace("quizzes/cuoi-khoa", "quizzes/03-cuoi-khoa"): data for path, data in files.items()}
    assert list(compiled(numbered).quizzes) == ["cuoi-khoa"]
    named = tree(quiz=QUIZ.replace("kind: exam", "key: thi"), course=COURSE.replace("quiz:cuoi-khoa", "quiz:thi"))
    assert list(compiled(named).quizzes) == ["thi"]


def translated() -> dict[str, bytes]:
    return tree() | {
        "courses/ky-nang/course.en.md": COURSE_EN.encode(),
        f"{BANK[:-3]}.en.md": QUESTIONS_EN.encode(),
    }


def test_a_translation_lends_its_words_and_nothing_else() -> None:
    found = compiled(translated())
    course, language = found.course_in("en")
    assert (course.title, language) == ("Speaking skills", "en")
    assert course.modules[0].title == "Module 1"
    assert [module.activities for module in course.modules] == [module.activities for module in found.course.modules]
    assert course.certificate is not None
    assert (course.certificate.title, course.certificate.valid_months) == ("Certificate", 24)
    question, language = found.question_in(BANK, "bat-dau", "en")
    original = found.banks[BANK]["bat-dau"]
    assert language == "en"
    assert [option.html for option in question.body.options] == ["When it happens", "When it is received", "Both"]
    assert question.body.options[0].feedback == "<p>That is the old way.</p>"
    assert (question.body.right, question.body.options[2].keep) == (1, True)
    assert (question.digest, question.points, question.cites) == (original.digest, original.points, original.cites)
    assert question.explanation == original.explanation
    assert found.question_in(BANK, "ai", "en")[0].body.accepted == ("The head", "Người đứng đầu", "thủ trưởng")
    assert found.question_in(BANK, "ai", "vi")[0].body.accepted == ("Người đứng đầu", "thủ trưởng", "The head")


def test_where_a_translation_is_missing_or_has_another_shape_the_original_is_shown() -> None:
    found = compiled(translated())
    assert found.lesson_in("thoi-han", "en") == (found.lessons["thoi-han"], "vi")
    assert found.question_in(BANK, "cac-moc", "en") == (found.banks[BANK]["cac-moc"], "vi")
    assert found.question_in(BANK, "thu-tu", "en")[0] == found.banks[BANK]["thu-tu"]


def test_a_mistake_in_a_translation_is_told_too() -> None:
    bad = QUESTIONS_EN.replace("commune.", "[commune](law:nd-1-1999).").encode()
    found = check(translated() | {f"{BANK[:-3]}.en.md": bad})
    assert [line.split(": ")[0] for line in found] == [f"{BANK[:-3]}.en.md:3"]


def test_an_edition_is_built_again_from_its_own_texts_without_the_register_of_law() -> None:
    files = translated()
    files[f"{BANK[:-3]}.en.md"] = QUESTIONS_EN.replace("commune.", "[commune](law:nd-09-2017).").encode()
    found = compiled(files)
    own = {path: files[path] for path in found.paths}
    assert "courses/laws.md" not in own
    facts = read_registers(own, Problems()).facts
    assert compile_course(own, "ky-nang", render_here, Registers(None, facts)) == found


def test_a_change_to_the_register_of_law_makes_no_new_edition() -> None:
    assert "courses/laws.md" not in compiled(tree()).paths
    assert {COURSE_PATH, LESSON_PATH, QUIZ_PATH, BANK, "courses/facts.md"} == set(compiled(tree()).paths)
