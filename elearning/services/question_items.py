"""A file of questions as whoever sent it sees it: item by item, what was understood, in part, and not, and why; and each mended
before it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from elearning.content.bank_editing import questions_of
from elearning.content.bank_survey import Survey, survey
from elearning.content.sheets import new_sheet, sheet_of, sheet_text
from elearning.content.text import typed_bytes
from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message, unpacked
from elearning.exchange.questions import FORMATS
from elearning.services import working
from elearning.services.bank_reading import all_banks
from elearning.services.drafting import ensure_writes
from elearning.services.question_editing import Changed, Desk, Shown, desk_of, name_of, with_key
from elearning.services.question_files import described
from elearning.services.work import Work, not_here
from elearning.services.working import JobPage
from elearning.store.models.taking_in import QuestionFile, QuestionItem
from elearning.store.queries import taking_in

PAGE = 50
FILES_SHOWN = 20
# Where the questions of a file are looked at, as long as they stand in no bank.
NOWHERE = "quizzes/banks/import.md"
STATES = ("whole", "part", "not", "beside", "mended", "kept", "waiting", "here", "problems")


@dataclass(frozen=True, slots=True)
class Pick:
    """Which items are to be kept: `whole` those understood wholly or mended, `part` those in part as well, `chosen` those of these
    numbers.
    """

    which: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that was sent before; `at` is when it was last used."""

    public: str
    name: str
    format: str
    at: datetime
    items: int
    kept: int


@dataclass(frozen=True, slots=True)
class SendPage:
    """The page on which a file is sent: formats that can be read, as (name, title), and what was sent before."""

    formats: tuple[tuple[str, str], ...]
    suffixes: str
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list. `bank` and `key` say which question of ours it is, or became."""

    number: int
    place: Message
    degree: str
    words: str
    type: str
    notes: tuple[Message, ...]
    has_text: bool
    mended: bool
    problems: int
    standing: str
    bank: str
    key: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many items of a file there are of each kind. One that was mended counts as that alone, however far it was understood;
    `ready` could be kept now, `ready_part` those in part as well.
    """

    items: int = 0
    whole: int = 0
    part: int = 0
    refused: int = 0
    beside: int = 0
    mended: int = 0
    kept: int = 0
    same: int = 0
    update: int = 0
    touched: int = 0
    ready: int = 0
    ready_part: int = 0

    @property
    def asked(self) -> int:
        """How many of the items are questions, understood or not."""
        return self.items - self.beside

    @property
    def good(self) -> int:
        """How many are understood, by the file itself or because somebody mended them."""
        return self.whole + self.mended


