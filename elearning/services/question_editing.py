"""One question of a bank in the editor: as a form and as the text it stands for, with all that is wrong, and tried as a learner would.

Whoever saves a question changes its own lines and no others. Two people may work on two questions of one bank: a save is
refused only where somebody else has changed this very question since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from elearning.content.bank_editing import added, question_text, questions_of, replaced
from elearning.content.bank_survey import Survey, Surveyed, survey
from elearning.content.compiling import MEDIA
from elearning.content.fields import KEY
from elearning.content.links import LinkTable
from elearning.content.one_question import Looked, look
from elearning.content.problems import Problem, Problems
from elearning.content.questions import TYPES
from elearning.content.reading import Registers, read_registers
from elearning.content.sheets import new_sheet, own_attributes, parts_of, sheet_of, sheet_text
from elearning.content.text import digest_of, lines_of, read_source, typed_bytes
from elearning.domain.errors import Mistaken
from elearning.domain.keys import LONGEST, proposed_key
from elearning.domain.message import Message, message
from elearning.domain.question_sheet import Sheet
from elearning.services import bank_changes
from elearning.services.bank_reading import BankText, Use, bank_of, published_keys, quizzes, uses_of
from elearning.services.beside import REGISTERS
from elearning.services.checking import Checking, check_view
from elearning.services.drafting import ensure_writes
from elearning.services.paper import SlotView
from elearning.services.work import Work, not_here
from elearning.store.queries import banks, drafts, workshop

RESERVED = frozenset({"new", "try"})
SHOWN = ("points", "difficulty", "tag", "objective", "facts", "basis", "hint", "penalty")


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on the desk, as form and as text; both say the same. `base` names the lines that the work began from."""

    sheet: Sheet
    text: str
    base: str

    @property
    def text_was(self) -> str:
        """Tells whether the text was changed since the page showed it."""
        return name_of(self.text)

    @property
    def form_was(self) -> str:
        """Tells the same of the form."""
        return name_of(sheet_text(self.sheet))


@dataclass(frozen=True, slots=True)
class Desk:
    """A question that is being written. `first_line` is its line in the bank, 0 where it is in none; `theirs` the question as
    somebody else saved it meanwhile; `undecided` says that form and text were both changed. `attributes` are (name, value) in
    the order of the form; `slot` is the question as a learner would have it, None while it has problems.
    """

    shown: Shown
    is_published: bool
    first_line: int
    problems: tuple[Problem, ...]
    slot: SlotView | None
    types: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    known_tags: tuple[str, ...]
    known_objectives: tuple[str, ...]
    theirs: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The editor of one question of a bank; `key` is empty for a new one."""

    bank: str
    bank_title: str
    key: str
    desk: Desk
    uses: tuple[Use, ...]
    papers: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody has saved this question since; `theirs` is how it stands now, empty where it is gone."""

    theirs: str

    @property
    def said(self) -> Message:
        """What happened, and what to do."""
        if self.theirs:
            return message("Somebody saved this question while you were writing. Compare the two, then save again.")
        return message("This question is no longer in the bank. Save it again to add it anew.")


def name_of(text: str) -> str:
    """What tells two texts apart."""
    return digest_of(text.encode())[:16]


def opened(work: Work, bank: str, key: str) -> Shown:
    """A question as its draft has it. Raises NotFound where there is none."""
    found = bank_of(work, bank)
    text = question_text(found.data, key)
    if text is None:
        raise not_here()
    return Shown(sheet_of(text), text, name_of(text))


def begun(work: Work, bank: str, kind: str) -> Shown:
    """A new question of a type, with nothing in it yet. Raises NotFound for a bank or a type that is not there."""
    bank_of(work, bank)
    if kind not in TYPES:
        raise not_here()
    sheet = new_sheet(kind)
    return Shown(sheet, sheet_text(sheet), "")


def question_page(
    work: Work, bank: str, key: str, shown: Shown, sent: object = None, theirs: str = "", undecided: bool = False
) -> QuestionPage:
    """The page of a question on the desk, tried with what was `sent` as an answer. Raises NotFound for a bank that is not there."""
    found = bank_of(work, bank)
    seen = survey(found.path, found.data)
    uses = uses_of(quizzes(work), found.path, seen).get(key, ()) if key else ()
    first = next((one.text.heading.number for one in seen.questions if one.text.key == key), 0)
    desk = desk_of(work, found.path, seen, shown, sent)
    desk = replace(
        desk, is_published=key in published_keys(work, found.path), first_line=first, theirs=theirs, undecided=undecided
    )
    papers = banks.papers_with(work.session, found.path, key) if key else 0
    return QuestionPage(bank, found.title, key, desk, uses, papers)


def desk_of(work: Work, path: str, seen: Survey, shown: Shown, sent: object = None) -> Desk:
    """A question on the desk that is to stand in the bank at `path`, whose questions were `seen`.

    One without a key is looked at with the key that saving would give it.
    """
    looked = looked_at(work, path, seen.defaults, with_key(shown.text, set()))
    return Desk(
        shown, False, 0, looked.problems, _tried(looked, sent), tuple(TYPES), attributes_of(shown.sheet),
        _each(seen.questions, "tag"), _each(seen.questions, "objective"),
    )  # fmt: skip


