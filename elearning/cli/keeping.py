"""`phatngon backup`, `restore` and `move`: carrying all that there is out of one place and into another."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from elearning.cli.commands import main
from elearning.cli.roof import Roof, known, told
from elearning.services import backing_up, moving, restoring
from elearning.services.backing_up import BackupWish
from elearning.services.moving import Step
from elearning.services.restoring import RestoreWish
from elearning.settings import Settings, platform_version
from elearning.store.keeping.archive import Manifest
from elearning.store.keeping.sealing import read_key

LARGE = 20_000
KEY = click.option(
    "--key-file", type=click.Path(dir_okay=False, path_type=Path), help="A file with the key that seals backups."
)


@main.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder; backups in the data folder by default.",
)
@click.option("--keep", default=7, show_default=True, type=click.IntRange(0), help="How many stay; 0 keeps all.")
@KEY
@click.pass_obj
def backup(roof: Roof, folder: Path | None, keep: int, key_file: Path | None) -> None:
    """Write a backup while people work: one file, read back before it counts."""
    with told():
        settings = roof.settings()
        key = read_key(key_file) if key_file else None
        where = folder or settings.data_dir / "backups"
        wish = BackupWish(where.absolute(), settings.data_dir, platform_version(), keep, key)
        made = backing_up.back_up(roof.house(settings), wish)
    said = known().gettext("%(path)s: %(rows)s rows, %(files)s files, %(bytes)s bytes. It was read back and is whole.")
    figures = {"rows": made.manifest.rows, "files": len(made.manifest.files), "bytes": made.size}
    click.echo(said % {"path": made.path, **figures})
    for path in made.removed:
        click.echo(known().gettext("Removed: %(path)s") % {"path": path})


@main.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "url", help="The database to restore into; the platform's own by default.")
@click.option("--replace", is_flag=True, help="Replace what is there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@KEY
@click.pass_obj
def restore(roof: Roof, path: Path, url: str | None, replace: bool, yes: bool, key_file: Path | None) -> None:
    """Restore a backup into an empty database."""
    with told():
        settings = roof.settings()
        wish = RestoreWish(path, settings.data_dir, read_key(key_file) if key_file else None, replace)
        held = restoring.look(wish)
        _say(held, settings)
        if not yes and not click.confirm(known().gettext("Restore this backup?")):
            return
        with restoring.opened(url or settings.database_url) as store:
            restoring.restore(store, wish)
    click.echo(known().gettext("Restored. Look whether all is in order: phatngon doctor --audit"))


@main.command()
@click.option(
    "--to", "url", required=True, help="The new database: postgresql://user:password@host/name, or sqlite:///file."
)
@click.option("--dry-run", is_flag=True, help="Say what would be moved, and write nothing.")
@click.pass_obj
def move(roof: Roof, url: str, dry_run: bool) -> None:
    """Move the platform to another, empty database; it must not run meanwhile."""
    with told():
        settings = roof.settings()
        source = roof.house(settings).store
        with restoring.opened(url) as target:
            if dry_run:
                _plan(moving.plan(source, target))
                return
            gone = moving.move(source, target, Progress())
        source.dispose()
    said = known().gettext(
        "%(tables)s tables, %(rows)s rows: all arrived as they were. The old database was not changed."
    )
    click.echo(said % {"tables": len(gone), "rows": sum(one.rows for one in gone)})
    click.echo(known().gettext("From now on start the platform with the new address: PHATNGON_DATABASE_URL"))


def _plan(steps: Sequence[Step]) -> None:
    for step in steps:
        click.echo(f"  {step.table:<24} {step.rows:>12}")
    said = known().gettext("%(rows)s rows would be moved. Nothing was written.")
    click.echo(said % {"rows": sum(step.rows for step in steps)})


class Progress:
    """Shows how far a move is: a line for each table, and within large ones one for every tenth."""

    def __init__(self) -> None:
        self.shown = ("", -1)

    def __call__(self, step: Step) -> None:
        """Show a step where it says something new."""
        tenth = 10 * step.done // step.rows if step.rows else 10
        if step.rows and (step.table, tenth) != self.shown and (tenth == 10 or step.rows > LARGE):
            click.echo(f"  {step.table:<24} {step.done:>12} / {step.rows}", err=True)
            self.shown = (step.table, tenth)


def _say(held: Manifest, settings: Settings) -> None:
    at = datetime.fromisoformat(held.made).astimezone(settings.zone).strftime("%H:%M, %d/%m/%Y")
    said = known().gettext("A backup of %(at)s, version %(version)s: %(rows)s rows, %(files)s files.")
    click.echo(said % {"at": at, "version": held.platform, "rows": held.rows, "files": len(held.files)})
