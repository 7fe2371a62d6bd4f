"""The history of a text, and any two of its versions side by side."""

from dataclasses import dataclass

from elearning.content.outline_lines import title_of
from elearning.domain.text_difference import Passage, compared
from elearning.services import drafting
from elearning.services.beside import course_of
from elearning.services.drafting import PAUSE, Version
from elearning.services.work import Work


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Who saved a text when; saves that the editor made by itself while one person went on writing are one line.

    `before` and `after` are the saves that are compared, 0 where none are.
    """

    path: str
    course: str
    title: str
    removed: bool
    versions: tuple[Version, ...]
    before: int
    after: int
    passages: tuple[Passage, ...]


def history_page(work: Work, path: str, before: int = 0, after: int = 0) -> HistoryPage:
    """The history of a path, and what differs between two of its saves. Raises NotFound where there is no such save."""
    versions = drafting.history(work, path)
    passages: tuple[Passage, ...] = ()
    last = next((one for one in versions if one.digest), versions[0])
    if before and after:
        older, newer = sorted((before, after))
        passages = compared(drafting.version(work, path, older).text, drafting.version(work, path, newer).text)
        before, after = older, newer
    title = title_of(drafting.version(work, path, last.save_id).data) if last.digest else ""
    return HistoryPage(
        path, course_of(path), title or path.rsplit("/", 1)[-1], not versions[0].digest, sittings(versions), before, after,
        passages,
    )  # fmt: skip


def sittings(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The last save of each time that somebody wrote without a pause; saves by hand and those that were published all stay."""
    found: list[Version] = []
    for version in versions:
        newer = found[-1] if found else None
        joins = newer is not None and version.by == newer.by and newer.at - version.at <= PAUSE
        if not (joins and version.auto and not version.editions and version.digest):
            found.append(version)
    return tuple(found)
