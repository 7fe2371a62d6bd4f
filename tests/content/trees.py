"""Small trees of texts for tests, and short ways to read them."""

from elearning.content.bank_reader import read_bank
from elearning.content.pieces import Pieces
from elearning.content.problems import Problem, Problems
from elearning.content.question_reader import QuestionDraft, format_question
from elearning.content.text import Source, read_source

BANK = "quizzes/banks/thoi-han.md"

LAWS = """# Sổ văn bản

## Nghị định 244/2026/NĐ-CP {#nd-244-2026}
Quy định chi tiết.
{: number="244/2026/NĐ-CP" from=2026-07-01 verified=V }

## Nghị định 09/2017/NĐ-CP {#nd-09-2017}
Đã hết hiệu lực.
{: number="09/2017/NĐ-CP" from=2017-03-30 until=2026-06-30 replaced-by=nd-244-2026 }
"""
FACTS = """# Dữ kiện

## A26 {#A26}
Chậm nhất 24 giờ.
{: basis=nd-244-2026#7.3 confidence=V source="Công báo" }

## A27 {#A27}
Chưa đối chiếu.
{: basis=nd-244-2026#7.4 confidence=S }
"""
COURSE = """---
title: Kỹ năng phát ngôn
hours: 2
certificate: {title: "Chứng nhận", valid_for: 24 months}
---
Giới thiệu **ngắn**.

## Chuyên đề 1 {#mot}

- [Thời hạn](01-thoi-han.md)
- [Kiểm tra](quiz:cuoi-khoa)
"""
COURSE_EN = """---
title: Speaking skills
certificate: {title: "Certificate"}
---
A short introduction.

## Module 1 {#mot}

- [Time limits](01-thoi-han.md)
"""
LESSON = """---
title: Thời hạn
minutes: 12
objectives: {tinh-han: "Tính đúng hạn 24 giờ"}
facts: [A26]
---
Theo [khoản 3 Điều 7](law:nd-244-2026#7.3).
"""
QUIZ = """---
title: Cuối khóa
kind: exam
pass: 70%
time: 45 minutes
shuffle: [questions, options]
---
## Phần 1 {#phan-1}
- 2 x [Thời hạn](banks/thoi-han.md){tag=thoi-han}
- [Cố định](banks/thoi-han.md#thu-tu)
"""
QUESTIONS = """# Thời hạn

## Hạn bắt đầu khi nào? {#bat-dau}
Sự việc chỉ thuộc một xã.

- [ ] Khi xảy ra
  > Đó là cách cũ.
- [x] Khi tiếp nhận
- [ ] Cả hai {.keep}

> Xem [khoản 3 Điều 7](law:nd-244-2026#7.3).
{: points=1 difficulty=2 tag=thoi-han objective=tinh-han facts="A26 A27" basis=nd-244-2026#7.3 }

## Chọn các mốc {#cac-moc}

- [x] Tiếp nhận
- [x] Xử lý
- [ ] Đăng báo
{: tag=thoi-han credit=each }

## Ai phát ngôn? {#ai}

= Người đứng đầu
= thủ trưởng
{: tag=thoi-han }

## Bao nhiêu giờ? {#bao-nhieu}

= 24 ± 0 giờ

## Xếp thứ tự {#thu-tu}

1. Tiếp nhận
2. Xác minh
3. Phát ngôn
"""
QUESTIONS_EN = """# Time limits

## When does the limit begin? {#bat-dau}
The matter lies within one commune.

- [ ] When it happens
  > That is the old way.
- [ ] When it is received
- [ ] Both

## Who speaks? {#ai}

= The head

## Put in order {#thu-tu}

1. Receive
2. Verify
"""


def tree(**texts: str) -> dict[str, bytes]:
    """A sound tree; a named part may be another text: course, lesson, quiz, bank, laws, facts."""
    paths = {
        "laws": "courses/laws.md",
        "facts": "courses/facts.md",
        "course": "courses/ky-nang/course.md",
        "lesson": "courses/ky-nang/01-thoi-han.md",
        "quiz": "quizzes/cuoi-khoa.md",
        "bank": BANK,
    }
    sound = {"laws": LAWS, "facts": FACTS, "course": COURSE, "lesson": LESSON, "quiz": QUIZ, "bank": QUESTIONS}
    return {paths[name]: text.encode() for name, text in {**sound, **texts}.items()}


def source_of(text: str, path: str = BANK) -> Source:
    """A text as read, which must be readable."""
    problems = Problems()
    found = read_source(path, text.encode(), problems)
    assert found is not None, problems
    assert not problems
    return found


def told(problems: list[Problem]) -> list[str]:
    """Problems as the command line prints them."""
    return [problem.plain() for problem in problems]


def read_questions(text: str) -> tuple[list[QuestionDraft], list[str]]:
    """The questions of a bank and what is wrong with it."""
    problems = Problems()
    bank = read_bank(source_of(text), Pieces(), problems)
    return list(bank.questions), told(problems)


def formatted(text: str) -> str:
    """The questions of a sound bank in canonical form."""
    questions, wrong = read_questions(text)
    assert not wrong
    return "\n".join(format_question(question) for question in questions)
