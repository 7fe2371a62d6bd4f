"""Forms and JSON ↔ what saving understands."""

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services.saving import SavedReply, Saving, Typed
from elearning.web.words import zone

_FIELD = re.compile(r"a(\d{1,4})(?:\.([A-Za-z0-9]{1,10}))?")


def _unreadable() -> Mistaken:
    return Mistaken(message("This page cannot be saved as it is. Open the attempt again; what was saved is kept."))


def from_json(body: Any) -> Saving:
    """The body of a save: beside the answers how sure one is of each, and for which slots the answer of another tab was shown
    before, and what is flagged. Raises Mistaken for anything that our own page could not have sent.
    """
    if not isinstance(body, dict) or not isinstance(body.get("answers"), dict):
        raise _unreadable()
    tab, seq, base = body.get("tab"), body.get("seq"), body.get("base")
    if not isinstance(tab, str) or type(seq) is not int or type(base) is not int:
        raise _unreadable()
    if not all(map(_is_slot, body["answers"])):
        raise _unreadable()
    sure = body.get("certainty", {})
    if not isinstance(sure, dict) or not all(slot in body["answers"] and type(n) is int for slot, n in sure.items()):
        raise _unreadable()
    chosen = body.get("chosen", [])
    if not isinstance(chosen, list) or not all(isinstance(slot, str) and slot in body["answers"] for slot in chosen):
        raise _unreadable()
    answers = {int(slot): value for slot, value in body["answers"].items()}
    certainty = {int(slot): n for slot, n in sure.items()}
    return Saving(tab, seq, base, answers, frozenset(map(int, chosen)), _flags(body.get("flags", {})), certainty)


def _flags(flags: Any) -> dict[int, bool]:
    """The flags in the body of a save: slot → whether it is to be looked at again. Raises Mistaken for anything else."""
    if not isinstance(flags, dict) or not all(_is_slot(slot) and isinstance(on, bool) for slot, on in flags.items()):
        raise _unreadable()
    return {int(slot): on for slot, on in flags.items()}


def _is_slot(name: Any) -> bool:
    return isinstance(name, str) and name.isascii() and name.isdecimal() and len(name) < 5


def typed_in(form: MultiDict[str, str]) -> dict[int, Typed]:
    """What the fields `a<slot>` and `a<slot>.<part>` of a plain form hold. A slot whose fields were shown counts, even with
    nothing chosen.

    Where two answers met, `keep<slot>` says which one stays: `theirs` leaves the slot as it is.
    """
    shown: dict[int, tuple[list[str], dict[str, str]]] = {}
    for name in form:
        found = _FIELD.fullmatch(name)
        if found is None or form.get(f"keep{found[1]}") == "theirs":
            continue
        values, parts = shown.setdefault(int(found[1]), ([], {}))
        if found[2] is None:
            values.extend(form.getlist(name))
        elif found[2] != "shown":
            parts[found[2]] = form[name]
    return {slot: Typed(tuple(values), parts) for slot, (values, parts) in shown.items()}


def from_form(form: MultiDict[str, str]) -> Saving:
    """The fields of a plain form: answers, how sure one is of each (`c<slot>`), flags, and what is to be checked at once."""
    answers = typed_in(form)
    numbers = [form.get(name, "") for name in ("seq", "base")]
    if not all(number.isdecimal() and len(number) < 8 for number in numbers):
        raise _unreadable()
    chosen = frozenset(slot for slot in answers if form.get(f"keep{slot}") == "mine")
    return Saving(
        form.get("tab", ""), int(numbers[0]), int(numbers[1]), answers, chosen, _marks(form), _sure(form), _check(form)
    )


def _sure(form: MultiDict[str, str]) -> dict[int, int]:
    """How sure the learner is of each answer, where it was said."""
    return {int(name[1:]): int(form[name]) for name in form if re.fullmatch(r"c\d{1,4}", name) and form[name] in "123"}


def _check(form: MultiDict[str, str]) -> int | None:
    """The slot whose button “check” was pressed."""
    found = re.fullmatch(r"check-(\d{1,4})", form.get("go", ""))
    return int(found[1]) if found else None


def _marks(form: MultiDict[str, str]) -> dict[int, bool]:
    """The flags of the slots that the page showed."""
    shown = [name[1:-6] for name in form if re.fullmatch(r"f\d{1,4}\.shown", name)]
    return {int(slot): f"f{slot}" in form for slot in shown}


def reply(saved: SavedReply, said: str | None) -> dict[str, Any]:
    """What a save is answered with; times are those of the platform's clock."""
    answer: dict[str, Any] = {
        "version": saved.version,
        "at": saved.at.astimezone(zone()).isoformat(timespec="seconds"),
        "remaining": saved.remaining,
        "newer": {
            str(slot): {"value": new.value, "at": new.at.astimezone(zone()).isoformat(timespec="seconds")}
            for slot, new in saved.newer.items()
        },
    }
    return answer | ({"message": said} if said else {})
