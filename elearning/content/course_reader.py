"""`course.md`: front matter, description, and the outline of modules and activities."""

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, cast

from elearning.content.attributes import split_end
from elearning.content.bank_lines import heading_of
from elearning.content.fields import KEY, Fields
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.text import Line, Source, joined, trimmed
from elearning.domain.course import CertificateRule

FIELDS = frozenset(
    [
        "title",
        "language",
        "audience",
        "hours",
        "enrol",
        "order",
        "requires",
        "complete",
        "certificate",
        "reviewed",
        "formerly",
        "approval",
        "of",
    ]
)
MOST_STEPS, LONGEST_STEP = 5, 40
_LINK = re.compile(r"\s*[-*+]\s+\[(?P<words>[^\]]*)\]\((?P<href>[^)\s]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class OutlineLink:
    """One link of the outline: a quiz by key, or a lesson by path."""

    line: int
    quiz: str
    path: str


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """A heading of the outline and its links."""

    key: str
    title: str
    links: tuple[OutlineLink, ...]


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course as parsed; what it completes by stands as written, with its line."""

    key: str
    path: str
    title: str
    introduction: int
    modules: tuple[ModuleDraft, ...]
    language: str
    audience: tuple[str, ...]
    hours: str
    enrol: str
    order: str
    requires: tuple[str, ...]
    complete: tuple[str, ...]
    complete_line: int
    certificate: CertificateRule | None
    reviewed: date | None
    formerly: tuple[str, ...]
    approval: tuple[str, ...]


def read_course(source: Source, pieces: Pieces, problems: Problems) -> CourseDraft:
    """Read a course; all that is wrong is noted."""
    front = read_front(source, FIELDS, problems)
    fields = Fields(front, problems)
    key = posixpath.basename(posixpath.dirname(source.path))
    if not KEY.fullmatch(key):
        problems.add(
            source.path, 0, "The folder's name is the course's key: small letters a–z, digits and single dashes."
        )
    heads = [place for place, line in enumerate(source.body) if (heading_of(line) or (0, ""))[0] == 2]
    introduction = trimmed(source.body[: heads[0] if heads else len(source.body)])
    if not heads:
        problems.add(
            source.path,
            1,
            "The course has no module. Write: ## Module 1 {#module-1} and below it a list of links to lessons.",
        )
    modules = _modules(source, heads, problems)
    complete = fields.words("complete")
    line = introduction[0].number if introduction else 0
    return CourseDraft(
        key=key, path=source.path, title=fields.text("title", required=True),
        introduction=pieces.ask(source.path, line, joined(introduction)), modules=modules,
        language=fields.choice("language", ("vi", "en"), "vi"), audience=fields.words("audience"),
        hours=fields.text("hours"), enrol=fields.choice("enrol", ("open", "by-list"), "open"),
        order=fields.choice("order", ("free", "strict"), "free"), requires=fields.words("requires"),
        complete=() if complete in ((), ("all",)) else complete, complete_line=front.line("complete"),
        certificate=_certificate(fields), reviewed=fields.date("reviewed"), formerly=fields.words("formerly"),
        approval=_approval(fields),
    )  # fmt: skip


def _approval(fields: Fields) -> tuple[str, ...]:
    """The steps of approval, in their order, each once."""
    steps = fields.words("approval")
    sound = all(KEY.fullmatch(step) and len(step) <= LONGEST_STEP for step in steps)
    if not sound or len(set(steps)) < len(steps) or len(steps) > MOST_STEPS:
        fields.problems.add(
            fields.front.path, fields.front.line("approval"),
            "Write “approval” as at most %(most)s different steps in small letters, such as [expert, legal].",
            most=MOST_STEPS,
        )  # fmt: skip
        return ()
    return steps


def _certificate(fields: Fields) -> CertificateRule | None:
    if "certificate" not in fields.front.values:
        return None
    pairs = fields.pairs("certificate") if isinstance(fields.front.values["certificate"], dict) else {}
    unknown = set(pairs) - {"title", "valid_for"}
    if not pairs.get("title") or unknown:
        fields.problems.add(
            fields.front.path,
            fields.front.line("certificate"),
            'Write: certificate: {title: "…", valid_for: 24 months}',
        )
        return None
    months = fields.months("certificate", pairs["valid_for"]) if "valid_for" in pairs else None
    return CertificateRule(pairs["title"], months)


def _modules(source: Source, heads: list[int], problems: Problems) -> tuple[ModuleDraft, ...]:
    modules: list[ModuleDraft] = []
    for start, end in pairwise([*heads, len(source.body)]):
        head = source.body[start]
        title, ends = split_end(cast(Any, heading_of(head))[1])
        key = ends.key or f"chuyen-de-{len(modules) + 1}"
        if not KEY.fullmatch(key) or key in [module.key for module in modules]:
            problems.add(
                source.path, head.number, "The key “%(key)s” of this module is used twice or not well formed.", key=key
            )
        links = tuple(link for line in source.body[start + 1 : end] if (link := _link(source.path, line, problems)))
        if not links:
            problems.add(source.path, head.number, "This module holds nothing. Write below it: - [Title](01-lesson.md)")
        modules.append(ModuleDraft(key, title, links))
    return tuple(modules)


def _link(path: str, line: Line, problems: Problems) -> OutlineLink | None:
    found = _LINK.fullmatch(line.text)
    if found is None:
        if line.text.lstrip()[:2] in ("- ", "* ", "+ "):
            problems.add(path, line.number, "Write an activity as: - [Title](01-lesson.md) or - [Title](quiz:key)")
        return None
    href = found["href"]
    if href.startswith("quiz:"):
        return OutlineLink(line.number, href.removeprefix("quiz:"), "")
    return OutlineLink(line.number, "", posixpath.normpath(posixpath.join(posixpath.dirname(path), href)))
