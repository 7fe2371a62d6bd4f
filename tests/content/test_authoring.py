"""The guide for trainers: every example in it is read, checked, written back, and answered rightly."""

import re
from collections.abc import Iterator
from random import Random

import pytest

from elearning.content.bank_lines import split_bank
from elearning.content.checking import check_tree
from elearning.content.problems import Problems
from elearning.content.questions import TYPES as READ
from elearning.content.rendering import render_here
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.services.handouts import has_form
from elearning.settings import resources_folder
from tests.content.trees import formatted, source_of

GUIDE = resources_folder() / "docs" / "authoring.md"
SECTIONS = ("Deferred", "Immediate", "Tries", "Certainty", "Practice")
BLOCK = re.compile(r"^```markdown ?(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COURSE = "---\ntitle: Mẫu\n---\n\n## Một {#mot}\n\n- [Bài](bai.md)\n- [Kiểm tra](quiz:kiem-tra)\n"
LESSON = "---\ntitle: Bài\n---\nNội dung.\n"
QUIZ = "---\ntitle: Kiểm tra\n---\n\n## Một {#mot}\n\n- [Câu](banks/mau.md#KEY)\n"


def blocks() -> Iterator[tuple[str, str, str]]:
    """(heading above, what the block is, its text) of every example."""
    text = GUIDE.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        headings = re.findall(r"^#{2,3} (.+)$", BLOCK.sub("", text[: found.start()]), re.MULTILINE)
        yield headings[-1], found["kind"] or "question", found["text"]


EXAMPLES = list(blocks())
FIRST = next(text for _, kind, text in EXAMPLES if kind == "question=han-24-gio")


def tree(*, bank: str = FIRST, quiz: str = "", lesson: str = LESSON, **more: str) -> dict[str, bytes]:
    """A course around one example. Law, facts and objectives that it names are taken for known."""
    key = split_bank(source_of(bank), Problems())[0].key
    files = {
        "courses/mau/course.md": COURSE, "courses/mau/bai.md": lesson,
        "quizzes/kiem-tra.md": quiz or QUIZ.replace("KEY", key), "quizzes/banks/mau.md": bank, **more,
    }  # fmt: skip
    return {path: text.encode() for path, text in files.items()}


def loosened(text: str) -> str:
    """An example without what it refers to in the registers of law and of facts, and in lessons."""
    return re.sub(r' (facts|basis|objective)=("[^"]*"|\S+)', "", re.sub(r"\[([^\]]*)\]\(law:[^)]*\)", r"\1", text))


def sound(files: dict[str, bytes]) -> None:
    """The checker finds nothing to say."""
    _, problems = check_tree(files, render_here)
    assert [f"{p.path}:{p.line}: {p.message.plain()}" for p in problems] == []


def questions(text: str) -> dict[str, Question]:
    """The questions of a bank, compiled."""
    compiled, problems = check_tree(tree(bank=loosened(text)), render_here)
    assert [problem.message.plain() for problem in problems] == []
    return dict(compiled["mau"].banks["quizzes/banks/mau.md"])


def test_every_type_and_every_behaviour_has_a_section_with_an_example() -> None:
    shown = {
        one.type for heading, kind, text in EXAMPLES if kind.startswith("question") for one in questions(text).values()
    }
    assert shown == set(TYPES) == set(READ)
    assert {heading for heading, kind, _ in EXAMPLES if kind == "quiz"} >= set(SECTIONS)


@pytest.mark.parametrize(("heading", "text"), [(h, t) for h, kind, t in EXAMPLES if kind.startswith("question")])
def test_an_example_of_a_question_can_be_asked_answered_and_written_back(heading: str, text: str) -> None:
    assert formatted(text) == text
    for question in questions(text).values():
        kind = TYPES[question.type]
        for seed in range(5):
            order = kind.draw(question.body, Random(seed), True)  # noqa: S311  a paper that examines nobody
            right = kind.right_value(question.body, order)
            if kind.MARKED == "by-rule":
                assert kind.grade(question.body, order, right).share == 1


@pytest.mark.parametrize(("heading", "text"), [(h, t) for h, kind, t in EXAMPLES if kind == "quiz"])
def test_an_example_of_a_quiz_is_sound(heading: str, text: str) -> None:
    sound(tree(quiz=text))


@pytest.mark.parametrize("text", [t for _, kind, t in EXAMPLES if kind == "lesson"])
def test_an_example_of_a_lesson_is_sound(text: str) -> None:
    sound(tree(lesson=text))


def test_the_example_of_a_translation_is_shown_in_its_language() -> None:
    text = next(text for _, kind, text in EXAMPLES if kind == "translation=han-24-gio")
    compiled, problems = check_tree(tree(**{"quizzes/banks/mau.en.md": text}), render_here)
    assert problems == []
    question, language = compiled["mau"].question_in("quizzes/banks/mau.md", "han-24-gio", "en")
    assert (language, question.body.right) == ("en", 1)
    assert question.body.options[1].html == "The spokesperson of the commune"


@pytest.mark.parametrize("behaviour", SECTIONS)
def test_each_behaviour_in_the_guide_is_the_one_of_its_heading(behaviour: str) -> None:
    text = next(text for heading, kind, text in EXAMPLES if heading == behaviour and kind == "quiz")
    assert f"behaviour: {behaviour.lower()}\n" in text


def test_the_example_of_a_glossary_is_sound_and_a_lesson_can_link_to_it() -> None:
    text = next(text for _, kind, text in EXAMPLES if kind == "glossary")
    lesson = f"{LESSON}Xem [ủy quyền](term:uy-quyen).\n"
    sound(tree(lesson=lesson, **{"courses/glossary.md": text}))


def test_the_example_of_a_form_is_a_form() -> None:
    text = next(text for heading, kind, text in EXAMPLES if heading == "Forms to fill in" and kind == "lesson")
    compiled, problems = check_tree(tree(lesson=text), render_here)
    assert problems == []
    assert has_form(compiled["mau"].lessons["bai"])
