"""A quiz of forty questions drawn from two banks by tag and difficulty, for counting what beginning an attempt costs."""

from elearning.services import publishing
from elearning.services.work import NOBODY, House

COURSE, QUIZ = "bon-muoi", "bon-muoi-cau"
_COURSE = f"""---
title: Bốn mươi câu
hours: 1
certificate: {{title: "Bốn mươi câu", valid_for: 24 months}}
---
Để đo.

## Phần một {{#mot}}

- [Bốn mươi câu](quiz:{QUIZ})
"""
_QUIZ = """---
title: Bốn mươi câu
kind: exam
pass: 50%
time: 60 minutes
page: 5
shuffle: [questions, options]
---
## Phần 1 {#phan-1}

- 10 x [Bank](banks/bon-muoi-a.md){tag=chan}
- 10 x [Bank](banks/bon-muoi-a.md){difficulty=1}

## Phần 2 {#phan-2}

- 20 x [Bank](banks/bon-muoi-b.md)
"""


def _bank(letter: str) -> str:
    questions = [
        f"## Câu {letter}{n}? {{#cau-{letter}-{n}}}\n\n- [ ] Một\n- [x] Hai\n- [ ] Ba\n\n"
        f"{{: points=1 difficulty={n % 3 + 1} tag={'chan' if n % 2 else 'le'} }}\n"
        for n in range(60)
    ]
    return f"# Ngân hàng {letter}\n\n" + "\n".join(questions)


def publish(house: House) -> str:
    """Publish the course; the address of its quiz."""
    files = {
        f"courses/{COURSE}/course.md": _COURSE, f"quizzes/{QUIZ}.md": _QUIZ, "quizzes/banks/bon-muoi-a.md": _bank("a"),
        "quizzes/banks/bon-muoi-b.md": _bank("b"),
    }  # fmt: skip
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {path: text.encode() for path, text in files.items()})
    with house.writing(NOBODY) as work:
        publishing.publish(work, COURSE)
    return f"/courses/{COURSE}/quizzes/{QUIZ}"
