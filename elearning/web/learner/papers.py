"""Certificates, hand-outs and forms as files."""

from flask import Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from elearning.domain.certificate import number_words, spelled
from elearning.domain.handout import HandoutPrint
from elearning.services import certifying, handouts
from elearning.web.learner.views import bp
from elearning.web.request import reading


@bp.get("/certificates/<code>.pdf")
def certificate_pdf(code: str) -> ResponseReturnValue:
    """The certificate as PDF, in the language it was issued in; the same bytes each time."""
    with reading() as work:
        printed = certifying.printed(work, code)
    papers = current_app.extensions["papers"]
    with force_locale(printed.language):
        phrases = {key: gettext(english) for key, english in papers.words.items()}
    name = f"chung-nhan-{printed.year}-{printed.number:06d}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(papers.certificate(printed, phrases), mimetype="application/pdf", headers=headers)


@bp.get("/certificates/<code>.json")
def certificate_json(code: str) -> ResponseReturnValue:
    """What is printed on the certificate, for machines."""
    with reading() as work:
        printed = certifying.printed(work, code)
    return jsonify(
        code=spelled(printed.code), number=number_words(printed.number, printed.year), holder=printed.holder, unit=printed.unit,
        course=printed.course_title, title=printed.certificate_title, hours=printed.hours, score=printed.score,
        issued_on=printed.issued_on.isoformat(), valid_until=printed.valid_until.isoformat() if printed.valid_until else None,
        issuer=printed.issuer, verify=printed.verify_url,
    )  # fmt: skip


@bp.get("/courses/<course>/modules/<module>.pdf")
def handout(course: str, module: str) -> ResponseReturnValue:
    """The lessons of a module as a hand-out, in the language of whoever asks, with the law as of today."""
    with reading() as work:
        printed = handouts.module_handout(work, course, module)
    return _paper(printed, f"{course}-{module}.pdf", forms=False)


@bp.get("/courses/<course>/<lesson>/forms.pdf")
def forms(course: str, lesson: str) -> ResponseReturnValue:
    """The forms of a lesson, each on a sheet of its own, with room to write."""
    with reading() as work:
        printed = handouts.lesson_forms(work, course, lesson)
    return _paper(printed, f"{course}-{lesson}.pdf", forms=True)


def _paper(printed: HandoutPrint, name: str, *, forms: bool) -> Response:
    papers = current_app.extensions["papers"]
    with force_locale(printed.language):
        phrases = {key: gettext(english) for key, english in papers.handout_words.items()}
    made = (papers.forms if forms else papers.handout)(printed, phrases)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(made, mimetype="application/pdf", headers=headers)