def _each(questions: Sequence[Surveyed], name: str) -> tuple[str, ...]:
    return tuple(sorted({word for one in questions for word in one.values.get(name, "").split()}))


def attributes_of(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The attributes that the form of a question shows: those of all, those of its type, and whatever else is written there."""
    own = sorted(own_attributes(sheet.type) - {*SHOWN, "type", "retired"})
    rest = [name for name in sheet.attributes if name not in (*SHOWN, *own)]
    return tuple((name, sheet.attributes.get(name, "")) for name in (*own, *SHOWN, *rest))


def looked_at(work: Work, path: str, defaults: Mapping[str, str], text: str) -> Looked:
    """All that is wrong with the lines of a question, and the question itself where nothing is."""
    registers, table = surroundings(work)
    return look(path, text, defaults, registers, table, work.shelf.render)


def surroundings(work: Work) -> tuple[Registers, LinkTable]:
    """The registers as they are being written, and what a link of a bank may lead to."""
    ensure_writes(work)
    rows = {row.path: row.digest for row in drafts.heads(work.session) if row.digest}
    kept = {path: rows[path] for path in REGISTERS if path in rows}
    texts = workshop.texts_of(work.session, set(kept.values()))
    registers = read_registers({path: texts[digest] for path, digest in kept.items()}, Problems())
    media = {path: digest for path, digest in rows.items() if path.endswith(MEDIA)}
    keys = frozenset(quiz.key for quiz in quizzes(work))
    return registers, LinkTable("", frozenset(registers.laws or {}), keys, {}, media, frozenset(registers.terms or ()))


def _tried(looked: Looked, sent: object) -> SlotView | None:
    question = looked.question
    if question is None:
        return None
    checked = Checking(question.key, sent) if sent is not None else None
    return check_view(1, question, question, checked)


def save_question(work: Work, bank: str, key: str, text: str, base: str) -> str | Changed:
    """Save a question; its key. A new one has no `key` and goes to the end of its bank.

    Raises Mistaken where its lines would not be read as one question, or its key is taken or may no longer change;
    NotFound for a bank that is not there.
    """
    found = bank_of(work, bank)
    if read_source(found.path, found.data, Problems()) is None:
        raise Mistaken(message("The file of this bank cannot be read. Put it right as text first."))
    there = question_text(found.data, key) if key else ""
    if there is None or (name_of(there) if key else "") != base:
        return Changed(there or "")
    text = with_key(
        typed_bytes(text).decode(), {one.key for one in questions_of(found.data)} | published_keys(work, found.path)
    )
    fresh = parts_of(text).key
    _ensure_key(work, found, key, fresh)
    data = replaced(found.data, key, text) if key else added(found.data, [text])
    _ensure_one(found, data, key, fresh)
    if data != found.data:
        bank_changes.save(work, found.path, data, found.save_id)
    return fresh


def with_key(text: str, taken: set[str]) -> str:
    """The lines of a question with a key in their heading, proposed from its words where they have none."""
    question = parts_of(text)
    if question.key:
        return text
    head, *rest = [line.text for line in lines_of(text.strip("\n"))]
    return "\n".join([f"{head.rstrip()} {{#{proposed_key(question.words, taken)}}}", *rest])


def _ensure_key(work: Work, bank: BankText, key: str, fresh: str) -> None:
    if fresh == key:
        return
    if not KEY.fullmatch(fresh) or len(fresh) > LONGEST * 2:
        raise Mistaken(message("A key has small letters without marks, digits and single dashes, such as han-24-gio."))
    if fresh in RESERVED:
        raise Mistaken(message("The key “%(key)s” is one of the platform's own words. Choose another.", key=fresh))
    published = published_keys(work, bank.path)
    if key and key in published:
        raise Mistaken(message("This question was published, so its key stays “%(key)s”. Put it back.", key=key))
    if fresh in published or any(one.key == fresh for one in questions_of(bank.data)):
        raise Mistaken(message("The key “%(key)s” is taken in this bank, or was once. Choose another.", key=fresh))


def _ensure_one(bank: BankText, data: bytes, key: str, fresh: str) -> None:
    """Raises Mistaken where the new lines would be read as several questions, or swallow those that follow."""
    before, after = (_by_place(state) for state in (bank.data, data))
    place = next((at for at, one in enumerate(before) if one[0] == key), len(before)) if key else len(before)
    beside = [one for at, one in enumerate(after) if at != place]
    expected = [one for at, one in enumerate(before) if at != place]
    if beside != expected or len(after) <= place or after[place][0] != fresh:
        raise Mistaken(
            message(
                "These lines would not be read as one question. Begin no line with # or ##, and close every code block ```."
            )
        )


def _by_place(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The key and the lines of each question."""
    return [(one.key, tuple(line.text for line in one.lines)) for one in questions_of(data)]
