"""Questions from a file by the shell: the report alone, or kept in a bank as the browser would, in the same steps."""

from collections.abc import Iterator
from typing import IO, Any

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.person import Actor, Grant
from elearning.domain.taking_in import Item
from elearning.services import bank_changes
from elearning.services.bank_reading import all_banks
from elearning.services.question_files import add_file, all_items, format_of, read_items
from elearning.services.question_items import Pick
from elearning.services.question_keeping import NOTHING, keep_step
from elearning.services.work import House, Work

# Whoever has the shell of the machine may write its texts.
SHELL = Actor(0, "shell", grants=(Grant("admin"),))


def items_of(name: str, file: IO[bytes], wanted: str = "") -> tuple[str, Iterator[Item]]:
    """The format of an open file, and what it holds, item by item; nothing is stored.

    Raises Mistaken for a file of no known format, and when the first item is asked for where none can be read.
    """
    chosen = format_of(name, file, wanted)
    return chosen.name, all_items(chosen, file)


def keep(house: House, name: str, file: IO[bytes], wanted: str, bank: str, which: str) -> dict[str, Any]:
    """Keep the questions of an open file in a bank, which is made where it is not there; what came of it.

    Raises Mistaken for a file that cannot be read, or a key that cannot be.
    """
    chosen = format_of(name, file, wanted)
    with house.writing(SHELL, address="shell") as work:
        if bank not in {one.key for one in all_banks(work)}:
            bank = bank_changes.add_bank(work, bank, bank)
        public = work.chance.token(16)[:22]
        add_file(work, public, name, chosen, file)
    read_items(house, SHELL, public, chosen, file, 0, _no_job)
    sums: dict[str, Any] = dict(NOTHING)
    count = 1
    while count:
        with house.writing(SHELL, address="shell") as work:
            count, sums = keep_step(work, public, Pick(which), bank, sums)
    if not any(sums[name] for name in ("added", "updated", "same", "touched")):
        raise Mistaken(message("Nothing in the file was understood well enough to be kept."))
    return {name: value for name, value in sums.items() if name not in ("last", "bank")}


def _no_job(work: Work, since: int, done: int) -> None:
    """Nobody watches how far the shell is."""
