"""A bank as a file for another platform from a shell."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from elearning.cli.roof import Roof, known
from elearning.delivery.words import words
from elearning.services.question_exporting import ExportPage, export_file, export_page
from elearning.services.question_shell import SHELL

# What the formats are called here, and in the table of formats.
FORMATS: Mapping[str, str] = {
    "gift": "gift", "moodle": "moodle_xml", "qti3": "qti", "xlsx": "xlsx", "csv": "csv_table",
}  # fmt: skip
# As many keys as any bank has: whoever asks by the shell can look at all of them.
ALL = 100_000


def write_out(roof: Roof, bank: str, wanted: str, out: Path | None, as_json: bool) -> None:
    """Write a bank into a file, and tell what the format cannot say. Raises NotFound for a bank that is not there, Mistaken where
    nothing in it can be written.
    """
    chosen = FORMATS[wanted]
    house = roof.house(roof.settings())
    with house.reading(SHELL) as work:
        page = export_page(work, bank, chosen, ALL)
    with house.writing(SHELL, address="shell") as work:
        made = export_file(work, bank, chosen)
    path = out or Path(made.name)
    path.write_bytes(made.data)
    click.echo(_as_json(page, wanted, path) if as_json else _as_text(page, path))


def _as_json(page: ExportPage, wanted: str, path: Path) -> str:
    unsaid = [
        {"said": words(loss.said, known()), "count": loss.count, "keys": list(loss.named)} for loss in page.losses
    ]
    said = {"bank": page.bank, "format": wanted, "file": str(path), "questions": page.questions, "unsaid": unsaid}
    return json.dumps(said, ensure_ascii=False)


def _as_text(page: ExportPage, path: Path) -> str:
    gettext, ngettext = known().gettext, known().ngettext
    lines = [gettext("%(path)s is written.") % {"path": path}]
    if not page.losses:
        return "\n".join([*lines, gettext("Nothing is lost in this format.")])
    lines.append(gettext("What the file does not say"))
    for loss in page.losses:
        count = ngettext("%(count)s question", "%(count)s questions", loss.count) % {"count": loss.count}
        lines.append(f"- {words(loss.said, known())}. {count}: {', '.join(loss.named)}")
    return "\n".join(lines)
