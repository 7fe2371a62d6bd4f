"""A bank as a file for another platform, with the list of what the format cannot say."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from elearning.content.bank_survey import survey
from elearning.content.compiling import MEDIA
from elearning.content.plain_markdown import plain_html
from elearning.content.writing import read
from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message
from elearning.domain.written import Medium, WrittenQuestion
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions import FORMATS
from elearning.exchange.questions.exported import Exported
from elearning.services.auditing import record
from elearning.services.bank_reading import BankText, bank_of
from elearning.services.work import Work, not_here
from elearning.store.queries import drafts

_LINK = re.compile(r"\]\(([^)\s:#]+)\)")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the file does not say: of how many questions, and the keys of the first of them."""

    said: Message
    count: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What would come of a bank in a format. `formats` are (name, title); `chosen` is empty until one was chosen."""

    bank: str
    title: str
    questions: int
    formats: tuple[tuple[str, str], ...]
    chosen: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class ExportFile:
    """The file itself."""

    name: str
    data: bytes


KEYS_SHOWN = 12


def export_page(work: Work, bank: str, chosen: str, most: int = KEYS_SHOWN) -> ExportPage:
    """What a bank would lose in a format; at most so many keys are named for each. Raises NotFound for a bank or a format that is not there."""
    found = bank_of(work, bank)
    questions, broken = _questions(work, found)
    formats = tuple((one.name, one.title) for one in FORMATS.values() if one.writes)
    losses = _losses(chosen, questions, broken, most) if chosen else ()
    return ExportPage(bank, found.title, len(questions), formats, chosen, losses)


def export_file(work: Work, bank: str, chosen: str) -> ExportFile:
    """A bank in a format. Raises NotFound for a bank or a format that is not there, Mistaken where nothing can be written."""
    found = bank_of(work, bank)
    questions, _ = _questions(work, found)
    if not questions:
        raise Mistaken(message("The bank holds no question that can be written out. Mend its questions first."))
    data = _written(chosen, questions).data
    record(work, "export questions", "text", found.path, chosen)
    return ExportFile(f"{bank}{FORMATS[chosen].suffix}", data)


def _written(chosen: str, questions: Sequence[WrittenQuestion]) -> Exported:
    found = FORMATS.get(chosen)
    if found is None or not found.writes:
        raise not_here()
    try:
        return found.write(questions, plain_html)
    except ExchangeError as error:
        raise Mistaken(error.message) from error


def _losses(chosen: str, questions: Sequence[WrittenQuestion], broken: Sequence[str], most: int) -> tuple[Loss, ...]:
    keys: dict[Message, list[str]] = {}
    for one in _written(chosen, questions).unsaid:
        keys.setdefault(one.said, []).append(one.key)
    if broken:
        keys[message("the question itself: it has problems and cannot be asked")] = list(broken)
    return tuple(Loss(said, len(named), tuple(named[:most])) for said, named in keys.items())


def _questions(work: Work, bank: BankText) -> tuple[tuple[WrittenQuestion, ...], tuple[str, ...]]:
    """The questions of a bank as written, with their media; and the keys of those that cannot be read."""
    found, _ = read(bank.data.decode("utf-8-sig", "replace"), bank.path)
    known = {question.key for question in found}
    texts = {one.text.key: one.whole for one in survey(bank.path, bank.data).questions}
    broken = tuple(key for key in texts if key not in known)
    files = _media(work, bank)
    return tuple(_with_media(question, texts.get(question.key, ""), files) for question in found), broken


def _with_media(question: WrittenQuestion, text: str, files: Mapping[str, bytes]) -> WrittenQuestion:
    names = dict.fromkeys(name for name in _LINK.findall(text) if name in files)
    return replace(question, media=tuple(Medium(name, files[name]) for name in names)) if names else question


def _media(work: Work, bank: BankText) -> dict[str, bytes]:
    """What the bank's links name, under the names that they use."""
    found: dict[str, bytes] = {}
    for name in dict.fromkeys(_LINK.findall(bank.data.decode("utf-8-sig", "replace"))):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(bank.path), name))
        row = drafts.head(work.session, path) if name.endswith(MEDIA) else None
        if row is not None and row.digest:
            found[name] = drafts.text(work.session, row.digest)
    return found
