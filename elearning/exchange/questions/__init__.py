"""Questions in the formats of other platforms, a module a format.

Each module can `claims(name, file)`, and where it reads `read(file)`, where it writes `write(questions, html)`. This is the
one table of them; whoever adds a format adds a module and a line. The modules are loaded when they are first needed, for
most processes never read a foreign question.
"""

import importlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from elearning.domain.message import message
from elearning.domain.taking_in import Item
from elearning.domain.written import WrittenQuestion
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import MEGABYTE
from elearning.exchange.questions.exported import Exported, Html
from elearning.exchange.streams import is_blank, size_of

MOST_BYTES = 50 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name: the end of its files' names, and whether it comes in and goes out."""

    name: str
    title: str
    suffix: str
    reads: bool = True
    writes: bool = False

    @property
    def module(self) -> Any:
        """The module of the format, loaded when first asked for."""
        return importlib.import_module(f"{__name__}.{self.name}")

    def claims(self, name: str, file: IO[bytes]) -> bool:
        """Whether a file, by its name and its bytes, is of this format."""
        return self.reads and bool(self.module.claims(name, file))

    def read(self, file: IO[bytes]) -> Iterator[Item]:
        """What an open file holds, item by item, in flat memory where the format allows it. The file stays open, and nobody else
        reads it meanwhile.

        Raises ExchangeError, perhaps after some items, when the file as a whole cannot be read.
        """
        if size_of(file) > MOST_BYTES:
            most = MOST_BYTES // MEGABYTE
            raise ExchangeError(message("The file is larger than %(most)s MB. Send it in parts.", most=most))
        if is_blank(file):
            raise ExchangeError(message("The file is empty. Choose another."))
        seen: Counter[str] = Counter()
        for item in self.module.read(file):
            seen[item.id] += 1
            # Two things of one name are told apart by their order, so that each is known when the file comes again.
            yield replace(item, id=f"{item.id}#{seen[item.id]}") if item.id and seen[item.id] > 1 else item

    def write(self, questions: Sequence[WrittenQuestion], html: Html) -> Exported:
        """The questions in this format. What it cannot say is listed, never left out silently."""
        made: Exported = self.module.write(questions, html)
        return made


# In this order a file is held against them: what has a sure sign stands before what has none.
FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("docx", "Word", ".docx"),
        Format("xlsx", "Excel", ".xlsx", writes=True),
        Format("qti", "QTI", ".zip", writes=True),
        Format("moodle_xml", "Moodle XML", ".xml", writes=True),
        Format("csv_table", "CSV", ".csv", writes=True),
        Format("gift", "GIFT", ".gift", writes=True),
        Format("aiken", "Aiken", ".txt"),
    )
}  # fmt: skip


def recognised(name: str, file: IO[bytes]) -> Format:
    """The format of a file. Raises ExchangeError for one that is of none."""
    for one in FORMATS.values():
        if one.claims(name, file):
            return one
    known = ", ".join(one.title for one in FORMATS.values() if one.reads)
    raise ExchangeError(
        message(
            "The file %(name)s is of no format that can be read here. Known are: %(known)s.", name=name, known=known
        )
    )
