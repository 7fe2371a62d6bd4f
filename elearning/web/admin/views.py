"""People and reports, for administrators and coordinators."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from elearning.services import people
from elearning.web.frame import show
from elearning.web.request import page_number, reading, see_other, staff_only

REPORTS = ("/admin/reports/", "/admin/views")
bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """For those without a grant there are no such pages."""
    return staff_only("see reports" if request.path.startswith(REPORTS) else "see people")


@bp.get("/")
def home() -> ResponseReturnValue:
    """The first of the pages for staff."""
    return see_other("admin.people")


@bp.get("/people", endpoint="people")
def people_list() -> ResponseReturnValue:
    """The list of people."""
    with reading() as work:
        page = people.people_page(work, request.args.get("q", "")[:200], page_number())
    return show("admin/people.html", page)
