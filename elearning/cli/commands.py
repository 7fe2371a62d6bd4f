"""The `phatngon` command: the same services from a shell."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.support import NullTranslations
from flask import Flask

from elearning.cli import serving
from elearning.cli.secret_files import secret_file, write_accounts
from elearning.content.problems import ContentError
from elearning.delivery.words import catalogue, words
from elearning.domain.errors import DomainError
from elearning.services import consistency, fictional_province, founding, preparing, publishing, upkeep
from elearning.services.demonstration import DemoAccount
from elearning.services.fictional_province import OPENED, Province, Wish
from elearning.services.work import NOBODY, House, Work
from elearning.settings import Settings, resources_folder

YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Roof:
    """What the roof hands down to the shell."""

    settings: Callable[[], Settings]
    house: Callable[[Settings], House]
    app: Callable[[Settings, House | None], Flask]
    read_folder: Callable[[Path], dict[str, bytes]]
    write_folder: Callable[[Path, Mapping[str, bytes]], None]
    work: Callable[[House, Settings, int], None]
    post: Callable[[House, Settings, int], None]


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
        write_accounts(secret_file(_accounts_file(settings)), accounts)


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


def _moment(context: click.Context, option: click.Parameter, typed: str | None) -> datetime | None:
    """A day, or a day and time; without a zone it is the time of the platform."""
    if typed is None:
        return None
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise click.BadParameter(known().gettext("Write the moment as 2026-11-22 or 2026-11-22T08:00."))
    return found


@main.command()
@click.option("--people", default=1700, show_default=True, help="How many people; over 20,000 without papers.")
@click.option("--units", default=118, show_default=True, help="How many departments and communes.")
@click.option("--seed", default=1, show_default=True, help="The same seed and moment give the same province.")
@click.option("--now", callback=_moment, help="The moment at which the province stands; now by default.")
@click.option(
    "--sign-ins", type=click.Path(dir_okay=False, path_type=Path), help="Write who can sign in, and how, to this file."
)
@click.pass_obj
def demo(roof: Roof, people: int, units: int, seed: int, now: datetime | None, sign_ins: Path | None) -> None:
    """Found a fictional province to practise on, where the platform has nobody."""
    with told(), ExitStack() as opened:
        settings = roof.settings()
        house = roof.house(settings)
        at = _in_utc(now, settings) if now else house.clock()
        upkeep.bring_up_to_date(house)
        fictional_province.ensure_nobody(house)
        kept = opened.enter_context(secret_file(sign_ins)) if sign_ins else None
        preparing.publish_starters(replace(house, clock=lambda: at - OPENED), roof.read_folder(settings.resources))
        province = fictional_province.found(house, Wish(people, units, seed), at)
        _keep_accounts(settings, list(province.named))
        if kept:
            write_accounts(kept, fictional_province.accounts(house, province))
    _tell(province)


def _in_utc(typed: datetime, settings: Settings) -> datetime:
    return (typed if typed.tzinfo else typed.replace(tzinfo=settings.zone)).astimezone(UTC)


def _tell(province: Province) -> None:
    for account in province.named:
        click.echo(f"{account.role:<12} {account.identifier:<30} {account.password}")
    said = known().gettext(
        "Everybody else signs in with a staff code, AK-00001 and on, and this password: %(password)s"
    )
    click.echo(said % {"password": province.shared})


@main.command()
@click.option("--beside", default=0, help="The process whose end ends the worker.")
@click.pass_obj
def worker(roof: Roof, beside: int) -> None:
    """Do what is due, every minute, until stopped."""
    with told():
        settings = roof.settings()
        roof.work(roof.house(settings), settings, beside)


@main.command(hidden=True)
@click.option("--beside", default=0, help="The worker whose end ends the courier.")
@click.pass_obj
def post(roof: Roof, beside: int) -> None:
    """Send the mail that waits, until stopped; the worker starts this where a mail server is set."""
    with told():
        settings = roof.settings()
        roof.post(roof.house(settings), settings, beside)


@main.command()
@click.option("--audit", is_flag=True, help="Look at every row, and say what contradicts itself.")
@click.pass_obj
def doctor(roof: Roof, audit: bool) -> None:
    """Say whether the installation is in order."""
    with told():
        house = roof.house(roof.settings())
        findings = upkeep.findings(house)
        if audit and all(finding.good for finding in findings):
            findings += consistency.audit(house)
    for finding in findings:
        click.echo(("  ok   " if finding.good else "  !!   ") + words(finding.message, known()))
    sys.exit(0 if all(finding.good for finding in findings) else 1)


@main.group("people")
def people_group() -> None:
    """People: the first administrator, and a new link for whoever lost theirs."""


@people_group.command("admin")
@click.argument("identifier")
@click.option("--name", default="", help="The full name, for somebody who is not on the platform yet.")
@click.pass_obj
def people_admin(roof: Roof, identifier: str, name: str) -> None:
    """Make somebody an administrator, and print a link with which they choose their password; it works once."""
    _invite(roof, lambda work: founding.invite_admin(work, identifier, name))


@people_group.command("link")
@click.argument("identifier")
@click.pass_obj
def people_link(roof: Roof, identifier: str) -> None:
    """Print a new link for somebody who is on the platform; links and codes made before are void."""
    _invite(roof, lambda work: founding.invite(work, identifier))


def _invite(roof: Roof, deed: Callable[[Work], founding.Invitation]) -> None:
    with told():
        settings = roof.settings()
        house = roof.house(settings)
        upkeep.bring_up_to_date(house)
        with house.writing(NOBODY, address="shell") as work:
            made = deed(work)
    until = made.until.astimezone(settings.zone).strftime("%H:%M, %d/%m/%Y")
    said = known().gettext("%(link)s\nThis link works once, until %(until)s. Sign in afterwards as %(identifier)s.")
    click.echo(said % {"link": made.link, "until": until, "identifier": made.identifier})


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
