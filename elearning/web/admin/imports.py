"""Lists of people and units: sent, looked at, put in; and how far long work is."""

from io import BytesIO

from flask import Response, current_app, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.utils import secure_filename

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import importing, working
from elearning.services.importing import Rejects
from elearning.web.admin.views import bp
from elearning.web.frame import show
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.words import words, zone

MOST = 25_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REASON_WIDTH, CELL_WIDTH = 70, 24


class ImportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A list to be brought in."""

    file = FileField(
        _l("List of people or units"),
        [FileRequired(_l("Choose the file with the list."))],
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )


@bp.url_value_preprocessor
def take_lists(endpoint: str | None, values: object) -> None:
    """Lists may be larger than what other pages take. This runs first of all, before anything reads the form.

    Raises Mistaken for what is larger still.
    """
    if endpoint in ("admin.import_people", "admin.enrol") and request.method == "POST":
        if (request.content_length or 0) > MOST:
            raise Mistaken(message("The file is larger than %(most)s MB. Send it in parts.", most=20))
        request.max_content_length = MOST


@bp.get("/people/import")
def new_import() -> ResponseReturnValue:
    """The form for a list, with what the list must have."""
    return show("admin/import.html", None, ImportForm())


SAMPLE = (
    ("Nguyễn Văn Ân", "Ủy ban nhân dân tỉnh An Khuê > Sở Nội vụ tỉnh An Khuê", "Chuyên viên", "Người phát ngôn",
     "an.nguyen@ankhue.example", "", "CB-00123", ""),
    ("Trần Thị Ánh", "Ủy ban nhân dân tỉnh An Khuê > Ủy ban nhân dân xã Mộc Lâm", "Phó Chủ tịch", "", "", "0100000123", "",
     "vanphong@moclam.example"),
)  # fmt: skip
SAMPLE_HEADINGS = ("Họ và tên", "Đơn vị", "Chức vụ", "Nhiệm vụ", "E-mail", "Điện thoại", "Mã cán bộ", "Liên hệ")


@bp.get("/people/import/sample.xlsx")
def import_sample() -> ResponseReturnValue:
    """A list to fill in, with two people who do not exist."""
    target = BytesIO()
    columns = [(heading, "text", CELL_WIDTH) for heading in SAMPLE_HEADINGS]
    current_app.extensions["tables"].xlsx(columns, SAMPLE, _("People"), target, zone())
    return _download(target.getvalue(), "danh-sach-mau.xlsx", XLSX)


@bp.post("/people/import")
def import_people() -> ResponseReturnValue:
    """Take a list in and show what it would do."""
    form = ImportForm()
    if not form.validate_on_submit():
        return show("admin/import.html", None, form, 422)
    sent = form.file.data
    try:
        job = importing.upload(house(), actor(), sent.filename or "", sent.read(), request.remote_addr or "")
    except Mistaken as error:
        form.file.errors = [words(error.message)]
        return show("admin/import.html", None, form, 422)
    return see_other("admin.job", job=job)


@bp.get("/jobs/<job>")
def job(job: str) -> ResponseReturnValue:
    """How far a job is; for a list that was judged or put in, what came of it."""
    with reading() as work:
        found = working.job_page(work, job)
    page = importing.list_page(found)
    return show("admin/job.html", found) if page is None else show("admin/import_preview.html", page)


@bp.post("/jobs/<job>/apply")
def apply_import(job: str) -> ResponseReturnValue:
    """Put in the good rows of a list."""
    with writing() as work:
        applied = importing.apply(work, job)
    return see_other("admin.job", job=applied)


@bp.get("/jobs/<job>/output")
def job_output(job: str) -> ResponseReturnValue:
    """The file that came of a job; for a list, the bad rows with their reasons, in the kind of file that was sent."""
    with writing() as work:
        large = working.kept_file(work, job)
        bad = None if large else importing.rejects(work, job)
        name = working.job_page(work, job).file_name
        made = b"" if bad or large else working.output(work, job)[2]
    if large:
        return send_file(large[0], as_attachment=True, download_name=secure_filename(large[1]) or "phatngon")
    return _rejected(bad, name) if bad else _download(made, name, "application/octet-stream")


def _rejected(bad: Rejects, file_name: str) -> Response:
    tables = current_app.extensions["tables"]
    columns = [*((heading, "text", CELL_WIDTH) for heading in bad.headings), (_("Reason"), "text", REASON_WIDTH)]
    rows = [(*cells, " ".join(words(reason) for reason in reasons)) for cells, reasons in bad.rows]
    stem = file_name.rpartition(".")[0] or file_name or "danh-sach"
    if bad.kind == "csv":
        return _download(b"".join(tables.csv(columns, rows, zone())), f"{stem}-dong-loi.csv", "text/csv")
    target = BytesIO()
    tables.xlsx(columns, rows, _("Rows to correct"), target, zone())
    return _download(target.getvalue(), f"{stem}-dong-loi.xlsx", XLSX)


def _download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=secure_filename(name) or "phatngon")
    return response
