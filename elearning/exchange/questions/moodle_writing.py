"""Questions as Moodle XML. Texts are marked as Markdown, which Moodle shows; what it cannot say is listed."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from elearning.domain.questions.gaps import cut
from elearning.domain.questions.moments import Moment, moment_words
from elearning.domain.questions.number import number_words
from elearning.domain.written import Choice, Medium, WrittenQuestion
from elearning.exchange.questions.exported import Exported, Html
from elearning.exchange.questions.labels import labels_of
from elearning.exchange.questions.rubric_tables import rubric_table
from elearning.exchange.questions.unsaid import Losses, percent

_FORM = "markdown"
_CLOZE_SIGNS = re.compile(r"[\\~=#}/\"]")


def write(questions: Sequence[WrittenQuestion], html: Html) -> Exported:
    """The questions as Moodle XML in UTF-8."""
    losses = Losses()
    root = Element("quiz")
    for question in questions:
        writer = _WRITERS.get(question.type)
        if writer is None:
            losses.note(question, "all")
            continue
        kind, fill = writer
        losses.note_common(question, *([] if kind == "multichoice" else ["keep"]))
        element = SubElement(root, "question", type=kind)
        _common(element, question)
        fill(element, question, losses)
        _tags(element, question)
    indent(root)
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"
    return Exported(data, tuple(losses.found))


def _leaf(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words


def _text(parent: Element, name: str, words: str, media: Sequence[Medium] = (), **attributes: str) -> Element:
    """An element with a form, a text, and the files that the text shows."""
    element = SubElement(parent, name, {**attributes, "format": _FORM})
    shown = words
    for medium in media:
        if f"({medium.path})" in words:
            name_there = medium.path.rsplit("/", 1)[-1]
            shown = shown.replace(f"({medium.path})", f"(@@PLUGINFILE@@/{name_there})")
            file = SubElement(element, "file", name=name_there, path="/", encoding="base64")
            file.text = b64encode(medium.data).decode("ascii")
    text = Element("text")
    text.text = shown
    element.insert(0, text)
    return element


def _common(element: Element, question: WrittenQuestion) -> None:
    _leaf(SubElement(element, "name"), "text", question.key)
    words = "\n\n".join(part for part in (question.ask, question.stem or _cloze_text(question)) if part)
    _text(element, "questiontext", words, question.media)
    _text(element, "generalfeedback", question.explanation, question.media)
    _leaf(element, "defaultgrade", _decimal(question.points))
    _leaf(element, "penalty", _decimal(question.penalty))
    _leaf(element, "hidden", "0")
    _leaf(element, "idnumber", question.key)
    for hint in question.hints:
        _text(element, "hint", hint)


def _decimal(value: Fraction) -> str:
    return f"{float(value):.7f}".rstrip("0").rstrip(".")


def _tags(element: Element, question: WrittenQuestion) -> None:
    tags = SubElement(element, "tags")
    for label in labels_of(question):
        _leaf(SubElement(tags, "tag"), "text", label)


def _choices(
    element: Element, question: WrittenQuestion, shares: Sequence[Fraction], single: bool, losses: Losses
) -> None:
    options: Sequence[Choice] = question.body.options
    kept = [one.keep for one in options]
    if any(kept) and not all(kept):
        losses.note(question, "keep")
    _leaf(element, "single", "true" if single else "false")
    _leaf(element, "shuffleanswers", "false" if all(kept) else "true")
    for one, share in zip(options, shares, strict=True):
        answer = _text(element, "answer", one.text, question.media, fraction=percent(share))
        _text(answer, "feedback", one.feedback, question.media)


def _one(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    _choices(element, question, [one.share for one in question.body.options], True, losses)


def _several(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    if question.body.credit != "right-minus-wrong":
        losses.note(question, "credit")
    part = Fraction(1, max(1, sum(one.share == 1 for one in question.body.options)))
    _choices(element, question, [part if one.share == 1 else -part for one in question.body.options], False, losses)


def _graded(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    shares, several = [one.share for one in question.body.options], question.body.several
    rights = sum(share > 0 for share in shares)
    as_several = several and all(share in (Fraction(1, rights), Fraction(-1, rights)) for share in shares)
    if as_several or (not several and rights == 1 and set(shares) == {Fraction(0), Fraction(1)}):
        losses.note(question, "type")
    _choices(element, question, shares, not several, losses)


def _answers(element: Element, answers: Sequence[str]) -> None:
    for words in answers:
        answer = SubElement(element, "answer", fraction="100", format="moodle_auto_format")
        _leaf(answer, "text", words)
        _text(answer, "feedback", "")


def _short(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    _leaf(element, "usecase", "1" if question.body.strict else "0")
    _answers(element, question.body.accepted)


def _moment(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    body = question.body
    losses.note(question, "type", *(["tolerance"] if any(one.tolerance for one in body.accepted) else []))
    _leaf(element, "usecase", "0")
    _answers(element, [moment_words(Moment(one.minutes, body.timed)).replace(",", "") for one in body.accepted])


def _number(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    for one in question.body.accepted:
        answer = SubElement(element, "answer", fraction="100", format="moodle_auto_format")
        _leaf(answer, "text", number_words(one.value).replace(",", "."))
        _text(answer, "feedback", "")
        _leaf(answer, "tolerance", number_words(one.tolerance).replace(",", "."))
    if question.body.unit:
        unit = SubElement(SubElement(element, "units"), "unit")
        _leaf(unit, "multiplier", "1")
        _leaf(unit, "unit_name", question.body.unit)
    # 0: a unit may be typed and is not graded; 3: there is none.
    for name, words in (
        ("unitgradingtype", "0"),
        ("unitpenalty", "0.1"),
        ("showunits", "0" if question.body.unit else "3"),
        ("unitsleft", "0"),
    ):
        _leaf(element, name, words)


def _pairs(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    losses.note(question, "heads")
    rows = question.body.rows
    rights = [row.right.casefold() for row in rows if row.left]
    if (len(set(rights)) < len(rights)) != (question.type == "sort"):
        losses.note(question, "type")
    _leaf(element, "shuffleanswers", "true")
    for row in rows:
        pair = _text(element, "subquestion", row.left, question.media)
        _leaf(SubElement(pair, "answer"), "text", row.right)


def _order(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    if any(one.feedback for one in question.body.options):
        losses.note(question, "feedback")
    settings = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": "0", "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST",
                "showgrading": "SHOW", "numberingstyle": "none"}  # fmt: skip
    for name, words in settings.items():
        _leaf(element, name, words)
    for place, one in enumerate(question.body.options, 1):
        _text(element, "answer", one.text, question.media, fraction=str(place))


def _cloze_text(question: WrittenQuestion) -> str:
    """The text of a question with blanks, each blank as a field in braces."""
    if question.type != "blanks":
        return ""
    body = question.body
    fields = []
    for blank in body.blanks:
        words = [_CLOZE_SIGNS.sub(lambda found: "\\" + found[0], word) for word in blank.accepted or blank.options]
        kind = "MULTICHOICE" if blank.options else "SHORTANSWER_C" if body.strict else "SHORTANSWER"
        signs = ["=" if not blank.options or place == blank.right else "" for place in range(len(words))]
        fields.append(f"{{1:{kind}:{'~'.join(sign + word for sign, word in zip(signs, words, strict=True))}}}")
    return "".join(before + (fields[number - 1] if number else "") for before, number in cut(body.text))


def _blanks(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    if question.body.strict and not any(blank.accepted for blank in question.body.blanks):
        losses.note(question, "strict")


def _statement(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    for name, words in (
        ("responseformat", "plain"),
        ("responserequired", "1"),
        ("responsefieldlines", "15"),
        ("attachments", "0"),
    ):
        _leaf(element, name, words)
    if question.body.most:
        _leaf(element, "minwordlimit", str(question.body.least))
        _leaf(element, "maxwordlimit", str(question.body.most))
    _text(element, "graderinfo", rubric_table(question.body.rubric))


def _recording(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    losses.note(question, "rubric")
    _leaf(element, "mediatype", "audio")
    _leaf(element, "timelimitinseconds", str(question.body.seconds))


def _description(element: Element, question: WrittenQuestion, losses: Losses) -> None:
    """Nothing beside the words."""


_Fill = Callable[[Element, WrittenQuestion, Losses], None]
# Polls, scales and texts with faults have no place in Moodle's question bank.
_WRITERS: Mapping[str, tuple[str, _Fill]] = {
    "one": ("multichoice", _one), "several": ("multichoice", _several), "graded": ("multichoice", _graded),
    "short": ("shortanswer", _short), "number": ("numerical", _number), "datetime": ("shortanswer", _moment),
    "order": ("ordering", _order), "match": ("matching", _pairs), "sort": ("matching", _pairs), "blanks": ("cloze", _blanks),
    "statement": ("essay", _statement), "recording": ("recordrtc", _recording), "description": ("description", _description),
}  # fmt: skip
