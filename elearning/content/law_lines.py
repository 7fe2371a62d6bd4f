"""Entries of `courses/laws.md` written back: only the lines of the entry that was edited change."""

from collections.abc import Iterator
from datetime import date

from elearning.content.bank_lines import heading_of
from elearning.content.line_edits import line_end, lines_of
from elearning.content.problems import Problems
from elearning.content.reading import LAWS
from elearning.content.register_reader import LAW_ATTRIBUTES, entries, read_laws
from elearning.content.text import read_source
from elearning.domain.law import Law


def format_law(law: Law) -> list[str]:
    """The canonical lines of one entry; reading them gives the same document."""
    lines = [f"## {law.title} {{#{law.key}}}"]
    lines += law.summary.split("\n") if law.summary else []
    if law.parts:
        lines += [""] if law.summary else []
        lines += [f"- {part}" for part in law.parts]
    return [*lines, "{: " + " ".join(_attributes(law)) + " }"]


def _attributes(law: Law) -> Iterator[str]:
    dates: dict[str, date | None] = {"issued": law.issued, "from": law.from_, "until": law.until}
    quoted = {"number": law.number, "issuer": law.issuer}
    yield from (f'{name}="{value}"' for name, value in quoted.items() if value)
    yield from (f"{name}={value:%Y-%m-%d}" for name, value in dates.items() if value)
    lists = {"replaced-by": law.replaced_by, "amended-by": " ".join(law.amended_by), "verified": law.verified}
    yield from (f'{name}="{value}"' if " " in value else f"{name}={value}" for name, value in lists.items() if value)
    if law.source:
        yield f'source="{law.source}"'


def put_law(data: bytes, law: Law) -> bytes:
    """The register with one document set: in the lines of its entry, or at the end where it is new.

    The same bytes where the register says just that already. Raises ValueError for a register that cannot be read.
    """
    problems = Problems()
    source = read_source(LAWS, data, problems)
    if source is None:
        raise ValueError("the register cannot be read")
    known = entries(source, LAW_ATTRIBUTES, problems)
    if read_laws(source, Problems()).get(law.key) == law:
        return data
    lines = lines_of(data)
    end = line_end(lines)
    written = [line + end for line in format_law(law)]
    entry = next((one for one in known if one.key == law.key), None)
    if entry is None:
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end
        gap = [end] if lines and lines[-1].strip() else []
        return "".join([*lines, *gap, *written]).encode()
    heads = [line.number for line in source.body if (heading_of(line) or (0, ""))[0] == 2]
    after = next((number for number in heads if number > entry.line), len(lines) + 1)
    last = max(place for place in range(entry.line, after) if lines[place - 1].strip())
    if not lines[last - 1].endswith(("\n", "\r")):
        written[-1] = written[-1].removesuffix(end)
    return "".join([*lines[: entry.line - 1], *written, *lines[last:]]).encode()
