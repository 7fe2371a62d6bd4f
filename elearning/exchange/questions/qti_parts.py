"""The parts that QTI items are put together from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement

from elearning.domain.written import Choice, WrittenQuestion
from elearning.exchange.questions.exported import Html
from elearning.exchange.questions.qti_markup import put, put_inline
from elearning.exchange.questions.unsaid import Losses

RESPONSE = "RESPONSE"


def decimal(value: Fraction) -> str:
    """A number with as many decimals as it needs, at most ten."""
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


@dataclass(slots=True)
class Draft:
    """An item while it is put together. `cardinality` is that of the choices which have feedback; empty where none has.

    `processing` stays None where nothing is counted.
    """

    question: WrittenQuestion
    html: Html
    losses: Losses
    body: Element = field(default_factory=lambda: Element("qti-item-body"))
    responses: list[Element] = field(default_factory=list)
    processing: Element | None = None
    by_person: bool = False
    cardinality: str = ""

    def lose(self, *parts: str) -> None:
        """Note what cannot be said of the question."""
        self.losses.note(self.question, *parts)

    def paragraph(self, text: str) -> None:
        """Add a paragraph to the body."""
        put(self.body, self.html(text))

    def blocks(self, parent: Element, text: str, places: Sequence[Element] = ()) -> None:
        """Put Markdown into an element."""
        put(parent, self.html(text), places)

    def line(self, parent: Element, text: str) -> bool:
        """Put Markdown into an element without a paragraph around it; whether it was one."""
        return put_inline(parent, self.html(text))

    def stem(self) -> None:
        """Add what stands below the heading."""
        if self.question.stem:
            self.blocks(self.body, self.question.stem)

    def interaction(self, name: str, parent: Element | None = None, **attributes: str) -> Element:
        """Add an interaction to the body."""
        given = {key.replace("_", "-"): value for key, value in attributes.items()}
        return SubElement(
            self.body if parent is None else parent,
            f"qti-{name}-interaction",
            {"response-identifier": RESPONSE, **given},
        )

    def declare(
        self, cardinality: str, kind: str, correct: Sequence[str] = (), mapping: Mapping[str, Fraction] | None = None,
        name: str = RESPONSE, exact: bool = False,
    ) -> None:  # fmt: skip
        """Declare a response; a mapping holds shares of the points."""
        element = Element(
            "qti-response-declaration", {"identifier": name, "cardinality": cardinality, "base-type": kind}
        )
        if correct:
            right = SubElement(element, "qti-correct-response")
            for value in correct:
                SubElement(right, "qti-value").text = value
        if mapping:
            points = self.question.points
            table = SubElement(
                element, "qti-mapping", {"lower-bound": "0", "upper-bound": decimal(points), "default-value": "0"}
            )
            case = {"case-sensitive": "true" if exact else "false"} if kind == "string" else {}
            for key, share in mapping.items():
                SubElement(table, "qti-map-entry", {"map-key": key, "mapped-value": decimal(share * points), **case})
        self.responses.append(element)

    def process(self, condition: Element) -> None:
        """Everything where a condition holds, else nothing."""
        case = self._condition()
        found = SubElement(case, "qti-response-if")
        found.append(condition)
        SubElement(_outcome(found, "SCORE"), "qti-variable", {"identifier": "MAXSCORE"})

    def process_mapped(self, names: Sequence[str] = (RESPONSE,)) -> None:
        """The sum of what the mappings give."""
        score = _outcome(self._processing(), "SCORE")
        into = SubElement(score, "qti-sum") if len(names) > 1 else score
        for name in names:
            SubElement(into, "qti-map-response", {"identifier": name})

    def tell_chosen(self, cardinality: str) -> None:
        """Say which choices were chosen, so that what is said of them is shown."""
        self.cardinality = cardinality
        SubElement(_outcome(self._processing(), "CHOSEN"), "qti-variable", {"identifier": RESPONSE})

    def _condition(self) -> Element:
        return SubElement(self._processing(), "qti-response-condition")

    def _processing(self) -> Element:
        if self.processing is None:
            self.processing = Element("qti-response-processing")
        return self.processing

    def feedback(self, parent: Element, identifier: str, choice: Choice) -> bool:
        """Put what is said of a choice into it; whether there is anything."""
        if not choice.feedback:
            return False
        attributes = {"outcome-identifier": "CHOSEN", "show-hide": "show", "identifier": identifier}
        if not self.line(SubElement(parent, "qti-feedback-inline", attributes), choice.feedback):
            self.lose("feedback")
        return True


def _outcome(parent: Element, name: str) -> Element:
    return SubElement(parent, "qti-set-outcome-value", {"identifier": name})


def right_one(name: str = RESPONSE) -> Element:
    """The condition that a response is the correct one."""
    match = Element("qti-match")
    SubElement(match, "qti-variable", {"identifier": name})
    SubElement(match, "qti-correct", {"identifier": name})
    return match
