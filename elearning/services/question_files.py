"""Questions from a file of another platform: read item by item, so that whoever sent it sees what would come of each.

Nothing is put into a bank here. What cannot be understood is an item like all others, with the reason and its own text. The reading
goes on in steps of its own transactions, in flat memory, so that a large file is read behind a page that shows how far it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from sqlalchemy import insert

from elearning.content.bank_editing import questions_of
from elearning.content.sheets import parts_of, type_of
from elearning.content.text import digest_of, digest_of_file
from elearning.content.writing import fits, write
from elearning.domain.errors import Mistaken
from elearning.domain.message import message, packed
from elearning.domain.origins import Origin, standing
from elearning.domain.person import Actor
from elearning.domain.taking_in import Item
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions import FORMATS, Format, recognised
from elearning.exchange.streams import size_of
from elearning.services import working
from elearning.services.auditing import record
from elearning.services.drafting import ensure_writes
from elearning.services.work import NOBODY, House, Work
from elearning.services.working import Outcome, Ticket
from elearning.store.models.taking_in import QuestionFile, QuestionItem, QuestionMedium, QuestionOrigin
from elearning.store.queries import drafts, taking_in

READING = "question reading"
STEP = 200
# Short enough to be read while somebody waits for the page.
AT_ONCE = 200_000


def upload(house: House, actor: Actor, name: str, file: IO[bytes], wanted: str = "", address: str = "") -> str:
    """Take an open file in; the address of the page that shows what it holds. A short one is read at once, a long one by the worker.

    Raises Mistaken for a file that is of no known format, NotFound for those who may not write.
    """
    chosen = format_of(name, file, wanted)
    with house.writing(actor, address=address) as work:
        ensure_writes(work)
        asked = {"format": chosen.name}
        public = working.add(work, READING, asked, name, file)
        add_file(work, public, name, chosen, file)
        record(work, "send questions", "job", public, name[:200])
    if size_of(file) <= AT_ONCE:
        working.run(house, public)
    return public


def format_of(name: str, file: IO[bytes], wanted: str = "") -> Format:
    """The format of a file: the one that is wanted, or the one that its name and its bytes show. Raises Mistaken."""
    if not wanted:
        try:
            return recognised(name, file)
        except ExchangeError as error:
            raise Mistaken(error.message) from error
    found = FORMATS.get(wanted)
    if found is None or not found.reads:
        raise Mistaken(
            message(
                "There is no format “%(name)s” that can be read. Known are: %(known)s.",
                name=wanted[:40],
                known=", ".join(FORMATS),
            )
        )
    return found


def add_file(work: Work, public: str, name: str, chosen: Format, file: IO[bytes]) -> None:
    """Write down that a file was sent."""
    family = f"{chosen.name} {name.casefold()}"[:240]
    work.session.add(
        QuestionFile(public=public, by_id=work.actor.id or None, at=work.now, name=name[:200], format=chosen.name, family=family,
                     digest=digest_of_file(file))
    )  # fmt: skip


def read_file(house: House, ticket: Ticket) -> Outcome:
    """Read the items that were not read yet, step by step. Raises Mistaken for a file that holds nothing that can be read."""

    def advance(work: Work, since: int, done: int) -> None:
        working.advance(work, ticket, since, done, 0, {})

    chosen = FORMATS[ticket.asked["format"]]
    with working.sent_file(house, ticket) as file:
        done = read_items(house, ticket.actor, ticket.public, chosen, file, ticket.done, advance)
    return Outcome(done, {"items": done})


def read_items(
    house: House,
    actor: Actor,
    public: str,
    chosen: Format,
    file: IO[bytes],
    done: int,
    advance: Callable[[Work, int, int], None],
) -> int:
    """Read the items of an open file from one on; how many there are. Each step says in its transaction how far it is.

    Raises Mistaken for a file that holds nothing that can be read.
    """
    found = islice(all_items(chosen, file), done, None)
    while part := list(islice(found, STEP)):
        before, done = done, done + len(part)
        with house.writing(actor) as work:
            advance(work, before, done)
            _keep(work, public, part, before)
    if not done:
        raise Mistaken(message("Nothing that could be a question was found in the file."))
    return done


def all_items(chosen: Format, file: IO[bytes]) -> Iterator[Item]:
    """The items of an open file. What breaks off after some of them is told as one more, so that those before it are kept.

    Raises Mistaken where not even one can be read.
    """
    some = False
    try:
        for one in chosen.read(file):
            some = True
            yield one
    except ExchangeError as error:
        if not some:
            raise Mistaken(error.message) from error
        yield Item(message("where the file breaks off"), "not", (error.message,))


@dataclass(slots=True)
class Here:
    """Our questions as they are now, bank by bank, looked up when first asked for."""

    work: Work
    found: dict[str, dict[str, str]] = field(default_factory=dict)

    def digest(self, bank: str, key: str) -> str | None:
        """What names the lines of a question now; None where it is no longer there."""
        if bank not in self.found:
            row = drafts.head(self.work.session, bank)
            data = drafts.text(self.work.session, row.digest) if row and row.digest else b""
            self.found[bank] = {one.key: lines_name(line.text for line in one.lines) for one in questions_of(data)}
        return self.found[bank].get(key)


def lines_name(lines: Iterable[str]) -> str:
    """What names some lines of a question, whatever blanks stand at their ends."""
    return digest_of("\n".join(line.rstrip() for line in lines).strip("\n").encode())


def text_name(text: str) -> str:
    """The same of a text."""
    return lines_name(text.split("\n"))


def origin_for(found: Sequence[QuestionOrigin], family: str, name: str, digest: str) -> Origin | None:
    """The question that an item became before: of the same name in the same file, or else of the same words in any."""
    row = next((one for one in found if name and (one.family, one.item) == (family, name)), None)
    row = row or next((one for one in found if one.item_digest == digest), None)
    return Origin(row.item, row.item_digest, row.bank, row.key, row.text_digest) if row else None


def _keep(work: Work, public: str, part: Sequence[Item], before: int) -> None:
    file = taking_in.file_by_public(work.session, public)
    if file is None:
        return
    said = [_said(item) for item in part]
    digests = [digest_of(f"{file.format} {one['source'] or one['text']}".encode()) for one in said]
    known = taking_in.origins(work.session, file.family, [item.id for item in part if item.id], digests)
    here = Here(work)
    rows = []
    for number, (item, values, digest) in enumerate(zip(part, said, digests, strict=True), before + 1):
        row = {"file_id": file.id, "number": number, "item": item.id[:200], "item_digest": digest, "standing": "new", "bank": "", **values}  # fmt: skip
        origin = origin_for(known, file.family, item.id[:200], digest) if item.question else None
        how = standing(origin, digest, here.digest(origin.bank, origin.key)) if origin else "new"
        if origin is not None and how != "new":
            row |= {"standing": how, "bank": origin.bank, "key": origin.key}
        rows.append(row)
    work.session.execute(insert(QuestionItem), rows)
    _keep_media(work, file.id, {number: item for number, item in enumerate(part, before + 1) if item.question})


def _keep_media(work: Work, file: int, items: Mapping[int, Item]) -> None:
    """Keep the pictures and recordings that came along, by the numbers of the items."""
    found = {
        number: {one.path[:200]: one.data for one in item.question.media} for number, item in items.items() if item.question
    }  # fmt: skip
    ids = taking_in.ids(work.session, file, [number for number, media in found.items() if media])
    rows = [
        {"item_id": ids[number], "path": path, "data": data} for number in ids for path, data in found[number].items()
    ]
    if rows:
        work.session.execute(insert(QuestionMedium), rows)


def _said(item: Item) -> Mapping[str, object]:
    """What is kept of an item; a question with the lines that it would be in a bank."""
    question = item.question
    text = write(question) if question else ""
    wrong = fits(question, text) if question else ()
    degree = "beside" if item.degree == "whole" and question is None else item.degree
    return {
        "place": packed(item.place), "degree": degree, "source": item.source, "text": text, **described(text),
        "notes": [packed(note) for note in (*item.notes, *(problem.message for problem in wrong))], "problems": len(wrong),
    }  # fmt: skip


def described(text: str) -> dict[str, str]:
    """What a list shows of the lines of a question."""
    if not text:
        return {"words": "", "type": "", "key": ""}
    question = parts_of(text)
    return {"words": question.words[:300], "type": type_of(question)[:20], "key": question.key[:120]}


def drop_old_files(house: House) -> int:
    """Drop what files held that nobody has used for 30 days; how many files there were. Questions that were kept stay, and so does
    where they came from, so that the same file still brings them up to date.
    """
    with house.reading(NOBODY) as work:
        old = taking_in.unused(work.session, work.now - working.FILES_KEPT)
    for file in old:
        with house.writing(NOBODY) as work:
            taking_in.drop_file(work.session, file)
    return len(old)


working.register(READING, read_file)
