"""People and reports, for administrators and coordinators."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from elearning.services import people, reporting
from elearning.web.admin.exports import csv_file, xlsx_file
from elearning.web.admin.forms import CompletionsForm, export_href
from elearning.web.frame import show
from elearning.web.request import page_number, reading, staff_only

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """For those without a grant there are no such pages."""
    return staff_only("see reports" if request.endpoint == "admin.completions" else "see people")


@bp.get("/people", endpoint="people")
def people_list() -> ResponseReturnValue:
    """The list of people."""
    with reading() as work:
        page = people.people_page(work, request.args.get("q", "")[:200], page_number())
    return show("admin/people.html", page)


@bp.get("/reports/completions")
def completions() -> ResponseReturnValue:
    """Who is trained and who is not; as a page, or as a file."""
    kind = request.args.get("format", "html")
    with reading() as work:
        form = CompletionsForm(request.args)
        form.offer(reporting.choices(work))
        if not form.validate():
            page = reporting.completions_page(work, reporting.Asked(), 1, export_href("csv"), export_href("xlsx"))
            return show("admin/completions.html", page, form, 422)
        if kind not in ("csv", "xlsx"):
            page = reporting.completions_page(
                work, form.asked(), page_number(), export_href("csv"), export_href("xlsx")
            )
            return show("admin/completions.html", page, form)
    return csv_file(form.asked()) if kind == "csv" else xlsx_file(form.asked())
