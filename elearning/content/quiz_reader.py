"""A quiz: its rules in the front matter, an introduction, and sections with draws."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

from elearning.content.attributes import split_end
from elearning.content.bank_lines import Marked, heading_of, marked_questions
from elearning.content.fields import KEY, Fields, key_of, read_share
from elearning.content.front_matter import read_front
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import QuestionDraft, check_keys_once, read_marked
from elearning.content.review_reader import read_review
from elearning.content.text import Line, Source, joined, trimmed
from elearning.domain.quiz import Band, Draw, Quiz, Rules, Section

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
        "tries",
        "feedback",
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
BEHAVIOURS = ("deferred", "immediate", "tries", "certainty", "practice")


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """A quiz as parsed; `draw_lines` gives for each bank path and draw the line it stands in, `bands` the least
    share of each band with the ticket of its words, `questions` those that stand in the quiz itself.
    """

    key: str
    path: str
    rules: Rules
    introduction: int
    sections: tuple[Section, ...]
    draw_lines: tuple[tuple[Draw, int], ...]
    formerly: tuple[str, ...]
    bands: tuple[tuple[Fraction, int], ...]
    questions: tuple[QuestionDraft, ...]


def read_quiz(source: Source, pieces: Pieces, problems: Problems, translates: bool = False) -> QuizDraft:
    """Read a quiz; all that is wrong is noted. One that `translates` another holds only the words of its questions."""
    front = read_front(source, FIELDS, problems)
    fields = Fields(front, problems)
    key = key_of(source.path, front, problems)
    heads = [place for place, line in enumerate(source.body) if (heading_of(line) or (0, ""))[0] == 2]
    introduction = trimmed(source.body[: heads[0] if heads else len(source.body)])
    marked = marked_questions(source.path, source.body, problems)
    reader = _Sections(source.path, problems, {one.text.heading.number: one for one in marked})
    for start, end in pairwise([*heads, len(source.body)]):
        reader.read(source.body[start:end])
    if not heads:
        problems.add(
            source.path,
            1,
            "The quiz has no section. Write: ## Part 1 {#part-1} and below it a draw: - 5 x [bank](banks/name.md)",
        )
    line = introduction[0].number if introduction else 0
    if translates:
        check_keys_once(source.path, marked, problems)
    questions = () if translates else read_marked(source.path, marked, pieces, problems)
    return QuizDraft(key, source.path, _rules(fields), pieces.ask(source.path, line, joined(introduction)),
                     tuple(reader.sections), tuple(reader.draws), fields.words("formerly"), _bands(fields, pieces),
                     questions)  # fmt: skip


def _bands(fields: Fields, pieces: Pieces) -> tuple[tuple[Fraction, int], ...]:
    """What is said of results: `feedback: {80%: "…", 0%: "…"}`."""
    value = fields.front.values.get("feedback", {})
    line = fields.front.line("feedback")
    shares = {key: read_share(key) for key in value} if isinstance(value, dict) else {"": None}
    sound = all(share is not None and 0 <= share <= 1 and key.endswith("%") for key, share in shares.items())
    if not isinstance(value, dict) or not sound or not all(isinstance(words, str) for words in value.values()):
        fields.problems.add(fields.front.path, line, 'Write feedback by bands of the result: {80%: "…", 0%: "…"}')
        return ()
    path = fields.front.path
    return tuple((shares[key] or Fraction(0), pieces.ask(path, line, str(words))) for key, words in value.items())


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
        behaviour=cast(Any, _behaviour(fields)),
        tries=fields.whole("tries", 3, 2, 10) or 3,
        page=fields.whole("page", 1, 1, 200) or 1,
        navigation=cast(Any, fields.choice("navigation", ("free", "forward"), "free")),
        shuffle_questions="questions" in shuffle,
        shuffle_options="options" in shuffle,
        overdue=cast(Any, overdue),
        grace_minutes=grace,
        review=read_review(fields),
    )


def _behaviour(fields: Fields) -> str:
    behaviour = fields.choice("behaviour", BEHAVIOURS, "deferred")
    if behaviour == "practice" and fields.text("pass"):
        fields.problems.add(
            fields.front.path,
            fields.front.line("pass"),
            "With behaviour: practice nothing counts, so there is nothing to pass. Take “pass” away, or choose another behaviour.",
        )
    if fields.text("tries") and behaviour != "tries":
        fields.problems.add(
            fields.front.path,
            fields.front.line("tries"),
            "“tries” goes with behaviour: tries. Take it away, or change the behaviour.",
        )
    return behaviour


def _overdue(fields: Fields) -> tuple[str, int]:
    words = fields.text("overdue", "submit")
    grace = re.fullmatch(r"grace (\d{1,3}) minutes?", words)
    if grace and int(grace[1]):
        return "grace", int(grace[1])
    return fields.choice("overdue", ("submit", "abandon"), "submit"), 0


class _Sections:
    """Reads sections one after the other."""

    def __init__(self, path: str, problems: Problems, marked: Mapping[int, Marked]) -> None:
        self.path, self.problems, self.marked = path, problems, marked
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
        draws = self._drawn(lines[1:])
        if not draws:
            self.problems.add(
                self.path, lines[0].number, "Nothing is drawn for this section. Write: - 5 x [bank](banks/name.md)"
            )
        self.sections.append(Section(key, title, tuple(draws)))

    def _drawn(self, lines: tuple[Line, ...]) -> list[Draw]:
        """The draws of a section; a question that stands in the quiz itself is a draw of just that one."""
        found: list[Draw] = []
        place = 0
        while place < len(lines):
            line = lines[place]
            marked = self.marked.get(line.number)
            draw = Draw(self.path, 1, marked.text.key) if marked else None if line.blank else self._draw(line)
            if marked and draw:
                self.draws.append((draw, line.number))
            found += [draw] if draw else []
            place += marked.end - marked.start if marked else 1
        return found

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
    bands = tuple(Band(least, pieces.html(ticket)) for least, ticket in draft.bands)
    return Quiz(
        draft.key, draft.path, draft.rules, pieces.html(draft.introduction), draft.sections, draft.formerly, bands
    )
