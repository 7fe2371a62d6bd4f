"""Pictures, sound and video that lessons show."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from elearning.services.media import media_file
from elearning.web.learner.views import bp
from elearning.web.request import reading

YEAR = 31_536_000


@bp.get("/media/<digest>/<name>")
def media(digest: str, name: str) -> ResponseReturnValue:
    """One file of a published course, named by its digest, so that it never changes."""
    with reading() as work:
        found = media_file(work, digest, name)
    if found is None:
        abort(404)
    headers = {"Cache-Control": f"private, max-age={YEAR}, immutable", "Content-Security-Policy": "sandbox"}
    return Response(found.data, mimetype=found.kind, headers=headers)
