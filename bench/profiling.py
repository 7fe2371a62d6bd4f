"""`python -m bench.profiling`: where the time of each page goes, in this process, without a server around it.

A page is opened again and again by a learner in the middle of the course. Time is told as milliseconds of processor a
request, first without the profiler, then by room of the house or library, then function by function.
"""

import argparse
import cProfile
import pstats
import re
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.browser import Browser
from bench.inside import Inside, inside
from bench.journey import Traveller
from bench.tables import table

ROOMS = (
    "elearning/services", "elearning/store", "elearning/domain", "elearning/content", "elearning/documents", "elearning/web",
    "templates/", "sqlalchemy", "pysqlite3", "jinja2", "flask_babel", "babel", "flask_wtf", "wtforms", "flask_compress", "gzip",
    "werkzeug", "flask", "gettext", "typst",
)  # fmt: skip
OWN = re.compile(r"(elearning/|templates/)")

Entries = dict[tuple[str, int, str], tuple[int, int, float, float, object]]


def pages(platform: Inside) -> tuple[Traveller, dict[str, str]]:
    """A learner in the middle of the course with an attempt open, and the address of each kind of page."""
    first = platform.traveller(platform.learners[0])
    first.sign_in()
    first.learn()
    first.answer()
    first.hand_in()
    browser = first.browser
    result, course = browser.path, f"/courses/{first.taught.course}"
    page = browser.get("/certificates", "").text
    pdf = re.findall(r"/certificates/[^\"/]+\.pdf", page)[0]
    quiz = f"{course}/quizzes/{first.taught.exam}"
    browser.get(quiz, "")
    browser.post(quiz, {}, "", "")
    return first, {
        "start page": "/learn", "catalogue": "/courses", "outline": course, "lesson": f"{course}/{first.taught.lessons[3]}",
        "quiz rules": quiz, "question page": browser.path, "page before handing in": f"{browser.path}/submit",
        "result": result, "certificates": "/certificates", "account": "/account", "certificate as PDF": pdf,
    }  # fmt: skip


def cost(act: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time for one call."""
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) * 1000 / times


def profiled(act: Callable[[], object], times: int) -> pstats.Stats:
    """The profile of some calls."""
    profile = cProfile.Profile(time.process_time)  # by the clock it would count what others compute meanwhile
    profile.enable()
    for _ in range(times):
        act()
    profile.disable()
    return pstats.Stats(profile)


def by_room(stats: pstats.Stats, times: int) -> dict[str, float]:
    """Milliseconds by room or library, from the time that functions spend in themselves."""
    rooms: dict[str, float] = defaultdict(float)
    entries: Entries = stats.stats  # type: ignore[attr-defined]  # typeshed hides the field that pstats documents by use
    for (path, _, name), (_, _, own, _, _) in entries.items():
        where = f"{path} {name}"
        room = next((room for room in ROOMS if room in where), "python and the rest")
        rooms[room] += own * 1000 / times
    return rooms


def functions(stats: pstats.Stats, times: int, most: int) -> list[tuple[object, ...]]:
    """Our own functions and templates with the most time in them and below them."""
    entries: Entries = stats.stats  # type: ignore[attr-defined]  # as above
    own = [(total, calls, key) for key, (_, calls, _, total, _) in entries.items() if OWN.search(key[0])]
    own.sort(key=lambda one: -one[0])
    return [
        (f"{total * 1000 / times:.2f}", f"{calls / times:.0f}", _place(path, line, name))
        for total, calls, (path, line, name) in own[:most]
    ]


def _place(path: str, line: int, name: str) -> str:
    found = OWN.search(path)
    return f"{path[found.start() :] if found else path}:{line} {name}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profiling", description=__doc__)
    parser.add_argument("--times", type=int, default=60, help="how often each page is opened (60)")
    parser.add_argument("--functions", type=int, default=12, help="how many functions of each page are listed (12)")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder, inside(Path(folder), 1) as platform:
        traveller, addresses = pages(platform)
        browser = traveller.browser
        costs = {name: _act(browser, path, asked.times) for name, path in addresses.items()}
        print(table(("page", "CPU ms"), [(n, f"{c:.2f}") for n, c in sorted(costs.items(), key=lambda one: -one[1])]))
        for name, path in addresses.items():
            _tell(name, profiled(partial(browser.fetch, path, ""), asked.times), asked.times, asked.functions)
        saves = traveller.save_all(1)
        rounds = asked.times // saves + 1
        stats = profiled(partial(traveller.save_all, rounds, saves), 1)
        _tell("saving an answer", stats, rounds * saves, asked.functions)


def _act(browser: Browser, path: str, times: int) -> float:
    browser.fetch(path, "")
    return cost(lambda: browser.fetch(path, ""), times)


def _tell(name: str, stats: pstats.Stats, times: int, most: int) -> None:
    rooms = sorted(by_room(stats, times).items(), key=lambda one: -one[1])
    print(f"\n### {name}\n")
    print(", ".join(f"{room} {spent:.2f}" for room, spent in rooms if spent >= 0.05), "\n")
    print(table(("ms", "calls", "function"), functions(stats, times, most)))


if __name__ == "__main__":
    main()
