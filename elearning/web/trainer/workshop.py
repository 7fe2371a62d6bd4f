"""The workshop: courses, and one course as a tree. Further pages of the workshop stand in modules beside this one."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elearning.services import workshop
from elearning.web.frame import show
from elearning.web.request import reading, staff_only

bp = Blueprint("workshop", __name__, url_prefix="/author")


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """For those who may not write there are no such pages."""
    return staff_only("write texts")


@bp.get("")
def courses() -> ResponseReturnValue:
    """All courses: what is live, what is being written, and by whom."""
    with reading() as work:
        page = workshop.courses(work)
    return show("trainer/workshop/courses.html", page)


@bp.get("/courses/<course>")
def tree(course: str) -> ResponseReturnValue:
    """One course: its modules, lessons, quizzes, and what stands beside them."""
    with reading() as work:
        page = workshop.tree(work, course)
    return show("trainer/workshop/tree.html", page)
