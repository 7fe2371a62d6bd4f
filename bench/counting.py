"""Statements, commits and bytes of every page that a learner sees, against the budgets."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import forty
from bench.browser import Asked, Browser
from bench.inside import Inside, inside
from bench.meter import Meter, metered
from bench.plans import scans
from bench.tables import table
from elearning.services.work import NOBODY
from elearning.store.queries import texts

PAGE_STATEMENTS, SAVE_STATEMENTS, BEGIN_STATEMENTS, PAGE_BYTES = 4, 3, 12, 50_000
SAVES = ("saving an answer", "turning a page")
BEGINS = "beginning with 40 questions drawn"
_STATIC = re.compile(r'"(/static/[^"#]+)')
_IMPORT = re.compile(r'from "\./([^"]+)"')


@dataclass(slots=True)
class Row:
    """The most that any page or act of one kind has cost."""

    kind: str
    method: str
    number: int = 0
    statements: int = 0
    commits: int = 0
    size: int = 0
    loaded: int = 0
    path: str = ""
    worst: list[str] = field(default_factory=list)

    def take(self, statements: list[str], commits: int, size: int, loaded: int, path: str) -> None:
        """Take one more of the kind into account."""
        self.number += 1
        if len(statements) > self.statements:
            self.statements, self.worst, self.path = len(statements), statements, path
        self.commits = max(self.commits, commits)
        self.size, self.loaded = max(self.size, size), max(self.loaded, loaded)

    def broken(self) -> list[str]:
        """The budgets that are not kept."""
        found = []
        most = SAVE_STATEMENTS if self.kind in SAVES else PAGE_STATEMENTS if self.method == "GET" else None
        most = BEGIN_STATEMENTS if self.kind == BEGINS else most
        if most is not None and self.statements > most:
            found.append(f"{self.kind}: {self.statements} statements, at most {most} ({self.path})")
        if self.commits > (0 if self.method == "GET" else 1):
            found.append(f"{self.kind}: {self.commits} commits")
        if self.loaded > PAGE_BYTES:
            found.append(f"{self.kind}: {self.loaded:,} bytes with styles and scripts, at most {PAGE_BYTES:,}")
        return found


@dataclass(slots=True)
class Ledger:
    """Rows by kind, filled by the browser as it goes."""

    meter: Meter
    sizes: Callable[[str], int]
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    def note(self, asked: Asked) -> None:
        """Take a request into account, once it was answered."""
        statements, commits = self.meter.take()
        row = self.rows.setdefault((asked.method, asked.kind), Row(asked.kind, asked.method))
        is_page = asked.reply.body.lstrip().startswith(b"<!doctype html>")
        loaded = asked.reply.size + self.sizes(asked.reply.text) if is_page else 0
        row.take(statements, commits, asked.reply.size if asked.reply.status == 200 else 0, loaded, asked.path)
        self.meter.take()


class Loaded:
    """How many bytes, as they travel, a page makes the browser load once: styles, scripts, icons."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.known = browser, dict[str, tuple[int, frozenset[str]]]()

    def __call__(self, page: str) -> int:
        wanted, done = {name.split("?")[0] for name in _STATIC.findall(page)}, set[str]()
        while wanted - done:
            for path in wanted - done:
                done.add(path)
                wanted = wanted | self._file(path)[1]
        return sum(self._file(path)[0] for path in done)

    def _file(self, path: str) -> tuple[int, frozenset[str]]:
        if path not in self.known:
            reply = self.browser.fetch(path, "file")
            imports = _IMPORT.findall(reply.text) if path.endswith(".js") else []
            self.known[path] = reply.size, frozenset(f"/static/{name}" for name in imports)
        return self.known[path]


@contextmanager
def _counted(platform: Inside) -> Iterator[tuple[Ledger, Meter]]:
    with metered(platform.house.store.engine) as meter:
        yield Ledger(meter, Loaded(platform.browser())), meter


