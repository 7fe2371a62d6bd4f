"""`python -m bench.reports`: what reports cost over 200,000 people with three courses each, page by page and file by file.

The province is founded once in the folder that is named and used again from then on. Prints Markdown, to be kept in
bench/results/. Ends with 1 when a report takes more than four statements, or a page reads a whole table that it need not read.
"""

import argparse
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import exports, province
from bench.__main__ import machine
from bench.browser import Browser, InProcess
from bench.meter import metered
from bench.plans import scans
from bench.tables import table
from elearning.domain.person import Actor, Grant
from elearning.factory import build_app
from elearning.services.fictional_province import STARTER
from elearning.services.report_scope import Choices, choices
from elearning.services.work import House

MOST_STATEMENTS = 4
PEOPLE, SMALL = 200_000, 1_700
REPORTS = "/admin/reports/"
COMPLETIONS, PROGRESS = f"{REPORTS}completions", f"{REPORTS}progress"
PAST = "as_of=2026-11-01"
WORDS = "q=nguyen+van+an"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to open. Only figures and searches over everybody may read something of everybody: `everybody`."""

    name: str
    path: str
    everybody: bool = False


@dataclass(slots=True)
class Cost:
    """What a page cost: statements, seconds of processor time, and the steps that read the whole of a table."""

    page: Page
    statements: int
    cpu: float
    whole: list[tuple[str, str]] = field(default_factory=list)

    def broken(self) -> list[str]:
        """The budgets that are not kept."""
        found = []
        if self.page.path.startswith(REPORTS) and self.statements > MOST_STATEMENTS:
            found.append(f"{self.page.name}: {self.statements} statements, at most {MOST_STATEMENTS}")
        if not self.page.everybody:
            found += [f"{self.page.name}: {step} in {statement[:160]}" for step, statement in self.whole]
        return found


def pages(offered: Choices) -> tuple[Page, ...]:
    """Everything that is measured."""
    department = next(node.public for node in offered.nodes if node.name.startswith("Sở "))
    commune = next(node.public for node in offered.nodes if " xã " in node.name)
    there, here, course = f"unit={department}", f"unit={commune}", f"course={STARTER}"
    return (
        Page("completions: everything", COMPLETIONS, True),
        Page("everything, as of a past day", f"{COMPLETIONS}?{PAST}", True),
        Page("everything, one course", f"{COMPLETIONS}?{course}", True),
        Page("everything, who is overdue", f"{COMPLETIONS}?status=overdue", True),
        Page("everything, a name without tones", f"{COMPLETIONS}?{WORDS}", True),
        Page("a department", f"{COMPLETIONS}?{there}"),
        Page("a department, as of a past day", f"{COMPLETIONS}?{there}&{PAST}"),
        Page("a commune", f"{COMPLETIONS}?{here}"),
        Page("a commune, as of a past day", f"{COMPLETIONS}?{here}&{PAST}"),
        Page("a commune, one course, page 2", f"{COMPLETIONS}?{here}&{course}&page=2"),
        Page("progress: all courses", PROGRESS, True),
        Page("one course by module and lesson", f"{PROGRESS}?{course}", True),
        Page("the same, as of a past day", f"{PROGRESS}?{course}&{PAST}", True),
        Page("the same, a department", f"{PROGRESS}?{course}&{there}"),
        Page("the same, a commune", f"{PROGRESS}?{course}&{here}"),
        Page("people: the list", "/admin/people", True),
        Page("people: a name without tones", f"/admin/people?{WORDS}", True),
        Page("units: the tree", "/admin/units", True),
        Page("a unit", f"/admin/units/{commune}", True),
    )


def measure(house: House, browser: Browser, page: Page, times: int) -> Cost:
    """Open a page once to warm it up and then some times more."""
    with metered(house.store.engine) as meter:
        browser.get(page.path, page.name)
        statements, _ = meter.take()
        seen = dict(meter.seen)
        began = time.process_time()
        for _ in range(times):
            browser.get(page.path, page.name)
        cpu = (time.process_time() - began) / times
    return Cost(page, len(statements), cpu, scans(house.store.engine, seen))


def _sign_in(house: House, folder: Path) -> Browser:
    browser = Browser(InProcess(build_app(province.settings_of(folder), house).test_client(use_cookies=False)))
    account = next(one for one in province.accounts(folder) if one["role"] == "admin")
    browser.get("/login", "sign-in page")
    fields: dict[str, str | list[str]] = {
        "identifier": account["identifier"],
        "password": account["password"],
        "next": "",
    }
    browser.post("/login", fields, "signing in", "start page")
    return browser


def _tell_pages(costs: list[Cost]) -> None:
    rows = [(one.page.name, one.statements, f"{one.cpu:.3f}", _read(one)) for one in costs]
    print(table(("page", "statements", "CPU s", "goes through"), rows))


def _read(cost: Cost) -> str:
    """Which tables a page goes through from their beginning, by which index, and whether a full page ends it."""
    found = []
    for step, statement in cost.whole:
        words = step.removeprefix("SCAN ").replace("USING ", "by ").lower()
        found.append(f"{words} until the page is full" if " LIMIT " in statement and " by " in words else words)
    return ", ".join(dict.fromkeys(found)) or "–"


def _tell_founding(founding: province.Founding | None) -> None:
    if founding is not None:
        print(f"- Founding {founding.people:,} people: {founding.cpu:.0f} CPU s, {founding.wall:.0f} s by the clock")


def main() -> int:
    """Measure what was asked for; the status to end with."""
    asked = _asked()
    print(f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}\n")
    _tell_founding(province.found(asked.folder, asked.people))
    if asked.only is None:
        _tell_founding(province.found_aside(SMALL))
    house = province.open_house(asked.folder)
    browser = _sign_in(house, asked.folder)
    broken: list[str] = []
    try:
        if asked.only != "files":
            broken = _pages(house, browser, asked.times)
        if asked.only != "pages":
            _files(house, asked.folder, browser)
    finally:
        house.store.dispose()
    return 1 if broken else 0


def _pages(house: House, browser: Browser, times: int) -> list[str]:
    with house.reading(Actor(0, "", grants=(Grant("admin", "all", 0),))) as work:
        offered = choices(work)
    print(f"\n### Pages, opened {times} times each\n")
    costs = [measure(house, browser, page, times) for page in pages(offered)]
    _tell_pages(costs)
    broken = [words for cost in costs for words in cost.broken()]
    print(f"\nBudgets broken: {len(broken)}" + "".join(f"\n- {words}" for words in broken), flush=True)
    return broken


def _files(house: House, folder: Path, browser: Browser) -> None:
    print("\n### Files of everybody, made by the job\n")
    environment = province.environment(folder)
    print(exports.told([exports.make(house, environment, browser, kind) for kind in ("csv", "xlsx")]))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description="Measure what reports cost.")
    parser.add_argument("--folder", type=Path, required=True, help="where the province is kept, founded when empty")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"how many people are founded ({PEOPLE:,})")
    parser.add_argument("--only", choices=("pages", "files"), help="only pages, or only files")
    parser.add_argument("--times", type=int, default=3, help="how often each page is opened (3)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
