"""What a person marks in Moodle, and what nobody does, as ours."""

from elearning.domain.message import message
from elearning.domain.written import Nothing, Recording, Rubric, Statement
from elearning.exchange.questions.given_words import usual_rubric
from elearning.exchange.questions.moodle_bodies import Reading, Shaped
from elearning.exchange.questions.rubric_tables import rubric_of
from elearning.exchange.questions.xml_reading import text_in

MOST_WORDS = 4000


def essay(reading: Reading) -> Shaped:
    """Open work. A table among the notes to whoever marks is its rubric where it has the form of one."""
    asked = reading.asked()
    if text_in(reading.element, "responseformat") == "noinline":
        reading.notes.append(message("Only a file is handed in there, and there is no such question here."))
        return None
    if text_in(reading.element, "attachments") not in ("", "0"):
        reading.notes.append(message("Files can be handed in beside the text there; here the text alone is."))
    if reading.words("responsetemplate").strip():
        reading.notes.append(message("The text that the field begins with was left out."))
    if asked is None:
        return None
    return "statement", *asked, Statement(_rubric(reading, " ".join(asked)), *_limits(reading))


def _limits(reading: Reading) -> tuple[int, int]:
    least, most = (
        int(written) if (written := text_in(reading.element, name)).isdecimal() and len(written) < 6 else 0
        for name in ("minwordlimit", "maxwordlimit")
    )
    if not least and not most:
        return 0, 0
    most = most or MOST_WORDS
    if most > MOST_WORDS or least > most:
        reading.notes.append(
            message("The limits in words were left out: %(least)s to %(most)s.", least=least, most=most)
        )
        return 0, 0
    return least, most


def _rubric(reading: Reading, near: str) -> Rubric:
    """The rubric in the notes to whoever marks; or one of a single criterion, with a note."""
    notes = reading.words("graderinfo")
    found = rubric_of(notes)
    if found:
        return found
    if notes.strip():
        reading.notes.append(
            message("The notes to whoever marks are no rubric and were left out: %(said)s", said=notes[:200])
        )
    reading.notes.append(
        message("Open work has no rubric there. One of a single criterion was put; write what you look at.")
    )
    return usual_rubric(near)


def recording(reading: Reading) -> Shaped:
    """A recording of sound or film, of at most as many seconds as there."""
    asked = reading.asked()
    written = text_in(reading.element, "timelimitinseconds")
    seconds = min(900, max(5, int(written))) if written.isdecimal() and len(written) < 6 else 60
    if str(seconds) != written:
        reading.notes.append(message("The recording may last %(seconds)s seconds here.", seconds=seconds))
    if asked is None:
        return None
    return "recording", *asked, Recording(_rubric(reading, " ".join(asked)), seconds)


def description(reading: Reading) -> Shaped:
    """A text that asks nothing."""
    asked = reading.asked()
    return ("description", *asked, Nothing()) if asked else None