def walk(platform: Inside) -> tuple[list[Row], list[tuple[str, str]]]:
    """Walk every page of a learner once warm; the rows, and the statements that read whole tables."""
    address = forty.publish(platform.beside)
    with _counted(platform) as (ledger, meter):
        warm = Ledger(meter, ledger.sizes)
        for learner, book in zip(platform.learners, (warm, ledger), strict=True):
            traveller = platform.traveller(learner)
            traveller.browser.get("/", "first page")
            traveller.browser.note = book.note
            meter.take()
            traveller.browser.get("/", "first page")
            traveller.sign_in()
            traveller.learn()
            traveller.answer()
            traveller.hand_in()
            traveller.certificate()
            _wander(platform, traveller.browser)
            _begin_forty(traveller.browser, address)
        seen = dict(meter.seen)
    return list(ledger.rows.values()), scans(platform.house.store.engine, seen)


def _wander(platform: Inside, browser: Browser) -> None:
    """The pages beside the journey: catalogue, all lessons and quizzes of all courses, a law, the account, a verification."""
    browser.get("/courses", "catalogue")
    browser.get("/learn", "start page")
    browser.get("/account", "account")
    code = _found(r"/certificates/([^\"/]+)\.pdf", browser.get("/certificates", "certificates").text)
    browser.fetch(f"/certificates/{code}.json", "certificate as JSON")
    browser.get(f"/verify/{code}", "verification")
    for course in _live(platform):
        outline = browser.get(f"/courses/{course}", "outline")
        if f"/courses/{course}/enrol" in outline.text:
            browser.post(f"/courses/{course}/enrol", {}, "joining a course", "outline")
        _open_all(browser, course)


def _begin_forty(browser: Browser, address: str) -> None:
    """An attempt of forty questions, drawn from two banks; its pages were counted on the journey."""
    rules = browser.get(address, "quiz rules")
    assert "Bốn mươi câu" in rules.text
    browser.post(address, {}, BEGINS, "first questions")


def _live(platform: Inside) -> list[str]:
    with platform.beside.reading(NOBODY) as work:
        return [row.key for row in texts.live_courses(work.session)]


def _open_all(browser: Browser, course: str) -> None:
    page = browser.get(f"/courses/{course}", "outline").text
    for address in sorted(set(re.findall(rf'"(/courses/{course}/[a-z0-9-]+)"', page)) - {f"/courses/{course}/enrol"}):
        lesson = browser.get(address, "lesson").text
        for law in sorted(set(re.findall(r'"(/laws/[^"]+)"', lesson)))[:1]:
            browser.get(law.replace("&amp;", "&"), "legal document")
    for address in sorted(set(re.findall(rf'"(/courses/{course}/quizzes/[a-z0-9-]+)"', page))):
        browser.get(address, "quiz rules")


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found is not None, f"nothing like {pattern} on the page"
    return found[1]


def report(rows: list[Row], whole: list[tuple[str, str]]) -> list[str]:
    """Print the tables; the budgets that are broken."""
    heads = ("page", "seen", "statements", "commits", "bytes (gzip)", "with all it loads")
    pages = [row for row in rows if row.method == "GET"]
    print("### Pages: the most that one of the kind has cost\n")
    print(table(heads, [_cells(row) for row in pages]))
    print("\n### Acts\n")
    acts = [row for row in rows if row.method == "POST"]
    print(table(("act", *heads[1:4]), [_cells(row)[:4] for row in acts]))
    for row in rows:
        if any("statements" in words for words in row.broken()):
            print(f"\nThe statements of {row.kind}:")
            print("\n".join(f"{n}. `{' '.join(sent.split())[:150]}`" for n, sent in enumerate(row.worst, 1)))
    print(f"\nStatements that read the whole of a table which grows with people or attempts: {len(whole)}")
    for step, statement in whole:
        print(f"- `{step}` in `{statement[:160]}`")
    return [words for row in rows for words in row.broken()]


def _cells(row: Row) -> tuple[object, ...]:
    return row.kind, row.number, row.statements, row.commits, f"{row.size:,}", f"{row.loaded:,}" if row.loaded else "–"


def count() -> list[str]:
    """Count everything, print it; the budgets that are broken, in words."""
    with TemporaryDirectory() as folder, inside(Path(folder), 2) as platform:
        rows, whole = walk(platform)
        return report(rows, whole) + [f"reads a whole table: {step} in {statement}" for step, statement in whole]
