"""Examinations on paper from a shell."""

from datetime import UTC, datetime
from pathlib import Path

import click

from elearning.cli.roof import Roof, known, told
from elearning.documents.exam_docx import exam_docx, key_docx
from elearning.documents.exam_pdf import exam_pdf, key_pdf
from elearning.documents.exam_words import WORDS, ExamPrint
from elearning.services.exam_papers import Order, papers
from elearning.settings import resources_folder


@click.command()
@click.argument("quiz")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--issuer", default="", help="The agency, for the head of the paper.")
@click.option("--codes", default="101-104", help="The first and the last code of the versions.")
@click.option("--seed", default="1", help="The same seed gives the same versions again.")
@click.option(
    "--form", type=click.Choice(["pdf", "docx"]), default="pdf", help="PDF to print, or Word to lay it out further."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder for the two files."
)
@click.pass_obj
def paper(roof: Roof, quiz: str, folder: Path, issuer: str, codes: str, seed: str, form: str, out: Path) -> None:
    """Print the QUIZ of a folder with courses/ and quizzes/ in several versions: the papers with answer sheets, and the key."""
    first, last = (int(code) if code.isdecimal() else 0 for code in (codes.partition("-")[0], codes.rpartition("-")[2]))
    with told():
        drawn = papers(roof.read_folder(folder), quiz, Order(last - first + 1, first, seed))
    # The day alone, so that a paper that is printed again on it is the same file.
    moment = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    said = {key: known().gettext(text) for key, text in WORDS.items()}
    exam = ExamPrint(issuer, drawn.title, "vi", drawn.versions, moment, drawn.minutes)
    templates = resources_folder() / "templates"
    out.mkdir(parents=True, exist_ok=True)
    for name, data in (
        (f"{quiz}.{form}", exam_docx(exam, said) if form == "docx" else exam_pdf(exam, said, templates=templates)),
        (f"{quiz}-key.{form}", key_docx(exam, said) if form == "docx" else key_pdf(exam, said, templates=templates)),
    ):
        (out / name).write_bytes(data)
        click.echo(known().gettext("%(path)s is written.") % {"path": out / name})
    if drawn.left_out:
        click.echo(
            known().gettext("These need a screen and were left out: %(keys)s")
            % {"keys": ", ".join(one.key for one in drawn.left_out)}
        )
