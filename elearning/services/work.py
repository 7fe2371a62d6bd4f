"""What one piece of work may use, and the only place where anything is committed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from elearning.domain.errors import NotFound
from elearning.domain.message import message
from elearning.domain.person import Actor
from elearning.exchange.sealed_answers import SealedAnswers
from elearning.services.editions import EditionShelf
from elearning.services.failing import refusing
from elearning.store.engine import Store
from elearning.store.files.kind import Files

NOBODY = Actor(0, "")
View = Session  # a view of the database, as pages know it: they may hold one, and end it


@dataclass(frozen=True, slots=True)
class Chance:
    """Where unguessable values come from; tests fix it."""

    token: Callable[[int], str]
    bits: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Platform:
    """What is set once for the installation. `mails` says whether a mail server is set, `seal` is the public key to which
    answer files are sealed, and `unseal` opens them; `remotes` are the repositories that texts may be fetched from; `templates`
    is the folder by which papers are set.
    """

    zone: ZoneInfo
    public_url: str
    issuer: str
    mails: bool = False
    seal: str = ""
    unseal: Callable[[bytes], SealedAnswers] | None = None
    remotes: tuple[str, ...] = ()
    templates: Path = Path("templates")


@dataclass(frozen=True, slots=True)
class Work:
    """All that one use case may use. There is no other way to reach any of it."""

    session: Session
    actor: Actor
    now: datetime
    chance: Chance
    shelf: EditionShelf
    platform: Platform
    files: Files
    address: str = ""

    @property
    def today(self) -> date:
        """The day it is where the platform is."""
        return self.now.astimezone(self.platform.zone).date()


@dataclass(frozen=True, slots=True)
class House:
    """The open house: makes Work, and commits it."""

    store: Store
    clock: Callable[[], datetime]
    chance: Chance
    shelf: EditionShelf
    platform: Platform
    files: Files

    def view(self) -> View:
        """A view that begins with what is first asked of it. Whoever asks for it hands it to `reading`, or closes it."""
        return self.store.reading()

    @contextmanager
    def reading(self, actor: Actor, now: datetime | None = None, begun: View | None = None) -> Iterator[Work]:
        """Work that changes nothing, for it is undone at the end: a view (`ReadingSession`). It goes on with a view that has
        `begun`, and ends that. Raises Unavailable.
        """
        with refusing(), begun or self.store.reading() as session:
            yield self._work(session, actor, now, "")

    @contextmanager
    def writing(
        self, actor: Actor, now: datetime | None = None, address: str = "", short: bool = False
    ) -> Iterator[Work]:
        """Work that changes something: committed when the block ends well, rolled back when it raises.

        `now` is the moment the request arrived, read before waiting for other writers. Raises Unavailable, with nothing
        stored, while the database or its disk cannot take it. `short` is work of a few statements, of which many wait at once.
        """
        now = now or self.clock()
        with refusing(), self.store.write(short, actor.id) as session:
            yield self._work(session, actor, now, address)

    @contextmanager
    def adding(self, actor: Actor, now: datetime) -> Iterator[Work]:
        """Work of one prepared statement that decides by itself whether it still may (`Store.add`). Raises Unavailable as `writing` does,
        and IntegrityError where somebody else was faster.
        """
        with refusing(), self.store.add() as session:
            yield self._work(session, actor, now, "")

    def _work(self, session: Session, actor: Actor, now: datetime | None, address: str) -> Work:
        return Work(session, actor, now or self.clock(), self.chance, self.shelf, self.platform, self.files, address)


def not_here() -> NotFound:
    """What is said of all that does not exist, or not for this person."""
    return NotFound(message("There is no such page. Check the address, or go back to your start page."))
