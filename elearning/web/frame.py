"""What the layout needs, as one frozen object, and how a page is rendered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, get_flashed_messages, request
from flask_wtf import FlaskForm

from elearning.domain.permission import Action, may_somewhere
from elearning.web.identity import language
from elearning.web.page_session import page_token
from elearning.web.pages import Pages
from elearning.web.request import actor


@dataclass(frozen=True, slots=True)
class Section:
    """One of the main sections in the masthead."""

    title: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A line above the page; `kind` is good, warn or bad."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the layout shows around a page."""

    language: str
    other_language: str
    path: str
    csrf: str
    who: str | None
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...]
    owner: str
    is_staff: bool


_STAFF: tuple[tuple[Action, str, str], ...] = (
    ("run exams", "trainer.quizzes", "/author/"),
    ("mark", "trainer.waiting", "/author/marking"),
    ("see people", "admin.people", "/admin/"),
    ("see reports", "admin.completions", "/admin/reports"),
)


def frame(pages: Pages) -> Frame:
    """The frame of the page that is being made."""
    who, spoken = actor(), pages.speech.language
    path = request.full_path.rstrip("?").replace("\x00", "")
    allowed = [one for one in _STAFF if may_somewhere(who, one[0])] if who.grants else []
    return Frame(
        spoken, "en" if spoken == "vi" else "vi", path, page_token(), who.name or None,
        _sections(pages, allowed) if who.id else (), _told(), current_app.extensions["house"].platform.issuer, bool(allowed),
    )  # fmt: skip


def _told() -> tuple[Notice, ...]:
    rows: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]  # pairs, when asked so
    return tuple(Notice(kind, text) for kind, text in rows)


def _sections(pages: Pages, allowed: Sequence[tuple[Action, str, str]]) -> tuple[Section, ...]:
    _, url_for, path = pages.speech.catalogue.gettext, pages.url_for, request.path
    titles = {
        "trainer.quizzes": _("Exams"),
        "trainer.waiting": _("Marking"),
        "admin.people": _("People"),
        "admin.completions": _("Reports"),
    }
    here = next((endpoint for _, endpoint, start in reversed(_STAFF) if path.startswith(start)), "")
    return (
        Section(_("My work"), url_for("learner.start"), path == "/learn"),
        Section(_("Courses"), url_for("learner.catalogue"), path.startswith("/courses")),
        Section(_("Certificates"), url_for("learner.certificates"), path.startswith("/certificates")),
        *(Section(titles[endpoint], url_for(endpoint), endpoint == here) for _, endpoint, _ in allowed),
    )


def show(template: str, page: Any, form: FlaskForm | None = None, status: int = 200) -> tuple[str, int]:
    """Render a page with what templates may see: page, form and frame."""
    pages: Pages = current_app.extensions["pages"](language(), request.script_root)
    return pages.get_template(template).render(page=page, form=form, frame=frame(pages)), status
