"""Fill the blanks as text: in the stem `{{= 24 | hai mươi bốn }}` is typed, `{{ sai | =đúng | sai }}` a menu."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import MOST_OPTIONS, Lines
from elearning.content.questions.gaps import check_reserved, in_link, placed
from elearning.content.text import Line, joined
from elearning.domain.questions.blanks import LONGEST, Blank, Body
from elearning.domain.questions.gaps import MOST_GAPS, cut, gap
from elearning.domain.questions.typed import compared
from elearning.domain.written import Blanks

SHAPE = ""
OWN_STEM = True
SHEET = "gaps"
ATTRIBUTES = frozenset({"strict"})
_BLANK = re.compile(r"\{\{([^{}]*)\}\}")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Draft:
    """The ticket of the text, the blanks in their order, and the lines that were read as an answer block but are text."""

    stem: int
    blanks: tuple[Blank, ...]
    strict: bool
    lines: tuple[str, ...]


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape in ("", "numbered", "quote")


def claims(question: QuestionText) -> bool:
    """A blank in the heading or the text. A list, a quotation or a table at the end of the text belongs to it."""
    text = question.stem + (question.answer if fits(question) or question.shape == "table" else ())
    return "{{" in question.words or any("{{" in line.text for line in text if not line.code)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the blanks; None, with problems noted, when one cannot be filled rightly."""
    before, at = len(problems), question.heading.number
    strict = question.attributes.values.get("strict", "no")
    if strict not in ("yes", "no"):
        problems.add(path, question.attributes_line, "strict= is yes or no.")
    if "{{" in question.words:
        problems.add(path, at, "A blank stands in the heading. Write it in the text below the heading.")
    if not fits(question):
        problems.add(
            path,
            question.answer[0].number,
            "A question with blanks takes no other answers. Delete the boxes, = lines or table rows below its text.",
        )
    check_reserved(path, question.stem + question.answer, problems)
    text, blanks = _read(path, question, strict == "yes", problems)
    if not 1 <= len(blanks) <= MOST_GAPS and len(problems) == before:
        problems.add(
            path,
            at,
            "A question of this type has 1 to %(most)s blanks {{= … }} in its text; this has %(now)s.",
            most=MOST_GAPS,
            now=len(blanks),
        )
    if len(problems) > before:
        return None
    start = (question.stem or question.answer)[0].number
    lines = tuple(line.text for line in question.answer)
    return Draft(pieces.ask(path, start, text), blanks, strict == "yes", lines)


def _read(path: str, question: QuestionText, strict: bool, problems: Problems) -> tuple[str, tuple[Blank, ...]]:
    """The text with a place for each blank, and the blanks."""
    blanks: list[Blank] = []

    def add(inner: str, number: int) -> int:
        blanks.append(_blank(path, number, inner, strict, problems))
        return len(blanks)

    def cut(line: Line) -> str:
        if line.code or "{{" not in line.text:
            return line.text
        text = _BLANK.sub(lambda found: gap(min(add(found[1], line.number), MOST_GAPS)), line.text)
        if "{{" in text or "}}" in text:
            problems.add(
                path,
                line.number,
                "A blank is not closed in this line. Write it as {{= 24 }} or {{ no | =yes }}, without other braces.",
            )
        if text.lstrip().startswith("|"):
            problems.add(path, line.number, "A blank cannot stand in a table. Write it in a paragraph or a list.")
        if in_link(text):
            problems.add(path, line.number, "A blank cannot stand in a link, a picture or a footnote. Write it beside.")
        return text

    blocks = [[replace(line, text=cut(line)) for line in part] for part in (question.stem, question.answer)]
    return "\n\n".join(joined(tuple(block)) for block in blocks if block), tuple(blanks)


def _blank(path: str, line: int, inner: str, strict: bool, problems: Problems) -> Blank:
    parts = [part.replace("\\|", "|").strip() for part in _BAR.split(inner.removeprefix("="))]
    if not all(part.removeprefix("=").strip() for part in parts):
        problems.add(path, line, "A blank holds an empty answer here. Write {{= 24 }} or {{ no | =yes }}.")
    elif any(len(part) > LONGEST for part in parts):
        problems.add(path, line, "Shorten what stands in this blank to %(most)s characters.", most=LONGEST)
    elif inner.startswith("="):
        _check_typed(path, line, parts, strict, problems)
    else:
        _check_menu(path, line, parts, problems)
    if inner.startswith("="):
        return Blank(accepted=tuple(parts))
    rights = [place for place, part in enumerate(parts) if part.startswith("=")]
    options = tuple(part.removeprefix("=").strip() for part in parts)
    return Blank(options=options, right=rights[0] if rights else -1)


