"""Fields among the words of QTI, as blanks; one field alone as short text or number."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from elearning.domain.message import message
from elearning.domain.questions import number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import MOST_GAPS, cut, gap
from elearning.exchange.questions.qti_names import attribute, inner_html, name, within
from elearning.exchange.questions.qti_reading import Reading
from elearning.exchange.questions.qti_scoring import Declared
from elearning.exchange.questions.typed import accepted_of, numbers_of

_MOST_OPTIONS = 12


def lone_entry(reading: Reading, interactions: Sequence[Element]) -> tuple[str, Any] | None:
    """Type and body of a typed field that stands alone below the words; None for fields among words, no body for a wrong one."""
    if len(interactions) != 1 or name(interactions[0]) != "textentryinteraction":
        return None
    text = reading.text(None, lambda one: gap(1) if one is interactions[0] else None)
    parts = cut(text)
    before = parts[0][0]
    if len(parts) != 2 or parts[1][0].strip() or not (before.endswith("\n\n") or before.rstrip().endswith("?")):
        return None
    declared = reading.declared(interactions[0])
    if declared.kind in ("float", "integer"):
        numbers, notes = numbers_of(_numbers(reading, declared))
        reading.notes += notes
        return "number", number.Body(numbers) if numbers else None
    accepted = _accepted(reading, declared)
    return "short", short.Body(accepted, declared.exact) if accepted else None


def _accepted(reading: Reading, declared: Declared) -> tuple[str, ...]:
    worth = [*_worth(reading, declared), *((words, Fraction(1)) for words in _compared(reading, declared))]
    accepted, notes = accepted_of([(words, share, "") for words, share in worth])
    reading.notes += notes
    return accepted


def _worth(reading: Reading, declared: Declared) -> list[tuple[str, Fraction]]:
    if reading.scoring.mapped and declared.mapping:
        best = max(declared.mapping.values())
        return [(words, value / best if best > 0 else value) for words, value in declared.mapping.items()]
    return [(words, Fraction(1)) for words in declared.correct]


def _compared(reading: Reading, declared: Declared) -> list[str]:
    """The words with which response processing compares an answer by itself."""
    return [
        " ".join((value.text or "").split())
        for one in within(reading.item, "stringmatch", "match")
        if declared.identifier in [attribute(variable, "identifier") for variable in within(one, "variable")]
        for value in within(one, "basevalue")
        if attribute(value, "basetype") == "string"
    ]


def _numbers(reading: Reading, declared: Declared) -> list[tuple[str, str, Fraction, str]]:
    """The right numbers, each with the tolerance by which response processing compares it."""
    found: list[tuple[str, str, Fraction, str]] = []
    for one in within(reading.item, "equal"):
        if declared.identifier not in [attribute(variable, "identifier") for variable in within(one, "variable")]:
            continue
        values = [value.text or "" for value in within(one, "basevalue")] or list(declared.correct[:1])
        absolute = attribute(one, "tolerancemode") == "absolute"
        tolerance = (attribute(one, "tolerance").split() or ["0"])[0] if absolute else "0"
        if attribute(one, "tolerancemode") == "relative":
            reading.notes.append(message("A tolerance in percent was left out. Write it as a figure."))
        found += [(value.strip(), tolerance, Fraction(1), "") for value in values]
    return found or [(words, "0", share, "") for words, share in _worth(reading, declared)]


def blanks_in(reading: Reading, interactions: Sequence[Element]) -> tuple[str, tuple[Blank, ...] | None, bool]:
    """The text with its places, the blanks, and whether case counts; no blanks where one cannot stand here."""
    places = {id(one): place for place, one in enumerate(interactions, 1)}
    text = reading.text(None, lambda one: gap(min(places[id(one)], MOST_GAPS)) if id(one) in places else None)
    blanks = [_blank(reading, one) for one in interactions]
    exact = [reading.declared(one).exact for one in interactions if name(one) == "textentryinteraction"]
    worth = {reading.declared(one).best for one in interactions}
    if reading.scoring.mapped and len(worth) > 1:
        reading.notes.append(message("The blanks have different weights there; here each is worth the same."))
    return text, _all(reading, blanks), bool(exact) and all(exact)


def _all(reading: Reading, blanks: Sequence[Blank | None]) -> tuple[Blank, ...] | None:
    if not 1 <= len(blanks) <= MOST_GAPS:
        reading.notes.append(
            message("A text with blanks has 1 to %(most)s of them; this has %(now)s.", most=MOST_GAPS, now=len(blanks))
        )
        return None
    kept = tuple(blank for blank in blanks if blank is not None)
    return kept if len(kept) == len(blanks) else None


def _blank(reading: Reading, interaction: Element) -> Blank | None:
    declared = reading.declared(interaction)
    if name(interaction) == "textentryinteraction":
        accepted = _accepted(reading, declared)
        return _checked(reading, Blank(accepted=accepted)) if accepted else None
    found = {attribute(one, "identifier"): reading.plain_of(one) for one in within(interaction, "inlinechoice")}
    rights = [key for key, share in _worth(reading, declared) if share == 1]
    return _menu(reading, found, rights)


def _menu(reading: Reading, found: dict[str, str], rights: Sequence[str]) -> Blank | None:
    if len(rights) != 1 or rights[0] not in found:
        reading.notes.append(message("A menu needs exactly one right word."))
        return None
    options = tuple(dict.fromkeys(found.values()))
    return _checked(reading, Blank(options=options, right=options.index(found[rights[0]])))


def _checked(reading: Reading, blank: Blank) -> Blank | None:
    words = blank.accepted or blank.options
    if not all(words) or any(sign in word for word in words for sign in "{}"):
        reading.notes.append(message("A blank holds no right answer, or one with braces."))
        return None
    if len(blank.options) == 1 or len(blank.options) > _MOST_OPTIONS:
        reading.notes.append(
            message("A menu has 2 to %(most)s options; this has %(now)s.", most=_MOST_OPTIONS, now=len(blank.options))
        )
        return None
    return blank


def gap_match(reading: Reading, interaction: Element) -> tuple[str, tuple[Blank, ...] | None, bool]:
    """Words to drag into a text: each place becomes a menu of all the words."""
    found = {attribute(one, "identifier"): reading.plain_of(one) for one in within(interaction, "gaptext")}
    if within(interaction, "gapimg"):
        reading.notes.append(message("Pictures are dragged there, and there is no such question here."))
        return "", None, False
    of = {parts[1]: parts[0] for one in reading.declared(interaction).correct if len(parts := one.split()) == 2}
    places = [attribute(one, "identifier") for one in within(interaction, "gap")]
    reading.notes.append(message("Words are dragged there; here each place has a menu."))
    blanks = [_menu(reading, found, [of[place]] if place in of else []) for place in places]
    numbers = {place: number for number, place in enumerate(places, 1)}

    def placed(one: Element) -> str | None:
        if name(one) in ("prompt", "gaptext"):
            return ""
        return gap(min(numbers[attribute(one, "identifier")], MOST_GAPS)) if name(one) == "gap" else None

    above = reading.text(interaction)
    text = reading.page.markdown(inner_html(interaction, placed))
    return "\n\n".join(part for part in (above, text) if part), _all(reading, blanks), False
