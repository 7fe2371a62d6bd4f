"""Pictures, sound and video that lessons show."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from elearning.services.media import media_file
from elearning.web.learner.views import bp
from elearning.web.request import reading

YEAR = 31_536_000
# A drawing that is opened by itself runs nothing and loads nothing; it may use the colours that stand in it.
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/media/<digest>/<name>")
def media(digest: str, name: str) -> ResponseReturnValue:
    """One file of a published course, named by its digest, so that it never changes."""
    with reading() as work:
        found = media_file(work, digest, name)
    if found is None:
        abort(404)
    shut = DRAWING if found.kind == "image/svg+xml" else "sandbox"
    headers = {"Cache-Control": f"private, max-age={YEAR}, immutable", "Content-Security-Policy": shut}
    return Response(found.data, mimetype=found.kind, headers=headers)
