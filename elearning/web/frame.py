"""What the layout needs, as one frozen object, and how a page is rendered."""

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app, get_flashed_messages, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from elearning.domain.permission import Action, may_somewhere
from elearning.web.identity import language
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
    tabs: tuple[Section, ...] = ()


_STAFF: tuple[tuple[Action, str, tuple[str, ...]], ...] = (
    ("write texts", "workshop.courses", ("/author",)),
    ("run exams", "trainer.quizzes", ("/author/quizzes", "/author/attempts", "/author/answer-files")),
    ("mark", "trainer.waiting", ("/author/marking",)),
    ("see people", "admin.people", ("/admin/",)),
    ("see reports", "admin.completions", ("/admin/reports",)),
)


_FOLDER = re.compile(r"courses/([^/]+)/.*")
# Pages that show their author what learners will see: the frame is theirs too.
TRIALS = frozenset({"workshop.preview", "workshop.preview_typed"})


def frame() -> Frame:
    """The frame of the page that is being made."""
    who = actor()
    sections = _sections() if who.id else ()
    path = request.full_path.rstrip("?").replace("\x00", "")
    return Frame(
        language(), "en" if language() == "vi" else "vi", path, generate_csrf(), who.name or None, sections, _told(),
        current_app.extensions["house"].platform.issuer, any(may_somewhere(who, action) for action, _, _ in _STAFF),
        _tabs(),
    )  # fmt: skip


def _told() -> tuple[Notice, ...]:
    rows: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]  # pairs, when asked so
    return tuple(Notice(kind, text) for kind, text in rows)


def _sections() -> tuple[Section, ...]:
    titles = {
        "workshop.courses": _("Workshop"),
        "trainer.quizzes": _("Exams"),
        "trainer.waiting": _("Marking"),
        "admin.people": _("People"),
        "admin.completions": _("Reports"),
    }
    found = [
        Section(_("My work"), url_for("learner.start"), request.path == "/learn"),
        Section(
            _("Courses"),
            url_for("learner.catalogue"),
            request.path.startswith("/courses") or request.endpoint in TRIALS,
        ),
        Section(_("Certificates"), url_for("learner.certificates"), request.path.startswith("/certificates")),
    ]
    here = next((endpoint for _, endpoint, start in reversed(_STAFF) if request.path.startswith(start)), "")
    found += [
        Section(titles[endpoint], url_for(endpoint), endpoint == here)
        for action, endpoint, _ in _STAFF
        if may_somewhere(actor(), action) and request.endpoint not in TRIALS
    ]
    return tuple(found)


def _tabs() -> tuple[Section, ...]:
    """The pages of the workshop, and those of one course where the page is about one."""
    if request.blueprint != "workshop":
        return ()
    args = request.view_args or {}
    course = args.get("course", "") or _FOLDER.sub(r"\1", args.get("path", ""))
    titles = {
        "workshop.courses": _("Courses"),
        "workshop.banks": _("Question banks"),
        "workshop.laws": _("Laws"),
        "workshop.files": _("Files in and out"),
        "workshop.removed": _("Removed"),
    }
    about = {
        "workshop.tree": _("Contents"),
        "workshop.publish": _("Publishing"),
        "workshop.editions": _("Editions"),
        "workshop.translations": _("Translations"),
    }
    known = current_app.view_functions
    found = [Section(title, url_for(name), request.endpoint == name) for name, title in titles.items() if name in known]
    if course and "/" not in course:
        found += [
            Section(title, url_for(name, course=course), request.endpoint == name)
            for name, title in about.items()
            if name in known
        ]
    return tuple(found)


def show(template: str, page: Any, form: FlaskForm | None = None, status: int = 200) -> tuple[str, int]:
    """Render a page with what templates may see: page, form and frame."""
    return render_template(template, page=page, form=form, frame=frame()), status
