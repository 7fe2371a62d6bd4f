"""A row of docs/formats.md: a construct of a format, what becomes of it, and the example that proves it."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["kept", "in part", "refused", "beside"]


@dataclass(frozen=True, slots=True)
class Row:
    """`want` stands in the text of the bank that comes of the source, `unwanted` does not; `note` in what is noted."""

    construct: str
    outcome: Outcome
    how: str
    source: str | bytes
    want: tuple[str, ...] = ()
    note: str = ""
    unwanted: str = ""
    media: tuple[str, ...] = ()


def table(rows: list[Row]) -> str:
    """The rows as docs/formats.md holds them."""
    lines = ["| construct | | how |", "|---|---|---|"]
    lines += [f"| {row.construct} | {row.outcome} | {row.how} |" for row in rows]
    return "\n".join(lines)
