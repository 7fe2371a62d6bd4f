"""Reports: who has completed, how far people are; as pages and as files. Views of them that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import progress_report, reporting, saved_views
from elearning.services.progress_report import ProgressPage
from elearning.services.report_scope import Asked, SavedRow
from elearning.services.reporting import CompletionsPage
from elearning.web.admin.exports import FILES, completions_file, progress_file
from elearning.web.admin.forms import CompletionsForm, ScopeForm
from elearning.web.admin.views import bp
from elearning.web.frame import show
from elearning.web.request import page_number, reading, see_other, writing
from elearning.web.words import words


@dataclass(frozen=True, slots=True)
class CompletionsShown:
    """The report, with the filters as they stand in its address, that address, and the reader's views."""

    report: CompletionsPage
    kept: Mapping[str, str]
    here: str
    views: tuple[SavedRow, ...]


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """The same, for the progress report."""

    report: ProgressPage
    kept: Mapping[str, str]
    here: str
    views: tuple[SavedRow, ...]


def _address(endpoint: str, kept: Mapping[str, str]) -> str:
    return url_for(endpoint, **kept)  # type: ignore[arg-type]  # url_for names its own options among **values


@bp.get("/reports/completions")
def completions() -> ResponseReturnValue:
    """Who is trained and who is not; as a page, or as a file."""
    form, kind = CompletionsForm(request.args), request.args.get("format", "html")
    with reading() as work:
        offered = reporting.choices(work, form.as_of.data)
        form.offer(offered)
        asked = form.asked() if form.validate() else None
        page = reporting.completions_page(work, asked or Asked(), page_number(), offered)
    if asked and kind in FILES:
        return completions_file(page, form, offered, kind)
    kept = form.kept() if asked else {}
    shown = CompletionsShown(page, kept, _address("admin.completions", kept), offered.views)
    return show("admin/completions.html", shown, form, 200 if asked else 422)


@bp.get("/reports/progress")
def progress() -> ResponseReturnValue:
    """How many have done each lesson and quiz; as a page, or as a file."""
    form, kind = ScopeForm(request.args), request.args.get("format", "html")
    with reading() as work:
        offered = reporting.choices(work, form.as_of.data)
        form.offer(offered)
        asked = form.asked() if form.validate() else None
        page = progress_report.progress_page(work, asked or Asked(), offered)
    if asked and kind in FILES:
        return progress_file(page, offered, kind)
    kept = form.kept() if asked else {}
    shown = ProgressShown(page, kept, _address("admin.progress", kept), offered.views)
    return show("admin/progress.html", shown, form, 200 if asked else 422)


@bp.post("/views")
def save_view() -> ResponseReturnValue:
    """Keep a report with its filters under a name."""
    path = saved_views.checked_path(request.form.get("path", ""))
    try:
        with writing() as work:
            name = saved_views.save(work, request.form.get("name", ""), path)
    except Mistaken as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Saved as “%(name)s”. It stands above the reports from now on.", name=name), "good")
    return redirect(path, 303)


@bp.post("/views/delete")
def delete_view() -> ResponseReturnValue:
    """Delete a view of one's own."""
    with writing() as work:
        saved_views.drop(work, request.form.get("name", ""))
    flash(_("The saved view is deleted."), "good")
    return see_other("admin.completions")
