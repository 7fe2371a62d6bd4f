"""Sitting and running the small course's quiz by the services themselves, without pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from elearning.domain.questions import TYPES
from elearning.services import attempting, exams, handing_in, saving
from elearning.services.arranging import Wanted, arrange
from elearning.services.exams import ExamAttemptPage
from elearning.services.outline import join
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.text import Edition
from elearning.store.queries import attempts
from tests.services.cast import Cast, Someone
from tests.services.texts import COURSE, QUIZ


@dataclass(frozen=True, slots=True)
class Room:
    """An examination room: a house, who sits the quiz, who runs it, and who looks after people."""

    house: House
    learner: Someone
    trainer: Someone
    admin: Someone

    def begin(self, password: str = "") -> str:
        """Begin an attempt, or take up the one that runs."""
        with self.house.writing(self.learner.actor) as work:
            return attempting.start(work, COURSE, QUIZ, password)

    def save(
        self, public: str, answers: Mapping[int, Any], seq: int = 1, base: int = 0, tab: str = "first-tab"
    ) -> saving.SavedReply:
        """Save as the page does."""
        wanted = saving.Saving(tab, seq, base, answers)
        return saving.keep(self.house, self.learner.actor, public, wanted, self.house.clock())

    def hand_in(self, public: str) -> None:
        """Hand in."""
        with self.house.writing(self.learner.actor) as work:
            handing_in.submit(work, public)

    def sweep(self) -> int:
        """What the worker does every minute."""
        return handing_in.close_overdue(self.house, NOBODY)

    def arrange(self, kind: Any, reach: Any = "person", **values: Any) -> None:
        """Add a row for the quiz, as the trainer; for the learner where nobody else is named."""
        if reach == "person":
            values = {"who": self.learner.identifier, "reason": "Lý do", **values}
        with self.house.writing(self.trainer.actor) as work:
            arrange(work, COURSE, QUIZ, Wanted(kind, reach, **values))

    def row(self, public: str) -> rows.Attempt:
        """The row of an attempt."""
        with self.house.reading(NOBODY) as work:
            return work.session.scalars(select(rows.Attempt).where(rows.Attempt.public == public)).one()

    def page(self, public: str) -> ExamAttemptPage:
        """The attempt as the trainer sees it."""
        with self.house.reading(self.trainer.actor) as work:
            return exams.attempt_page(work, public)

    def right(self, public: str) -> dict[int, Any]:
        """What earns every point of an attempt, by slot."""
        with self.house.reading(NOBODY) as work:
            attempt = work.session.scalars(select(rows.Attempt).where(rows.Attempt.public == public)).one()
            digest = work.session.scalars(select(Edition.digest).where(Edition.id == attempt.edition_id)).one()
            compiled = work.shelf.get(work.session, digest)
            found = {}
            for slot in attempts.slots(work.session, attempt.id):
                question = compiled.banks[slot.bank][slot.question]
                found[slot.number] = TYPES[question.type].right_value(question.body, slot.order)
            return found


def open_room(house: House, cast: Cast, unit: str | None = None) -> Room:
    """A learner who has joined the small course, a trainer and an administrator."""
    learner, trainer, admin = cast.person(unit=unit), cast.person("trainer"), cast.person("admin")
    with house.writing(learner.actor) as work:
        join(work, COURSE)
    return Room(house, learner, trainer, admin)
