"""Texts from a shell: check, import, pull, publish, roll back, export."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from elearning.cli.banks_out import FORMATS, write_out
from elearning.cli.handouts import handout
from elearning.cli.papers import paper
from elearning.cli.roof import Roof, known, told
from elearning.content.census import Census, take, terms_without_link
from elearning.content.problems import ContentError
from elearning.delivery.words import words
from elearning.domain.taking_in import Counts, item_as_json, plus
from elearning.exchange.limits import reading
from elearning.exchange.zipped import read_zip, write_zip
from elearning.services import giving_out, publish_page, publishing, question_shell, rejudging, taking_in
from elearning.services.publishing import Imported, Published
from elearning.services.question_templates import question_template
from elearning.services.work import NOBODY, House


@click.group()
def content() -> None:
    """Texts: check, import, pull, publish, roll back, export."""


content.add_command(paper)
content.add_command(handout)


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
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "wanted", default="", help="The format of a file with questions, where it does not show it.")
@click.option(
    "--bank", default="", help="Keep the questions of the file in this bank; without it they are only looked at."
)
@click.option("--part", is_flag=True, help="Keep those that were understood in part as well.")
@click.option("--look", is_flag=True, help="Only tell what would change.")
@click.pass_obj
def import_(roof: Roof, path: Path, wanted: str, bank: str, part: bool, look: bool) -> None:
    """Save the texts of a folder or a zip file as drafts, byte for byte; or look at a file with questions and print the report as
    JSON. A zip file that is a package of questions (QTI) needs --format.
    """
    with told():
        if path.is_file() and (wanted or path.suffix != ".zip"):
            _questions(roof, path, wanted, bank, "part" if part else "whole")
            return
        files = _read(roof, path)
        _bring_in(roof.house(roof.settings()), files, look)


def _read(roof: Roof, source: Path) -> dict[str, bytes]:
    if source.is_dir():
        return roof.read_folder(source)
    with reading(str(source)), source.open("rb") as stream:
        return read_zip(stream)


def _bring_in(house: House, files: Mapping[str, bytes], look: bool) -> None:
    if look:
        with house.reading(NOBODY) as work:
            found = taking_in.compared(work, files)
        click.echo("\n".join(found["paths"]), nl=bool(found["paths"]))
        done = Imported(found["new"], found["changed"], found["same"])
    else:
        with house.writing(NOBODY) as work:
            done = publishing.import_texts(work, files)
    click.echo(known().gettext("%(new)s new, %(changed)s changed, %(same)s the same.") % asdict(done))


def _questions(roof: Roof, path: Path, wanted: str, bank: str, which: str) -> None:
    """The report item by item, as it is read, so that a large file needs little memory; then what came of keeping."""
    with path.open("rb") as file:
        _told_and_kept(roof, path.name, file, wanted, bank, which)


def _told_and_kept(roof: Roof, file_name: str, file: IO[bytes], wanted: str, bank: str, which: str) -> None:
    name, items = question_shell.items_of(file_name, file, wanted)
    click.echo(f'{{"file": {json.dumps(file_name, ensure_ascii=False)}, "format": "{name}", "items": [')
    counts, comma = Counts(), ""
    for item in items:
        counts = plus(counts, item)
        said = {"place": words(item.place, known()), "notes": [words(note, known()) for note in item.notes]}
        click.echo(comma + json.dumps({**item_as_json(item), "said": said}, ensure_ascii=False), nl=False)
        comma = ",\n"
    kept = question_shell.keep(roof.house(roof.settings()), file_name, file, wanted, bank, which) if bank else None
    click.echo(f'\n], "counts": {json.dumps(asdict(counts))}, "kept": {json.dumps(kept)}}}')


@content.command()
@click.argument("remote", required=False)
@click.option("--look", is_flag=True, help="Only tell what would change.")
@click.pass_obj
def pull(roof: Roof, remote: str | None, look: bool) -> None:
    """Fetch texts from a git repository that is set in PHATNGON_TEXTS_REMOTES, and save them as drafts."""
    with told():
        house = roof.house(roof.settings())
        commit, files = taking_in.fetched(house.platform.remotes, remote or "")
        click.echo(commit)
        _bring_in(house, files, look)


@content.command()
@click.argument("courses", nargs=-1, required=True)
@click.option("--note", default="", help="What learners are told is new.")
@click.pass_obj
def publish(roof: Roof, courses: tuple[str, ...], note: str) -> None:
    """Publish courses from the drafts; learners are judged by them at once."""
    with told():
        house = roof.house(roof.settings())
        for course in courses:
            with house.writing(NOBODY) as work:
                done = publishing.publish(work, course, note)
            _say_live(house, done)


def _say_live(house: House, done: Published) -> None:
    rejudging.judge_all(house, done.course)
    said = known().gettext("%(course)s: edition %(number)s is live.")
    click.echo(said % {"course": done.course, "number": done.number})


@content.command()
@click.argument("course")
@click.pass_obj
def editions(roof: Roof, course: str) -> None:
    """List the editions of a course, newest first; the live one has a star."""
    settings = roof.settings()
    with told():
        with roof.house(settings).reading(NOBODY) as work:
            lines = publish_page.edition_lines(work, course)
        for one in lines:
            at = one.at.astimezone(settings.zone).strftime("%H:%M, %d/%m/%Y")
            click.echo(f"{'*' if one.is_live else ' '} {one.number:>4}  {at}  {one.by or ''}  {one.note}".rstrip())


@content.command("roll-back")
@click.argument("course")
@click.argument("number", type=int)
@click.option("--note", default="", help="Why, for learners and for the record.")
@click.pass_obj
def roll_back(roof: Roof, course: str, number: int, note: str) -> None:
    """Make an old edition of a course live again, as a new edition."""
    with told():
        house = roof.house(roof.settings())
        with house.writing(NOBODY) as work:
            done = publishing.roll_back(work, course, number, note)
        _say_live(house, done)


@content.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--course", default="", help="Only this course, with all that it reaches.")
@click.option(
    "--format", "wanted", type=click.Choice(list(FORMATS)), help="Write one bank in this format, for another platform."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file for the bank, where its key is no name for it.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell as JSON what the format cannot say.")
@click.pass_obj
def export(roof: Roof, target: Path, course: str, wanted: str | None, out: Path | None, as_json: bool) -> None:
    """Write drafts into a folder or a zip file, byte for byte; or with --format the bank of the key TARGET into a file for another
    platform, and tell what the format cannot say.
    """
    with told():
        if wanted:
            write_out(roof, str(target), wanted, out, as_json)
            return
        with roof.house(roof.settings()).reading(NOBODY) as work:
            files = giving_out.reached(work, course) if course else publishing.export_texts(work)
        if target.suffix == ".zip":
            target.write_bytes(write_zip(files))
        else:
            roof.write_folder(target, files)
    click.echo(known().ngettext("%(num)s file.", "%(num)s files.", len(files)) % {"num": len(files)})


@content.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), default=Path("cau-hoi.xlsx"))
def template(path: Path) -> None:
    """Write an Excel file to fill in with questions, with an example of each type."""
    path.write_bytes(question_template())
    click.echo(known().gettext("%(path)s is written.") % {"path": path})
