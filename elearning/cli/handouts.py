"""Hand-outs in Word from a shell."""

from pathlib import Path

import click

from elearning.cli.roof import known, told
from elearning.delivery.words import words
from elearning.services.word_drafts import handout_files


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("course")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder with courses/."
)
def handout(path: Path, course: str, out: Path) -> None:
    """Turn a hand-out in Word into draft lessons of a new COURSE, one a chapter; says what to look at."""
    with told(), path.open("rb") as file:
        made = handout_files(file, course)
    if (out / "courses" / course).exists():
        click.echo(
            known().gettext("The course %(course)s is there already. Choose another key.") % {"course": course},
            err=True,
        )
        raise click.exceptions.Exit(1)
    for name, data in made.files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for remark in made.remarks:
        click.echo(f"{words(remark.place, known())}: {words(remark.said, known())}")
    click.echo(known().ngettext("%(num)s file.", "%(num)s files.", len(made.files)) % {"num": len(made.files)})