def _check_typed(path: str, line: int, parts: Sequence[str], strict: bool, problems: Problems) -> None:
    if any(part.startswith("=") for part in parts):
        problems.add(
            path, line, "In a blank that is typed only the first = is written. For a menu put a blank after {{."
        )
    if not all(compared(part, strict) for part in parts):
        problems.add(
            path,
            line,
            "An answer here has neither letters nor figures, and only those are compared. Change it, or write strict=yes.",
        )


def _check_menu(path: str, line: int, parts: Sequence[str], problems: Problems) -> None:
    rights, bare = sum(part.startswith("=") for part in parts), [part.removeprefix("=").strip() for part in parts]
    if len(parts) == 1:
        problems.add(path, line, "This menu has one option. Write {{= 24 }}, with = next to {{, for a typed answer.")
    elif len(parts) > MOST_OPTIONS:
        problems.add(
            path, line, "A menu has 2 to %(most)s options; this has %(now)s.", most=MOST_OPTIONS, now=len(parts)
        )
    elif not rights:
        problems.add(path, line, "No option of this menu is marked right. Put = before the right one.")
    elif rights > 1:
        problems.add(path, line, "Two options of this menu are marked right. Leave = before one of them only.")
    elif len(set(bare)) < len(bare):
        problems.add(path, line, "An option stands in this menu twice. Change one.")


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML; the blanks in the order in which the page shows them."""
    html, order = placed(pieces.html(draft.stem), len(draft.blanks))
    return Body(html, tuple(draft.blanks[number - 1] for number in order), draft.strict)


def format_answer(draft: Draft) -> list[str]:
    """Lines at the end of the text that look like an answer block, as they are; the text itself is the stem."""
    return list(draft.lines)


def written(draft: Draft, pieces: Pieces) -> Blanks:
    """The text and the blanks as a trainer wrote them."""
    return Blanks(pieces.asked[draft.stem].text, draft.blanks, draft.strict)


def unwritten(body: Blanks) -> Lines:
    """The text as it stands in a bank, with its blanks in place."""
    parts = cut(body.text)
    text = "".join(before + (_braces(body.blanks[number - 1]) if number else "") for before, number in parts)
    return Lines([], {"strict": "yes"} if body.strict else {}, text)


def _braces(blank: Blank) -> str:
    words = [word.replace("|", "\\|") for word in blank.accepted or blank.options]
    if blank.options:
        words[blank.right] = f"={words[blank.right]}"
    return "{{" + ("" if blank.options else "=") + f" {' | '.join(words)} }}}}"


def words(path: str, question: QuestionText, pieces: Pieces) -> Draft:
    """What a translation says: the text, the words of the menus, and further answers. Marks of what is right do not count."""
    text, blanks = _read(path, question, True, Problems())
    return Draft(pieces.ask(path, question.heading.number, text), blanks, False, ())


def translated(body: Body, said: Draft, pieces: Pieces) -> Body | None:
    """The body in other words, which are accepted before those of the original; None where the blanks are not its."""
    other = build(said, pieces)
    both = list(zip(body.blanks, other.blanks, strict=False))
    sizes = [len(blank.options) for blank in body.blanks]
    if [len(blank.options) for blank in other.blanks] != sizes or not all(all(new.options) for new in other.blanks):
        return None
    blanks = tuple(
        replace(old, accepted=tuple(dict.fromkeys((*filter(None, new.accepted), *old.accepted))), options=new.options)
        for old, new in both
    )
    return replace(body, html=other.html, blanks=blanks)


def accepting(body: Body, other: Body) -> Body:
    """The body that accepts what a translation accepts as well; its menus stay as they are."""
    blanks = tuple(
        replace(old, accepted=tuple(dict.fromkeys((*old.accepted, *new.accepted))))
        for old, new in zip(body.blanks, other.blanks, strict=True)
    )
    return replace(body, blanks=blanks)
