"""Items of a file kept as questions: added to a bank, or put in the place of what they were before, in steps that can be broken off.

A bank holds at most so much; what does not fit goes into a second one beside it, and so on. A question that was changed here since
it was taken in is left alone, unless it was chosen by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from elearning.content.bank_editing import BANKS, added, all_replaced, bank_path, bank_title, new_bank, questions_of
from elearning.content.sheets import parts_of
from elearning.domain.errors import Mistaken
from elearning.domain.keys import proposed_key
from elearning.domain.message import message
from elearning.domain.origins import standing
from elearning.domain.person import Actor
from elearning.services import bank_changes, drafting, working
from elearning.services.auditing import record
from elearning.services.bank_reading import bank_of, published_keys
from elearning.services.question_files import Here, origin_for, text_name
from elearning.services.question_items import Pick, chosen_items, file_of, pending
from elearning.services.work import House, Work, not_here
from elearning.services.working import JobPage, Outcome, Ticket
from elearning.store.models.taking_in import QuestionFile, QuestionItem, QuestionMedium, QuestionOrigin
from elearning.store.queries import drafts, taking_in

KEEPING = "question keeping"
STEP = 200
AT_ONCE = 400
# Below the 200 kB that a text may have, so that what is changed in it later still fits.
FULL = 150_000
MOST_BANKS = 200
MEDIA_FOLDER = "quizzes/banks/"
# `last` and `bank` say how far the work is: the item that was kept last, and which of the banks beside the chosen one is being filled.
NOTHING: Mapping[str, Any] = {"added": 0, "updated": 0, "same": 0, "touched": 0, "banks": [], "last": 0, "bank": 1}


def keep(house: House, actor: Actor, public: str, pick: Pick, bank: str, title: str = "", address: str = "") -> str:
    """Keep items of a file in a bank, or in a new one with this title; the address of the job that does it.

    Few are kept at once, many by the worker. Raises Mistaken where nothing was chosen or no bank is named, NotFound for
    somebody else's file and for those who may not write.
    """
    with house.writing(actor, address=address) as work:
        file = file_of(work, public)
        count = pending(work, file, pick)
        if not count:
            raise Mistaken(message("Nothing was chosen that can be kept. Tick the items, or mend them first."))
        if not bank:
            bank = bank_changes.add_bank(work, title)
        bank_of(work, bank)
        asked = {"file": public, "bank": bank, "which": pick.which, "numbers": list(pick.numbers)}
        job = working.add(work, KEEPING, asked, file.name)
        record(work, "keep questions", "job", job, file.name)
    if count <= AT_ONCE:
        working.run(house, job)
    return job


@dataclass(frozen=True, slots=True)
class KeptPage:
    """How far the keeping of a file is, or what came of it; `banks` are those that hold the questions, as (key, title)."""

    job: JobPage
    banks: tuple[tuple[str, str], ...]


def kept_page(work: Work, public: str, job: str) -> KeptPage:
    """How far the keeping of a file is, and what came of it. Raises NotFound for somebody else's, and for other work."""
    file_of(work, public)
    page = working.job_page(work, job)
    if page.kind != KEEPING:
        raise not_here()
    rows = [drafts.head(work.session, path) for path in page.result.get("banks", ())]
    texts = {row.path: drafts.text(work.session, row.digest) for row in rows if row and row.digest}
    keys = {path: path.removeprefix(BANKS).removesuffix(".md") for path in texts}
    return KeptPage(page, tuple((keys[path], bank_title(data) or keys[path]) for path, data in texts.items()))


def keep_items(house: House, ticket: Ticket) -> Outcome:
    """Keep what was asked for and is not kept yet. Raises GivenUp when another worker does it."""
    asked, done, result = ticket.asked, ticket.done, {**NOTHING, **ticket.result}
    pick = Pick(asked["which"], tuple(asked["numbers"]))
    with house.reading(ticket.actor) as work:
        total = done + pending(work, file_of(work, asked["file"]), pick, result["last"])
    while True:
        with house.writing(ticket.actor) as work:
            count, sums = keep_step(work, asked["file"], pick, asked["bank"], result)
            if not count:
                return Outcome(done, result)
            working.advance(work, ticket, done, done + count, total, sums)
            done, result = done + count, sums


