"""`python -m bench workshop`: what writing costs: a look and a preview of a lesson of 5,000 words, and publishing a large
course, with the page on which that is decided.

The course has 60 lessons and 600 questions. What the process beside this one spends on rendering is counted too.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import stage
from bench.tables import table
from elearning.content.rendering_beside import RenderingBeside
from elearning.domain.person import Actor, Grant
from elearning.factory import build_house
from elearning.services import drafting, previewing, publish_page, publishing, upkeep, writing
from elearning.services.editions import EditionShelf
from elearning.services.work import NOBODY, House
from elearning.settings import read_settings
from elearning.store.files.folder import Folder

PREVIEW, PUBLISH = 150, 5_000
LESSONS, QUESTIONS, BANKS = 60, 600, 10
COURSE = "do-luong"
TICKS = 100
PARAGRAPH = (
    "Khi có việc lớn, câu hỏi đầu tiên của **người phát ngôn** không phải là nói gì mà là đồng hồ đã chạy chưa, "
    "và chạy theo [khoản 3 Điều 7](law:nd-1#7.3) nào. "
)


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--times", type=int, default=20, help="how often each is measured (20)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where a figure is over its budget."""
    with stage.place(asked) as place:
        rendering = RenderingBeside()
        house = _house(place.folder, place.database_url, rendering)
        try:
            return _measured(house, rendering, 3 if asked.small else asked.times)
        finally:
            rendering.close()
            house.store.dispose()


def _house(folder: Path, url: str, rendering: RenderingBeside) -> House:
    settings = read_settings({"PHATNGON_DATA_DIR": str(folder), "PHATNGON_DATABASE_URL": url})
    house = replace(build_house(settings), shelf=EditionShelf(rendering), files=Folder(folder / "files"))
    upkeep.bring_up_to_date(house)
    return house


def _measured(house: House, rendering: RenderingBeside, times: int) -> int:
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, texts())
    writer = Actor(0, "", "vi", (Grant("trainer"),))
    path, long = f"courses/{COURSE}/01-bai-1.md", _lesson("Bài dài", 5_000)

    def look(number: int) -> None:
        with house.reading(writer) as work:
            assert not [one for one in writing.look(work, path, f"{long}\n{number}\n").told if one.must]

    def preview(number: int) -> None:
        with house.reading(writer) as work:
            previewing.preview(work, path, f"{long}\n{number} xem\n")

    def publish(number: int) -> None:
        with house.writing(writer) as work:
            changed = drafting.draft(work, path)
            drafting.save_draft(work, path, _lesson(f"Bài {number}", 100), changed.save_id)
        with house.writing(NOBODY) as work:
            assert publishing.publish(work, COURSE).fresh

    def decide(number: int) -> None:
        with house.writing(writer) as work:
            changed = drafting.draft(work, path)
            drafting.save_draft(work, path, _lesson(f"Bài {number}, xem trước", 100), changed.save_id)
        with house.reading(writer) as work:
            assert publish_page.publish_page(work, COURSE).ready

    first = _once(lambda: publish(-1), rendering)
    rows = [
        ("publish 60 lessons, 600 questions for the first time", PUBLISH, first[0], first[1], first[1]),
        ("publish them again, one text changed", PUBLISH, *_cost(publish, rendering, max(2, times // 5))),
        ("the page of publishing, one text changed", PUBLISH, *_cost(decide, rendering, max(2, times // 5))),
        ("look at 5,000 words", PREVIEW, *_cost(look, rendering, times)),
        ("preview of 5,000 words", PREVIEW, *_cost(preview, rendering, times)),
    ]
    shown = [[name, f"{most:,}", *(f"{figure:,.0f}" for figure in figures)] for name, most, *figures in rows]
    print(table(("what", "budget ms", "CPU ms, median", "ms, median", "ms, worst"), shown))
    over = [name for name, most, cpu, *_ in rows if cpu > most]
    print(f"\nOver budget: {', '.join(over) or 'nothing'}")
    return int(bool(over))


def _once(deed: Callable[[], None], rendering: RenderingBeside) -> tuple[float, float]:
    """Milliseconds of processor and of the clock that something takes."""
    began, spent = time.monotonic(), _spent(rendering)
    deed()
    return 1000 * (_spent(rendering) - spent), 1000 * (time.monotonic() - began)


def _cost(deed: Callable[[int], None], rendering: RenderingBeside, times: int) -> tuple[float, float, float]:
    """Milliseconds of processor (median), of the clock (median), and the worst of the clock; the first time is not counted."""
    deed(0)
    measured = [_once(lambda number=number: deed(number), rendering) for number in range(1, times + 1)]
    cpu, wall = zip(*measured, strict=True)
    return statistics.median(cpu), statistics.median(wall), max(wall)


def _spent(rendering: RenderingBeside) -> float:
    """Seconds of processor of this process, of the one beside it, and of those that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    beside = 0.0
    if rendering.child is not None:
        stat = Path(f"/proc/{rendering.child.pid}/stat")
        fields = stat.read_text().rsplit(")", 1)[1].split() if stat.exists() else ["0"] * 14
        beside = (int(fields[11]) + int(fields[12])) / TICKS
    return time.process_time() + beside + ended.ru_utime + ended.ru_stime


def texts() -> dict[str, bytes]:
    """The large course: modules of ten lessons, banks of sixty questions, a quiz that draws from all of them."""
    modules = "\n".join(
        f"## Chuyên đề {m + 1} {{#chuyen-de-{m + 1}}}\n\n"
        + "".join(f"- [Bài {n}]({n:02d}-bai-{n}.md)\n" for n in range(m * 10 + 1, m * 10 + 11))
        for m in range(LESSONS // 10)
    )
    each = QUESTIONS // BANKS
    draws = "\n".join(f"- 4 x [B](banks/do-{b}.md)" for b in range(BANKS))
    files = {
        f"courses/{COURSE}/course.md": f"---\ntitle: Đo lường\n---\nĐể đo.\n\n{modules}- [Thi](quiz:do-luong)\n",
        "courses/laws.md": '## Nghị định 1 {#nd-1}\nX.\n{: number="1/2026/NĐ-CP" issuer="Chính phủ" from=2026-01-01 verified=V source="x" }\n',
        "quizzes/do-luong.md": f"---\ntitle: Thi\nkind: exam\npass: 50%\n---\nĐể đo.\n\n## Phần 1 {{#p}}\n\n{draws}\n",
    }
    files |= {f"courses/{COURSE}/{n:02d}-bai-{n}.md": _lesson(f"Bài {n}", 900) for n in range(1, LESSONS + 1)}
    files |= {f"quizzes/banks/do-{b}.md": _bank(b, each) for b in range(BANKS)}
    return {path: text.encode() for path, text in files.items()}


def _lesson(title: str, words: int) -> str:
    count = len(PARAGRAPH.split())
    parts = [
        PARAGRAPH if place % 6 else f"## Phần {place // 6 + 1}\n\n{PARAGRAPH}" for place in range(words // count + 1)
    ]
    return f"---\ntitle: {title}\nminutes: 30\n---\n" + "\n\n".join(parts) + "\n"


def _bank(number: int, count: int) -> str:
    return f"# Ngân hàng {number}\n\n" + "\n".join(
        f"## Câu {number}.{n}: {PARAGRAPH.strip()[:60]}? {{#cau-{n}}}\n\n- [ ] Một\n- [x] Hai\n- [ ] Ba\n\n"
        f"> Xem [khoản 3](law:nd-1#7.3).\n{{: points=1 difficulty={n % 5 + 1} }}\n"
        for n in range(count)
    )
