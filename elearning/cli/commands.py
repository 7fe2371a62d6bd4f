"""The `phatngon` command: the same services from a shell."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from elearning.cli import serving
from elearning.cli.roof import Roof, known, told
from elearning.cli.secret_files import secret_file, write_accounts
from elearning.cli.texts import content
from elearning.delivery.words import words
from elearning.services import consistency, fictional_province, founding, preparing, upkeep
from elearning.services.demonstration import DemoAccount
from elearning.services.fictional_province import OPENED, Province, Wish
from elearning.services.work import NOBODY, Work
from elearning.settings import Settings

YEARS = range(2000, 2100)
TEXTS = click.option(
    "--texts", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Publish the courses of this folder instead of those that come with the platform.",
)  # fmt: skip


@click.group()
def main() -> None:
    """Training and examination for the people who speak for public authorities."""


@main.command()
@click.option(
    "--prepare", is_flag=True, help="Make tables, starter courses and demonstration people where there are none."
)
@TEXTS
@click.pass_obj
def serve(roof: Roof, prepare: bool, texts: Path | None) -> None:
    """Serve the platform until stopped."""
    with told():
        settings = roof.settings()
        serving.ensure_port_free(settings)
        house = roof.house(settings)
        upkeep.bring_up_to_date(house)
        if prepare:
            preparing.publish_starters(house, roof.read_folder(texts or settings.resources))
            _keep_accounts(settings, preparing.add_demonstration(house))
        house.shelf.close()
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
@click.option(
    "--back-to", "revision", default="", help="The form of an older version, as `doctor` of that version names it."
)
@click.option("--yes", is_flag=True, help="Go back without asking.")
@click.pass_obj
def migrate(roof: Roof, revision: str, yes: bool) -> None:
    """Bring the tables to their newest form, or back to that of an older version."""
    with told():
        house = roof.house(roof.settings())
        if not revision:
            upkeep.bring_up_to_date(house)
        elif _agreed(upkeep.what_is_lost(house, revision), yes):
            upkeep.take_back(house, revision)


def _agreed(gone: Sequence[upkeep.Lost], yes: bool) -> bool:
    """Say what going back takes away, and whether it is wanted."""
    for one in gone:
        click.echo(f"  {'.'.join(filter(None, (one.table, one.column))):<40} {one.rows:>12}")
    return yes or click.confirm(known().gettext("These tables and columns go, with all that is in them. Go back?"))


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
@TEXTS
@click.pass_obj
def demo(
    roof: Roof, people: int, units: int, seed: int, now: datetime | None, sign_ins: Path | None, texts: Path | None
) -> None:
    """Found a fictional province to practise on, where the platform has nobody."""
    with told(), ExitStack() as opened:
        settings = roof.settings()
        house = roof.house(settings)
        at = _in_utc(now, settings) if now else house.clock()
        upkeep.bring_up_to_date(house)
        fictional_province.ensure_nobody(house)
        kept = opened.enter_context(secret_file(sign_ins)) if sign_ins else None
        preparing.publish_starters(
            replace(house, clock=lambda: at - OPENED), roof.read_folder(texts or settings.resources)
        )
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


main.add_command(content)
