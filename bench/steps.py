"""What people do, request by request: the journey, an attempt page by page, the sitting."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.course import JOURNEY, LESSONS, SITTING, SIXTEEN, TWENTY
from bench.crowd import PASSWORD, Someone
from bench.visitor import Stopped, Visitor

_OPTION = re.compile(rb'name="a(\d+)" value="([^"]*)"')
_ATTEMPT = re.compile(r"/attempts/([^/?]+)")

Think = Callable[[], Awaitable[None]]


async def at_once() -> None:
    """No thinking at all."""


@dataclass(slots=True)
class Paper:
    """An attempt that is open in somebody's browser. `each` saves every answer as it is given, as the page's script does."""

    visitor: Visitor
    attempt: str
    each: bool
    think: Think = at_once
    seq: int = 0
    base: int = 0
    slots: int = 0

    async def pages(self) -> None:
        """Answer page after page until the one before handing in."""
        while not self.visitor.path.endswith("/submit"):
            await self.page()

    async def page(self) -> None:
        """Answer the questions of the page that is open, then turn it: the form sends all its fields, as browsers do."""
        visitor, chosen = self.visitor, self.choose()
        self.slots += len(chosen)
        self.seq, self.base = int(visitor.field("seq")), int(visitor.field("base"))
        for slot, letter in chosen.items():
            await self.think()
            if self.each:
                await self.save({slot: letter})
        fields = [("seq", str(self.seq)), ("base", str(self.base)), *((n, visitor.field(n)) for n in ("tab", "page"))]
        for slot, letter in chosen.items():
            fields += [(f"a{slot}.shown", "1"), (f"a{slot}", letter), (f"f{slot}.shown", "1")]
        last = visitor.page.partition(b'name="go" value="')[2].startswith(b"review")  # the button of the Enter key
        await visitor.post(
            f"/attempts/{self.attempt}/answers", [*fields, ("go", "review" if last else "next")],
            "turning a page" if self.each else "saving a page", "page before handing in" if last else "page of questions",
        )  # fmt: skip
        for slot, letter in chosen.items():
            visitor.seen.answers[self.attempt, slot] = letter

    async def save(self, answers: dict[int, str]) -> None:
        """Save some answers by script; what was acknowledged is noted. Raises Stopped for an answer that is none."""
        body = {
            "tab": self.visitor.field("tab"), "seq": self.seq, "base": self.base,
            "answers": {str(slot): letter for slot, letter in answers.items()},
        }  # fmt: skip
        said = await self.visitor.save(f"/attempts/{self.attempt}/answers", body, "saving an answer")
        self.seq, self.base = self.seq + 1, int(str(said["version"]))
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
    return Paper(visitor, found[1], each, think)


async def hand_in(paper: Paper) -> None:
    """Hand in, and look at the result."""
    visitor = paper.visitor
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

    async def think() -> None:
        await asyncio.sleep(visitor.rng.uniform(pace.shortest, pace.longest) / 2 * pace.scale)

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
