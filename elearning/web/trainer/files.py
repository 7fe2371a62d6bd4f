"""Pictures, sound, video and papers of a course."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.exchange.limits import LIMITS
from elearning.services import course_files
from elearning.services.course_files import Arrived, link_to
from elearning.web.frame import show
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words

ROOM = 1_000_000


class MediaForm(SpokenForm):
    """A file."""

    file = FileField(_l("File"))


@bp.url_value_preprocessor
def take_files(endpoint: str | None, values: object) -> None:
    """A plain form may bring a whole file. This runs first of all, before anything reads the form."""
    if endpoint == "workshop.add_media" and request.mimetype == "multipart/form-data":
        request.max_content_length = LIMITS.one_file + ROOM


@bp.get("/courses/<course>/media")
def media(course: str) -> ResponseReturnValue:
    """The files of a course, each with the line that shows it."""
    return _media(course, MediaForm(formdata=None), 200)


def _media(course: str, form: MediaForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = course_files.files_page(work, course)
    return show("trainer/workshop/media.html", page, form, status)


@bp.post("/courses/<course>/media")
def add_media(course: str) -> ResponseReturnValue:
    """Announce a file ({"name": "…", "size": bytes}); or take a whole one from a plain form."""
    if request.is_json:
        return _announce(course)
    form = MediaForm()
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Mistaken(message("Choose a file."))
        path = course_files.take_whole(house(), actor(), course, sent.filename, sent.stream)
    except Mistaken as error:
        form.file.errors = [words(error.message)]
        return _media(course, form, 422)
    return see_other("workshop.media", course=course, _anchor=path.rsplit("/", 1)[-1])


def _announce(course: str) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or type(sent.get("size")) is not int:
        raise Mistaken(
            message("This page cannot be saved as it is. Load it again; what you typed is kept in this browser.")
        )
    with writing() as work:
        begun = course_files.begin(work, course, str(sent.get("name", "")), sent["size"])
    return jsonify(_reply(begun)), 201


@bp.get("/files/<upload>")
def file_received(upload: str) -> ResponseReturnValue:
    """How much of a file is there, for a line that was lost."""
    with reading() as work:
        return jsonify(_reply(course_files.received(work, upload)))


@bp.post("/files/<upload>")
def file_part(upload: str) -> ResponseReturnValue:
    """One part of a file: the bytes from `?from=` on."""
    start = max(0, request.args.get("from", 0, type=int))
    return jsonify(_reply(course_files.add_part(house(), actor(), upload, start, request.get_data())))


def _reply(now: Arrived) -> dict[str, object]:
    course = now.path.split("/")[1] if now.path else ""
    link = link_to(now.path, course) if course else ""
    return {
        "id": now.id,
        "received": now.received,
        "size": now.size,
        "done": bool(now.path),
        "part": now.part,
        "link": link,
    }
