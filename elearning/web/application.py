"""The Flask application: settings, filters, guards, blueprints."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from markupsafe import Markup

from elearning.services.work import House
from elearning.web import words
from elearning.web.account import views as account
from elearning.web.admin import enrolments, imports, reports, roster, units
from elearning.web.admin import views as admin
from elearning.web.assets import init_assets
from elearning.web.counting import init_counting
from elearning.web.errors import init_errors
from elearning.web.headers import init_headers
from elearning.web.identity import init_identity, language
from elearning.web.learner import attempts, glossary, media, papers, uploads
from elearning.web.learner import views as learner
from elearning.web.public import metrics
from elearning.web.public import views as public
from elearning.web.refusing import init_refusing
from elearning.web.trainer import exams as trainer_exams
from elearning.web.trainer import views as trainer

MOST = 1_000_000
PUBLIC_PARTS = (metrics,)
LEARNER_PARTS = (attempts, glossary, papers, media, uploads)
TRAINER_PARTS = (trainer_exams,)
ADMIN_PARTS = (enrolments, imports, reports, roster, units)


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
    app = Flask(
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
        COMPRESS_ALGORITHM=["gzip"], COMPRESS_LEVEL=5, COMPRESS_MIN_SIZE=700,
        COMPRESS_STREAMS=True, COMPRESS_ALGORITHM_STREAMING=["gzip"],
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"],
    )  # fmt: skip
    app.extensions.update(house=house, papers=papers_maker, tables=tables)
    Babel(app, locale_selector=language)
    CSRFProtect(app)
    Compress(app)
    init_counting(app, outside.data_dir, outside.metrics_token)
    for init in (init_refusing, init_identity, init_errors, init_headers, _templates):
        init(app)
    for blueprint in (public.bp, account.bp, learner.bp, trainer.bp, admin.bp):
        app.register_blueprint(blueprint)
    return app


def _templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.filters["html"] = Markup
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    init_assets(app)
