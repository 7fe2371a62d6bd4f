"""Mark the faults as text: a quotation in which `==…==` can be marked and `==!…==` is a fault."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from elearning.content.bank_lines import QuestionText, quote_text
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.content.questions.gaps import check_reserved, in_link, placed
from elearning.domain.questions.faults import Body, Span
from elearning.domain.questions.gaps import MOST_GAPS, cut, gap
from elearning.domain.written import Faults, Mark

SHAPE = "quote"
OWN_STEM = False
SHEET = "marks"
ATTRIBUTES: frozenset[str] = frozenset()
_MARK = re.compile(r"={2,}")
_BREAK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class SpanDraft:
    """A part that can be marked, as the ticket of its words."""

    words: int
    fault: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The quotation as written, the ticket of it with places for its marks, and the marks in their order."""

    quote: str
    text: int
    spans: tuple[SpanDraft, ...]


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """A quotation with a mark."""
    return question.shape == SHAPE and any("==" in line.text for line in question.answer if not line.code)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the marks; None, with problems noted, when they overlap, are too few, or none is a fault."""
    before, at = len(problems), question.heading.number
    check_reserved(path, question.answer, problems)
    draft = _read(path, question, pieces, problems)
    faults = sum(span.fault for span in draft.spans)
    if len(problems) > before:
        return None
    if not 2 <= len(draft.spans) <= MOST_GAPS:
        problems.add(
            path,
            at,
            "A text with faults has 2 to %(most)s marks ==…== or ==!…==; this has %(now)s.",
            most=MOST_GAPS,
            now=len(draft.spans),
        )
    elif not faults:
        problems.add(path, at, "No mark is a fault. Put ! after the first == of each fault: ==!…==")
    elif faults == len(draft.spans):
        problems.add(path, at, "Every mark is a fault. Mark sound words too: ==…==, so that one has to choose.")
    return draft if len(problems) == before else None


def _read(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft:
    quote = quote_text(question.answer)
    first = question.answer[0].number if question.answer else question.heading.number
    text, spans, start = "", [], 0
    for opening, closing in _pairs(path, first, quote, problems):
        line = first + quote.count("\n", 0, opening.start())
        inner = quote[opening.end() : closing.start()]
        fault = inner.startswith("!")
        _check_words(path, line, inner.removeprefix("!"), problems)
        spans.append(SpanDraft(pieces.ask(path, line, inner.removeprefix("!"), inline=True), fault))
        text += quote[start : opening.start()] + gap(min(len(spans), MOST_GAPS))
        start = closing.end()
    text += quote[start:]
    if in_link(text):
        problems.add(path, first, "A mark cannot stand in a link, a picture or a footnote. Put the link outside it.")
    return Draft(quote, pieces.ask(path, first, text), tuple(spans))


def _pairs(path: str, first: int, quote: str, problems: Problems) -> list[tuple[re.Match[str], re.Match[str]]]:
    """The marks as pairs of signs, opening and closing, paragraph by paragraph; what does not pair is noted."""
    pairs = []
    starts = [0, *(found.end() for found in _BREAK.finditer(quote))]
    for start, end in pairwise([*starts, len(quote)]):
        signs = list(_MARK.finditer(quote, start, end))
        for sign in signs:
            if len(sign[0]) > 2:
                said = "Marks touch here. Leave a word or a blank between the == of one and the == of the next."
                problems.add(path, first + quote.count("\n", 0, sign.start()), said)
        if len(signs) % 2:
            said = "A mark is not closed in this paragraph. Write == before its first word and after its last."
            problems.add(path, first + quote.count("\n", 0, signs[-1].start()), said)
        pairs += list(zip(signs[::2], signs[1::2], strict=False))
    return pairs


def _check_words(path: str, line: int, inner: str, problems: Problems) -> None:
    if not inner.strip():
        problems.add(path, line, "A mark holds nothing here. Write the words between its two ==.")
    elif inner != inner.strip():
        problems.add(
            path, line, "A mark begins or ends with a blank, or two marks overlap here. Put == next to the words."
        )
    elif "](" in inner:
        problems.add(path, line, "A mark cannot hold a link. Put the link outside it.")


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML; the marks in the order in which the page shows them."""
    html, order = placed(pieces.html(draft.text), len(draft.spans))
    chosen = [draft.spans[number - 1] for number in order]
    return Body(html, tuple(Span(pieces.html(span.words), span.fault) for span in chosen))


def format_answer(draft: Draft) -> list[str]:
    """The quotation in canonical form."""
    return [f"> {line}".rstrip() for line in draft.quote.split("\n")]


def written(draft: Draft, pieces: Pieces) -> Faults:
    """The text and its marks as a trainer wrote them."""
    marks = tuple(Mark(pieces.asked[span.words].text, span.fault) for span in draft.spans)
    return Faults(pieces.asked[draft.text].text, marks)


def unwritten(body: Faults) -> Lines:
    """The text as it stands in a bank, with its marks in place."""
    signs = [f"=={'!' if mark.fault else ''}{mark.words}==" for mark in body.marks]
    text = "".join(before + (signs[number - 1] if number else "") for before, number in cut(body.text))
    return Lines([f"> {line}".rstrip() for line in text.split("\n")])


def words(path: str, question: QuestionText, pieces: Pieces) -> Draft:
    """What a translation says: the text with as many marks. Which are faults stands in the original alone."""
    return _read(path, question, pieces, Problems())


def translated(body: Body, said: Draft, pieces: Pieces) -> Body | None:
    """The body in other words; None where there are not as many marks."""
    if len(said.spans) != len(body.spans):
        return None
    other = build(said, pieces)
    spans = tuple(replace(old, html=new.html) for old, new in zip(body.spans, other.spans, strict=True))
    return Body(other.html, spans)
