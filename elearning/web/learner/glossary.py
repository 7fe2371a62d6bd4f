"""The glossary: all terms, found by their words, and one of them on a page of its own."""

from flask import request
from flask.typing import ResponseReturnValue

from elearning.services import glossary as terms
from elearning.web.frame import show
from elearning.web.learner.views import bp
from elearning.web.request import came_from, reading


@bp.get("/glossary")
def glossary() -> ResponseReturnValue:
    """All terms, or those that hold the words asked for."""
    with reading() as work:
        page = terms.glossary(work, request.args.get("q", "")[:100].strip())
    return show("learner/glossary.html", page)


@bp.get("/glossary/<key>")
def term(key: str) -> ResponseReturnValue:
    """One term. Links in lessons lead here without scripts."""
    with reading() as work:
        page = terms.term_page(work, key, came_from())
    return show("learner/term.html", page)
