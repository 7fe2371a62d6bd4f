"""What a trainer does in the workshop: begin a course, open a text, write, wait until it is safe."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor

SAVED = 20_000


def as_trainer(visitor: Visitor, platform: Platform) -> None:
    """Through the door, and choose the language."""
    visitor.sign_in(platform.accounts["trainer"]["identifier"], platform.accounts["trainer"]["password"])
    visitor.choose_language(visitor.way.language)


def begin_course(visitor: Visitor, title: str) -> str:
    """Begin a course; its key."""
    visitor.go("/author")
    visitor.page.locator('input[name="title"]').fill(title)
    visitor.follow(visitor.button("Create the course"))
    return visitor.path.rsplit("/", 1)[-1]


def add_quiz(visitor: Visitor, title: str) -> None:
    """Add a quiz with questions of its own to the first module of the course that is open."""
    _add(visitor, title, "quiz")


def add_lesson(visitor: Visitor, title: str) -> None:
    """Add a lesson to the first module of the course that is open."""
    _add(visitor, title, "lesson")


def _add(visitor: Visitor, title: str, kind: str) -> None:
    part = visitor.page.locator("[data-module]").first
    part.locator("summary").filter(has_text=visitor.say("Add to this module")).click()
    form = part.locator('form[action$="/add"]')
    form.locator('select[name="kind"]').select_option(kind)
    form.locator('input[name="title"]').fill(title)
    visitor.follow(form.locator("button"))


def open_text(visitor: Visitor, title: str) -> None:
    """Open a text of the course that is open."""
    visitor.follow(visitor.page.locator(".row__title a").filter(has_text=title).first)


def area(visitor: Visitor) -> Locator:
    """Where the text is written."""
    return visitor.page.locator("#text")


def write(visitor: Visitor, words: str) -> None:
    """Type at the end of the text."""
    area(visitor).press("Control+End")
    area(visitor).press_sequentially(words)


def until_safe(visitor: Visitor) -> None:
    """Wait until the page says that all of what was typed is saved, and the browser keeps no copy any more."""
    expect(visitor.page.locator('[data-workshop][data-safe="1"]')).to_be_attached(timeout=SAVED)
    expect(visitor.page.locator("[data-saved]:not(.saved--wait):not(.saved--held)")).to_be_visible()
    assert not visitor.page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('phatngon.draft.'))")


def mends(visitor: Visitor) -> list[str]:
    """The lines that have to be mended, as the list below the text names them."""
    return visitor.page.locator("[data-told] li:has(.bad) .problem__line").all_inner_texts()


def picture(folder: Path) -> Path:
    """A picture as somebody has it on a desk."""
    out = io.BytesIO()
    Image.new("RGB", (800, 500), (11, 93, 99)).save(out, "JPEG")
    path = folder / "Đồng hồ.jpg"
    path.write_bytes(out.getvalue())
    return path


def fill_text(visitor: Visitor, text: str) -> None:
    """Put a whole text in place of what stands in the editor, and wait until it is safe."""
    area(visitor).fill(text)
    until_safe(visitor)


def begin_bank(visitor: Visitor, title: str) -> str:
    """Begin a bank; its key."""
    visitor.go("/author/banks")
    visitor.page.locator('form[action="/author/banks"] input[name="title"]').fill(title)
    visitor.follow(visitor.page.locator('form[action="/author/banks"] button').last)
    return visitor.path.rsplit("/", 1)[-1]


def add_question(visitor: Visitor, bank: str, kind: str, text: str) -> str:
    """Add a question of a type to a bank, as text; its address."""
    visitor.go(f"/author/banks/{bank}/new/{kind}")
    return write_question(visitor, text)


def write_question(visitor: Visitor, text: str) -> str:
    """Put other lines in place of those of the question that is open, and save them; its address."""
    area(visitor).fill(text)
    visitor.follow(visitor.page.locator('form[data-desk] .desk__save button[name="go"]').first)
    return visitor.path


def publish(visitor: Visitor, course: str) -> None:
    """Publish the drafts of a course as they are, from its page."""
    visitor.go(f"/author/courses/{course}/publish")
    visitor.look("workshop-publish")
    visitor.follow(visitor.page.locator('button[name="go"][value="now"]'))
