"""One text looked at by itself as it is typed."""

from collections.abc import Mapping

import pytest

from elearning.content.checking_one import Beside, CheckedText, check_text
from elearning.content.gist import gist_of, registers_of
from elearning.content.links import LinkTable
from elearning.content.rendering import Piece, render_here
from elearning.content.rendering_beside import RenderingBeside

LAWS = b'## Lu\xe1\xba\xadt M\xe1\xbb\x99t {#luat-1}\nG\xc3\xac.\n{: number="1/2026" issuer="QH" from=2026-01-01 verified=V source="x" }\n'
LESSON = "courses/a/01-mot.md"
HEAD = "---\ntitle: Một\nminutes: 5\n---\n"


def beside(files: Mapping[str, str] | None = None, course: str = "a") -> Beside:
    """What stands beside a text: one lesson, one quiz, one law, and whatever files are named."""
    lessons = {
        "courses/a/02-hai.md": gist_of(
            "courses/a/02-hai.md", '---\ntitle: Hai\nobjectives: {x: "Biết x"}\n---\nA'.encode()
        )
    }
    quizzes = {"quizzes/thu.md": gist_of("quizzes/thu.md", b"---\ntitle: T\n---\n")}
    data = {path: text.encode() for path, text in (files or {}).items()}
    return Beside(
        course,
        registers_of(LAWS, b""),
        lessons,
        quizzes,
        {"courses/a/media/x.png": "0" * 64, "courses/a/media/x.mp3": "1" * 64},
        data,
    )


def look(text: str, path: str = LESSON, files: Mapping[str, str] | None = None, course: str = "a") -> CheckedText:
    return check_text(path, text.encode(), beside(files, course), render_here)


def lines(checked: CheckedText) -> list[int]:
    return [problem.line for problem in checked.problems]


def test_a_sound_lesson_has_no_problem_and_can_be_shown() -> None:
    found = look(f"{HEAD}[Luật](law:luat-1#3), [sau](02-hai.md), [thử](quiz:thu), ![Hình](media/x.png)\n")
    assert found.problems == ()
    assert found.lesson is not None
    assert found.lesson.cites == ("luat-1#3",)
    assert "/courses/a/hai" in found.lesson.parts[0].html


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Một.\n\n[x](law:luat-2)", 7),
        ("[x](quiz:khong-co)", 5),
        ("[x](03-ba.md)", 5),
        ("![](media/x.png)", 5),
        ("# Một", 5),
        ("[a](law:luat-1#3)\n\n# Một", 7),
        ("### Hỏi? {#mot .question}\n\n- [x] A\n- [x] A\n- [ ] B\n", 5),
    ],
)
def test_what_is_wrong_is_told_at_its_line(body: str, line: int) -> None:
    assert lines(look(HEAD + body)) == [line]


def test_a_key_that_stands_twice_in_the_front_matter_is_told_at_the_second() -> None:
    assert lines(look("---\ntitle: A\ntitle: B\n---\nC\n")) == [3]


def test_a_bomb_of_aliases_is_told_and_not_built() -> None:
    bomb = "\n".join([f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)])
    found = look(f"---\ntitle: A\n{bomb}\n---\nB\n")
    assert any("Aliases" in problem.message.key for problem in found.problems)


def test_a_text_that_is_too_long_is_told_and_nothing_else() -> None:
    found = look(HEAD + "chữ " * 60_000)
    assert ["200 kB" in problem.message.key for problem in found.problems] == [True]
    assert found.lesson is None


def test_another_lesson_with_the_same_key_is_told() -> None:
    assert "too" in look("---\ntitle: A\nkey: hai\n---\nB\n").problems[0].message.key


def test_an_objective_with_other_words_elsewhere_is_told() -> None:
    assert "other words" in look('---\ntitle: A\nobjectives: {x: "Khác"}\n---\nB\n').problems[0].message.key


def test_a_translation_is_shown_with_what_is_right_in_its_original() -> None:
    question = "### Hỏi? {#q .question}\n\n- [x] Đúng\n- [ ] Sai\n\n{: points=1 }\n"
    english = "### Asked? {#q .question}\n\n- [ ] Right\n- [ ] Wrong\n\n{: }\n"
    found = look(
        f"---\ntitle: One\n---\nText.\n\n{english}", "courses/a/01-mot.en.md", {LESSON: f"{HEAD}Chữ.\n\n{question}"}
    )
    assert found.problems == ()
    assert found.lesson is not None
    assert found.original is not None
    assert (found.lesson.title, found.lesson.checks["q"].ask) == ("One", "Asked?")


def test_the_outline_names_lessons_and_quizzes_that_are_missing() -> None:
    text = "---\ntitle: A\n---\nB\n\n## C {#c}\n\n- [Hai](02-hai.md)\n- [Ba](03-ba.md)\n- [Thử](quiz:khong)\n"
    assert lines(look(text, "courses/a/course.md")) == [9, 10]


def test_a_quiz_tells_of_a_draw_that_cannot_be_met() -> None:
    bank = "# B\n\n## Hỏi? {#mot}\n\n- [x] A\n- [ ] B\n\n{: points=1 }\n"
    quiz = "---\ntitle: T\nkind: practice\n---\nA\n\n## P {#p}\n\n- 2 x [B](banks/b.md)\n"
    assert lines(look(quiz, "quizzes/thu.md", {"quizzes/banks/b.md": bank}, "")) == [9]


def test_a_bank_tells_of_a_broken_question() -> None:
    assert lines(
        look("# B\n\n## Hỏi? {#mot}\n\n- [ ] A\n- [ ] B\n\n{: points=1 }\n", "quizzes/banks/b.md", None, "")
    ) == [3]


def test_the_registers_are_looked_at_too() -> None:
    assert look("## Luật {#Luat}\nX\n{: number=1 }\n", "courses/laws.md", None, "").problems


def test_sound_is_played_with_its_words_below_and_a_paper_is_a_link() -> None:
    table = LinkTable(media={"courses/a/media/x.mp3": "1" * 64, "courses/a/media/y.pdf": "2" * 64})
    sound, paper = render_here(
        [Piece("courses/a/1.md", 1, "![Lời dẫn](media/x.mp3)"), Piece("courses/a/1.md", 1, "![Mẫu](media/y.pdf)")],
        table,
    )
    assert sound.html.startswith("<figure><audio")
    assert "<figcaption>Lời dẫn</figcaption>" in sound.html
    assert ">Mẫu</a>" in paper.html


def test_rendering_beside_gives_what_rendering_here_gives_and_remembers_it() -> None:
    pieces = [Piece(LESSON, 3, "**đậm**\n\n# Sai"), Piece(LESSON, 9, "[x](law:khong)", True)]
    beside_here = RenderingBeside()
    try:
        found = beside_here(pieces, LinkTable())
        assert found == render_here(pieces, LinkTable())
        jobs = beside_here.jobs
        assert beside_here(pieces, LinkTable()) == found
        assert beside_here.jobs == jobs
    finally:
        beside_here.close()


def test_a_process_beside_that_was_killed_is_started_anew() -> None:
    beside_here = RenderingBeside()
    try:
        beside_here([Piece(LESSON, 1, "một")], LinkTable())
        assert beside_here.child is not None
        beside_here.child.kill()
        beside_here.child.wait()
        assert beside_here([Piece(LESSON, 1, "hai")], LinkTable())[0].html == "<p>hai</p>"
    finally:
        beside_here.close()
