"""People and units from a list: a preview that writes nothing, then the good rows, in steps that can be broken off.

The list is judged anew when the import begins, because the platform may have changed since the preview. Rows go in by
hundreds; each step says in its own transaction how far it is, so that a worker that is killed adds nobody twice.
"""

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message, packed, unpacked
from elearning.domain.people_import import Verdict
from elearning.domain.permission import within
from elearning.domain.person import Actor
from elearning.domain.unit_paths import Path
from elearning.exchange.errors import ExchangeError
from elearning.exchange.people_table import ListTable, read_list
from elearning.exchange.spreadsheets import check_spreadsheet
from elearning.services import working
from elearning.services.auditing import record
from elearning.services.list_judging import judge, known_places
from elearning.services.list_writing import Written, write_part
from elearning.services.work import House, Work, not_here
from elearning.services.working import JobPage, Outcome, Ticket
from elearning.store.queries import importing, jobs

PREVIEW, IMPORT = "people preview", "people import"
CHUNK = 500
SHOWN = 200
UNITS_SHOWN = 60
# Short enough to be read and judged while somebody waits for the page.
AT_ONCE_BYTES, AT_ONCE_ROWS = 300_000, 2_000


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the list on the page, with what is said of it."""

    number: int
    name: str
    unit: str
    said: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list would do, or did. `kind` is people or units, `applied` the job that puts it in, where there is one.

    `bad_rows` and `noted_rows` are the first of many; `bad` and `noted` count all.
    """

    public: str
    kind: str
    file_name: str
    finished: bool
    rows: int
    new: int
    there: int
    bad: int
    noted: int
    new_units: int
    units: tuple[str, ...]
    bad_rows: tuple[ShownRow, ...]
    noted_rows: tuple[ShownRow, ...]
    has_output: bool
    applied: str


@dataclass(frozen=True, slots=True)
class Rejects:
    """The bad rows as they were sent, each with its reasons. `kind` is xlsx or csv, as the list was."""

    kind: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Message, ...]], ...]


def upload(house: House, actor: Actor, file_name: str, data: bytes, address: str = "") -> str:
    """Take a list in and look at it; the address of the job whose page shows what would happen.

    A short list is judged at once, a long one by the worker. Raises Mistaken for a file that is no list, NotFound for
    actors who may add nobody.
    """
    within(actor, "manage people")
    try:
        check_spreadsheet(BytesIO(data))
        rows = len(read_list(data).lines) if len(data) <= AT_ONCE_BYTES else AT_ONCE_ROWS + 1
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    with house.writing(actor, address=address) as work:
        public = working.add(work, PREVIEW, {}, file_name, BytesIO(data))
        record(work, "send list of people", "job", public, file_name)
    if rows <= AT_ONCE_ROWS:
        working.run(house, public)
    return public


def preview(house: House, ticket: Ticket) -> Outcome:
    """Judge a list without writing anything."""
    kind, table = _sent(house, ticket)
    with house.reading(ticket.actor) as work:
        verdicts, units = judge(work, table)
    figures = {
        **_figures(table, verdicts, {}),
        "units": [" > ".join(place.path) for place in units[:UNITS_SHOWN]],
        "new_units": len(units),
    }
    return Outcome(ticket.done, figures, _packed(kind, table, _bad(verdicts, {})), keep_data=True)


def _sent(house: House, ticket: Ticket) -> tuple[str, ListTable]:
    """The kind of the file of a job, and the list in it."""
    with working.sent_file(house, ticket) as file:
        kind = check_spreadsheet(file)
        file.seek(0)
        return kind, read_list(file.read())


def apply(work: Work, public: str) -> str:
    """Ask for the good rows of a list to be put in; the address of the job that does it. Asking twice asks once.

    Raises NotFound for somebody else's list, Mistaken when its preview is not ready or no row is good.
    """
    row, _ = working.job_for(work, public)
    if row.kind != PREVIEW or row.by_id != work.actor.id:
        raise not_here()
    result = dict(row.result or {})
    if "applied" in result:
        return str(result["applied"])
    if row.state != "done" or not jobs.has_file(work.session, row.id, "data") or not result.get("new"):
        raise Mistaken(message("There is nothing to bring in from this list. Send it again."))
    applied = working.add(work, IMPORT, {"preview": public}, row.file_name)
    row.result = {**result, "applied": applied}
    jobs.pass_file(work.session, row.id, applied)
    record(work, "import list of people", "job", applied, row.file_name)
    return applied


