"""What a person marks in QTI, as ours."""

from xml.etree.ElementTree import Element

from elearning.domain.message import message
from elearning.domain.written import Recording, Rubric, Statement
from elearning.exchange.questions.given_words import usual_rubric
from elearning.exchange.questions.qti_names import attribute, within, words
from elearning.exchange.questions.qti_reading import Reading, Shaped
from elearning.exchange.questions.rubric_tables import rubric_of

USUAL_SECONDS = 60


def extended(reading: Reading, interaction: Element) -> Shaped | None:
    """Open work; a table among what is said to scorers is its rubric where it has the form of one."""
    return "statement", Statement(_rubric(reading))


def upload(reading: Reading, interaction: Element) -> Shaped | None:
    """A file of sound or film is a recording; others have no place here."""
    if not attribute(interaction, "type").startswith(("audio/", "video/")):
        reading.notes.append(message("Only a file is handed in there, and there is no such question here."))
        return None
    reading.notes.append(message("The recording may last %(seconds)s seconds here.", seconds=USUAL_SECONDS))
    return "recording", Recording(_rubric(reading), USUAL_SECONDS)


def _rubric(reading: Reading) -> Rubric:
    for block in within(reading.item, "rubricblock"):
        said = reading.words_of(next((one for one in within(block, "contentbody")), block))
        found = rubric_of(said)
        if found:
            return found
        if "scorer" in attribute(block, "view"):
            reading.notes.append(
                message("The notes to whoever marks are no rubric and were left out: %(said)s", said=said[:200])
            )
    reading.notes.append(
        message("Open work has no rubric there. One of a single criterion was put; write what you look at.")
    )
    return usual_rubric(words(reading.body))
