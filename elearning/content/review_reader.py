"""What a quiz shows of an attempt and when: `review:` names a preset, or gives rows of the matrix."""

from elearning.content.fields import Fields
from elearning.domain.review import ALL, ASPECTS, MOMENTS, NEEDS, NOTHING, PRESETS, Aspect, Review, Shown

_BY_NAME: dict[str, Aspect] = {name: name for name in ASPECTS}


def read_review(fields: Fields) -> Review:
    """The matrix of a quiz: `review: after-closing`, or `review: {after: [answers, right], closed: all}`.

    A moment that is left out shows nothing, while answering excepted: what the behaviour tells is shown there unless a row
    says less.
    """
    value = fields.front.values.get("review", "")
    if not isinstance(value, dict):
        return PRESETS[fields.choice("review", tuple(PRESETS), "after-submit")]
    for name in value:
        if name not in MOMENTS:
            _tell(fields, "“%(name)s” is no moment. The moments are: %(known)s.", name, ", ".join(MOMENTS))
    rows = {moment: _row(fields, moment, value[moment]) for moment in MOMENTS if moment in value}
    behaviour = fields.text("behaviour")
    if behaviour in ("immediate", "tries", "practice") and "right" not in rows.get("during", ALL):
        _tell(fields, "With behaviour: %(name)s a check says whether an answer is right. Add answers and right to “%(known)s”.",
              behaviour, "during")  # fmt: skip
    return Review(
        rows.get("during", ALL), rows.get("after", NOTHING), rows.get("open", NOTHING), rows.get("closed", NOTHING)
    )


def _row(fields: Fields, moment: str, value: object) -> Shown:
    if value in ("all", "nothing"):
        return ALL if value == "all" else NOTHING
    names = value.split() if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        _tell(fields, "Write for “%(name)s” a list, all or nothing. What can be shown: %(known)s.", moment, _known())
        return NOTHING
    for name in names:
        if name not in _BY_NAME:
            _tell(fields, "“%(name)s” is nothing that can be shown. What can be: %(known)s.", name, _known())
    shown: Shown = frozenset(_BY_NAME[name] for name in names if name in _BY_NAME)
    for aspect, other in NEEDS:
        if aspect in shown and other not in shown:
            _tell(fields, "“%(name)s” cannot be shown without %(known)s. Add it to the row.", aspect, other)
    return shown


def _known() -> str:
    return ", ".join(ASPECTS)


def _tell(fields: Fields, sentence: str, name: str, known: str) -> None:
    fields.problems.add(fields.front.path, fields.front.line("review"), sentence, name=name, known=known)
