"""Reports with their filters, kept under names of one's own."""

from urllib.parse import urlsplit

from sqlalchemy import delete, func, select

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import clean
from elearning.domain.permission import within
from elearning.services.work import Work, not_here
from elearning.store.models.notice import SavedView

LONGEST_NAME = 80
LONGEST_PATH = 2_000
MOST = 30
REPORTS = ("/admin/reports/completions", "/admin/reports/progress")


def checked_path(path: str) -> str:
    """The address of one of our reports. Raises NotFound for any other: nobody is led elsewhere by a view."""
    parts = urlsplit(path)
    if len(path) > LONGEST_PATH or parts.scheme or parts.netloc or parts.path not in REPORTS or not path.isprintable():
        raise not_here()
    return path


def save(work: Work, name: str, path: str) -> str:
    """Keep a view of the actor's; one of the same name is replaced. Its cleaned name.

    Raises NotFound for actors without reports and for addresses that are none of them, Mistaken for a name that is
    empty or too long, and for more than 30 views.
    """
    within(work.actor, "see reports")
    name, path = clean(name), checked_path(path)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Mistaken(message("Give the view a name of up to %(most)s characters.", most=LONGEST_NAME))
    mine = select(SavedView).where(SavedView.person_id == work.actor.id)
    known = work.session.scalar(mine.where(SavedView.name == name))
    if known is not None:
        known.path, known.made = path, work.now
        return name
    if (work.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST:
        raise Mistaken(message("You have %(most)s saved views. Delete one that you no longer need.", most=MOST))
    work.session.add(SavedView(person_id=work.actor.id, name=name, path=path, made=work.now))
    return name


def drop(work: Work, name: str) -> None:
    """Delete a view of the actor's. Raises NotFound where there is none of that name."""
    within(work.actor, "see reports")
    mine = delete(SavedView).where(SavedView.person_id == work.actor.id, SavedView.name == clean(name))
    if not work.session.scalars(mine.returning(SavedView.id)).all():
        raise not_here()
