"""The glossary as text: what the checker says of it, and what links to it become."""

import pytest

from elearning.content.checking import check_tree
from elearning.content.compiling import compile_course
from elearning.content.glossary import compile_glossary
from elearning.content.problems import Problems
from elearning.content.reading import Registers, read_registers
from elearning.content.rendering import render_here
from tests.content.trees import BANK, COURSE, FACTS, LAWS, LESSON, QUESTIONS, QUIZ, told

TERM = "## ủy quyền {#uy-quyen}\nBằng văn bản: [khoản 3](law:nd-244-2026#7.3).\n{: facts=A26 }\n"
PATH, LESSON_PATH = "courses/glossary.md", "courses/ky-nang/01-thoi-han.md"


def tree(glossary: str = TERM, lesson: str = "Xem [ủy quyền](term:uy-quyen).", **more: str) -> dict[str, bytes]:
    """A course whose lesson links to a term."""
    texts = {
        "courses/laws.md": LAWS, "courses/facts.md": FACTS, "courses/ky-nang/course.md": COURSE, PATH: glossary,
        LESSON_PATH: f"{LESSON}\n{lesson}\n", "quizzes/cuoi-khoa.md": QUIZ, BANK: QUESTIONS, **more,
    }  # fmt: skip
    return {path: text.encode() for path, text in texts.items()}


def test_a_link_to_a_term_leads_to_the_glossary_and_the_lesson_knows_it() -> None:
    compiled, problems = check_tree(tree(), render_here)
    lesson = compiled["ky-nang"].lessons["thoi-han"]
    assert told(problems) == []
    assert lesson.terms == ("uy-quyen",)
    assert '<a class="term" data-term="uy-quyen" href="/glossary/uy-quyen"' in lesson.parts[0].html


@pytest.mark.parametrize(
    ("glossary", "lesson", "said"),
    [
        (TERM, "[x](term:khac)", f"{LESSON_PATH}:9: There is no term with the key “khac” in courses/glossary.md."),
        (TERM.replace("A26", "A99"), "", f"{PATH}:1: The fact “A99” is not in courses/facts.md."),
        (TERM.replace("facts=A26", "pair=khac"), "", f"{PATH}:1: pair= names “khac”, which is no term of the glossary."),
        (TERM.replace("nd-244-2026", "nd-1"), "", f"{PATH}:2: There is no legal document with the key “nd-1”"),
        (TERM.replace("{#uy-quyen}", "{#Uy}"), "", f"{PATH}:1: The key “Uy” may hold only small letters"),
        (TERM + TERM, "", f"{PATH}:4: The key “uy-quyen” stands here twice"),
        ("## từ {#tu}\n{: }\n", "", f"{PATH}:1: Say below the heading what the term means."),
        (TERM.replace("facts=", "fact="), "", f"{PATH}:3: The attribute “fact” is not known here."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_term_is_told_with_its_line(glossary: str, lesson: str, said: str) -> None:
    problems = told(check_tree(tree(glossary, lesson), render_here)[1])
    assert [one for one in problems if one.startswith(said)], problems


def test_an_edition_is_made_again_without_the_glossary() -> None:
    """What it links to was there when it was published; the glossary is no part of it."""
    files = tree()
    compiled = check_tree(files, render_here)[0]["ky-nang"]
    assert PATH not in compiled.paths
    own = {path: files[path] for path in compiled.paths}
    registers = Registers(None, read_registers(files, Problems()).facts)
    assert compile_course(own, "ky-nang", render_here, registers) == compiled


def test_a_term_has_its_words_in_every_language_and_translations_bring_words_only() -> None:
    files = tree(
        **{"courses/glossary.en.md": "## authorisation {#uy-quyen}\nIn writing.\n{: }\n\n## stray {#la}\nX.\n{: }\n"}
    )
    problems = Problems()
    terms = compile_glossary(files, render_here, read_registers(files, problems), problems)
    assert told(problems) == []
    assert list(terms) == ["uy-quyen"]
    assert {language: words.name for language, words in terms["uy-quyen"].words.items()} == {
        "vi": "ủy quyền", "en": "authorisation",
    }  # fmt: skip
