"""The platform in this process over a fresh SQLite database, for counting and for profiles."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench.browser import Browser, InProcess
from bench.journey import Traveller
from bench.people import Learner, Taught, add_learners, right_answers, taught
from elearning.content.rendering import render_here
from elearning.exchange.folder import read_folder
from elearning.factory import build_app, build_house
from elearning.services import preparing, upkeep
from elearning.services.work import House
from elearning.settings import read_settings
from tests.texts import TEXTS


@dataclass(frozen=True, slots=True)
class Inside:
    """An open platform with learners in it; `beside` is the same database by connections of the bench's own."""

    app: Flask
    house: House
    beside: House
    learners: list[Learner]
    taught: Taught

    def browser(self) -> Browser:
        """A browser of its own; cookies are kept by it, not by Flask's client."""
        return Browser(InProcess(self.app.test_client(use_cookies=False)))

    def traveller(self, learner: Learner) -> Traveller:
        """A learner with a browser."""
        return Traveller(learner, self.browser(), self.taught, lambda attempt: right_answers(self.beside, attempt))


@contextmanager
def inside(folder: Path, learners: int) -> Iterator[Inside]:
    """The platform with the course of `tests/texts`, demonstration people and some learners, kept in a folder."""
    settings = read_settings({**os.environ, "PHATNGON_DATA_DIR": str(folder), "PHATNGON_DATABASE_URL": ""})
    house, beside = build_house(settings, render_here), build_house(settings, render_here)
    try:
        upkeep.bring_up_to_date(house)
        preparing.publish_starters(house, read_folder(TEXTS))
        preparing.add_demonstration(house)
        people = add_learners(house, learners, "hoc-vien-")
        yield Inside(build_app(settings, house), house, beside, people, taught(house))
    finally:
        house.store.dispose()
        beside.store.dispose()
