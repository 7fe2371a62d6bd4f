"""An item while it is being read."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from elearning.domain.message import Message
from elearning.exchange.questions.from_html import Page, as_plain
from elearning.exchange.questions.qti_names import Placed, attribute, first, inner_html, name, words
from elearning.exchange.questions.qti_scoring import Declared, Scoring

Shaped = tuple[str, Any]


@dataclass(slots=True)
class Reading:
    """The item, its body, what it says of right and wrong, and what was noted."""

    item: Element
    body: Element
    page: Page
    scoring: Scoring
    notes: list[Message] = field(default_factory=list)

    def declared(self, interaction: Element) -> Declared:
        """What is right in an interaction; nothing where the item does not say."""
        identifier = attribute(interaction, "responseidentifier")
        return self.scoring.responses.get(identifier, Declared(identifier, "single", ""))

    def text(self, interaction: Element | None = None, placed: Placed = lambda _: None) -> str:
        """The words of the item around an interaction, with its prompt."""
        prompt = first(interaction, "prompt") if interaction is not None else None
        around = self.page.markdown(inner_html(self.body, placed))
        asked = self.words_of(prompt)
        return "\n\n".join(part for part in (around, "" if asked in around else asked) if part)

    def words_of(self, element: Element | None) -> str:
        """What stands in an element, as Markdown."""
        return self.page.markdown(inner_html(element)) if element is not None else ""

    def line_of(self, element: Element | None) -> str:
        """What stands in an element, as one line of Markdown."""
        return " ".join(self.words_of(element).split())

    def plain_of(self, element: Element) -> str:
        """The bare words of an element."""
        return as_plain(words(element))

    def points(self) -> Fraction:
        """What the item is worth: its greatest score where it says so, or what its mapping comes to."""
        most = self.scoring.most
        if most is None and self.scoring.mapped and len(self.scoring.responses) == 1:
            most = next(iter(self.scoring.responses.values())).best
        if most is None or not 0 < most <= 100:
            return Fraction(1)
        near = most.limit_denominator(12)
        return most if not most * 1000 % 1 else near if abs(near - most) < Fraction(1, 5000) else round(most, 3)

    def feedback_of(self, choice: Element) -> str:
        """What is said of a choice."""
        return "\n\n".join(self.words_of(one) for one in choice if name(one) == "feedbackinline")
