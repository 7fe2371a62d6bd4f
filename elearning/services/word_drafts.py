"""A hand-out in Word as the drafts of a course: a text for each lesson, its pictures, and the outline."""

import json
import re
from dataclasses import dataclass
from typing import IO

from elearning.domain.errors import Mistaken
from elearning.domain.keys import proposed_key
from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.handouts import Handout, Remark, read_handout

_MINUTES_AN_HOUR = 60
_BRACKETS = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """The drafts by their paths, and what whoever brought the hand-out should look at."""

    files: dict[str, bytes]
    remarks: tuple[Remark, ...]


def handout_files(file: IO[bytes], course: str) -> DraftFiles:
    """The drafts that an open Word file gives for a course that is not there yet. Raises Mistaken for what cannot be read."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", course) or len(course) > 50:
        raise Mistaken(
            message("“%(course)s” cannot be the key of a course. Write small letters and dashes.", course=course[:50])
        )
    try:
        handout = read_handout(file)
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    files: dict[str, bytes] = {}
    names: list[tuple[str, str]] = []
    for number, lesson in enumerate(handout.lessons, 1):
        name = f"{number:02}-{lesson.key}.md"
        front = f"---\nkey: {lesson.key}\ntitle: {_quoted(lesson.title)}\nminutes: {min(300, lesson.minutes)}\n---\n"
        files[f"courses/{course}/{name}"] = f"{front}{lesson.text}\n".encode()
        files |= {f"courses/{course}/{medium.path}": medium.data for medium in lesson.media}
        names.append((lesson.title, name))
    files |= {
        f"courses/{course}/{one.path}": one.data for one in (handout.introduction.media if handout.introduction else ())
    }
    files[f"courses/{course}/course.md"] = _outline(handout, names).encode()
    return DraftFiles(files, handout.remarks)


def _outline(handout: Handout, names: list[tuple[str, str]]) -> str:
    hours = max(1, round(sum(one.minutes for one in handout.lessons) / _MINUTES_AN_HOUR))
    front = f"---\ntitle: {_quoted(handout.title)}\nhours: {hours}\nenrol: by-list\n---\n"
    links = "\n".join(f"- [{_BRACKETS.sub('', title)}]({name})" for title, name in names)
    introduction = f"{handout.introduction.text}\n\n" if handout.introduction else ""
    return f"{front}{introduction}## {handout.title} {{#{proposed_key(handout.title)}}}\n\n{links}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
