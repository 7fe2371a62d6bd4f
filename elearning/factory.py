"""The roof: the only module that knows every room. It builds the house and the application from the settings."""

import importlib
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from flask import Flask

from elearning.cli import commands, keeping
from elearning.cli.roof import Roof
from elearning.content.pieces import Render
from elearning.content.rendering_beside import RenderingBeside
from elearning.delivery.mail import Post
from elearning.delivery.words import catalogue, words
from elearning.documents.certificate import WORDS, certificate_pdf
from elearning.documents.handout import WORDS as HANDOUT_WORDS
from elearning.documents.handout import forms_pdf, handout_pdf
from elearning.documents.report import WORDS as REPORT_WORDS
from elearning.documents.report import report_pdf
from elearning.documents.slips import WORDS as SLIP_WORDS
from elearning.documents.slips import SheetPrint, SlipPrint, slips_pdf
from elearning.domain.certificate import CertificatePrint
from elearning.domain.handout import HandoutPrint
from elearning.domain.reporting import ReportPrint
from elearning.exchange.columns import Column, Kind
from elearning.exchange.folder import read_folder, write_folder
from elearning.exchange.git_repository import read_remote
from elearning.exchange.sealed_answers import open_sealed, private_key, public_key
from elearning.exchange.table import csv_chunks, xlsx_file
from elearning.jobs.courier import Leave, keep_posting
from elearning.jobs.worker import run
from elearning.services.editions import EditionShelf
from elearning.services.posting import post
from elearning.services.slips import Sheet
from elearning.services.work import Chance, House, Platform
from elearning.settings import Settings, read_settings
from elearning.store.engine import open_store
from elearning.store.files.folder import Folder
from elearning.store.files.kind import Files
from elearning.web.application import Outside, create_app

# Each says to `commands.main` what it can do.
COMMANDS = (commands, keeping)
LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Papers:
    """Makes certificates and other papers, for the web."""

    templates: Path
    words: Mapping[str, str]
    slip_words: Mapping[str, str]
    report_words: Mapping[str, str]
    handout_words: Mapping[str, str]

    def handout(self, printed: HandoutPrint, phrases: Mapping[str, str]) -> bytes:
        return handout_pdf(printed, phrases, templates=self.templates)

    def forms(self, printed: HandoutPrint, phrases: Mapping[str, str]) -> bytes:
        return forms_pdf(printed, phrases, templates=self.templates)

    def report(self, printed: ReportPrint, phrases: Mapping[str, str]) -> bytes:
        return report_pdf(printed, phrases, templates=self.templates)

    def slips(self, sheet: Sheet, until: str, language: str, phrases: Mapping[str, str]) -> bytes:
        prints = [SlipPrint(s.name, s.unit, ", ".join(s.identifiers), s.code, s.address) for s in sheet.slips]
        return slips_pdf(
            SheetPrint(prints, until, sheet.site, language, sheet.until), phrases, templates=self.templates
        )

    def certificate(self, printed: CertificatePrint, phrases: Mapping[str, str]) -> bytes:
        return certificate_pdf(printed, phrases, templates=self.templates)


class Tables:
    """Writes tables, for the web. Columns are (title, kind, width)."""

    def csv(
        self, columns: Sequence[tuple[str, str, int]], rows: Iterable[Sequence[object]], zone: ZoneInfo
    ) -> Iterator[bytes]:
        return csv_chunks(_columns(columns), rows, zone)

    def xlsx(
        self,
        columns: Sequence[tuple[str, str, int]],
        rows: Iterable[Sequence[object]],
        title: str,
        target: BinaryIO,
        zone: ZoneInfo,
    ) -> None:
        xlsx_file(_columns(columns), rows, title, target, zone)


def _columns(columns: Sequence[tuple[str, str, int]]) -> tuple[Column, ...]:
    return tuple(Column(title, cast(Kind, kind), width) for title, kind, width in columns)


def build_house(settings: Settings, render: Render | None = None) -> House:
    """Open the database and everything around it. Texts are rendered in a process beside this one, where nothing else is named."""
    return House(
        store=open_store(settings.database_url),
        clock=lambda: datetime.now(UTC),
        chance=Chance(secrets.token_urlsafe, secrets.randbits),
        shelf=EditionShelf(render or RenderingBeside()),
        platform=build_platform(settings),
        files=open_files(settings),
    )


def open_files(settings: Settings) -> Files:
    """Where files are kept: in the data folder, in a folder that machines share, or in a bucket. Raises DomainError."""
    if not settings.files_url:
        return Folder(settings.data_dir / "files")
    if settings.files_url.startswith("file:"):
        return Folder(Path(unquote(urlsplit(settings.files_url).path)))
    # Loaded by name: its library is an extra that most installations do without.
    bucket = importlib.import_module("elearning.store.files.bucket")
    return cast(Files, bucket.open_bucket(settings.files_url, settings.data_dir / "fetched"))


def build_platform(settings: Settings) -> Platform:
    """What is set once; pages seal answers that they cannot send to a key that comes from the secret key."""
    private = private_key(settings.secret_key)
    return Platform(
        settings.zone, settings.public_url, settings.issuer, bool(settings.smtp_url), public_key(private),
        partial(open_sealed, private=private), remotes=tuple(read_remote(one).written for one in settings.remotes),
        templates=settings.resources / "templates",
    )  # fmt: skip


def build_app(settings: Settings, house: House | None = None) -> Flask:
    """The application over a house; a house of its own where none is given."""
    host = settings.public_host.rsplit(":", 1)[0]
    outside = Outside(
        settings.resources,
        settings.secret_key,
        settings.secure,
        (host, settings.host, *LOCAL),
        settings.data_dir,
        settings.metrics_token,
    )
    return create_app(
        house or build_house(settings),
        outside,
        Papers(settings.resources / "templates", WORDS, SLIP_WORDS, REPORT_WORDS, HANDOUT_WORDS),
        Tables(),
    )


def work_beside(house: House, settings: Settings, beside: int) -> None:
    """The worker, with a courier beside it where a mail server is set."""
    courier = [sys.executable, "-m", "elearning.factory", "post", "--beside", str(os.getpid())]
    run(house, settings.data_dir, beside, courier if settings.smtp_url else (), settings.redis_url)


def post_beside(house: House, settings: Settings, beside: int) -> None:
    """The courier, which sends the mail that waits."""
    known = {language: catalogue(settings.resources, language) for language in ("vi", "en")}

    def post_waiting(leave: Callable[[], bool]) -> None:
        with Post(settings.smtp_url, settings.mail_from) as sender:
            post(house, sender, lambda said, language: words(said, known[language]), leave)

    leave = Leave(beside)
    leave.listen()
    keep_posting(post_waiting, leave)


def command() -> None:
    """The `phatngon` command."""
    commands.main(obj=Roof(read_settings, build_house, build_app, read_folder, write_folder, work_beside, post_beside))


if __name__ == "__main__":
    command()
