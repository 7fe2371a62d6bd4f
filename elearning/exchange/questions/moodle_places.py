"""The types of Moodle whose fields stand among the words, as blanks: cloze, missing words to select, words to drag."""

import re
from collections.abc import Sequence
from fractions import Fraction

from elearning.domain.message import message
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import MOST_GAPS, gap
from elearning.domain.written import Blanks
from elearning.exchange.questions.asking import blanks_asked
from elearning.exchange.questions.choosing import share_of
from elearning.exchange.questions.from_html import as_plain, markdown_of
from elearning.exchange.questions.moodle_bodies import Reading, Shaped
from elearning.exchange.questions.typed import exactly
from elearning.exchange.questions.xml_reading import child_of, children_of, text_in

_FIELD = re.compile(r"\{\s*(\d*)\s*:\s*([A-Z_]+)\s*:((?:\\.|[^}\\])*)\}")
_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_EXACT = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_NUMBER = frozenset({"NUMERICAL", "NM"})
_MENU = frozenset(
    {f"{name}{end}" for name, ends in (("MULTICHOICE", ("", "_V", "_H", "_S", "_VS", "_HS")), ("MC", ("", "V", "H", "S", "VS", "HS")))
     for end in ends}
)  # fmt: skip
_MOST_OPTIONS = 12


def cloze(reading: Reading) -> Shaped:
    """A text with fields in braces."""
    part = child_of(reading.element, "questiontext")
    text = _raw(reading)
    if part is None or not text:
        return None
    found = list(_FIELD.finditer(text))
    blanks = [_blank(reading, one[2], one[3]) for one in found]
    if len({one[1] or "1" for one in found}) > 1:
        reading.notes.append(message("The blanks have different weights there; here each is worth the same."))
    strict = (
        bool(found)
        and all(one[2] in _EXACT for one in found if one[2] in _TYPED)
        and any(one[2] in _EXACT for one in found)
    )
    numbers = iter(range(1, len(found) + 1))
    placed = _FIELD.sub(lambda _: gap(min(next(numbers), MOST_GAPS)), text)
    return _shaped(reading, placed, blanks, part.get("format") or "html", strict)


def _raw(reading: Reading) -> str:
    part = child_of(reading.element, "questiontext")
    text = text_in(part, "text")
    if not text:
        reading.notes.append(message("The question has no words. Write what is asked."))
    return re.sub("[\ue000-\uf8ff]", "", text)


def _shaped(reading: Reading, text: str, blanks: Sequence[Blank | None], form: str, strict: bool = False) -> Shaped:
    if not blanks or len(blanks) > MOST_GAPS:
        reading.notes.append(
            message("A text with blanks has 1 to %(most)s of them; this has %(now)s.", most=MOST_GAPS, now=len(blanks))
        )
        return None
    if None in blanks:
        return None
    words = markdown_of(text, form, reading.page)
    title = text_in(reading.element, "name", "text")
    made = blanks_asked(words, tuple(blank for blank in blanks if blank), title, "")
    body: Blanks = made.body
    return "blanks", made.ask, "", Blanks(body.text, body.blanks, strict)


def _blank(reading: Reading, kind: str, inner: str) -> Blank | None:
    """One field; None, with the reason, where it cannot stand among words here."""
    answers = [_answer(one) for one in re.split(r"(?<!\\)~", inner) if one.strip()]
    if any(feedback for _, _, feedback in answers):
        reading.notes.append(message("What is said of the answers of a blank has no place here and was left out."))
    if any(0 < share < 1 for share, _, _ in answers):
        reading.notes.append(message("An answer of a blank earns a part there; here it is right or wrong."))
    rights = [words for share, words, _ in answers if share == 1 and words != "*"]
    if kind in _NUMBER:
        rights = [_figure(reading, words) for words in rights]
    if kind in _TYPED or kind in _NUMBER:
        return _checked(reading, Blank(accepted=tuple(dict.fromkeys(filter(None, rights)))))
    if kind in _MENU and len(rights) == 1:
        options = tuple(dict.fromkeys(words for _, words, _ in answers))
        return _checked(reading, Blank(options=options, right=options.index(rights[0])))
    reading.notes.append(message("A blank of the kind “%(kind)s” has no place among words here.", kind=kind[:40]))
    return None


def _checked(reading: Reading, blank: Blank) -> Blank | None:
    words = blank.accepted or blank.options
    if not words or not all(words) or any(sign in word for word in words for sign in "{}"):
        reading.notes.append(message("A blank holds no right answer, or one with braces."))
        return None
    if len(blank.options) == 1 or len(blank.options) > _MOST_OPTIONS:
        reading.notes.append(
            message("A menu has 2 to %(most)s options; this has %(now)s.", most=_MOST_OPTIONS, now=len(blank.options))
        )
        return None
    return blank


def _answer(text: str) -> tuple[Fraction, str, str]:
    """The share, the words and the feedback of one answer of a field."""
    weight = re.match(r"\s*(?:=|%([-\d.]+)%)", text)
    body = text[weight.end() :] if weight else text
    words, _, feedback = (
        re.sub(r"\\(.)", r"\1", one) for one in (*re.split(r"(?<!\\)(#)", body, maxsplit=1), "", "")[:3]
    )
    try:
        share = (share_of(weight[1]) if weight[1] else Fraction(1)) if weight else Fraction(0)
    except ValueError:
        share = Fraction(0)
    return share, as_plain(words), feedback.strip()


def _figure(reading: Reading, words: str) -> str:
    value, _, tolerance = words.partition(":")
    if tolerance and exactly(tolerance) != 0:
        reading.notes.append(
            message("The tolerance of a number in a blank was left out: %(number)s.", number=words[:40])
        )
    return value.strip()


def selected(reading: Reading) -> Shaped:
    """Missing words to select: each place has a menu of the words of its group."""
    options = [
        (as_plain(text_in(one, "text")), text_in(one, "group") or "1")
        for one in children_of(reading.element, "selectoption")
    ]
    return _numbered(reading, options)


def dragged(reading: Reading) -> Shaped:
    """Words to drag into the text: each place becomes a menu."""
    options = [
        (as_plain(text_in(one, "text")), text_in(one, "group") or "1")
        for one in children_of(reading.element, "dragbox")
    ]
    reading.notes.append(message("Words are dragged there; here each place has a menu."))
    return _numbered(reading, options)


def _numbered(reading: Reading, options: Sequence[tuple[str, str]]) -> Shaped:
    part = child_of(reading.element, "questiontext")
    text = _raw(reading)
    if part is None or not text:
        return None
    blanks: list[Blank | None] = []

    def placed(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= len(options):
            reading.notes.append(message("A place in the text names no word: [[%(number)s]].", number=number))
            blanks.append(None)
        else:
            words = tuple(dict.fromkeys(word for word, group in options if group == options[number - 1][1]))
            blanks.append(_checked(reading, Blank(options=words, right=words.index(options[number - 1][0]))))
        return gap(min(len(blanks), MOST_GAPS))

    return _shaped(reading, re.sub(r"\[\[(\d{1,3})\]\]", placed, text), blanks, part.get("format") or "html")
