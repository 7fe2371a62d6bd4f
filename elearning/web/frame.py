"""What the layout needs, as one frozen object, and how a page is rendered."""

import re
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


def frame(spoken: Pages) -> Frame:
    """The frame of the page that is being made."""
    who, here = actor(), spoken.speech.language
    path = request.full_path.rstrip("?").replace("\x00", "")
    allowed = [one for one in _STAFF if may_somewhere(who, one[0])] if who.grants else []
    return Frame(
        here, "en" if here == "vi" else "vi", path, page_token(), who.name or None,
        _sections(spoken, allowed) if who.id else (), _told(), current_app.extensions["house"].platform.issuer, bool(allowed),
        _tabs(spoken) if request.blueprint == "workshop" else (),
    )  # fmt: skip


def _told() -> tuple[Notice, ...]:
    rows: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]  # pairs, when asked so
    return tuple(Notice(kind, text) for kind, text in rows)


def _sections(spoken: Pages, allowed: Sequence[tuple[Action, str, tuple[str, ...]]]) -> tuple[Section, ...]:
    asked = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  a step less each time it is asked
    _, url_for, path = spoken.speech.catalogue.gettext, spoken.url_for, asked.path
    tried = asked.endpoint in TRIALS
    own = (
        Section(_("My work"), url_for("learner.start"), path == "/learn"),
        Section(_("Courses"), url_for("learner.catalogue"), tried or path.startswith("/courses")),
        Section(_("Certificates"), url_for("learner.certificates"), path.startswith("/certificates")),
    )
    if tried or not allowed:
        return own
    titles = {
        "workshop.courses": _("Workshop"),
        "trainer.quizzes": _("Exams"),
        "trainer.waiting": _("Marking"),
        "admin.people": _("People"),
        "admin.completions": _("Reports"),
    }
    here = next((endpoint for _, endpoint, start in reversed(_STAFF) if path.startswith(start)), "")
    return (*own, *(Section(titles[endpoint], url_for(endpoint), endpoint == here) for _, endpoint, _ in allowed))


def _tabs(spoken: Pages) -> tuple[Section, ...]:
    """The pages of the workshop, and those of one course where the page is about one."""
    _, url_for = spoken.speech.catalogue.gettext, spoken.url_for
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
    found = [Section(title, url_for(name), _is_under(name)) for name, title in titles.items() if name in known]
    if course and "/" not in course:
        found += [
            Section(title, url_for(name, course=course), request.endpoint == name)
            for name, title in about.items()
            if name in known
        ]
    return tuple(found)


# Pages of the workshop that belong to one of its tabs though another address leads to them.
_UNDER = {"workshop.banks": ("/author/banks", "/author/import", "/author/export", "/author/alike")}


def _is_under(name: str) -> bool:
    """Whether the page is that of a tab, or one below it."""
    return request.endpoint == name or request.path.startswith(_UNDER.get(name, ("\n",)))


def pages() -> Pages:
    """The templates in the language of the page that is being made."""
    found: Pages = current_app.extensions["pages"](language(), request.script_root)
    return found


def show(template: str, page: Any, form: FlaskForm | None = None, status: int = 200) -> tuple[str, int]:
    """Render a page with what templates may see: page, form and frame."""
    spoken = pages()
    return spoken.get_template(template).render(page=page, form=form, frame=frame(spoken)), status
