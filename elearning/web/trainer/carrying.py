"""Texts out and in: zips to download, zips and repositories to bring in, with a look at what would change."""

from collections.abc import Callable, Mapping
from typing import cast

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import giving_out, taking_in, working
from elearning.services.taking_in import Registers
from elearning.services.work import Work
from elearning.web.frame import show
from elearning.web.request import house, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words

MOST = 60_000_000


class ZipForm(SpokenForm):
    """A zip to be looked at."""

    file = FileField(
        _l("Zip file with courses/ and quizzes/"),
        [FileRequired(_l("Choose the zip file."))],
        render_kw={"accept": ".zip,application/zip"},
    )


@bp.url_value_preprocessor
def take_zips(endpoint: str | None, values: object) -> None:
    """Zips may be larger than what other pages take. Raises Mistaken for what is larger still."""
    if endpoint == "workshop.send_zip":
        if (request.content_length or 0) > MOST:
            raise Mistaken(
                message("The zip is larger than %(most)s MB. Bring in one course at a time.", most=MOST // 1_000_000)
            )
        request.max_content_length = MOST


@bp.get("/files")
def files() -> ResponseReturnValue:
    """What can be taken out, and how texts come in."""
    return _page(ZipForm(formdata=None), 200)


def _page(form: ZipForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = taking_in.files_page(work)
    return show("trainer/workshop/files.html", page, form, status)


@bp.post("/files")
def send_zip() -> ResponseReturnValue:
    """Take a zip in, look at it, and show what it would change."""
    form = ZipForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        with writing() as work:
            public = taking_in.send_zip(work, form.file.data.filename or "", form.file.data.stream)
    except Mistaken as error:
        form.file.errors = [words(error.message)]
        return _page(form, 422)
    working.run(house(), public)
    return see_other("workshop.taking", taking=public)


@bp.post("/fetch")
def fetch() -> ResponseReturnValue:
    """Have the worker fetch a repository."""
    with writing() as work:
        public = taking_in.fetch(work, request.form.get("remote", "")[:500])
    return see_other("workshop.taking", taking=public)


@bp.get("/taking/<taking>")
def taking(taking: str) -> ResponseReturnValue:
    """What bringing these texts in would change."""
    with reading() as work:
        page = taking_in.taking_page(work, taking)
    return show("trainer/workshop/taking.html", page)


@bp.post("/taking/<taking>")
def take(taking: str) -> ResponseReturnValue:
    """Save the texts as drafts."""
    registers = cast(Registers, request.form.get("registers", "add"))
    if registers not in ("add", "take", "keep"):
        registers = "add"
    try:
        with writing() as work:
            done = taking_in.take(work, taking, registers, request.form.get("remove") == "1")
    except Mistaken as error:
        flash(words(error.message), "bad")
        return see_other("workshop.taking", taking=taking)
    said = _("%(new)s new and %(changed)s changed texts are drafts now. Nothing is published.", new=done.new, changed=done.changed)  # fmt: skip
    flash(said, "good")
    return see_other("workshop.courses")


@bp.get("/all.zip")
def all_zip() -> ResponseReturnValue:
    """All drafts."""
    return _zip("phat-ngon", giving_out.all_files)


@bp.get("/courses/<course>/files.zip")
def course_zip(course: str) -> ResponseReturnValue:
    """The drafts of a course, with all that it reaches."""
    return _zip(course, lambda work: giving_out.course_files(work, course))


@bp.get("/courses/<course>/editions/<int:number>.zip")
def edition_zip(course: str, number: int) -> ResponseReturnValue:
    """An edition as it was published."""
    return _zip(f"{course}-{number}", lambda work: giving_out.edition_files(work, course, number))


def _zip(name: str, found: Callable[[Work], Mapping[str, bytes]]) -> Response:
    with writing() as work:
        packed = giving_out.packed(work, found(work), name)
    response = Response(packed, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
    return response
