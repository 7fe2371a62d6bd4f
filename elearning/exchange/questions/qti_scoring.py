"""How a QTI item says what is right: correct responses, mapped scores, and what its response processing makes of them."""

from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from elearning.exchange.questions.qti_names import attribute, first, name, within, words
from elearning.exchange.questions.typed import exactly

_ZERO = Fraction(0)
# The parts of which simple processing is made; anything else is a rule of the item's own.
_SIMPLE = frozenset(
    {"responseprocessing", "responsecondition", "responseif", "responseelse", "responseelseif", "isnull", "not", "match", "equal",
     "stringmatch", "variable", "correct", "basevalue", "setoutcomevalue", "mapresponse", "sum", "and", "or", "product", "divide",
     "gt", "lt", "gte", "lte", "default", "max", "min"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Declared:
    """One response: what is right, what each answer is worth, and between which bounds."""

    identifier: str
    cardinality: str
    kind: str
    correct: tuple[str, ...] = ()
    mapping: dict[str, Fraction] = field(default_factory=dict)
    default: Fraction = _ZERO
    upper: Fraction | None = None
    exact: bool = False

    @property
    def best(self) -> Fraction:
        """The most that can be earned by the mapping."""
        positive = [value for value in self.mapping.values() if value > 0]
        most = sum(positive, _ZERO) if self.cardinality != "single" else max(positive, default=_ZERO)
        return min(most, self.upper) if self.upper is not None and self.upper > 0 else most


@dataclass(frozen=True, slots=True)
class Scoring:
    """All responses of an item by identifier, whether their mappings count, and whether the item has rules of its own."""

    responses: dict[str, Declared]
    mapped: bool
    own_rules: bool
    processed: bool
    most: Fraction | None


def scoring_of(item: Element) -> Scoring:
    """What the item says of right and wrong."""
    responses = {one.identifier: one for one in map(_declared, within(item, "responsedeclaration"))}
    processing = first(item, "responseprocessing")
    template = attribute(processing, "template").rpartition("/")[2] if processing is not None else ""
    names = {name(one) for one in processing.iter()} if processing is not None else set()
    has_maps = any(one.mapping for one in responses.values())
    mapped = (
        "mapresponse" in names or template.startswith("map_response") or (has_maps and not template and len(names) <= 1)
    )
    known = not template or template.removesuffix(".xml") in ("match_correct", "map_response")
    return Scoring(
        responses,
        mapped and has_maps,
        bool(names - _SIMPLE) or not known,
        len(names) > 1 or bool(template),
        _most(item),
    )


def _most(item: Element) -> Fraction | None:
    for one in within(item, "outcomedeclaration"):
        if attribute(one, "identifier") == "MAXSCORE":
            value = exactly(words(first(one, "defaultvalue")))
            return value if value is not None and 0 < value <= 100 else None
    return None


def _declared(element: Element) -> Declared:
    correct, mapping = first(element, "correctresponse"), first(element, "mapping")
    entries = within(mapping, "mapentry") if mapping is not None else []
    values = {attribute(one, "mapkey"): exactly(attribute(one, "mappedvalue")) or _ZERO for one in entries}
    case = {attribute(one, "casesensitive") for one in entries}
    return Declared(
        attribute(element, "identifier"), attribute(element, "cardinality", "single"), attribute(element, "basetype"),
        tuple(" ".join((one.text or "").split()) for one in correct if name(one) == "value") if correct is not None else (),
        {" ".join(key.split()): value for key, value in values.items()},
        (exactly(attribute(mapping, "defaultvalue")) or _ZERO) if mapping is not None else _ZERO,
        exactly(attribute(mapping, "upperbound")) if mapping is not None else None,
        case == {"true"},
    )  # fmt: skip
