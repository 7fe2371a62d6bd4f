"""Places in a text, as a cell of a spreadsheet writes them: `[[24|hai mươi bốn]]` is typed, `[[=đúng|sai]]` is a menu,
`[[!sai]]` is a fault, `[[?lành]]` can be marked and is none.
"""

import re

from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import cut, gap
from elearning.domain.written import Blanks, Faults, Mark

_PLACE = re.compile(r"\[\[(.+?)\]\]")


def blanks_of(text: str, strict: bool) -> Blanks | None:
    """The text with its blanks; None where it has none, or a menu has less than two words or not one right."""
    blanks: list[Blank] = []

    def place(found: re.Match[str]) -> str:
        words = [word.strip() for word in found[1].split("|")]
        rights = [number for number, word in enumerate(words) if word.startswith("=")]
        bare = tuple(word.removeprefix("=").strip() for word in words)
        blanks.append(Blank(options=bare, right=rights[0]) if len(rights) == 1 and len(words) > 1 else Blank(bare))
        return gap(len(blanks))

    made = _PLACE.sub(place, text)
    return Blanks(made, tuple(blanks), strict) if blanks and all(_is_whole(one) for one in blanks) else None


def _is_whole(blank: Blank) -> bool:
    return all(blank.accepted or blank.options)


def faults_of(text: str) -> Faults | None:
    """The text with what can be marked; None where nothing is wrong in it."""
    marks: list[Mark] = []

    def place(found: re.Match[str]) -> str:
        marks.append(Mark(found[1].lstrip("!?").strip(), found[1].startswith("!")))
        return gap(len(marks))

    made = _PLACE.sub(place, text)
    return Faults(made, tuple(marks)) if any(one.fault for one in marks) else None


def with_blanks(body: Blanks) -> str:
    """The text of a question with blanks; empty where a word holds a sign that parts them."""
    pieces = [
        "|".join(
            ("=" if blank.options and number == blank.right else "") + word
            for number, word in enumerate(blank.options or blank.accepted)
        )
        for blank in body.blanks
    ]
    words = [word for blank in body.blanks for word in blank.options or blank.accepted]
    return "" if any(re.search(r"[|\]]|^=", word) for word in words) else _placed(body.text, pieces)


def with_faults(body: Faults) -> str:
    """The text of a question with faults; empty where words hold a sign that ends them."""
    pieces = [("!" if mark.fault else "?") + mark.words for mark in body.marks]
    return "" if any("]" in mark.words for mark in body.marks) else _placed(body.text, pieces)


def _placed(text: str, pieces: list[str]) -> str:
    return "".join(before + (f"[[{pieces[number - 1]}]]" if number else "") for before, number in cut(text))