def keep_step(work: Work, public: str, pick: Pick, bank: str, sums: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Keep the next items of a file; how many there were, and the sums with them."""
    file = file_of(work, public)
    file.at = work.now
    rows = chosen_items(work, file, pick, sums["last"], STEP)
    if not rows:
        return 0, dict(sums)
    return len(rows), _Step(work, file, bank, bank_of(work, bank).title, sums, pick.which == "chosen").keep(rows)


# What a standing counts as, once its item was kept.
_SUMS = {"new": "added", "update": "updated", "touched": "updated", "same": "same"}


@dataclass(slots=True)
class _Bank:
    """A bank while questions are put into it; `save` is the save that its bytes were read from."""

    data: bytes
    save: int | None
    taken: set[str]
    size: int
    more: list[str] = field(default_factory=list)
    instead: dict[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """The bank with all that is to go into it."""
        return added(all_replaced(self.data, self.instead), self.more)


@dataclass(slots=True)
class _Step:
    """Keeps some items in one transaction, each bank saved once. `by_name` says that they were ticked one by one."""

    work: Work
    file: QuestionFile
    target: str
    title: str
    sums: Mapping[str, Any]
    by_name: bool
    banks: dict[str, _Bank] = field(default_factory=dict)
    filling: int = 1
    fresh: list[tuple[QuestionItem, str, str, str]] = field(default_factory=list)
    media: Mapping[int, Sequence[QuestionMedium]] = field(default_factory=dict)

    def keep(self, rows: Sequence[QuestionItem]) -> dict[str, Any]:
        sums = dict(self.sums)
        self.filling = sums.get("bank", 1)
        known = taking_in.origins(
            self.work.session,
            self.file.family,
            [row.item for row in rows if row.item],
            [row.item_digest for row in rows],
        )
        here = Here(self.work)
        self.media = taking_in.media(self.work.session, [row.id for row in rows])
        for row in rows:
            origin = origin_for(known, self.file.family, row.item, row.item_digest)
            how = standing(origin, row.item_digest, here.digest(origin.bank, origin.key) if origin else None)
            if row.mended and how == "same":
                how = "update"
            if origin is None or how == "new":
                self._add(row)
            elif how == "update" or (how == "touched" and self.by_name):
                self._put(row, origin.bank, origin.key)
            else:
                row.bank, row.key = origin.bank, origin.key
            left = how == "touched" and not self.by_name
            row.standing, row.kept = how, None if left else self.work.now
            sums["touched" if left else _SUMS[how]] += 1
        self._save()
        held = list(dict.fromkeys([*sums["banks"], *(bank for _, bank, _, _ in self.fresh)]))
        return {**sums, "banks": held, "last": rows[-1].number, "bank": self.filling}

    def _bank(self, path: str) -> _Bank:
        if path not in self.banks:
            row = drafts.head(self.work.session, path)
            data = drafts.text(self.work.session, row.digest) if row and row.digest else b""
            taken = {one.key for one in questions_of(data)} | published_keys(self.work, path)
            self.banks[path] = _Bank(data, row.id if row else None, taken, len(data))
        return self.banks[path]

    def _room(self, size: int) -> str:
        """The path of the first bank that has room: the one that was chosen, or one beside it. Those that were full are not looked
        at again, for each that is looked at is read whole.
        """
        while True:
            path = bank_path(self.target if self.filling == 1 else f"{self.target}-{self.filling}")
            bank = self._bank(path)
            bank.data = bank.data or new_bank(f"{self.title} ({self.filling})")
            if bank.size + size < FULL or self.filling > MOST_BANKS:
                return path
            self.filling += 1

    def _add(self, row: QuestionItem) -> None:
        path = self._room(len(row.text.encode()))
        bank = self._bank(path)
        key = row.key if row.key and row.key not in bank.taken else proposed_key(row.words, bank.taken)
        text = self._with_media(row, keyed(row.text, key))
        bank.more.append(text)
        bank.size += len(text.encode()) + 1
        bank.taken.add(key)
        self.fresh.append((row, path, key, text))

    def _put(self, row: QuestionItem, path: str, key: str) -> None:
        bank = self._bank(path)
        text = self._with_media(row, keyed(row.text, key))
        bank.instead[key] = text
        self.fresh.append((row, path, key, text))

    def _with_media(self, row: QuestionItem, text: str) -> str:
        """The lines with what came along saved beside the banks; a file of the same name and other bytes gets a name of its own."""
        for medium in self.media.get(row.id, ()):
            path = f"{MEDIA_FOLDER}{medium.path}"
            there = drafts.head(self.work.session, path)
            if there and there.digest and drafts.text(self.work.session, there.digest) != medium.data:
                stem, _, kind = medium.path.rpartition(".")
                named = f"{stem}-{row.item_digest[:8]}.{kind}"
                text, path, there = text.replace(f"]({medium.path}", f"]({named}"), f"{MEDIA_FOLDER}{named}", None
            if there is None or not there.digest:
                drafting.save_draft(self.work, path, medium.data, there.id if there else None)
        return text

    def _save(self) -> None:
        for path, bank in self.banks.items():
            if bank.more or bank.instead:
                bank_changes.save(self.work, path, bank.written(), bank.save)
        here, names = Here(self.work), {row.id: row.item or row.item_digest for row, _, _, _ in self.fresh}
        taking_in.forget_origins(self.work.session, self.file.family, list(names.values()))
        origins = {}
        for row, path, key, text in self.fresh:
            row.bank, row.key = path, key
            # Of two items of one name the last is the one that is known when the file comes again.
            origins[names[row.id]] = {
                "family": self.file.family, "item": names[row.id], "item_digest": row.item_digest, "bank": path, "key": key,
                "text_digest": here.digest(path, key) or text_name(text), "at": self.work.now,
            }  # fmt: skip
        if origins:
            self.work.session.execute(insert(QuestionOrigin), list(origins.values()))


def keyed(text: str, key: str) -> str:
    """The lines of a question under another key."""
    old = parts_of(text).key
    head, end, rest = text.partition("\n")
    return f"{head.replace(f'{{#{old}', f'{{#{key}')}{end}{rest}" if old else f"{head} {{#{key}}}{end}{rest}"


working.register(KEEPING, keep_items)
