"""Lessons of a Word file kept as drafts: new ones at the end of a module, those that came before in their own place."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from elearning.content import outline_lines as lines
from elearning.content.outline_lines import Chapter, read_outline
from elearning.content.text import digest_of
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import drafting, outlining
from elearning.services.adding import used_names
from elearning.services.auditing import record
from elearning.services.outlining import Sheet, as_link, free_key
from elearning.services.word_lessons import Choice, Origin, file_of, front_matter, lesson_texts, origins, state_of
from elearning.services.work import Work
from elearning.store.queries import drafts


def keep(work: Work, course: str, public: str, choice: Choice) -> tuple[int, int]:
    """Keep the lessons that were chosen as drafts; how many are new, and how many were brought up to date.

    Raises Mistaken where nothing was chosen, no module is named, or the file was dropped; NotFound for somebody else's file.
    """
    row = file_of(work, course, public)
    texts, before = lesson_texts(work, row), origins(work, row)
    rows = [
        one
        for one in (row.result or {}).get("lessons", ())
        if one["key"] in choice.lessons and state_of(work, before.get(one["key"]), one["source"]) != "same"
    ]
    if not rows:
        raise Mistaken(message("No lesson was chosen. Tick those that you want to keep."))
    keeper = _Keeper(work, course, texts, before)
    new = [one for one in rows if state_of(work, before.get(one["key"]), one["source"]) == "new"]
    if new:
        keeper.add(_chapter(work, course, choice), new)
    for one in rows:
        if one not in new:
            keeper.put(one, before[one["key"]].path)
    row.result = {**(row.result or {}), "kept": {**(row.result or {}).get("kept", {}), **keeper.kept}}
    record(work, "keep lessons of a hand-out", "text", f"courses/{course}/course.md", row.file_name)
    return len(new), len(rows) - len(new)


def _sheet(work: Work, course: str) -> Sheet:
    there = drafting.draft(work, f"courses/{course}/course.md")
    return outlining.sheet_of(work, course, there.save_id)


def _chapter(work: Work, course: str, choice: Choice) -> str:
    """The key of the module to add to, which is begun where none is named. Raises Mistaken for one that is not there any more."""
    sheet = _sheet(work, course)
    if not choice.module:
        outlining.add_module(work, course, sheet.there.save_id, choice.title)
        return _sheet(work, course).outline.chapters[-1].key
    if choice.module not in {one.key for one in sheet.outline.chapters}:
        raise outlining.changed()
    return choice.module


@dataclass(slots=True)
class _Keeper:
    """Saves lessons of one file in one course, and notes what each became."""

    work: Work
    course: str
    texts: Mapping[str, bytes]
    before: Mapping[str, Origin]
    kept: dict[str, list[str]] = field(default_factory=dict)

    def add(self, module: str, rows: list[Mapping[str, Any]]) -> None:
        """New lessons at the end of a module, in the order of the file."""
        sheet = _sheet(self.work, self.course)
        data, count = sheet.there.data, sum(1 for entry in sheet.outline.entries if entry.path)
        taken = used_names(self.work, f"courses/{self.course}/")
        for row in rows:
            count += 1
            key = free_key(row["key"], taken)
            taken.add(key)
            name = f"{count:02d}-{key}.md"
            self.put(row, f"courses/{self.course}/{name}")
            line = f"- [{as_link(row['title'])}]({name})"
            data = lines.with_line(data, lines.end_of_chapter(data, _named(data, sheet.there.path, module)), line)
        outlining.keep(self.work, sheet, data)

    def put(self, row: Mapping[str, Any], path: str) -> None:
        """Save a lesson and its pictures; what stood there stays in its history."""
        own = re.sub(r"^\d+-", "", posixpath.basename(path).removesuffix(".md"))
        text = self.texts[f"{row['key']}.md"].decode().replace(f"](media/{row['key']}/", f"](media/{own}/")
        data = f"{front_matter(row)}{text}\n".encode()
        self._save(path, data)
        for name, picture in self.texts.items():
            if name.startswith(f"{row['key']}/"):
                self._save(f"courses/{self.course}/media/{own}/{name.rpartition('/')[2]}", picture)
        self.kept[row["key"]] = [path, digest_of(data), row["source"]]

    def _save(self, path: str, data: bytes) -> None:
        head = drafts.head(self.work.session, path)
        drafting.save_draft(self.work, path, data, head.id if head else None)


def _named(data: bytes, path: str, module: str) -> Chapter:
    return outlining.only(one for one in read_outline(path, data).chapters if one.key == module)
