"""One course as a tree: its modules and activities arranged, added, taken out and brought back."""

from collections.abc import Callable

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import adding, course_tree, drafting, outlining, taking_out
from elearning.services.beside import course_of
from elearning.services.work import Work
from elearning.web.frame import show
from elearning.web.request import number_in, reading, see_other, writing
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


@bp.get("/courses/<course>")
def tree(course: str) -> ResponseReturnValue:
    """One course: its modules, lessons, quizzes, and what stands beside them."""
    with reading() as work:
        page = course_tree.tree(work, course, request.args.get("undo", "")[:300])
    return show("trainer/workshop/tree.html", page)


def _number(name: str) -> int:
    return number_in(request.form.get(name, ""), 0)


def _go() -> tuple[str, int, int]:
    """`up 12`, `down 12`, or `before 12 8`: what to do with which line."""
    what, line, other = (*request.form.get("go", "").split(" "), "", "")[:3]
    return what, number_in(line, 0), number_in(other, 0)


def _move(work: Work, course: str) -> str:
    what, line, other = _go()
    if what == "before":
        outlining.move(work, course, _number("on"), line, other)
    elif request.form.get("into"):
        outlining.move(work, course, _number("on"), _number("line"), _number("into"))
    else:
        outlining.step(work, course, _number("on"), line, what == "down")
    return ""


def _module(work: Work, course: str) -> str:
    what, line, _other = _go()
    if what in ("up", "down"):
        outlining.step_module(work, course, _number("on"), line, what == "down")
    elif _number("line"):
        outlining.rename_module(work, course, _number("on"), _number("line"), request.form.get("title", ""))
    else:
        outlining.add_module(work, course, _number("on"), request.form.get("title", ""))
    return ""


def _add(work: Work, course: str) -> str:
    title, on, line = request.form.get("title", ""), _number("on"), _number("line")
    if request.form.get("kind") == "quiz":
        asked = f"### {_('New question?')} {{#cau-1 .question}}\n\n- [x] A\n- [ ] B\n\n{{: points=1 }}"
        body = f"{_('What this quiz is about.')}\n\n## {_('Part 1')} {{#phan-1}}\n\n{asked}"
        adding.add_quiz(work, course, on, line, title, body)
    elif request.form.get("kind", "").startswith("quiz:"):
        adding.link_quiz(work, course, on, line, request.form["kind"].removeprefix("quiz:"))
    else:
        adding.add_lesson(work, course, on, line, title, _("Write the text here."))
    return ""


def _rename(work: Work, course: str) -> str:
    outlining.rename(work, course, _number("on"), _number("line"), request.form.get("title", ""))
    return ""


def _duplicate(work: Work, course: str) -> str:
    adding.duplicate(work, course, _number("on"), _number("line"), _("copy"))
    return ""


def _remove(work: Work, course: str) -> str:
    return taking_out.remove(work, course, _number("on"), _number("line"))


def _back(work: Work, course: str) -> str:
    taking_out.bring_back(work, request.form.get("thing", ""), course)
    return ""


DEEDS: dict[str, Callable[[Work, str], str]] = {
    "move": _move,
    "module": _module,
    "add": _add,
    "rename": _rename,
    "duplicate": _duplicate,
    "remove": _remove,
    "bring-back": _back,
}


@bp.post("/courses/<course>/<any('move','module','add','rename','duplicate','remove','bring-back'):deed>")
def arrange(course: str, deed: str) -> ResponseReturnValue:
    """One change of the outline; what was taken out can be brought back from the page that follows."""
    try:
        with writing() as work:
            undo = DEEDS[deed](work, course)
    except Mistaken as error:
        flash(words(error.message), "bad")
        return _again(course)
    values = {"undo": undo} if undo else {}
    return see_other("workshop.tree", course=course, **values)


def _again(course: str) -> ResponseReturnValue:
    """The tree as it stands, after a deed that could not be done."""
    with reading() as work:
        page = course_tree.tree(work, course)
    return show("trainer/workshop/tree.html", page, None, 422)


@bp.get("/removed")
def removed() -> ResponseReturnValue:
    """All that was removed and can be brought back."""
    with reading() as work:
        page = taking_out.removed(work)
    return show("trainer/workshop/removed.html", page)


@bp.post("/removed")
def bring_back() -> ResponseReturnValue:
    """Bring a removed text back to where it stood."""
    with writing() as work:
        taking_out.bring_back(work, request.form.get("thing", ""))
    flash(_("Brought back."), "good")
    return see_other("workshop.removed")


@bp.post("/removed/<path:path>")
def remove(path: str) -> ResponseReturnValue:
    """Remove a text or a file; its history stays, and so does every edition."""
    with writing() as work:
        drafting.remove(work, path)
    course = course_of(path)
    if course and not path.endswith("/course.md"):
        return see_other("workshop.tree", course=course, undo=path)
    flash(_("Removed. It can be brought back from the page “Removed”."), "good")
    return see_other("workshop.courses")
