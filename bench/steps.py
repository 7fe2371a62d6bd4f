"""What people do, request by request: the journey, an attempt page by page, the sitting."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bench.course import JOURNEY, LESSONS, SITTING, SIXTEEN, TWENTY
from bench.crowd import PASSWORD, Someone
from bench.visitor import Stopped, Visitor

_OPTION = re.compile(rb'name="a(\d+)" value="([^"]*)"')
_ATTEMPT = re.compile(r"/attempts/([^/?]+)")
_PAGES = re.compile(rb'data-pages="(\d+)"')

Think = Callable[[], float]
NEVER = float("inf")


def at_once() -> float:
    """No thinking at all."""
    return 0.0


@dataclass(slots=True)
class Paper:
    """An attempt that is open in somebody's browser. With `each` it is one with scripts (static/attempt.js): every answer is saved as it
    is given, the other pages are fetched ahead while the learner thinks, and a page that was is turned to without asking; without
    it, the form sends a page of answers at a time. `rest` are the seconds until the next page is fetched ahead.
    """

    visitor: Visitor
    attempt: str
    each: bool
    think: Think = at_once
    tab: str = ""
    seq: int = 0
    base: int = 0
    slots: int = 0
    rest: float = 0.0
    ahead: dict[int, bytes] = field(default_factory=dict)

    async def pages(self) -> None:
        """Answer page after page until the one before handing in."""
        while not self.visitor.path.endswith("/submit"):
            await self.page()

    async def page(self) -> None:
        """Answer the questions of the page that is open, then turn it."""
        visitor, chosen = self.visitor, self.choose()
        self.slots += len(chosen)
        self.seq, self.base = max(self.seq, int(visitor.field("seq"))), int(visitor.field("base"))
        for slot, letter in chosen.items():
            await self.pause()
            if self.each:
                await self.save({slot: letter})
        last = visitor.page.partition(b'name="go" value="')[2].startswith(b"review")  # the button of the Enter key
        if self.each and not last:
            await self.turn(int(visitor.field("page")) + 1)
        else:
            await self.send(chosen, last)
        for slot, letter in chosen.items():
            visitor.seen.answers[self.attempt, slot] = letter

    async def turn(self, number: int) -> None:
        """Show a page that was fetched ahead; ask for one that was not."""
        if number in self.ahead:
            self.visitor.page = self.ahead[number]
        else:
            await self.visitor.get(f"/attempts/{self.attempt}?page={number}", "page of questions")

    async def send(self, chosen: Mapping[int, str], last: bool) -> None:
        """Send the form with all its fields, as browsers do; the script first sees that it can be sent."""
        visitor, address = self.visitor, f"/attempts/{self.attempt}"
        if self.each:
            await self.knock()
        tab = self.tab if self.each else visitor.field("tab")
        fields = [("seq", str(self.seq)), ("base", str(self.base)), ("tab", tab), ("page", visitor.field("page"))]
        for slot, letter in chosen.items():
            fields += [(f"a{slot}.shown", "1"), (f"a{slot}", letter), (f"f{slot}.shown", "1")]
        await visitor.post(
            f"{address}/answers", [*fields, ("go", "review" if last else "next")],
            "turning a page" if self.each else "saving a page", "page before handing in" if last else "page of questions",
        )  # fmt: skip

    async def knock(self) -> None:
        """See that the key of the forms is fresh, and that the attempt is open to whoever is here (static/door.js)."""
        await self.visitor.fetch("/login/key", "fresh key")
        await self.visitor.look(f"/attempts/{self.attempt}", "knocking")

    async def pause(self) -> None:
        """Think; meanwhile the script fetches one page ahead after another, each after the server had rest from the one before."""
        clock = asyncio.get_running_loop().time
        until = clock() + self.think()
        while self.each and self.rest < until - clock() and (number := self.missing()):
            await asyncio.sleep(self.rest)
            began = clock()
            reply = await self.visitor.fetch(f"/attempts/{self.attempt}?page={number}", "page fetched ahead")
            self.rest = max(0.3, 10 * (clock() - began)) if reply.status == 200 else NEVER
            if reply.status == 200:
                self.ahead[number] = reply.body
        left = max(0.0, until - clock())
        self.rest -= left
        if left:
            await asyncio.sleep(left)

    def missing(self) -> int | None:
        """The next page that this browser does not have; None where it has all that follow."""
        here, found = int(self.visitor.field("page")), _PAGES.search(self.visitor.page)
        after = range(here + 1, int(found[1]) + 1) if found else ()
        return next((number for number in after if number not in self.ahead), None)

    async def save(self, answers: dict[int, str]) -> None:
        """Save some answers by script; what was acknowledged is noted. Raises Stopped for an answer that is none."""
        body = {
            "tab": self.tab, "seq": self.seq, "base": self.base,
            "answers": {str(slot): letter for slot, letter in answers.items()},
        }  # fmt: skip
        await self.visitor.save(f"/attempts/{self.attempt}/answers", body, "saving an answer")
        self.seq += 1
        for slot, letter in answers.items():
            self.visitor.seen.answers[self.attempt, slot] = letter

    def choose(self) -> dict[int, str]:
        """A letter for each question of the page that is open, drawn anew."""
        options: dict[int, list[str]] = {}
        for slot, letter in _OPTION.findall(self.visitor.page):
            options.setdefault(int(slot), []).append(letter.decode())
        return {slot: self.visitor.rng.choice(letters) for slot, letters in options.items()}


async def sign_in(visitor: Visitor, someone: Someone) -> None:
    """The door, and the start page behind it. Raises Stopped when the door stays shut."""
    await visitor.get("/login", "sign-in page")
    fields = [("identifier", someone.identifier), ("password", PASSWORD), ("next", "")]
    await visitor.post("/login", fields, "signing in", "start page")


async def begin(visitor: Visitor, course: str, quiz: str, each: bool, think: Think = at_once) -> Paper:
    """The rules, then the first page of a fresh attempt."""
    address = f"/courses/{course}/quizzes/{quiz}"
    await visitor.get(address, "quiz rules")
    await visitor.post(address, [], "starting an attempt", "page of questions")
    found = _ATTEMPT.search(visitor.path)
    assert found is not None, f"no attempt at {visitor.path}"
    return Paper(visitor, found[1], each, think, visitor.field("tab"), rest=visitor.rng.uniform(1.5, 3.0))


async def hand_in(paper: Paper) -> None:
    """Hand in, and look at the result."""
    visitor = paper.visitor
    if paper.each:
        await paper.knock()
    await visitor.post(f"/attempts/{paper.attempt}/submit", [], "handing in", "result")
    visitor.seen.handed_in[paper.attempt] = paper.slots


async def journey(visitor: Visitor, someone: Someone, each: bool) -> None:
    """Sign in, start page, outline, three lessons, a quiz of 20 questions on 4 pages, the result."""
    await sign_in(visitor, someone)
    await visitor.get(f"/courses/{JOURNEY}", "outline")
    for lesson in LESSONS:
        await visitor.get(f"/courses/{JOURNEY}/{lesson}", "lesson")
    paper = await begin(visitor, JOURNEY, TWENTY, each)
    await paper.pages()
    await hand_in(paper)
    visitor.seen.finished += 1


@dataclass(frozen=True, slots=True)
class Pace:
    """How people sit: all begin within `within` seconds, and think 30 to 90 s a page, made shorter by `scale`."""

    within: float
    scale: float
    shortest: float = 30.0
    longest: float = 90.0

    @property
    def average(self) -> float:
        """Seconds that one page takes on average."""
        return (self.shortest + self.longest) / 2 * self.scale


async def sit(visitor: Visitor, pace: Pace) -> None:
    """Sixteen questions on eight pages, each answer saved when it is given, then handed in."""

    def think() -> float:
        return visitor.rng.uniform(pace.shortest, pace.longest) / 2 * pace.scale

    await asyncio.sleep(visitor.rng.uniform(0, pace.within))
    paper = await begin(visitor, SITTING, SIXTEEN, True, think)
    await paper.pages()
    await hand_in(paper)
    visitor.seen.finished += 1


async def quietly(doing: Awaitable[None]) -> None:
    """Do something; where it was stopped the reason has been counted already."""
    try:
        await doing
    except Stopped:
        return
