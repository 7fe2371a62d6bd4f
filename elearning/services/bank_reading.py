"""Banks as they are being written: their drafts, where their questions are asked, and which keys were published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from elearning.content.bank_editing import BANKS, bank_path, bank_title, questions_of
from elearning.content.bank_survey import Survey
from elearning.content.compiling import is_translation, quiz_paths
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.quiz_reader import QuizDraft, read_quiz
from elearning.content.text import read_source
from elearning.domain.drawing import fits
from elearning.services.drafting import ensure_writes
from elearning.services.work import Work, not_here
from elearning.store.queries import banks, drafts, workshop
from elearning.store.queries.drafts import SaveRow


@dataclass(frozen=True, slots=True)
class BankText:
    """A bank: its draft, and who saved it last."""

    key: str
    path: str
    title: str
    data: bytes
    save_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """A quiz that asks a question: always, where it names it, or perhaps, where it draws from the bank."""

    quiz: str
    title: str
    path: str
    fixed: bool


def bank_of(work: Work, key: str) -> BankText:
    """The draft of one bank. Raises NotFound where there is none, and for those who may not write."""
    ensure_writes(work)
    row = drafts.head(work.session, bank_path(key))
    if row is None or row.digest is None or is_translation(row.path):
        raise not_here()
    return _bank(row, drafts.text(work.session, row.digest))


def all_banks(work: Work) -> list[BankText]:
    """Every bank that is being written, in order of its path. Raises NotFound for those who may not write."""
    ensure_writes(work)
    rows = [row for row in drafts.heads(work.session, BANKS) if row.digest and _is_bank(row.path)]
    texts = workshop.texts_of(work.session, {row.digest or "" for row in rows})
    return [_bank(row, texts.get(row.digest or "", b"")) for row in rows]


def _is_bank(path: str) -> bool:
    return path.endswith(".md") and path.count("/") == 2 and not is_translation(path)


def _bank(row: SaveRow, data: bytes) -> BankText:
    key = row.path.removeprefix(BANKS).removesuffix(".md")
    return BankText(key, row.path, bank_title(data) or key, data, row.id, row.by, row.at)


def quizzes(work: Work) -> tuple[QuizDraft, ...]:
    """Every quiz that is being written, as far as it can be read."""
    rows = {row.path: row.digest or "" for row in drafts.heads(work.session, "quizzes/") if row.digest}
    paths = quiz_paths(dict.fromkeys(rows, b""))
    texts = workshop.texts_of(work.session, {rows[path] for path in paths})
    sources = [read_source(path, texts.get(rows[path], b""), Problems()) for path in paths]
    return tuple(read_quiz(source, Pieces(), Problems()) for source in sources if source is not None)


def uses_of(found: Iterable[QuizDraft], path: str, survey: Survey) -> Mapping[str, tuple[Use, ...]]:
    """For each question of a bank the quizzes that ask it or may draw it."""
    uses: dict[str, dict[str, Use]] = {}
    for quiz in found:
        for draw, _ in quiz.draw_lines:
            for one in survey.questions if draw.bank == path else ():
                if draw.question == one.text.key or (one.draft is not None and fits(one.draft, draw)):
                    fixed = bool(draw.question)
                    before = uses.setdefault(one.text.key, {}).get(quiz.key)
                    title = quiz.rules.title or quiz.key
                    uses[one.text.key][quiz.key] = Use(
                        quiz.key, title, quiz.path, fixed or bool(before and before.fixed)
                    )
    return {key: tuple(by_quiz.values()) for key, by_quiz in uses.items()}


def published_keys(work: Work, path: str) -> frozenset[str]:
    """The keys of all questions that an edition ever held in this bank."""
    states = banks.published(work.session, path)
    return frozenset(question.key for data in states for question in questions_of(data) if question.key)
