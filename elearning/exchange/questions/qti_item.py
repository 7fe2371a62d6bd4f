"""One QTI item as a question of ours."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from elearning.domain.message import Message, message
from elearning.domain.written import Nothing, WrittenQuestion
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions.asking import ask_and_stem, blanks_asked
from elearning.exchange.questions.from_html import Page
from elearning.exchange.questions.qti_choices import choices, hot_text, order
from elearning.exchange.questions.qti_names import attribute, first, inner_html, name, within
from elearning.exchange.questions.qti_open import extended, upload
from elearning.exchange.questions.qti_pairs import associate, match
from elearning.exchange.questions.qti_places import blanks_in, gap_match, lone_entry
from elearning.exchange.questions.qti_reading import Reading, Shaped
from elearning.exchange.questions.qti_scoring import scoring_of
from elearning.exchange.questions.xml_reading import tree_of

_READERS: Mapping[str, Callable[[Reading, Element], Shaped | None]] = {
    "choiceinteraction": choices, "orderinteraction": order, "associateinteraction": associate, "matchinteraction": match,
    "hottextinteraction": hot_text, "extendedtextinteraction": extended, "uploadinteraction": upload,
}  # fmt: skip
_PLACES = frozenset({"textentryinteraction", "inlinechoiceinteraction"})


def question_of(item: Element, page: Page) -> tuple[WrittenQuestion | None, list[Message]]:
    """The question without its key and labels; None, with the reason, where it cannot be asked here."""
    body = first(item, "itembody")
    if body is None:
        return None, [message("The item has no text. Write what is asked.")]
    reading = Reading(item, body, page, scoring_of(item))
    found = _shaped(reading)
    if found is None:
        return None, reading.notes
    _note_rules(reading)
    return found, reading.notes


def _shaped(reading: Reading) -> WrittenQuestion | None:
    interactions = [one for one in reading.body.iter() if name(one).endswith("interaction")]
    kinds = {name(one) for one in interactions}
    if not interactions:
        if any(one.correct for one in reading.scoring.responses.values()):
            reading.notes.append(message("The item says what is right, but holds nothing to answer with."))
        return _asked(reading, "description", Nothing(), reading.text())
    if kinds <= _PLACES:
        alone = lone_entry(reading, interactions)
        return _asked(reading, *alone, reading.text()) if alone else _placed(reading, *blanks_in(reading, interactions))
    if len(interactions) > 1:
        reading.notes.append(
            message("Several questions stand in one item there. Part it into items with one question each.")
        )
        return None
    return _single(reading, interactions[0])


def _single(reading: Reading, interaction: Element) -> WrittenQuestion | None:
    if name(interaction) == "gapmatchinteraction":
        return _placed(reading, *gap_match(reading, interaction))
    reader = _READERS.get(name(interaction))
    if reader is None:
        reading.notes.append(
            message("There is no type of question here for “%(type)s”. Ask it in another way.", type=name(interaction))
        )
        return None
    shaped = reader(reading, interaction)
    return _asked(reading, *shaped, reading.text(interaction)) if shaped else None


def _asked(reading: Reading, kind: str, body: Any, text: str) -> WrittenQuestion | None:
    title = attribute(reading.item, "title")
    if body is None:
        return None
    if not text.strip() and not title:
        reading.notes.append(message("The item has no text. Write what is asked."))
        return None
    ask, stem = ask_and_stem(text, title) if text.strip() else (title, "")
    stem = "\n\n".join(part for part in (_stimulus(reading), stem) if part)
    return WrittenQuestion("", kind, ask, body, stem, _explanation(reading), reading.points())


def _placed(reading: Reading, text: str, blanks: Any, strict: bool) -> WrittenQuestion | None:
    """A question with blanks among its words."""
    if blanks is None:
        return None
    made = blanks_asked(text, blanks, "", _explanation(reading))
    around = "\n\n".join(part for part in (_stimulus(reading), made.body.text) if part)
    body = type(made.body)(around, made.body.blanks, strict)
    return WrittenQuestion("", "blanks", made.ask, body, "", made.explanation, reading.points())


def _stimulus(reading: Reading) -> str:
    """The texts of other files that the item shows above its question; those that are not there are noted."""
    said = []
    for one in within(reading.item, "assessmentstimulusref", "include"):
        address = attribute(one, "href")
        try:
            root = tree_of(reading.page.files[address])
        except (KeyError, ExchangeError):
            reading.notes.append(
                message("The text %(name)s, which the item shows, did not come along.", name=address[:80])
            )
            continue
        shown = next((part for part in root.iter() if name(part) == "stimulusbody"), root)
        said.append(reading.page.markdown(inner_html(shown)))
    return "\n\n".join(part for part in said if part)


def _explanation(reading: Reading) -> str:
    """What is said after answering, whatever was answered."""
    found = within(reading.item, "modalfeedback", "feedbackblock")
    said = [text for one in found if (text := reading.page.markdown(inner_html(_content(one))))]
    if len(said) > 1:
        reading.notes.append(
            message("Several texts are shown there after answering, by the answer. They were put one below the other.")
        )
    return "\n\n".join(dict.fromkeys(said))


def _content(feedback: Element) -> Element:
    """What stands in a feedback; since 3.0 it has a body of its own."""
    inner = first(feedback, "contentbody")
    return feedback if inner is None else inner


def _note_rules(reading: Reading) -> None:
    if reading.scoring.own_rules:
        reading.notes.append(
            message("The item has rules of its own for marking. What is right was read; look over how it counts.")
        )
    if attribute(reading.item, "adaptive") == "true":
        reading.notes.append(message("The item goes on by what is answered there. Here it is asked once."))
    said = len(within(reading.body, "feedbackinline"))
    if said > sum(len(within(one, "feedbackinline")) for one in within(reading.body, "simplechoice")):
        reading.notes.append(message("Words that are shown among the text after answering were left out."))
    if within(reading.item, "templateprocessing", "templateinline", "templateblock", "printedvariable"):
        reading.notes.append(message("The item draws its figures anew each time. They were kept as they stand."))
