"""Each of our types as an interaction of QTI 3.0."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement

from elearning.domain.questions.gaps import gap
from elearning.domain.questions.moments import Moment, moment_words
from elearning.domain.questions.number import number_words
from elearning.domain.written import Choice
from elearning.exchange.questions.qti_parts import RESPONSE, Draft, right_one
from elearning.exchange.questions.rubric_tables import rubric_table


def _choices(draft: Draft, options: Sequence[Choice], several: bool) -> None:
    draft.stem()
    names = _names(options)
    interaction = draft.interaction("choice", shuffle="true", max_choices="0" if several else "1")
    said = [_choice(draft, interaction, name, one) for name, one in zip(names, options, strict=True)]
    if any(said):
        draft.tell_chosen("multiple" if several else "single")


def _names(options: Sequence[object]) -> list[str]:
    return [f"c{place}" for place in range(1, len(options) + 1)]


def _choice(draft: Draft, interaction: Element, name: str, choice: Choice) -> bool:
    element = SubElement(
        interaction, "qti-simple-choice", {"identifier": name} | ({"fixed": "true"} if choice.keep else {})
    )
    draft.line(element, choice.text)
    return draft.feedback(element, name, choice)


def _one(draft: Draft) -> None:
    options = draft.question.body.options
    right = next(name for name, one in zip(_names(options), options, strict=True) if one.share == 1)
    draft.declare("single", "identifier", (right,))
    draft.process(right_one())
    _choices(draft, options, False)


def _several(draft: Draft) -> None:
    body = draft.question.body
    rights = [name for name, one in zip(_names(body.options), body.options, strict=True) if one.share == 1]
    if body.credit == "all":
        draft.declare("multiple", "identifier", rights)
        draft.process(right_one())
    else:
        if body.credit == "each":
            draft.lose("credit")
        part = Fraction(1, max(1, len(rights)))
        shares = {name: part if name in rights else -part for name in _names(body.options)}
        draft.declare("multiple", "identifier", rights, shares)
        draft.process_mapped()
    _choices(draft, body.options, True)


def _graded(draft: Draft) -> None:
    body = draft.question.body
    shares = dict(zip(_names(body.options), (one.share for one in body.options), strict=True))
    rights = [name for name, share in shares.items() if share > 0]
    part = Fraction(1, max(1, len(rights)))
    as_several = body.several and all(share in (part, -part) for share in shares.values())
    if as_several or (not body.several and len(rights) == 1 and set(shares.values()) == {Fraction(0), Fraction(1)}):
        draft.lose("type")
    best = max(shares, key=lambda name: shares[name])
    draft.declare("multiple" if body.several else "single", "identifier", rights if body.several else (best,), shares)
    draft.process_mapped()
    _choices(draft, body.options, body.several)


def _poll(draft: Draft) -> None:
    several = draft.question.body.several
    draft.declare("multiple" if several else "single", "identifier")
    _unscored(draft, draft.question.body.options, several)


def _likert(draft: Draft) -> None:
    draft.lose("type")
    steps = draft.question.body.options or [Choice(text) for text in (
        "Hoàn toàn không đồng ý", "Không đồng ý", "Phân vân", "Đồng ý", "Hoàn toàn đồng ý",
    )]  # fmt: skip
    draft.declare("single", "identifier")
    _unscored(draft, steps, False)


def _unscored(draft: Draft, options: Sequence[Choice], several: bool) -> None:
    if any(one.feedback for one in options):
        draft.lose("feedback")
    _choices(draft, [Choice(one.text, keep=one.keep) for one in options], several)


def _entry(draft: Draft) -> None:
    draft.stem()
    draft.interaction("text-entry", SubElement(draft.body, "p"))


def _short(draft: Draft) -> None:
    body = draft.question.body
    draft.declare("single", "string", body.accepted[:1], dict.fromkeys(body.accepted, Fraction(1)), exact=body.strict)
    draft.process_mapped()
    _entry(draft)


def _moment(draft: Draft) -> None:
    body = draft.question.body
    draft.lose("type", *(["tolerance"] if any(one.tolerance for one in body.accepted) else []))
    accepted = [moment_words(Moment(one.minutes, body.timed)).replace(",", "") for one in body.accepted]
    draft.declare("single", "string", accepted[:1], dict.fromkeys(accepted, Fraction(1)))
    draft.process_mapped()
    _entry(draft)


def _number(draft: Draft) -> None:
    body = draft.question.body
    if body.unit:
        draft.lose("unit")
    conditions = []
    for one in body.accepted:
        tolerance = number_words(one.tolerance).replace(",", ".")
        equal = Element("qti-equal", {"tolerance-mode": "absolute", "tolerance": f"{tolerance} {tolerance}"})
        SubElement(equal, "qti-variable", {"identifier": RESPONSE})
        SubElement(equal, "qti-base-value", {"base-type": "float"}).text = number_words(one.value).replace(",", ".")
        conditions.append(equal)
    draft.declare("single", "float", (number_words(body.accepted[0].value).replace(",", "."),))
    either = Element("qti-or")
    either.extend(conditions)
    draft.process(either if len(conditions) > 1 else conditions[0])
    _entry(draft)


def _order(draft: Draft) -> None:
    options = draft.question.body.options
    if any(one.feedback for one in options):
        draft.lose("feedback")
    draft.declare("ordered", "identifier", _names(options))
    draft.process(right_one())
    draft.stem()
    interaction = draft.interaction("order", shuffle="true")
    for name, one in zip(_names(options), options, strict=True):
        _choice(draft, interaction, name, Choice(one.text, keep=one.keep))


def _pairs(draft: Draft) -> None:
    draft.lose("heads")
    rows = draft.question.body.rows
    offers = list(dict.fromkeys(row.right for row in rows))
    lefts = [row for row in rows if row.left]
    if (len({row.right.casefold() for row in lefts}) < len(lefts)) != (draft.question.type == "sort"):
        draft.lose("type")
    of = {f"l{place} r{offers.index(row.right) + 1}": Fraction(1, len(lefts)) for place, row in enumerate(lefts, 1)}
    draft.declare("multiple", "directedPair", list(of), of)
    draft.process_mapped()
    draft.stem()
    interaction = draft.interaction("match", shuffle="true", max_associations=str(len(lefts)))
    for sign, texts, most in (("l", [row.left for row in lefts], "1"), ("r", offers, str(len(lefts)))):
        part = SubElement(interaction, "qti-simple-match-set")
        for place, text in enumerate(texts, 1):
            choice = {"identifier": f"{sign}{place}", "match-max": most}
            draft.line(SubElement(part, "qti-simple-associable-choice", choice), text)


def _blanks(draft: Draft) -> None:
    body = draft.question.body
    if body.strict and not any(blank.accepted for blank in body.blanks):
        draft.lose("strict")
    before, _, behind = body.text.partition(gap(1))
    if len(body.blanks) == 1 and body.blanks[0].accepted and before.rstrip().endswith("?") and not behind.strip():
        draft.lose("type")
    part = Fraction(1, len(body.blanks))
    places, names = [], []
    for place, blank in enumerate(body.blanks, 1):
        name = f"{RESPONSE}{place}"
        names.append(name)
        kind = "inline-choice" if blank.options else "text-entry"
        interaction = Element(f"qti-{kind}-interaction", {"response-identifier": name})
        places.append(interaction)
        for option, words in zip(_names(blank.options), blank.options, strict=True):
            SubElement(interaction, "qti-inline-choice", {"identifier": option}).text = words
        if blank.options:
            interaction.set("shuffle", "true")
            right = f"c{blank.right + 1}"
            draft.declare("single", "identifier", (right,), {right: part}, name)
        else:
            draft.declare(
                "single", "string", blank.accepted[:1], dict.fromkeys(blank.accepted, part), name, body.strict
            )
    draft.process_mapped(names)
    draft.blocks(draft.body, body.text, places)


def _faults(draft: Draft) -> None:
    marks = draft.question.body.marks
    names = [f"h{place}" for place in range(1, len(marks) + 1)]
    rights = [name for name, mark in zip(names, marks, strict=True) if mark.fault]
    part = Fraction(1, len(rights))
    shares = {name: part if name in rights else -part for name in names}
    draft.declare("multiple", "identifier", rights, shares)
    draft.process_mapped()
    draft.stem()
    places = [Element("qti-hottext", {"identifier": name}) for name in names]
    for element, mark in zip(places, marks, strict=True):
        draft.line(element, mark.words)
    draft.blocks(draft.interaction("hottext", max_choices="0"), draft.question.body.text, places)


def _by_person(draft: Draft) -> None:
    draft.stem()
    block = SubElement(draft.body, "qti-rubric-block", {"view": "scorer", "use": "scoring"})
    draft.blocks(SubElement(block, "qti-content-body"), rubric_table(draft.question.body.rubric))
    draft.by_person, draft.processing = True, Element("qti-response-processing")


def _statement(draft: Draft) -> None:
    if draft.question.body.most:
        draft.lose("limits")
    draft.declare("single", "string")
    _by_person(draft)
    draft.interaction("extended-text", expected_lines="15")


def _recording(draft: Draft) -> None:
    draft.lose("seconds")
    draft.declare("single", "file")
    _by_person(draft)
    draft.interaction("upload", type="audio/mpeg")


def _description(draft: Draft) -> None:
    draft.stem()


WRITERS: Mapping[str, Callable[[Draft], None]] = {
    "one": _one, "several": _several, "graded": _graded, "poll": _poll, "likert": _likert, "short": _short, "datetime": _moment,
    "number": _number, "order": _order, "match": _pairs, "sort": _pairs, "blanks": _blanks, "faults": _faults,
    "statement": _statement, "recording": _recording, "description": _description,
}  # fmt: skip
