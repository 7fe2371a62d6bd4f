"""The Flask application: settings, filters, guards, blueprints."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel

from elearning.services.entering import LANGUAGES
from elearning.services.work import House
from elearning.web.account import views as account
from elearning.web.addresses import init_addresses
from elearning.web.admin import enrolments, imports, reports, roster, units
from elearning.web.admin import views as admin
from elearning.web.counting import init_counting
from elearning.web.crowding import init_crowding
from elearning.web.errors import init_errors
from elearning.web.headers import init_headers
from elearning.web.identity import init_identity, language
from elearning.web.learner import attempts, glossary, media, papers, uploads
from elearning.web.learner import views as learner
from elearning.web.page_session import PageSessions, PageTokens
from elearning.web.pages import init_pages
from elearning.web.public import door, metrics
from elearning.web.public import views as public
from elearning.web.refusing import init_refusing
from elearning.web.speech import Speech, catalogue
from elearning.web.squeezing import init_squeezing
from elearning.web.trainer import (
    banks,
    carrying,
    exam_papers,
    files,
    laws,
    previews,
    publishing,
    question_imports,
    questions,
    translations,
    tree,
    versions,
    word_lessons,
    workshop,
    writing,
)
from elearning.web.trainer import exams as trainer_exams
from elearning.web.trainer import views as trainer

MOST = 1_000_000
PUBLIC_PARTS = (door, metrics)
LEARNER_PARTS = (attempts, glossary, papers, media, uploads)
TRAINER_PARTS = (
    trainer_exams,
    tree,
    writing,
    versions,
    files,
    carrying,
    laws,
    previews,
    publishing,
    translations,
    word_lessons,
)
BANK_PARTS = (banks, questions, question_imports, exam_papers)
ADMIN_PARTS = (enrolments, imports, reports, roster, units)


class Plain(Flask):
    """A Flask whose views are plain functions. Flask asks each function of each request whether it is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


@dataclass(frozen=True, slots=True)
class Outside:
    """What the application is told of the world: where its files are, under which host people come, and the token with which
    its figures may be read (empty: on this machine only).
    """

    resources: Path
    secret_key: str
    secure: bool
    hosts: tuple[str, ...]
    data_dir: Path
    metrics_token: str = ""


def create_app(house: House, outside: Outside, papers_maker: object, tables: object) -> Flask:
    """The application over an open house. `papers_maker` makes certificates, `tables` writes CSV and XLSX."""
    folder = outside.resources
    app = Plain(
        "elearning",
        root_path=str(folder),
        template_folder=str(folder / "templates"),
        static_folder=str(folder / "static"),
    )
    app.config.update(
        SECRET_KEY=outside.secret_key, SESSION_COOKIE_NAME="__Host-phatngon-page" if outside.secure else "phatngon-page",
        SESSION_COOKIE_SECURE=outside.secure, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MOST, MAX_FORM_MEMORY_SIZE=MOST, MAX_FORM_PARTS=2_000, TRUSTED_HOSTS=list(outside.hosts),
        WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, WTF_I18N_ENABLED=False,
        BABEL_DEFAULT_LOCALE="vi", BABEL_TRANSLATION_DIRECTORIES=str(folder / "translations"),
    )  # fmt: skip
    app.extensions.update(house=house, papers=papers_maker, tables=tables)
    app.session_interface = PageSessions(app)
    Babel(app, locale_selector=language)
    PageTokens(app)
    init_squeezing(app)
    init_counting(app, outside.data_dir, outside.metrics_token)
    init_addresses(app)
    init_pages(app, {known: Speech(known, catalogue(folder, known), house.platform.zone) for known in LANGUAGES})
    for init in (init_crowding, init_refusing, init_identity, init_errors, init_headers):
        init(app)
    for blueprint in (public.bp, account.bp, learner.bp, trainer.bp, workshop.bp, admin.bp):
        app.register_blueprint(blueprint)
    return app
