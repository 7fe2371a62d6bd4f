"""The workshop: its guard, the list of courses. Further pages of the workshop stand in modules beside this one."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from elearning.domain.errors import Mistaken
from elearning.services import adding, workshop
from elearning.web.frame import show
from elearning.web.request import reading, see_other, staff_only, writing
from elearning.web.spoken import SpokenForm
from elearning.web.words import words

bp = Blueprint("workshop", __name__, url_prefix="/author")


class TitleForm(SpokenForm):
    """The title of something new."""

    title = StringField(_l("Title of the course"))


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """For those who may not write there are no such pages."""
    return staff_only("write texts")


@bp.get("")
def courses() -> ResponseReturnValue:
    """All courses: what is live, what is being written, and by whom."""
    return _courses(TitleForm(formdata=None), 200)


def _courses(form: TitleForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = workshop.courses(work)
    return show("trainer/workshop/courses.html", page, form, status)


@bp.post("")
def add_course() -> ResponseReturnValue:
    """Begin a course: one module, one lesson, nobody enrolled."""
    form = TitleForm()
    try:
        with writing() as work:
            key = adding.add_course(
                work, form.title.data or "", _("Module 1"), _("Lesson 1"), _("Write the text here.")
            )
    except Mistaken as error:
        form.title.errors = [words(error.message)]
        return _courses(form, 422)
    return see_other("workshop.tree", course=key)
