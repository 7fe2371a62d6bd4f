"""Texts from a shell: check, import, publish, export."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from elearning.cli.roof import Roof, known, told
from elearning.content.census import Census, take, terms_without_link
from elearning.content.problems import ContentError
from elearning.services import publishing
from elearning.services.work import NOBODY


@click.group()
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


@content.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.pass_obj
def report(roof: Roof, folder: Path) -> None:
    """Count lessons, words, questions and facts of each course in a folder with courses/ and quizzes/; name the terms of
    the glossary that no lesson links to.
    """
    with told():
        files = roof.read_folder(folder)
        for census in take(files):
            click.echo("\n".join(_report(census)) + "\n")
        if left := terms_without_link(files):
            click.echo(
                known().gettext("Terms that no lesson links to (%(num)s):") % {"num": len(left)} + " " + " ".join(left)
            )


def _report(census: Census) -> list[str]:
    """One course, a line for each kind of thing that is counted."""
    gettext = known().gettext
    head = f"{census.title} ({census.key})"
    counted = gettext("%(modules)s modules, %(lessons)s lessons of %(words)s words, %(questions)s questions") % {
        "modules": census.modules, "lessons": census.lessons, "words": census.words, "questions": census.questions,
    }  # fmt: skip
    lists = {
        gettext("By type:"): _counts(census.types),
        gettext("By difficulty:"): _counts(
            {str(level or "–"): number for level, number in census.difficulties.items()}
        ),
        gettext("By objective:"): _counts(census.objectives),
        gettext("Facts used (%(num)s):") % {"num": len(census.facts)}: " ".join(census.facts),
        gettext("Facts not used (%(num)s):") % {"num": len(census.others)}: " ".join(census.others),
    }
    return [head, counted, *(f"{name} {said}" for name, said in lists.items())]


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


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
