"""Recordings: announced, sent part by part, played."""

from flask import jsonify, request, send_file
from flask.typing import ResponseReturnValue

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import uploading
from elearning.services.uploading import Received
from elearning.web.learner.views import bp
from elearning.web.request import actor, house, reading, writing

ROOM = 1_000_000


@bp.url_value_preprocessor
def take_recordings(endpoint: str | None, values: object) -> None:
    """A plain form may bring a whole recording. This runs first of all, before anything reads the form."""
    if endpoint == "learner.answers" and request.mimetype == "multipart/form-data":
        request.max_content_length = uploading.MOST + ROOM


@bp.post("/attempts/<attempt>/uploads")
def begin_upload(attempt: str) -> ResponseReturnValue:
    """Announce a recording: {"slot": n, "name": "…", "size": bytes}."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or type(sent.get("slot")) is not int or type(sent.get("size")) is not int:
        raise Mistaken(message("This page cannot be saved as it is. Open the attempt again; what was saved is kept."))
    with writing() as work:
        begun = uploading.begin(work, attempt, sent["slot"], str(sent.get("name", "")), sent["size"])
    return jsonify(_reply(begun)), 201


@bp.get("/uploads/<upload>/received")
def upload_received(upload: str) -> ResponseReturnValue:
    """How much of a recording is there, for a line that was lost."""
    with reading() as work:
        return jsonify(_reply(uploading.received(work, upload)))


@bp.post("/uploads/<upload>")
def upload_part(upload: str) -> ResponseReturnValue:
    """One part of a recording: the bytes from `?from=` on."""
    start = max(0, request.args.get("from", 0, type=int))
    return jsonify(_reply(uploading.add_part(house(), actor(), upload, start, request.get_data())))


@bp.get("/uploads/<upload>")
def play_upload(upload: str) -> ResponseReturnValue:
    """A recording, or the part of it that a player asks for."""
    with reading() as work:
        found = uploading.play(work, upload)
    response = send_file(found.path, found.kind, conditional=True, last_modified=found.at, max_age=0)
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _reply(now: Received) -> dict[str, object]:
    return {"id": now.id, "received": now.received, "size": now.size, "done": now.done, "part": now.part}
