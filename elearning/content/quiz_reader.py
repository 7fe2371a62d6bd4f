"""A quiz: its rules in the front matter, an introduction, and sections with draws."""

import posixpath
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from elearning.content.attributes import split_end
from elearning.content.bank_lines import heading_of
from elearning.content.fields import KEY, Fields, key_of
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.text import Line, Source, joined, trimmed
from elearning.domain.quiz import Draw, Quiz, Rules, Section

FIELDS = frozenset(
    [
        "key",
        "formerly",
        "title",
        "kind",
        "pass",
        "time",
        "attempts",
        "wait",
        "grade",
        "behaviour",
        "page",
        "navigation",
        "shuffle",
        "overdue",
        "review",
        "language",
        "of",
    ]
)
_DRAW = re.compile(
    r"[-*+]\s+(?:(?P<count>\d{1,3})\s*[x×]\s+)?\[(?P<words>[^\]]*)\]\((?P<href>[^)\s]+)\)(?P<rest>\s*\{[^}]*\})?\s*$"
)
REVIEWS = ("after-submit", "after-pass", "marks-only", "nothing")


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """A quiz as parsed; `draw_lines` gives for each bank path and draw the line it stands in."""

    key: str
    path: str
    rules: Rules
    introduction: int
    sections: tuple[Section, ...]
    draw_lines: tuple[tuple[Draw, int], ...]
    formerly: tuple[str, ...]


def read_quiz(source: Source, pieces: Pieces, problems: Problems) -> QuizDraft:
    """Read a quiz; all that is wrong is noted."""
    front = read_front(source, FIELDS, problems)
    fields = Fields(front, problems)
    key = key_of(source.path, front, problems)
    heads = [place for place, line in enumerate(source.body) if (heading_of(line) or (0, ""))[0] == 2]
    introduction = trimmed(source.body[: heads[0] if heads else len(source.body)])
    reader = _Sections(source.path, problems)
    for start, end in pairwise([*heads, len(source.body)]):
        reader.read(source.body[start:end])
    if not heads:
        problems.add(
            source.path,
            1,
            "The quiz has no section. Write: ## Part 1 {#part-1} and below it a draw: - 5 x [bank](banks/name.md)",
        )
    line = introduction[0].number if introduction else 0
    return QuizDraft(key, source.path, _rules(fields), pieces.ask(source.path, line, joined(introduction)),
                     tuple(reader.sections), tuple(reader.draws), fields.words("formerly"))  # fmt: skip


def _rules(fields: Fields) -> Rules:
    shuffle = fields.words("shuffle")
    for word in shuffle:
        if word not in ("questions", "options"):
            fields.problems.add(
                fields.front.path,
                fields.front.line("shuffle"),
                "shuffle holds questions, options, or both: [questions, options].",
            )
    overdue, grace = _overdue(fields)
    attempts = None if fields.text("attempts", "unlimited") == "unlimited" else fields.whole("attempts", None, 1, 100)
    wait = fields.minutes("wait", 0) or 0
    return Rules(
        title=fields.text("title", required=True),
        kind=cast(Any, fields.choice("kind", ("practice", "exam", "survey"), "practice")),
        pass_share=fields.share("pass"),
        minutes=fields.minutes("time"),
        attempts=attempts,
        wait_hours=-(-wait // 60),
        grade=cast(Any, fields.choice("grade", ("best", "last", "first", "mean"), "best")),
        behaviour=cast(Any, fields.choice("behaviour", ("deferred",), "deferred")),
        page=fields.whole("page", 1, 1, 200) or 1,
        navigation=cast(Any, fields.choice("navigation", ("free", "forward"), "free")),
        shuffle_questions="questions" in shuffle,
        shuffle_options="options" in shuffle,
        overdue=cast(Any, overdue),
        grace_minutes=grace,
        review=cast(Any, fields.choice("review", REVIEWS, "after-submit")),
    )


def _overdue(fields: Fields) -> tuple[str, int]:
    words = fields.text("overdue", "submit")
    grace = re.fullmatch(r"grace (\d{1,3}) minutes?", words)
    if grace and int(grace[1]):
        return "grace", int(grace[1])
    return fields.choice("overdue", ("submit", "abandon"), "submit"), 0


class _Sections:
    """Reads sections one after the other."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.sections: list[Section] = []
        self.draws: list[tuple[Draw, int]] = []

    def read(self, lines: tuple[Line, ...]) -> None:
        title, ends = split_end((heading_of(lines[0]) or (2, ""))[1])
        key = ends.key or f"phan-{len(self.sections) + 1}"
        if not KEY.fullmatch(key) or key in [section.key for section in self.sections]:
            self.problems.add(
                self.path,
                lines[0].number,
                "The key “%(key)s” of this section is used twice or not well formed.",
                key=key,
            )
        draws = [draw for line in lines[1:] if not line.blank and (draw := self._draw(line)) is not None]
        if not draws:
            self.problems.add(
                self.path, lines[0].number, "Nothing is drawn for this section. Write: - 5 x [bank](banks/name.md)"
            )
        self.sections.append(Section(key, title, tuple(draws)))

    def _draw(self, line: Line) -> Draw | None:
        found = _DRAW.fullmatch(line.text.strip())
        if found is None:
            self.problems.add(
                self.path,
                line.number,
                "Write a draw as: - 5 x [bank](banks/name.md){tag=… difficulty=2}, or one question as: - [words](banks/name.md#key)",
            )
            return None
        href, _, question = found["href"].partition("#")
        bank = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), href))
        if bool(question) == bool(found["count"]):
            self.problems.add(
                self.path, line.number, "A draw has a number and a bank; a fixed question has a #key and no number."
            )
            return None
        values, levels = self._narrowing(line, found["rest"] or "")
        tags, objectives = tuple(values.get("tag", "").split()), tuple(values.get("objective", "").split())
        draw = Draw(bank, int(found["count"] or 1), question, tags, levels, objectives)
        self.draws.append((draw, line.number))
        return draw

    def _narrowing(self, line: Line, braces: str) -> tuple[dict[str, str], tuple[int, ...]]:
        """What the braces at the end of a draw say: all values, and the levels of difficulty among them."""
        values = split_end("x " + braces)[1].values
        for name in values:
            if name not in ("tag", "difficulty", "objective"):
                self.problems.add(
                    self.path,
                    line.number,
                    "A draw is narrowed by tag, difficulty or objective; “%(name)s” is not known.",
                    name=name,
                )
        levels = values.get("difficulty", "").split()
        if any(level not in ("1", "2", "3", "4", "5") for level in levels):
            self.problems.add(self.path, line.number, "difficulty= is a number from 1 to 5.")
            return values, ()
        return values, tuple(int(level) for level in levels)


def built(draft: QuizDraft, pieces: Pieces) -> Quiz:
    """The quiz with its HTML."""
    return Quiz(draft.key, draft.path, draft.rules, pieces.html(draft.introduction), draft.sections, draft.formerly)
