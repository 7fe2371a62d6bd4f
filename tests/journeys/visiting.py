"""One person at one browser: how they look, click, and read."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.journeys.watching import Looks, Watch
from tests.journeys.wording import Words, plain

HEIGHTS = {360: 780, 1280: 900}


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes: with scripts or without, on a phone or a desk, in which language."""

    scripts: bool
    width: int
    language: str

    def __str__(self) -> str:
        return f"{'scripts' if self.scripts else 'no-scripts'}-{self.width}-{self.language}"


@dataclass(slots=True)
class Visitor:
    """A browser context of its own, with the page that is in front."""

    address: str
    way: Way
    words: Words
    context: BrowserContext
    page: Page
    watch: Watch
    looks: Looks

    def go(self, path: str) -> None:
        """Open an address of the platform."""
        self.page.goto(f"{self.address}{path}")

    @property
    def path(self) -> str:
        """Where the visitor is."""
        return self.page.url.removeprefix(self.address)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of the interface in the visitor's language."""
        return self.words.say(sentence, **values)

    def heading(self) -> str:
        """The words of the one h1."""
        return plain(self.page.locator("h1").text_content())

    def text(self) -> str:
        """All words of the main part of the page."""
        return plain(self.page.locator("main").text_content())

    def button(self, sentence: str, **values: object) -> Locator:
        """The button with these words."""
        return self.page.get_by_role("button", name=self.say(sentence, **values), exact=True)

    def link(self, sentence: str, exact: bool = True) -> Locator:
        """The link with these words; not `exact`, when more words follow for those who cannot see."""
        return self.page.get_by_role("link", name=self.say(sentence), exact=exact)

    def follow(self, target: Locator) -> None:
        """Click what leads to another page, and wait for that page."""
        with self.page.expect_navigation(wait_until="load"):
            target.click()

    def look(self, name: str) -> None:
        """Look at the page that is open, where scripts run; what is wrong is told at the end, all of it."""
        if self.way.scripts:
            self.watch.faults += self.looks.at(self.page, name, self.way.width, self.way.language)

    def choose_language(self, language: str) -> None:
        """Press the language at the foot of the page; a page that speaks it already offers only the other."""
        if self.language != language:
            self.follow(self.page.locator(f'footer button[name="language"][value="{language}"]'))
        assert self.language == language

    @property
    def language(self) -> str | None:
        """The language that the page says it is in."""
        return self.page.locator("html").get_attribute("lang")

    def sign_in(self, identifier: str, password: str) -> None:
        """Go through the door."""
        self.go("/login")
        self.type_at_door(identifier, password)

    def type_at_door(self, identifier: str, password: str) -> None:
        """Fill in the form of the door, and send it."""
        self.page.locator('input[name="identifier"]').fill(identifier)
        self.page.locator('input[name="password"]').fill(password)
        self.follow(self.page.locator("button.door__go"))


def arrive(browser: Browser, address: str, way: Way, looks: Looks) -> Visitor:
    """Open a browser context and its first page."""
    context = browser.new_context(
        viewport={"width": way.width, "height": HEIGHTS[way.width]}, java_script_enabled=way.scripts, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    watch = Watch(address)
    watch.over(context)
    return Visitor(address, way, Words(way.language), context, context.new_page(), watch, looks)