def bring_in(house: House, ticket: Ticket) -> Outcome:
    """Put in the good rows that are not in yet, part by part. Raises GivenUp when another worker does it."""
    kind, table = _sent(house, ticket)
    with house.reading(ticket.actor) as work:
        verdicts, _ = judge(work, table)
        made: dict[Path, int] = {place.path: place.id for place in known_places(work)}
    sums = {"people": 0, "units": 0, "late": [], **ticket.result}
    done = ticket.done
    for part in importing.parts(verdicts[done:], CHUNK):
        before, done = done, done + len(part)
        with house.writing(ticket.actor) as work:
            working.advance(work, ticket, before, done, len(verdicts), sums)
            written = write_part(work, part, made, f"import {ticket.public}")
            sums = _added(sums, written, part)
            working.advance(work, ticket, done, done, len(verdicts), sums)
    late = {number: unpacked(said) for number, said in sums["late"]}
    figures = {**_figures(table, verdicts, late), "new": sums["people"], "new_units": sums["units"], "units": []}
    figures["there"] = sums.get("there", 0)
    return Outcome(done, figures, _packed(kind, table, _bad(verdicts, late)))


def _added(sums: Mapping[str, Any], written: Written, part: Sequence[Verdict]) -> dict[str, Any]:
    return {
        **sums,
        "people": sums["people"] + written.people,
        "units": sums["units"] + written.units,
        "there": sums.get("there", 0) + sum(one.state == "there" for one in part),
        "late": [*sums["late"], *([number, packed(said)] for number, said in written.late)],
    }


def _bad(verdicts: Sequence[Verdict], late: Mapping[int, Message]) -> dict[int, tuple[Message, ...]]:
    """Row → why it is bad; `late` are rows that turned bad while they were put in."""
    return {
        one.number: (*one.reasons, *((late[one.number],) if one.number in late else ()))
        for one in verdicts
        if one.state == "bad" or one.number in late
    }


def _figures(table: ListTable, verdicts: Sequence[Verdict], late: Mapping[int, Message]) -> dict[str, Any]:
    states = Counter(verdict.state for verdict in verdicts)
    values = {line.number: line.values for line in table.lines}
    bad = _bad(verdicts, late)
    noted = {one.number: one.notes for one in verdicts if one.notes and one.number not in bad}

    def shown(rows: Mapping[int, Sequence[Message]]) -> list[list[Any]]:
        return [
            [number, values[number].get("name", ""), values[number].get("unit", ""), [packed(s) for s in said]]
            for number, said in list(rows.items())[:SHOWN]
        ]

    return {
        "kind": table.kind, "rows": len(verdicts), "new": states["new"], "there": states["there"], "bad": len(bad),
        "bad_rows": shown(bad), "noted": len(noted), "noted_rows": shown(noted),
    }  # fmt: skip


def _packed(kind: str, table: ListTable, bad: Mapping[int, Sequence[Message]]) -> bytes | None:
    """The bad rows with their reasons, to be written out in the reader's language when they are fetched."""
    if not bad:
        return None
    rows = [[table.rows[number], [packed(one) for one in said]] for number, said in bad.items()]
    kept = {"kind": kind, "headings": table.headings, "rows": rows}
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode())


def rejects(work: Work, public: str) -> Rejects | None:
    """The bad rows of a list; None where the job is about something else. Raises NotFound for somebody else's."""
    kind, _, packed = working.output(work, public)
    if kind not in (PREVIEW, IMPORT):
        return None
    kept = json.loads(zlib.decompress(packed))
    rows = tuple((tuple(cells), tuple(unpacked(one) for one in said)) for cells, said in kept["rows"])
    record(work, "fetch rejected rows", "job", public)
    return Rejects(kept["kind"], tuple(kept["headings"]), rows)


def list_page(job: JobPage) -> ListPage | None:
    """What a list would do or did; None while that is not known, and for jobs about something else."""
    if job.kind not in (PREVIEW, IMPORT) or job.state != "done":
        return None
    result = job.result
    return ListPage(
        job.public, result["kind"], job.file_name, job.kind == IMPORT, result["rows"], result["new"], result["there"],
        result["bad"], result["noted"], result["new_units"], tuple(result["units"]), _rows(result["bad_rows"]),
        _rows(result["noted_rows"]), job.has_output, result.get("applied", ""),
    )  # fmt: skip


def _rows(rows: Sequence[Sequence[Any]]) -> tuple[ShownRow, ...]:
    return tuple(ShownRow(row[0], row[1], row[2], tuple(unpacked(one) for one in row[3])) for row in rows)


working.register(PREVIEW, preview)
working.register(IMPORT, bring_in)
