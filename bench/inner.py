"""How many statements each step of the journey costs: the same steps, walked inside this process over the same database."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from flask.testing import FlaskClient

from bench import crowd, steps
from bench.killing import Place
from bench.meter import Meter, metered
from bench.tally import Seen
from bench.visitor import Visitor
from bench.wire import Answer
from elearning.content.rendering import render_here
from elearning.factory import build_app, build_house
from elearning.services.work import House
from elearning.settings import read_settings


@dataclass(slots=True)
class Inside:
    """Straight into the application; every request is counted."""

    client: FlaskClient
    counted: Callable[[], None]

    async def send(self, method: str, path: str, headers: str, body: bytes = b"") -> Answer:
        """Send one request, as `Wire` does."""
        lines = [(name, value.strip()) for name, _, value in (line.partition(":") for line in headers.splitlines())]
        reply = self.client.open(path, method=method, data=body or None, headers=lines)
        head = "\r\n".join([f"HTTP/1.1 {reply.status_code}", *(f"{n}: {v}" for n, v in reply.headers.items())])
        self.counted()
        return Answer(reply.status_code, head.encode(), reply.get_data())

    def close(self) -> None:
        """Nothing is open."""


class Counted(Seen):
    """A tally that keeps the most statements that any request of a step has cost."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self.meter, self.most, self.last = meter, dict[str, int](), 0

    def counted(self) -> None:
        """A request was answered."""
        self.last = len(self.meter.take()[0])

    def note(self, step: str, seconds: float, size: int) -> None:
        """Take the request into account that was answered last."""
        super().note(step, seconds, size)
        self.most[step] = max(self.most.get(step, 0), self.last)


def statements(house: House, place: Place) -> dict[str, int]:
    """The most statements of each step of the journey and of its saves, once everything is warm."""
    settings = read_settings(place.environment())
    own = build_house(settings, render_here)
    app = build_app(settings, own)
    people, most = crowd.add_people(house, 3, "dem-"), dict[str, int]()
    try:
        with metered(own.store.engine) as meter:
            for number, person in enumerate(people):
                seen = Counted(meter)
                visitor = Visitor(Inside(app.test_client(use_cookies=False), seen.counted), seen, Random(number))
                asyncio.run(steps.journey(visitor, person, each=number > 0))
                most = {**most, **seen.most}
    finally:
        own.store.dispose()
    return most
