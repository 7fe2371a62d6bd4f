"""A small course with one question of each type, a quiz for each behaviour, and a check question in a lesson."""

import itertools
import math
import struct
import time
import wave
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from elearning.store.models.learning import Attempt, Upload
from tests.journeys.people import Official, newcomer
from tests.journeys.server import Platform
from tests.services import questions_open, questions_pairs, questions_written, texts
from tests.services.texts import COURSE, QUIZ_PATH

LESSON = f"/courses/{COURSE}/mo-dau"
_HINTED = texts.QUESTIONS["mot"].replace(
    "{: points=1 }", '> Trưa là lúc họp báo.\n{: points=3 penalty=1/3 hint="Không phải sáng. | Lúc đứng bóng." }'
)
_PAIRS, _WRITTEN, _OPEN = questions_pairs.QUESTIONS, questions_written.QUESTIONS, questions_open.QUESTIONS
# The text that asks nothing stands between two questions; the recording stands alone on the last page.
QUESTIONS = {
    **{key: texts.QUESTIONS[key] for key in ("nhieu", "ngan", "so", "thu-tu")},
    "loi-dan": _OPEN["loi-dan"],
    **{key: _PAIRS[key] for key in ("muc-do", "ghep", "nhom")},
    **_WRITTEN,
    "mot": _HINTED,
    **{key: _OPEN[key] for key in ("bai-noi", "tham-do", "thang-do")},
    "ghi-am": _OPEN["ghi-am"],
}
PAGE = 4
PATIENCE = 10
# One question for each behaviour, each of another type, and the lines of the quiz's head.
BEHAVIOURS = {
    "immediate": ("thu-tu", "pass: 50%"),
    "tries": ("mot", "pass: 50%\ntries: 3"),
    "certainty": ("ghep", "pass: 50%"),
    "practice": ("cho-trong", ""),
}
# Ten questions that rules can judge, over four pages that may be turned freely; and a few that only go forward.
TEN = ("mot", "nhieu", "ngan", "so", "thu-tu", "muc-do", "ghep", "nhom", "cho-trong", "loi")
AT_WILL, FORWARD = "mat-mang", "mot-chieu"
CHECK = """Đọc rồi thử.

### Xếp vào nhóm nào? {#nhom .question}

| Thông tin | Nhóm |
| --- | --- |
| Số liệu đã kiểm tra | Được nói |
| Lời đồn | Chưa được nói |
| Lịch họp báo | Được nói |

> Lời đồn chưa phải là tin.
{: points=1 }

Sau đó đọc tiếp.
"""
# Invented names, each for one person; there must be more than one worker needs that is given all files.
_GIVEN = ("Ứng", "Yên", "Ngạn", "Ẩn", "Ỷ", "Oanh", "Ước", "Ân", "Êm", "Đạt")
_FAMILIES = ("Phan Thị", "Vũ Đức", "Ngô Văn", "Dương Thị", "Lý Gia", "Hồ Xuân", "Tạ Minh", "Cao Bích")
_people = enumerate(itertools.product(_GIVEN, _FAMILIES), 9001)


def course_files() -> dict[str, bytes]:
    """The texts of the course by path."""
    files = texts.small_course(questions=QUESTIONS, page=PAGE, minutes=60)
    files["courses/luyen-tap/mo-dau.md"] = texts.lesson("Mở đầu", CHECK).encode()
    listed = ""
    for behaviour, (key, lines) in BEHAVIOURS.items():
        head = f"behaviour: {behaviour}\n{lines}\n" if lines else f"behaviour: {behaviour}\n"
        made = texts.small_course(mark="", extra=head, page=1, minutes=None, questions={key: QUESTIONS[key]})
        files[f"quizzes/{behaviour}.md"] = made[QUIZ_PATH]
        listed += f"- [{behaviour}](quiz:{behaviour})\n"
    for key, keys, navigation in ((AT_WILL, TEN, "free"), (FORWARD, TEN[:6], "forward")):
        made = texts.small_course(
            page=3, minutes=60, navigation=navigation, questions={one: QUESTIONS[one] for one in keys}
        )
        files[f"quizzes/{key}.md"] = made[QUIZ_PATH]
        listed += f"- [{key}](quiz:{key})\n"
    path = "courses/luyen-tap/course.md"
    files[path] = files[path] + listed.encode()
    return files


def open_school(platform: Platform) -> None:
    """Publish the course, as an author would."""
    texts.publish(platform.house, course_files())


def pupil(platform: Platform) -> Official:
    """Somebody who has just been enrolled in the course; no two share a name."""
    number, (given, family) = next(_people)
    return newcomer(platform.house, f"{family} {given}", number, COURSE)


def uploads(official: Official, attempt: str) -> list[Upload]:
    """The recordings that were announced for an attempt, oldest first."""
    of_attempt = select(Upload).join(Attempt, Attempt.id == Upload.attempt_id).where(Attempt.public == attempt)
    with official.house.reading(official.actor) as work:
        return list(work.session.scalars(of_attempt.order_by(Upload.id)))


def spoken(path: Path) -> Path:
    """A file of half a second of sound."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 4))) for n in range(4000)))
    return path


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for what comes by itself. Fails where it does not come."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "what should have come by itself did not come"
        time.sleep(0.1)
