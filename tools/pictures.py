"""Draws the pictures of docs/pictures: starts the platform in a folder of its own, goes through the journey, and puts
the twelve main pages, phone and desktop, on one contact sheet. `make pictures`.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from elearning.domain.person import Actor
from elearning.domain.questions import TYPES
from elearning.factory import build_house
from elearning.services import handing_in, saving
from elearning.services.entering import actor_of
from elearning.services.paper import open_paper
from elearning.services.work import House
from elearning.settings import read_settings
from tests.texts import TEXTS

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (360, 780), "desktop": (1280, 900)}
COURSE = "khung-phap-ly"
EXAM = "kiem-tra-cuoi-khoa"
LESSON = "khi-nao-dong-ho-bat-dau"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass(slots=True)
class Scene:
    """The running platform, and where pictures go."""

    url: str
    house: House
    accounts: dict[str, dict[str, str]]
    out: Path


def main() -> None:
    """Draw all pictures into the folder given, docs/pictures by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--language", default="vi")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        port = _free_port()
        environment = os.environ | {"PHATNGON_DATA_DIR": data, "PHATNGON_PORT": str(port)}
        environment["PHATNGON_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "elearning.factory", "serve", "--prepare", "--texts", str(TEXTS)]
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            rows = json.loads((Path(data) / "demo-accounts.json").read_text("utf-8"))
            house = build_house(read_settings(environment))
            accounts = {row["role"]: row for row in rows}
            _draw(Scene(f"http://127.0.0.1:{port}", house, accounts, asked.out), asked.language)
        finally:
            server.terminate()
            server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url)  # noqa: S310  our own server
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def _draw(scene: Scene, language: str) -> None:
    scene.out.mkdir(parents=True, exist_ok=True)
    shots: dict[str, list[Path]] = {}
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for place, (size, (width, height)) in enumerate(SIZES.items()):
            context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
            camera = _Camera(context.new_page(), Path(folder), size, shots)
            _journey(scene, camera, first=place == 0)
            context.close()
            _certificate(scene, browser, camera)
        browser.close()
        _sheet(shots, scene.out / f"contact-sheet{'' if language == 'vi' else '-' + language}.png")
        for size, name in (("phone", "lesson"), ("desktop", "completions")):
            found = next(path for path in shots[size] if path.stem.endswith(name))
            _shrunk(Image.open(found)).save(scene.out / f"{name}-{size}.png", optimize=True)


class _Camera:
    """Takes the pictures of one size, in order."""

    def __init__(self, page: Page, folder: Path, size: str, shots: dict[str, list[Path]]) -> None:
        self.page, self.folder, self.size = page, folder, size
        self.shots = shots.setdefault(size, [])

    def take(self, name: str) -> None:
        path = self.folder / f"{self.size}-{len(self.shots):02d}-{name}.png"
        self.page.screenshot(path=str(path))
        self.shots.append(path)


def _sign_in(scene: Scene, page: Page, role: str) -> None:
    page.goto(f"{scene.url}/login")
    page.fill("[name=identifier]", scene.accounts[role]["identifier"])
    page.fill("[name=password]", scene.accounts[role]["password"])
    page.click("form button.door__go")
    page.wait_for_load_state()


def _journey(scene: Scene, camera: _Camera, first: bool) -> None:
    page, course = camera.page, f"{scene.url}/courses/{COURSE}"
    page.goto(f"{scene.url}/login")
    camera.take("sign-in")
    _sign_in(scene, page, "learner")
    if first:
        _finish_lessons(page, course, 3)
    for name, address in (("start", "/learn"), ("catalogue", "/courses")):
        page.goto(scene.url + address)
        camera.take(name)
    for name, address in (("outline", ""), ("lesson", f"/{LESSON}"), ("quiz", f"/quizzes/{EXAM}")):
        page.goto(course + address)
        camera.take(name)
    page.click("main form button.button")
    page.wait_for_url("**/attempts/**")
    attempt = page.url.split("/attempts/")[1].split("?")[0]
    _answer(scene, page, attempt, 8 if first else 10)
    page.goto(f"{scene.url}/attempts/{attempt}?page=3")
    camera.take("question")
    page.goto(f"{scene.url}/attempts/{attempt}/submit")
    camera.take("look-over")
    page.click("main form button.button:not(.button--quiet)")
    page.wait_for_url("**/result")
    camera.take("result")


