"""Questions that stand in a lesson or a quiz, translated: with the marks of what is right left out, or repeated."""

import re

import pytest

from elearning.content.checking import check_tree
from elearning.content.packing import pack, unpack
from elearning.content.rendering import render_here
from elearning.domain.edition import Compiled
from elearning.domain.question import Question
from tests.content.trees import COURSE_EN, LESSON, QUIZ, told, tree

CHECKS = {
    "one": "- [ ] Sáng\n  > Sớm quá.\n- [x] Trưa\n\n> Buổi trưa.\n{: points=2 difficulty=3 facts=A26 }",
    "several": "- [x] Một\n- [ ] Hai\n- [x] Ba\n{: credit=each }",
    "graded": "- [100%] Nói\n- [1/3] Chờ\n- [-50%] Đoán\n{: }",
    "faults": "> ==Một== và ==!hai==.\n{: }",
    "blanks": "Trong {{= 24 }} giờ {{ sai | =đúng }}.\n{: type=blanks }",
    "order": "1. Ghi\n2. Hỏi\n3. Nói\n{: }",
    "number": "= 24 ± 0 giờ\n{: }",
}
REPEATED = {
    "one": "- [ ] Morning\n  > Too early.\n- [x] Noon\n\n> At noon.\n{: points=2 }",
    "several": "- [x] One\n- [ ] Two\n- [x] Three\n{: credit=each }",
    "graded": "- [100%] Speak\n- [1/3] Wait\n- [-50%] Guess\n{: }",
    "faults": "> ==One== and ==!two==.\n{: }",
    "blanks": "Within {{= 24 }} hours {{ wrong | =right }}.\n{: }",
    "order": "1. Write\n2. Ask\n3. Speak\n{: }",
    "number": "= 24 ± 0 hours\n{: }",
}


def without_marks(text: str) -> str:
    """The question as a translation has it: empty boxes, no shares, no faults, no attributes."""
    bare = re.sub(r"^- \[[^\]]*\]", "- [ ]", text, flags=re.MULTILINE).replace("==!", "==").replace("| =", "| ")
    return re.sub(r"\{:.*\}", "{: }", bare)


BARE = {key: without_marks(text) for key, text in REPEATED.items()}


def questions(texts: dict[str, str]) -> str:
    return "\n\n".join(f"### {key.title()} {{#{key} .question}}\n\n{text}" for key, text in texts.items())


def files_with(english: dict[str, str], original: dict[str, str] = CHECKS) -> dict[str, bytes]:
    """A tree whose lesson and whose quiz hold the questions, and translations of both."""
    quiz_head, quiz_body = QUIZ[: QUIZ.index("- 2 x")], QUIZ[QUIZ.index("- 2 x") :]
    lesson_head = LESSON[: LESSON.index("Theo")].replace("Thời hạn", "Time limits")
    return tree(
        lesson=f"{LESSON}\n{questions(original)}\n", quiz=f"{quiz_head}{quiz_body}\n{questions(original)}\n"
    ) | {
        "courses/ky-nang/course.en.md": COURSE_EN.encode(),
        "courses/ky-nang/01-thoi-han.en.md": f"{lesson_head}As the law says.\n\n{questions(english)}\n".encode(),
        "quizzes/cuoi-khoa.en.md": f"{quiz_head}{quiz_body}\n{questions(english)}\n".encode(),
    }


def compiled(files: dict[str, bytes]) -> Compiled:
    sound, problems = check_tree(files, render_here)
    assert told(problems) == []
    return unpack(pack(sound["ky-nang"]))


def both(found: Compiled, key: str) -> list[Question]:
    """The question in English, as the lesson and as the quiz have it."""
    words = found.translations["en"]
    return [words.lessons["thoi-han"].checks[key], words.banks["quizzes/cuoi-khoa.md"][key]]


@pytest.mark.parametrize("key", CHECKS)
def test_marks_left_out_and_marks_repeated_are_the_same_translation(key: str) -> None:
    assert BARE[key] != REPEATED[key] or key in ("order", "number")
    bare, repeated = (compiled(files_with({key: texts[key]}, {key: CHECKS[key]})) for texts in (BARE, REPEATED))
    assert both(bare, key) == both(repeated, key)
    original = bare.lessons["thoi-han"].checks[key]
    for question in both(bare, key):
        assert question.ask == key.title()
        assert question.body != original.body
        assert (question.points, question.difficulty, question.facts, question.digest) == (
            original.points, original.difficulty, original.facts, original.digest,
        )  # fmt: skip


def test_what_is_right_comes_from_the_original_even_where_the_translation_says_otherwise() -> None:
    turned = REPEATED | {
        "one": "- [x] Morning\n- [ ] Noon\n{: points=9 }",
        "faults": "> ==!One== and ==two==.\n{: }",
        "graded": "- [-50%] Speak\n- [1/3] Wait\n- [100%] Guess\n{: }",
    }
    found = compiled(files_with(turned))
    for one, faults, graded in zip(*(both(found, key) for key in ("one", "faults", "graded")), strict=True):
        assert (one.body.right, one.points, one.body.options[1].html) == (1, 2, "Noon")
        assert [span.fault for span in faults.body.spans] == [False, True]
        assert graded.body == both(compiled(files_with(REPEATED)), "graded")[0].body


def test_a_question_missing_from_the_translation_leaves_the_lesson_in_its_own_language() -> None:
    found = compiled(files_with({key: text for key, text in BARE.items() if key != "one"}))
    assert found.lesson_in("thoi-han", "en")[0].title == "Thời hạn"


def test_a_key_that_stands_in_a_translation_twice_is_told() -> None:
    files = files_with(BARE)
    for path in ("courses/ky-nang/01-thoi-han.en.md", "quizzes/cuoi-khoa.en.md"):
        again = files | {path: files[path] + questions({"one": BARE["one"]}).encode()}
        said = told(check_tree(again, render_here)[1])
        assert len(said) == 1
        assert said[0].startswith(f"{path}:")
        assert "stands in this text twice" in said[0]


def test_an_original_without_a_right_answer_is_still_told() -> None:
    said = told(check_tree(files_with(BARE, CHECKS | {"one": without_marks(CHECKS["one"])}), render_here)[1])
    unmarked = {line.split(":")[0] for line in said if "No answer is marked right" in line}
    assert unmarked == {"courses/ky-nang/01-thoi-han.md", "quizzes/cuoi-khoa.md"}