@dataclass(frozen=True, slots=True)
class FilePage:
    """What a file holds. `job` says how far the reading is; `banks` are (key, title) of banks to keep the questions in."""

    public: str
    name: str
    format: str
    job: JobPage
    counted: Counted
    rows: tuple[ItemLine, ...]
    state: str
    found: int
    number: int
    pages: int
    banks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item: what the file says, what became of it, and the question on the desk. `before` and `after` are numbers, 0 for none."""

    public: str
    name: str
    line: ItemLine
    source: str
    desk: Desk
    before: int
    after: int


def file_of(work: Work, public: str) -> QuestionFile:
    """A file that the actor sent. Raises NotFound for any other."""
    ensure_writes(work)
    row = taking_in.file_by_public(work.session, public)
    if row is None or row.by_id != (work.actor.id or None):
        raise not_here()
    return row


def send_page(work: Work) -> SendPage:
    """The form for a file, and what was sent before. Raises NotFound for those who may not write."""
    ensure_writes(work)
    rows = taking_in.files_of(work.session, work.actor.id, FILES_SHOWN)
    sums = taking_in.counts(work.session, [row.id for row in rows])
    reading = [one for one in FORMATS.values() if one.reads]
    files = tuple(
        FileLine(row.public, row.name, FORMATS[row.format].title, row.at, counted(sums.get(row.id, {})).items,
                 counted(sums.get(row.id, {})).kept)
        for row in rows
    )  # fmt: skip
    return SendPage(tuple((one.name, one.title) for one in reading), ",".join(one.suffix for one in reading), files)


def counted(sums: Mapping[tuple[str, bool, bool, str], int]) -> Counted:
    """The counts of a file from those of its kinds of items."""
    degrees, items = dict.fromkeys(("whole", "part", "not", "beside"), 0), 0
    more = dict.fromkeys(("mended", "kept", "same", "update", "touched", "ready", "ready_part"), 0)
    for (degree, mended, kept, how), count in sums.items():
        items += count
        degrees[degree] += count * (not mended)
        more["mended"] += count * mended
        more["kept"] += count * kept
        if how != "new" and not kept:
            more[how] += count
        if not kept and degree != "beside" and how in ("new", "update"):
            more["ready"] += count * (degree == "whole" or mended)
            more["ready_part"] += count * (degree in ("whole", "part") or mended)
    return Counted(items, degrees["whole"], degrees["part"], degrees["not"], degrees["beside"], **more)


def file_page(work: Work, public: str, state: str = "", number: int = 1) -> FilePage:
    """What a file holds, narrowed to one state. Raises NotFound for somebody else's file."""
    file = file_of(work, public)
    where = _where(state)
    found = taking_in.count(work.session, file.id, where)
    pages = max(1, -(-found // PAGE))
    number = min(max(1, number), pages)
    rows = taking_in.items(work.session, file.id, where, (number - 1) * PAGE, PAGE)
    sums = taking_in.counts(work.session, [file.id]).get(file.id, {})
    return FilePage(
        public, file.name, FORMATS[file.format].title, working.job_page(work, public), counted(sums), tuple(map(_line, rows)),
        state if state in STATES else "", found, number, pages, tuple((bank.key, bank.title) for bank in all_banks(work)),
    )  # fmt: skip


def _where(state: str) -> list[Any]:
    item = QuestionItem
    known: dict[str, list[Any]] = {
        **{degree: [item.degree == degree, item.mended.is_(False)] for degree in ("whole", "part", "not", "beside")},
        "mended": [item.mended.is_(True)], "kept": [item.kept.is_not(None)],
        "waiting": [item.kept.is_(None), item.text != ""], "here": [item.standing != "new"], "problems": [item.problems > 0],
    }  # fmt: skip
    return known.get(state, [])


def _line(row: QuestionItem) -> ItemLine:
    return ItemLine(
        row.number, unpacked(row.place), row.degree, row.words, row.type, tuple(unpacked(note) for note in row.notes),
        bool(row.text), row.mended, row.problems, row.standing, row.bank.rsplit("/", 1)[-1].removesuffix(".md"), row.key,
        row.kept is not None,
    )  # fmt: skip


def pending(work: Work, file: QuestionFile, pick: Pick, after: int = 0) -> int:
    """How many items are still to be kept."""
    return taking_in.count(work.session, file.id, _picked(pick, after))


def chosen_items(work: Work, file: QuestionFile, pick: Pick, after: int, most: int) -> list[QuestionItem]:
    """The next items to be kept, in their order."""
    return taking_in.items(work.session, file.id, _picked(pick, after), 0, most)


def _picked(pick: Pick, after: int) -> list[Any]:
    item = QuestionItem
    where = [item.kept.is_(None), item.text != "", item.number > after]
    if pick.which == "chosen":
        return [*where, item.number.in_(pick.numbers)]
    degrees = ("whole", "part") if pick.which == "part" else ("whole",)
    return [*where, item.problems == 0, (item.degree.in_(degrees) | item.mended.is_(True))]


def item_opened(work: Work, public: str, number: int) -> Shown:
    """An item as a question on the desk; an empty one where nothing was understood. Raises NotFound where there is none."""
    row = _item(work, public, number)
    sheet = sheet_of(row.text) if row.text else new_sheet("one")
    return Shown(sheet, row.text or sheet_text(sheet), name_of(row.text))


def _item(work: Work, public: str, number: int) -> QuestionItem:
    row = taking_in.item(work.session, file_of(work, public).id, number)
    if row is None:
        raise not_here()
    return row


def item_page(
    work: Work, public: str, number: int, shown: Shown, sent: object = None, theirs: str = "", undecided: bool = False
) -> ItemPage:
    """The page of one item. Raises NotFound where there is none."""
    row = _item(work, public, number)
    desk = desk_of(work, NOWHERE, Survey((), {}, ()), shown, sent)
    last = taking_in.count(work.session, row.file_id, [])
    return ItemPage(
        public, file_of(work, public).name, _line(row), row.source, replace(desk, theirs=theirs, undecided=undecided), number - 1,
        number + 1 if number < last else 0,
    )  # fmt: skip


def save_item(work: Work, public: str, number: int, text: str, base: str) -> Changed | None:
    """Mend an item: its lines are kept with it until it goes into a bank. Changed, where they were changed in another window.

    Raises Mistaken where the lines would not be read as one question, or it was kept already; NotFound where there is none.
    """
    row = _item(work, public, number)
    if row.kept is not None:
        raise Mistaken(message("This item is in a bank already. Change the question there."))
    if name_of(row.text) != base:
        return Changed(row.text)
    fresh = with_key(typed_bytes(text).decode(), set())
    found: Sequence[Any] = questions_of(f"# x\n\n{fresh}\n\n## y {{#y}}\n".encode())
    if len(found) != 2 or found[1].key != "y":
        raise Mistaken(
            message(
                "These lines would not be read as one question. Begin no line with # or ##, and close every code block ```."
            )
        )
    file_of(work, public).at = work.now
    row.text, row.mended, said = fresh, True, described(fresh)
    row.words, row.type = said["words"], said["type"]
    row.problems = sum(len(one.problems) for one in survey(NOWHERE, f"# x\n\n{fresh}".encode()).questions)
    row.key = row.key if row.standing != "new" else said["key"]
    return None
