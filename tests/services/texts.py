"""A small course with one question of each type, in texts that a test may change before it publishes them."""

from collections.abc import Mapping

from elearning.services import publishing
from elearning.services.publishing import Published
from elearning.services.work import NOBODY, House

COURSE = "luyen-tap"
QUIZ = "thu-tai"
BANK = "quizzes/banks/thu-tai.md"
QUIZ_PATH = "quizzes/thu-tai.md"
LESSONS = ("mo-dau", "thuc-hanh")

_COURSE = """---
title: Luyện tập
language: vi
hours: 1
enrol: {enrol}
order: {order}
complete: all
certificate: {{title: "Chứng nhận luyện tập", valid_for: 12 months}}
---
Một khóa học ngắn.

## Phần một {{#phan-mot}}

- [Mở đầu](mo-dau.md)
- [Thực hành](thuc-hanh.md)
- [Thử tài](quiz:thu-tai)
"""

_QUIZ = """---
title: Thử tài
kind: exam
{mark}{time}attempts: {attempts}
page: {page}
navigation: {navigation}
overdue: {overdue}
review: {review}
{shuffle}{extra}---
Năm câu.

## Phần duy nhất {{#phan-duy-nhat}}

{draws}
"""

QUESTIONS = {
    "mot": """## Chọn một? {#mot}

- [ ] Sáng
- [x] Trưa
- [ ] Chiều

{: points=1 }
""",
    "nhieu": """## Chọn nhiều? {#nhieu}

- [x] Đỏ
- [x] Vàng
- [x] Lam
- [ ] Tím

{: points=2 type=several }
""",
    "ngan": """## Viết gì? {#ngan}

= nghị định

{: points=1 }
""",
    "so": """## Bao nhiêu? {#so}

= 24 giờ

{: points=1 }
""",
    "thu-tu": """## Theo thứ tự nào? {#thu-tu}

1. Nhận tin
2. Kiểm tra
3. Phát ngôn
4. Ghi lại

{: points=2 }
""",
}


def lesson(title: str, body: str = "Nội dung.") -> str:
    """A lesson of five minutes."""
    return f"---\ntitle: {title}\nminutes: 5\nobjectives: {{}}\nfacts: []\n---\n{body}\n"


def small_course(
    *,
    enrol: str = "open",
    order: str = "free",
    mark: str = "50%",
    minutes: int | None = 10,
    attempts: str = "unlimited",
    page: int = 2,
    navigation: str = "free",
    overdue: str = "submit",
    review: str = "after-submit",
    shuffle: bool = False,
    extra: str = "",
    questions: Mapping[str, str] = QUESTIONS,
) -> dict[str, bytes]:
    """The texts of the small course by path. `extra` are more lines of the quiz's front matter."""
    rules = _QUIZ.format(
        mark=f"pass: {mark}\n" if mark else "", extra=extra, time=f"time: {minutes} minutes\n" if minutes else "", attempts=attempts, page=page,
        navigation=navigation, overdue=overdue, review=review,
        shuffle="shuffle: [questions, options]\n" if shuffle else "",
        draws="\n".join(f"- [{key}](banks/thu-tai.md#{key})" for key in questions),
    )  # fmt: skip
    files = {
        "courses/luyen-tap/course.md": _COURSE.format(enrol=enrol, order=order),
        "courses/luyen-tap/mo-dau.md": lesson("Mở đầu"),
        "courses/luyen-tap/thuc-hanh.md": lesson("Thực hành"),
        QUIZ_PATH: rules,
        BANK: "# Thử tài\n\n" + "\n".join(questions.values()),
    }
    return {path: text.encode() for path, text in files.items()}


def publish(house: House, files: Mapping[str, bytes], course: str = COURSE) -> Published:
    """Import texts and publish one course from them, as an author would."""
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, files)
    with house.writing(NOBODY) as work:
        return publishing.publish(work, course)
