"""The list of banks, and one bank with its questions: narrowed, sorted, page by page; and questions that are much alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from elearning.content.bank_survey import Surveyed, survey
from elearning.content.questions import TYPES
from elearning.domain.bank_listing import Choices, Listed, Wanted, choices, narrowed
from elearning.domain.law import read_basis
from elearning.domain.likeness import LEAST, near_duplicates
from elearning.services.bank_reading import BankText, Use, all_banks, bank_of, quizzes, uses_of
from elearning.services.work import Work
from elearning.store.queries import banks

PAGE = 50
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class BankLine:
    """A bank in the list. `broken` counts questions that cannot be asked, `quizzes` are the titles of those that draw on it."""

    key: str
    title: str
    questions: int
    retired: int
    broken: int
    quizzes: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BanksPage:
    """All banks."""

    rows: tuple[BankLine, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class BankPage:
    """One bank. `rows` are those of the page asked for, `found` counts all that fit, `total` all there are; `others` are banks
    to which questions can be moved, as (key, title).
    """

    key: str
    title: str
    path: str
    save_id: int
    rows: tuple[Listed, ...]
    found: int
    total: int
    wanted: Wanted
    choices: Choices
    number: int
    pages: int
    types: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two questions that are much alike, each as (bank, key, words)."""

    first: tuple[str, str, str]
    second: tuple[str, str, str]
    likeness: Fraction


@dataclass(frozen=True, slots=True)
class AlikePage:
    """Pairs of questions of one bank, or of all; the most alike first. `more` counts those beyond the ones shown."""

    bank: str
    title: str
    compared: int
    pairs: tuple[PairView, ...]
    more: int


def banks_page(work: Work) -> BanksPage:
    """All banks. Raises NotFound for those who may not write."""
    found = quizzes(work)
    rows = []
    for bank in all_banks(work):
        seen = survey(bank.path, bank.data)
        titles = tuple(
            quiz.rules.title or quiz.key for quiz in found if any(d.bank == bank.path for d, _ in quiz.draw_lines)
        )
        retired = sum(_retired(one) for one in seen.questions)
        broken = sum(bool(one.problems) for one in seen.questions)
        rows.append(BankLine(bank.key, bank.title, len(seen.questions), retired, broken, titles, bank.by, bank.at))
    return BanksPage(tuple(rows), sum(row.questions for row in rows))


def bank_page(work: Work, key: str, wanted: Wanted, number: int = 1) -> BankPage:
    """One bank. Raises NotFound where there is none."""
    bank = bank_of(work, key)
    rows = listed(work, bank)
    fitting = narrowed(rows, wanted)
    pages = max(1, -(-len(fitting) // PAGE))
    number = min(max(1, number), pages)
    others = tuple((one.key, one.title) for one in all_banks(work) if one.key != key)
    return BankPage(
        key, bank.title, bank.path, bank.save_id, fitting[(number - 1) * PAGE : number * PAGE], len(fitting), len(rows), wanted,
        choices(rows), number, pages, tuple(TYPES), others,
    )  # fmt: skip


def listed(work: Work, bank: BankText) -> tuple[Listed, ...]:
    """Every question of a bank as a list shows it."""
    seen = survey(bank.path, bank.data)
    uses = uses_of(quizzes(work), bank.path, seen)
    papers = banks.papers_by_question(work.session, bank.path)
    return tuple(_listed(place, one, uses, papers) for place, one in enumerate(seen.questions, 1))


def _listed(place: int, one: Surveyed, uses: Mapping[str, tuple[Use, ...]], papers: Mapping[str, int]) -> Listed:
    values, key = one.values, one.text.key
    level = values.get("difficulty", "")
    bases = (read_basis(basis) for basis in values.get("basis", "").split())
    return Listed(
        place, key, one.text.words, one.whole, one.type, tuple(values.get("tag", "").split()),
        int(level) if level in ("1", "2", "3", "4", "5") else 0, values.get("objective", ""),
        tuple(dict.fromkeys(basis.law for basis in bases if basis)), _retired(one), len(one.problems), key in uses,
        papers.get(key, 0),
    )  # fmt: skip


def _retired(one: Surveyed) -> bool:
    return one.values.get("retired") == "yes"


def alike_page(work: Work, key: str = "") -> AlikePage:
    """Questions that are much alike, within one bank or, without a key, across all. Raises NotFound for a bank that is not there."""
    chosen = [bank_of(work, key)] if key else all_banks(work)
    texts: dict[str, str] = {}
    words: dict[str, tuple[str, str, str]] = {}
    for bank in chosen:
        for one in survey(bank.path, bank.data).questions:
            name = f"{bank.key} {one.text.key} {one.text.heading.number}"
            texts[name], words[name] = _compared(one), (bank.key, one.text.key, one.text.words)
    pairs = near_duplicates(texts, LEAST)
    shown = tuple(PairView(words[pair.first], words[pair.second], pair.likeness) for pair in pairs[:MOST_PAIRS])
    return AlikePage(key, chosen[0].title if key else "", len(texts), shown, max(0, len(pairs) - MOST_PAIRS))


def _compared(one: Surveyed) -> str:
    """What a learner reads of a question, without its key, its attributes and its explanation."""
    text = one.text
    return "\n".join([text.words, *(line.text for line in (*text.stem, *text.answer))])
