"""Pairs of QTI as match or sort."""

from xml.etree.ElementTree import Element

from elearning.domain.message import message
from elearning.domain.written import Pair
from elearning.exchange.questions.given_words import usual_heads
from elearning.exchange.questions.pairing import paired
from elearning.exchange.questions.qti_names import attribute, within, words
from elearning.exchange.questions.qti_reading import Reading, Shaped


def match(reading: Reading, interaction: Element) -> Shaped | None:
    """Two sets, and which belong together; what belongs to nothing on the right is a decoy."""
    sets = within(interaction, "simplematchset")
    if len(sets) != 2:
        reading.notes.append(message("Two sets of things to match are needed."))
        return None
    lefts, rights = (
        {attribute(one, "identifier"): one for one in within(part, "simpleassociablechoice")} for part in sets
    )
    pairs = _pairs_of(reading, interaction)
    flipped = [pair for pair in pairs if pair[0] in rights and pair[1] in lefts]
    pairs = [(one[1], one[0]) if one in flipped else one for one in pairs]
    of = {left: right for left, right in pairs if left in lefts and right in rights}
    if len(of) < len(pairs):
        reading.notes.append(
            message("A thing on the left belongs to several on the right there. Here each belongs to one.")
        )
        return None
    for key, one in lefts.items():
        if key not in of:
            reading.notes.append(message("“%(left)s” belongs to nothing there. It was left out.", left=words(one)[:80]))
    rows = [Pair(reading.line_of(lefts[key]), reading.line_of(rights[of[key]])) for key in lefts if key in of]
    rows += [Pair("", reading.line_of(one)) for key, one in rights.items() if key not in of.values()]
    return _paired(reading, rows)


def associate(reading: Reading, interaction: Element) -> Shaped | None:
    """Pairs out of one set: the first of each pair stands on the left."""
    found = {attribute(one, "identifier"): one for one in within(interaction, "simpleassociablechoice")}
    pairs = [pair for pair in _pairs_of(reading, interaction) if pair[0] in found and pair[1] in found]
    used = [key for pair in pairs for key in pair]
    if len(set(used)) < len(used):
        reading.notes.append(message("One thing stands in several pairs there. Here each stands in one."))
        return None
    reading.notes.append(
        message("The pairs come out of one set there. Here the first of each pair stands on the left.")
    )
    rows = [Pair(reading.line_of(found[left]), reading.line_of(found[right])) for left, right in pairs]
    return _paired(reading, [*rows, *(Pair("", reading.line_of(one)) for key, one in found.items() if key not in used)])


def _pairs_of(reading: Reading, interaction: Element) -> list[tuple[str, str]]:
    declared = reading.declared(interaction)
    written = declared.correct or tuple(key for key, value in declared.mapping.items() if value > 0)
    worth = {value for key, value in declared.mapping.items() if key in written}
    if reading.scoring.mapped and len(worth) > 1:
        reading.notes.append(message("The pairs have different weights there; here each is worth the same."))
    return [(parts[0], parts[1]) for one in written if len(parts := one.split()) == 2]


def _paired(reading: Reading, rows: list[Pair]) -> Shaped | None:
    kind, body, notes = paired(rows, usual_heads(words(reading.body)))
    reading.notes += notes
    return (kind, body) if body else None
