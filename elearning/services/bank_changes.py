"""What is done to many questions of a bank at once: tagged, moved to another bank, retired and taken up again; and new banks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from elearning.content.bank_editing import (
    added,
    bank_path,
    new_bank,
    question_text,
    questions_of,
    removed,
    tagged,
    with_attributes,
)
from elearning.content.bank_survey import survey
from elearning.content.fields import KEY
from elearning.content.problems import Problems
from elearning.content.text import LARGEST, read_source
from elearning.content.translation import LANGUAGES, translated_path
from elearning.domain.errors import Mistaken
from elearning.domain.keys import LONGEST, proposed_key
from elearning.domain.message import message
from elearning.domain.names import as_typed
from elearning.services import drafting
from elearning.services.bank_reading import BankText, all_banks, bank_of, published_keys, quizzes, uses_of
from elearning.services.drafting import Conflict
from elearning.services.work import Work
from elearning.store.queries import drafts

MOST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Done:
    """How many questions were changed."""

    count: int


def add_bank(work: Work, title: str, key: str = "") -> str:
    """A new, empty bank; its key, proposed from the title where none is given.

    Raises Mistaken for a title or a key that cannot be, NotFound for those who may not write.
    """
    drafting.ensure_writes(work)
    title, key = " ".join(as_typed(title).split()), key.strip()
    if not title or len(title) > MOST_TITLE:
        raise Mistaken(message("Write a title for the bank, up to %(most)s characters.", most=MOST_TITLE))
    taken = {bank.key for bank in all_banks(work)} | _kept_keys(work)
    key = key or proposed_key(title, taken)
    if not KEY.fullmatch(key) or len(key) > LONGEST:
        raise Mistaken(message("A key has small letters without marks, digits and single dashes, such as han-24-gio."))
    if key in taken:
        raise Mistaken(message("The bank “%(key)s” is there already, or was once. Choose another key.", key=key))
    save(work, bank_path(key), new_bank(title), None)
    return key


def _kept_keys(work: Work) -> set[str]:
    """Keys of banks that were removed: they stay theirs."""
    rows = drafts.heads(work.session, bank_path("").removesuffix(".md"))
    return {row.path.rsplit("/", 1)[1].removesuffix(".md") for row in rows}


def save(work: Work, path: str, data: bytes, made_on: int | None) -> None:
    """Save a bank that was read in this very piece of work. Raises Mistaken where it grows too large, or somebody was quicker."""
    if len(data) > LARGEST:
        raise Mistaken(message("The bank would be larger than 200 kB. Put these questions into another bank."))
    if isinstance(drafting.save_draft(work, path, data, made_on), Conflict):
        raise Mistaken(message("Somebody saved this bank at the same moment. Try again; nothing of theirs is lost."))


def tag(work: Work, key: str, questions: Sequence[str], add: str, drop: str) -> Done:
    """Add and drop tags. Raises Mistaken for tags that cannot be, NotFound for a bank that is not there."""
    adding, dropping = add.split(), drop.split()
    for word in adding:
        if not KEY.fullmatch(word):
            raise Mistaken(
                message(
                    "The tag “%(tag)s” has other signs than small letters without marks, digits and dashes.", tag=word
                )
            )
    if not adding and not dropping:
        raise Mistaken(message("Write the tags to add, or those to take away."))
    return _change(work, key, questions, lambda data, keys: tagged(data, keys, adding, dropping))


def retire(work: Work, key: str, questions: Sequence[str]) -> Done:
    """Retire questions: no paper draws them from the next edition on. Raises Mistaken where a quiz names one of them."""
    bank = bank_of(work, key)
    _ensure_unnamed(work, bank, questions)
    return _change(work, key, questions, lambda data, keys: with_attributes(data, keys, {"retired": "yes"}))


def take_up(work: Work, key: str, questions: Sequence[str]) -> Done:
    """Let retired questions be drawn again."""
    return _change(work, key, questions, lambda data, keys: with_attributes(data, keys, {"retired": ""}))


def _change(work: Work, key: str, questions: Sequence[str], change: Callable[[bytes, Sequence[str]], bytes]) -> Done:
    bank = bank_of(work, key)
    chosen = _chosen(bank, questions)
    before = {one: question_text(bank.data, one) for one in chosen}
    data = change(bank.data, chosen)
    if data != bank.data:
        save(work, bank.path, data, bank.save_id)
    return Done(sum(question_text(data, one) != text for one, text in before.items()))


def _chosen(bank: BankText, questions: Sequence[str]) -> list[str]:
    if read_source(bank.path, bank.data, Problems()) is None:
        raise Mistaken(message("The file of this bank cannot be read. Put it right as text first."))
    chosen = [question.key for question in questions_of(bank.data) if question.key and question.key in questions]
    if not chosen:
        raise Mistaken(message("Choose at least one question."))
    return chosen


def _ensure_unnamed(work: Work, bank: BankText, questions: Sequence[str]) -> None:
    uses = uses_of(quizzes(work), bank.path, survey(bank.path, bank.data))
    for key in questions:
        named = next((use for use in uses.get(key, ()) if use.fixed), None)
        if named is not None:
            raise Mistaken(
                message(
                    "The quiz “%(quiz)s” names the question “%(key)s”. Change its line in the quiz first.",
                    quiz=named.title,
                    key=key,
                )
            )


def remove(work: Work, key: str, questions: Sequence[str]) -> Done:
    """Take questions out of their bank. Raises Mistaken for one that was published, which is retired instead, or that a quiz names."""
    bank = bank_of(work, key)
    chosen = _chosen(bank, questions)
    if published_keys(work, bank.path).intersection(chosen):
        raise Mistaken(message("This question was published, so its key stays. Retire it: no paper draws it any more."))
    _ensure_unnamed(work, bank, chosen)
    save(work, bank.path, removed(bank.data, chosen), bank.save_id)
    return Done(len(chosen))


def move(work: Work, key: str, questions: Sequence[str], target: str) -> Done:
    """Move questions to another bank, with their translations. They keep their keys.

    Raises Mistaken where a quiz names one of them or the other bank has, or once had, one of the keys; NotFound for banks
    that are not there.
    """
    bank, other = bank_of(work, key), bank_of(work, target)
    chosen = _chosen(bank, questions)
    if bank.path == other.path:
        raise Mistaken(message("Choose another bank than this one."))
    _ensure_unnamed(work, bank, chosen)
    taken = {question.key for question in questions_of(other.data)} | published_keys(work, other.path)
    if both := next((one for one in chosen if one in taken), None):
        raise Mistaken(
            message("The other bank has, or once had, a question “%(key)s”. Change the key here first.", key=both)
        )
    _carry(work, bank, other, chosen)
    for language in LANGUAGES:
        _carry_words(work, bank, other, chosen, language)
    return Done(len(chosen))


def _carry(work: Work, bank: BankText, other: BankText, keys: Sequence[str]) -> None:
    """What the head of a bank says of all its questions goes along, where the other bank does not say the same."""
    here, there = (survey(one.path, one.data) for one in (bank, other))
    said = {name: value for name, value in here.defaults.items() if there.defaults.get(name) != value}
    data = bank.data
    for one in here.questions:
        if one.text.key in keys:
            missing = {name: value for name, value in said.items() if name not in one.text.attributes.values}
            data = with_attributes(data, [one.text.key], missing) if missing else data
    texts = [text for key in keys if (text := question_text(data, key)) is not None]
    save(work, other.path, added(other.data, texts), other.save_id)
    save(work, bank.path, removed(bank.data, keys), bank.save_id)


def _carry_words(work: Work, bank: BankText, other: BankText, keys: Sequence[str], language: str) -> None:
    """The same for the words of a translation; one that the other bank lacks is begun."""
    here, there = (drafts.head(work.session, translated_path(path, language)) for path in (bank.path, other.path))
    if here is None or here.digest is None:
        return
    data = drafts.text(work.session, here.digest)
    texts = [text for key in keys if (text := question_text(data, key)) is not None]
    if not texts:
        return
    words = drafts.text(work.session, there.digest) if there and there.digest else new_bank(other.title)
    save(work, translated_path(other.path, language), added(words, texts), there.id if there else None)
    save(work, here.path, removed(data, keys), here.id)
