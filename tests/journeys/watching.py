"""What nobody should meet on any page: errors in the console, requests to elsewhere, sideways scroll, shut-out readers."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

GRAVE = ("serious", "critical")
# Chromium repeats in the console what an answer's status has said; statuses are judged by themselves.
REPEATED = "Failed to load resource"
# The innermost things that reach past the right edge, to be named in a complaint.
STICKS_OUT = """[...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, .table-wrap"))
    .filter((one, _, all) => !all.some((other) => other !== one && one.contains(other))).slice(0, 3)
    .map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 60)}`).join(" | ")"""


@dataclass
class Watch:
    """Hears all that the pages of one browser context do, and keeps what they should not.

    Without slots: Playwright leaves a mark on the object whose methods it calls.
    """

    address: str
    faults: list[str] = field(default_factory=list)
    expected: list[tuple[int, str]] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to listen."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def expect(self, status: int, path: str) -> None:
        """From now on this status is right for addresses whose path fits this pattern."""
        self.expected.append((status, path))

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not said.text.startswith(REPEATED):
            self.faults.append(f"console on {said.page.url if said.page else '?'}: {said.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"request to elsewhere: {request.url}")

    def _response(self, response: Response) -> None:
        path = response.url.removeprefix(self.address)
        awaited = any(response.status == status and re.fullmatch(fits, path) for status, fits in self.expected)
        if response.status >= 400 and not awaited:
            self.faults.append(f"status {response.status} of {response.request.method} {path}")


@dataclass(slots=True)
class Looks:
    """Looks at each page once for each width and language, and keeps a picture of it."""

    folder: Path
    seen: set[tuple[str, int, str]] = field(default_factory=set)

    def at(self, page: Page, name: str, width: int, language: str) -> list[str]:
        """What is wrong with the page that is open; nothing where it was looked at before."""
        key = (name, width, language)
        if key in self.seen:
            return []
        self.seen.add(key)
        page.screenshot(path=self.folder / f"{name}-{width}-{language}.png", full_page=True)
        return [f"{name}, {width} px, {language}: {fault}" for fault in (*sideways(page), *_shut_out(page))]


def sideways(page: Page) -> list[str]:
    """What reaches past the right edge of the page that is open; nothing where it fits."""
    wide, seen = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    return [f"scrolls sideways, {wide} px on {seen}: {page.evaluate(STICKS_OUT)}"] if wide > seen else []


def _shut_out(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [_described(violation) for violation in found if violation["impact"] in GRAVE]


def _described(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in violation["nodes"][:4])
    return f"{violation['impact']} {violation['id']} at {places}"