def _finish_lessons(page: Page, course: str, most: int) -> None:
    page.goto(course)
    page.locator("main a.button").first.click()
    for _ in range(most):
        page.locator("form[action$='/complete'] button").click()
        page.wait_for_load_state()


def _actor(scene: Scene, page: Page) -> Actor:
    """Whoever is signed in in the browser."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "phatngon")
    actor = actor_of(scene.house, token, scene.house.clock())
    if actor is None:
        raise LookupError("nobody is signed in")
    return actor


def _answer(scene: Scene, page: Page, attempt: str, right: int) -> None:
    """Answer so many questions rightly, as the person in the browser, through the services."""
    actor = _actor(scene, page)
    with scene.house.reading(actor) as work:
        paper = open_paper(work, attempt)
    answers = {}
    for slot in paper.slots[:right]:
        question = paper.compiled.banks[slot.bank][slot.question]
        answers[slot.number] = TYPES[question.type].right_value(question.body, slot.order)
    with scene.house.writing(actor) as work:
        saving.save(work, attempt, saving.Saving("drawn-by-script", 1, 0, answers))


def _certificate(scene: Scene, browser: Browser, camera: _Camera) -> None:
    """The certificate as paper, what a stranger's telephone says of it, and the administrator's report."""
    context = browser.new_context(viewport=dict(zip(("width", "height"), SIZES[camera.size], strict=True)))  # type: ignore[arg-type]
    camera.page = context.new_page()
    _sign_in(scene, camera.page, "learner")
    _complete(scene, camera.page)
    camera.page.goto(f"{scene.url}/certificates")
    href = camera.page.locator("a[href$='.pdf']").first.get_attribute("href") or ""
    pdf = camera.folder / f"{camera.size}.pdf"
    pdf.write_bytes(context.request.get(scene.url + href).body())
    target = camera.folder / f"{camera.size}-{len(camera.shots):02d}-certificate"
    subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", str(pdf), str(target)], check=True)
    camera.shots.append(target.with_suffix(".png"))
    camera.page.goto(f"{scene.url}/verify/{href.rsplit('/', 1)[-1].removesuffix('.pdf')}")
    camera.take("verify")
    context.clear_cookies()
    _sign_in(scene, camera.page, "admin")
    camera.page.goto(f"{scene.url}/admin/reports/completions")
    camera.take("completions")
    context.close()


def _complete(scene: Scene, page: Page) -> None:
    """Finish what is left of the course, once."""
    course = f"{scene.url}/courses/{COURSE}"
    for lesson in ("khi-nao-dong-ho-bat-dau", "thong-tin-ban-dau", "viec-khong-co-han-gio"):
        page.goto(f"{course}/{lesson}")
        if page.locator("form[action$='/complete']").count():
            page.locator("form[action$='/complete'] button").click()
            page.wait_for_load_state()
    for quiz in ("kiem-tra-ai-duoc-phat-ngon", "kiem-tra-dong-ho-24-gio"):
        page.goto(f"{course}/quizzes/{quiz}")
        page.click("main form button.button")
        page.wait_for_url("**/attempts/**")
        attempt = page.url.split("/attempts/")[1].split("?")[0]
        _answer(scene, page, attempt, 5)
        with scene.house.writing(_actor(scene, page)) as work:
            handing_in.submit(work, attempt)


def _shrunk(image: Image.Image) -> Image.Image:
    return image.convert("RGB").quantize(128)


def _sheet(shots: dict[str, list[Path]], target: Path) -> None:
    """Six pairs a row would be too small to read; three pairs a row are not."""
    phone, desktop, gap = (180, 390), (554, 390), 14
    cell = phone[0] + desktop[0] + 3 * gap
    names = shots["phone"]
    rows = -(-len(names) // 3)
    sheet = Image.new("RGB", (cell * 3 + gap, (phone[1] + 2 * gap) * rows + gap), "#e9e6dc")
    edge = ImageDraw.Draw(sheet)
    for place, (small, large) in enumerate(zip(names, shots["desktop"], strict=True)):
        left, top = gap + (place % 3) * cell, gap + (place // 3) * (phone[1] + 2 * gap)
        for path, size, offset in ((small, phone, 0), (large, desktop, phone[0] + gap)):
            image = Image.open(path).convert("RGB")
            image.thumbnail(size)
            sheet.paste(image, (left + offset, top))
            edge.rectangle(
                (left + offset, top, left + offset + image.width - 1, top + image.height - 1), outline="#c9c4b6"
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    _shrunk(sheet).save(target, optimize=True)


if __name__ == "__main__":
    main()
