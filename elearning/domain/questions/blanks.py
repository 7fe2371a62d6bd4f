"""Fill the blanks: each blank in a text is typed, or chosen from a menu. A response is the list of what fills them, in the
order of the text; menus are answered by the letter that an option has on this paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.names import as_typed
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.gaps import cut
from elearning.domain.questions.letters import LETTERS, letter_of, place_of
from elearning.domain.questions.typed import compared

LONGEST = 200

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank: `accepted` answers where it is typed; else `options`, of which the one at the place `right` is right."""

    accepted: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    right: int = -1


@dataclass(frozen=True, slots=True)
class Body:
    """The text as safe HTML with a place for each blank, and the blanks in their order."""

    html: str
    blanks: tuple[Blank, ...]
    strict: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """What all menus offer, menu by menu; a paper's order is over these."""
        return tuple(option for blank in self.blanks for option in blank.options)


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "list"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the options of the menus, each menu mixed within itself."""
    order: list[int] = []
    for blank in body.blanks:
        places = [len(order) + place for place in range(len(blank.options))]
        order += rng.sample(places, len(places)) if shuffle else places
    return tuple(order)


def _menus(body: Body, order: Sequence[int]) -> list[tuple[int, ...]]:
    """For each blank the places of its options in the source, in the order of this paper; nothing where it is typed."""
    found, start = [], 0
    for blank in body.blanks:
        end = start + len(blank.options)
        found.append(tuple(place - start for place in order[start:end]))
        start = end
    return found


def understood(body: Body, order: Sequence[int], value: object) -> list[str] | Message:
    """What fills each blank, empty text where nothing does; a Message says what to do about what no form sends."""
    if value in ("", None):
        return []
    typed = _by_part(value, len(body.blanks)) if isinstance(value, dict) else value
    if not isinstance(typed, list) or len(typed) > len(body.blanks):
        return message("Fill the blanks in the order of the text; there are %(all)s.", all=len(body.blanks))
    filled: list[str] = []
    menus = _menus(body, order)
    for part, menu in zip([*typed, *[""] * (len(menus) - len(typed))], menus, strict=True):
        one = _filled(part, menu)
        if isinstance(one, Message):
            return one
        filled.append(one)
    return filled if any(filled) else []


def _by_part(value: dict[object, object], size: int) -> list[object] | None:
    """The list that fields numbered from 1 make; None where a number is not one of them."""
    numbers = [str(number) for number in range(1, size + 1)]
    return [value.get(number, "") for number in numbers] if set(value) <= set(numbers) else None


def _filled(part: object, menu: Sequence[int]) -> str | Message:
    if not isinstance(part, str | type(None)):
        return message("Type the answer as text.")
    text = as_typed(part or "")
    if text and menu and place_of(text, menu) is None:
        return message("Choose one of the options shown.")
    if len(text) > LONGEST:
        return message("Shorten the answer to %(most)s characters; it has %(now)s.", most=LONGEST, now=len(text))
    return text


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def _is_right(body: Body, blank: Blank, menu: Sequence[int], part: str) -> bool:
    if blank.options:
        return place_of(part, menu) == blank.right
    typed = compared(part, body.strict)
    return bool(typed) and any(typed == compared(accepted, body.strict) for accepted in blank.accepted)


def _rights(body: Body, order: Sequence[int], value: object) -> list[bool]:
    parts = to_form(body, order, value)
    return [_is_right(body, *each) for each in zip(body.blanks, _menus(body, order), parts, strict=True)]


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share of the blanks that are filled rightly, each worth the same, as in Moodle's embedded answers.

    Typed blanks are compared as short text is, menus by their option. A wrong answer costs nothing more.
    """
    if is_empty(value):
        return Grade(Fraction(0), message("Not answered"))
    rights = _rights(body, order, value)
    share = Fraction(sum(rights), len(rights))
    return Grade(share, message("%(right)s of %(all)s blanks are right", right=sum(rights), all=len(rights)))


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a menu under the letter of this paper."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedPart:
    """HTML, and the blank that follows it; `number` is 0 after the last blank, `choices` are empty where it is typed."""

    html: str
    number: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The text, cut at its blanks."""

    parts: tuple[AskedPart, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The text with its fields; a field tells nothing of what belongs into it."""
    menus = _menus(body, order)
    choices = [
        tuple(Choice(letter, blank.options[place]) for letter, place in zip(LETTERS, menu, strict=False))
        for blank, menu in zip(body.blanks, menus, strict=True)
    ]
    return Asked(tuple(AskedPart(html, at, choices[at - 1] if at else ()) for html, at in cut(body.html)))


@dataclass(frozen=True, slots=True)
class ToldPart:
    """HTML, and the blank that follows it: what was given, whether it is right (None where that is not to be told), and
    what is accepted.
    """

    html: str
    number: int
    given: str
    right: bool | None
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The text after grading."""

    parts: tuple[ToldPart, ...]


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The text with what was given for each blank and, where it may be told, what is right."""
    given, rights = _given(body, order, value), _rights(body, order, value)
    parts = []
    for html, at in cut(body.html):
        if not at:
            parts.append(ToldPart(html, 0, "", None, ()))
            continue
        accepted = _accepted(body.blanks[at - 1]) if reveal else ()
        parts.append(ToldPart(html, at, given[at - 1], rights[at - 1] if reveal else None, accepted))
    return Told(tuple(parts))


def _accepted(blank: Blank) -> tuple[str, ...]:
    return (blank.options[blank.right],) if blank.options else blank.accepted


def _given(body: Body, order: Sequence[int], value: object) -> list[str]:
    """What was given for each blank, in words."""
    found = []
    for blank, menu, part in zip(body.blanks, _menus(body, order), to_form(body, order, value), strict=True):
        place = place_of(part, menu)
        found.append(part if not blank.options else "" if place is None else blank.options[place])
    return found


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """What was given for each blank with its number, for reports; nothing where nothing was."""
    if is_empty(value):
        return ()
    return tuple(f"({at}) {words or '–'}" for at, words in enumerate(_given(body, order, value), 1))


def right_answer(body: Body) -> tuple[str, ...]:
    """What is right for each blank, in words."""
    return tuple(f"({at}) {' / '.join(_accepted(blank))}" for at, blank in enumerate(body.blanks, 1))


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: what stands in each numbered field."""
    return dict(parts) if parts else list(values)


def to_form(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The stored response as a form shows it: a text or a letter for each blank."""
    parts = [str(part) for part in value] if isinstance(value, list) else []
    return tuple([*parts, *[""] * len(body.blanks)][: len(body.blanks)])


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """Nothing: blanks that are still empty are no mistake."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    both = zip(body.blanks, _menus(body, order), strict=True)
    return [letter_of(blank.right, menu) if menu else as_typed(blank.accepted[0]) for blank, menu in both]


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    both = zip(body.blanks, _menus(body, order), strict=True)
    return [
        rng.choice(LETTERS[: len(menu)]) if menu else rng.choice((blank.accepted[0], "không rõ", "chưa biết"))
        for blank, menu in both
    ]
