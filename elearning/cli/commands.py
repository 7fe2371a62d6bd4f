"""The `phatngon` command: the same services from a shell."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from babel.support import NullTranslations
from flask import Flask

from elearning.cli import serving
from elearning.content.problems import ContentError
from elearning.delivery.words import catalogue, words
from elearning.domain.errors import DomainError
from elearning.services import preparing, publishing, upkeep
from elearning.services.demonstration import DemoAccount
from elearning.services.work import NOBODY, House
from elearning.settings import Settings, resources_folder


@dataclass(frozen=True, slots=True)
class Roof:
    """What the roof hands down to the shell."""

    settings: Callable[[], Settings]
    house: Callable[[Settings], House]
    app: Callable[[Settings, House | None], Flask]
    read_folder: Callable[[Path], dict[str, bytes]]
    write_folder: Callable[[Path, Mapping[str, bytes]], None]
    work: Callable[[House, Settings, int], None]


def known() -> NullTranslations:
    """The catalogue in which this shell is spoken to."""
    return catalogue(resources_folder())


@contextmanager
def told() -> Iterator[None]:
    """Refusals in one clear sentence, and the status 1; problems of texts one a line."""
    try:
        yield
    except ContentError as error:
        for problem in error.problems:
            click.echo(f"{problem.path}:{problem.line}: {words(problem.message, known())}", err=True)
        click.echo(words(error.message, known()), err=True)
        sys.exit(1)
    except DomainError as error:
        click.echo(words(error.message, known()), err=True)
        sys.exit(1)


@click.group()
def main() -> None:
    """Training and examination for the people who speak for public authorities."""


@main.command()
@click.option(
    "--prepare", is_flag=True, help="Make tables, starter courses and demonstration people where there are none."
)
@click.pass_obj
def serve(roof: Roof, prepare: bool) -> None:
    """Serve the platform until stopped."""
    with told():
        settings = roof.settings()
        serving.ensure_port_free(settings)
        house = roof.house(settings)
        upkeep.bring_up_to_date(house)
        if prepare:
            preparing.publish_starters(house, roof.read_folder(settings.resources))
            _keep_accounts(settings, preparing.add_demonstration(house))
        house.store.dispose()
    serving.serve(settings, lambda: roof.app(settings, None), lambda: _greet(settings))


def _accounts_file(settings: Settings) -> Path:
    return settings.data_dir / "demo-accounts.json"


def _keep_accounts(settings: Settings, accounts: list[DemoAccount]) -> None:
    """Keep fresh demonstration accounts, readable by their owner only."""
    if accounts:
        kept = _accounts_file(settings)
        kept.touch(mode=0o600)
        kept.write_text(
            json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=2) + "\n", "utf-8"
        )


def _greet(settings: Settings) -> None:
    click.echo(f"\nPhát Ngôn: {settings.public_url}\n")
    kept = _accounts_file(settings)
    if kept.exists():
        for account in json.loads(kept.read_text("utf-8")):
            click.echo(f"  {account['role']:<12} {account['identifier']:<30} {account['password']}")
        click.echo("")


@main.command()
@click.pass_obj
def migrate(roof: Roof) -> None:
    """Bring the tables to their newest form."""
    with told():
        upkeep.bring_up_to_date(roof.house(roof.settings()))


@main.command()
@click.pass_obj
def demo(roof: Roof) -> None:
    """Add demonstration people, where the platform has nobody."""
    with told():
        settings = roof.settings()
        accounts = preparing.add_demonstration(roof.house(settings))
        _keep_accounts(settings, accounts)
        for account in accounts:
            click.echo(f"{account.role:<12} {account.identifier:<30} {account.password}")


@main.command()
@click.option("--beside", default=0, help="The process whose end ends the worker.")
@click.pass_obj
def worker(roof: Roof, beside: int) -> None:
    """Do what is due, every minute, until stopped."""
    with told():
        settings = roof.settings()
        roof.work(roof.house(settings), settings, beside)


@main.command()
@click.pass_obj
def doctor(roof: Roof) -> None:
    """Say whether the installation is in order."""
    with told():
        findings = upkeep.findings(roof.house(roof.settings()))
    for finding in findings:
        click.echo(("  ok   " if finding.good else "  !!   ") + words(finding.message, known()))
    sys.exit(0 if all(finding.good for finding in findings) else 1)


@main.group()
def content() -> None:
    """Texts: check, import, publish, export."""


@content.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.pass_obj
def check(roof: Roof, folder: Path) -> None:
    """Check a folder with courses/ and quizzes/; every problem as path:line: what to do."""
    with told():
        problems = publishing.check(roof.read_folder(folder))
        if problems:
            raise ContentError(problems)
    click.echo(known().gettext("No problems."))


@content.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def import_(roof: Roof, folder: Path) -> None:
    """Save the texts of a folder as drafts, byte for byte."""
    with told():
        files = roof.read_folder(folder)
        with roof.house(roof.settings()).writing(NOBODY) as work:
            done = publishing.import_texts(work, files)
    click.echo(known().gettext("%(new)s new, %(changed)s changed, %(same)s the same.") % asdict(done))


@content.command()
@click.argument("courses", nargs=-1, required=True)
@click.pass_obj
def publish(roof: Roof, courses: tuple[str, ...]) -> None:
    """Publish courses from the drafts."""
    with told():
        house = roof.house(roof.settings())
        for course in courses:
            with house.writing(NOBODY) as work:
                done = publishing.publish(work, course)
            said = known().gettext("%(course)s: edition %(number)s is live.")
            click.echo(said % {"course": done.course, "number": done.number})


@content.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(roof: Roof, folder: Path) -> None:
    """Write all drafts into a folder, byte for byte."""
    with told():
        with roof.house(roof.settings()).reading(NOBODY) as work:
            files = publishing.export_texts(work)
        roof.write_folder(folder, files)
    click.echo(known().ngettext("%(num)s file.", "%(num)s files.", len(files)) % {"num": len(files)})
