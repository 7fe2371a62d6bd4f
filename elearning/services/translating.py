"""How far the translation of a course is, and saying that a translation is up to date with its original."""

from dataclasses import dataclass

from elearning.content.line_edits import put_attribute, put_field
from elearning.content.problems import Problem
from elearning.content.translation import LANGUAGES
from elearning.content.translation_states import Translated, translated
from elearning.domain.edition import Compiled
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import drafting
from elearning.services.drafting import ensure_writes
from elearning.services.work import Work, not_here
from elearning.store.queries import texts


@dataclass(frozen=True, slots=True)
class BankState:
    """A bank and its questions that need something; `all_missing` says that none is translated."""

    path: str
    translation: str
    total: int
    needing: tuple[Translated, ...]
    all_missing: bool


@dataclass(frozen=True, slots=True)
class TranslationsPage:
    """A course in another language: texts that need something, banks that need something, and how much is there.

    `problems` stand in place of all that where the drafts cannot be read.
    """

    course: str
    title: str
    language: str
    texts: tuple[Translated, ...]
    banks: tuple[BankState, ...]
    current: int
    total: int
    problems: tuple[Problem, ...]

    @property
    def missing(self) -> int:
        return self._count("missing")

    @property
    def behind(self) -> int:
        return self._count("behind")

    def _count(self, state: str) -> int:
        needing = [*self.texts, *(one for bank in self.banks for one in bank.needing)]
        return sum(1 for one in needing if one.state == state)


def other_language(compiled: Compiled) -> str:
    """The language that a course is translated into."""
    return next(language for language in LANGUAGES if language != compiled.course.language)


def translations_page(work: Work, course: str) -> TranslationsPage:
    """What of a course's drafts lacks a translation or is behind. Raises NotFound for a course that there is not."""
    ensure_writes(work)
    ready = work.shelf.draft(work.session, course)
    if ready.compiled is None:
        if texts.draft_file(work.session, f"courses/{course}/course.md") is None:
            raise not_here()
        return TranslationsPage(course, course, "", (), (), 0, 0, ready.problems)
    language = other_language(ready.compiled)
    found = list(translated(texts.draft_texts(work.session), ready.compiled, language))
    banks: dict[str, list[Translated]] = {}
    for one in found:
        if one.item:
            banks.setdefault(one.path, []).append(one)
    return TranslationsPage(
        course, ready.compiled.course.title, language,
        tuple(one for one in found if not one.item and one.state != "current"),
        tuple(state for path, rows in banks.items() if (state := _bank(path, rows)).needing),
        sum(1 for one in found if one.state == "current"), len(found), (),
    )  # fmt: skip


def _bank(path: str, rows: list[Translated]) -> BankState:
    needing = tuple(one for one in rows if one.state != "current")
    return BankState(path, rows[0].translation, len(rows), needing, all(one.state == "missing" for one in rows))


def mark_current(work: Work, course: str, path: str, item: str) -> None:
    """Say that a translation is up to date: the digest of its original is written into its draft, and nothing else changes.

    Raises NotFound for what has no translation, Mistaken where it cannot be written there.
    """
    ensure_writes(work)
    ready = work.shelf.draft(work.session, course)
    if ready.compiled is None:
        raise not_here()
    found = translated(texts.draft_texts(work.session), ready.compiled, other_language(ready.compiled))
    one = next((one for one in found if (one.path, one.item) == (path, item) and one.state != "missing"), None)
    if one is None:
        raise not_here()
    draft = drafting.draft(work, one.translation)
    try:
        data = (
            put_attribute(draft.data, one.line, "of", one.digest) if item else put_field(draft.data, "of", one.digest)
        )
    except ValueError as error:
        raise Mistaken(message("The question ends without a line of attributes. Write {: } below it first.")) from error
    drafting.save_draft(work, one.translation, data, draft.save_id)
