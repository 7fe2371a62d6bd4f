"""One person in the hands of staff."""

from collections.abc import Callable

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken, Refused
from elearning.services import arranging, dossier, granting, organising, roster, slips
from elearning.services.work import Work
from elearning.web.admin.roster_forms import NewPersonForm, PersonForm
from elearning.web.admin.views import bp
from elearning.web.frame import show
from elearning.web.request import reading, see_other, writing
from elearning.web.words import words


@bp.get("/people/new")
def new_person() -> ResponseReturnValue:
    """The form for a new person."""
    form = NewPersonForm()
    with reading() as work:
        form.offer(organising.units_page(work))
    return show("admin/person_new.html", None, form)


@bp.post("/people/new")
def add_person() -> ResponseReturnValue:
    """Add a person."""
    form = NewPersonForm()
    with reading() as work:
        form.offer(organising.units_page(work))
    if not form.validate_on_submit():
        return show("admin/person_new.html", None, form, 422)
    try:
        with writing() as work:
            unit = organising.unit_for(work, form.unit.data or "", "manage people")
            person = roster.add_person(work, form.name.data or "", form.title.data or "", unit, form.lines())
    except Mistaken as error:
        form.identifiers.errors = [words(error.message)]
        return show("admin/person_new.html", None, form, 422)
    return see_other("admin.person", person=person.public)


@bp.get("/people/<person>")
def person(person: str) -> ResponseReturnValue:
    """A person: where they are, what they take, why a course is not complete."""
    with reading() as work:
        page = dossier.person_page(work, person)
        units = organising.units_page(work)
    form = PersonForm(formdata=None, data={"name": page.name, "title": page.title, "contact": page.contact})
    return show("admin/person.html", dossier.PersonWithUnits(page, units), form)


@bp.post("/people/<person>")
def change_person(person: str) -> ResponseReturnValue:
    """Correct name, position and contact."""
    form = PersonForm()
    if not form.validate_on_submit():
        with reading() as work:
            page = dossier.PersonWithUnits(dossier.person_page(work, person), organising.units_page(work))
        return show("admin/person.html", page, form, 422)
    with writing() as work:
        roster.change(
            work, roster.person_for(work, person), form.name.data or "", form.title.data or "", form.contact.data or ""
        )
    flash(_("Saved."), "good")
    return see_other("admin.person", person=person)


@bp.post("/people/<person>/code")
def person_code(person: str) -> ResponseReturnValue:
    """A one-time code, shown once and made to be printed."""
    with writing() as work:
        page = dossier.slip(work, person)
    return show("admin/slip.html", page)


def _typed(name: str, most: int = 200) -> str:
    return request.form.get(name, "")[:most]


def _move(work: Work, person: roster.Managed) -> str:
    roster.move(work, person, organising.unit_for(work, _typed("unit"), "manage people"), _typed("duty"))
    return str(_("The person is in the new unit from today on."))


def _leave(work: Work, person: roster.Managed) -> str:
    roster.leave(work, person, _typed("reason", 500))
    return str(_("The person has left. Progress and certificates are kept."))


def _return(work: Work, person: roster.Managed) -> str:
    roster.come_back(work, person, organising.unit_for(work, _typed("unit"), "manage people"))
    return str(_("Welcome back: everything that was done before is there again."))


def _disable(work: Work, person: roster.Managed) -> str:
    roster.set_disabled(work, person, True)
    return str(_("The account is closed for now, and signed out everywhere."))


def _enable(work: Work, person: roster.Managed) -> str:
    roster.set_disabled(work, person, False)
    return str(_("The account is open again."))


def _add_name(work: Work, person: roster.Managed) -> str:
    roster.add_identifier(work, person, _typed("identifier"))
    return str(_("The sign-in name is added."))


def _drop_name(work: Work, person: roster.Managed) -> str:
    roster.drop_identifier(work, person, _typed("identifier"))
    return str(_("The sign-in name is taken away."))


def _merge(work: Work, person: roster.Managed) -> str:
    roster.merge(work, person, roster.other_for(work, _typed("other")))
    return str(_("The two are one person now. The other account is closed."))


def _mail_code(work: Work, person: roster.Managed) -> str:
    slips.ask_one_by_mail(work, person)
    return str(_("A one-time code goes out by mail."))


def _give_role(work: Work, person: roster.Managed) -> str:
    granting.give(work, person, _typed("role"), _typed("unit"))
    return str(_("The role is given; it counts from the next page that is opened."))


def _more_time(work: Work, person: roster.Managed) -> str:
    percent = _typed("percent").strip()
    arranging.give_right(
        work, person, int(percent) if percent.isdecimal() and len(percent) < 4 else -1, _typed("reason", 500)
    )
    return str(_("The right to more time is written down; it holds at once."))


def _end_role(work: Work, person: roster.Managed) -> str:
    granting.end(work, person, _typed("grant"))
    return str(_("The role is taken away."))


DEEDS: dict[str, Callable[[Work, roster.Managed], str]] = {
    "move": _move, "leave": _leave, "return": _return, "disable": _disable, "enable": _enable, "add-name": _add_name,
    "drop-name": _drop_name, "merge": _merge, "give-role": _give_role, "end-role": _end_role,
    "mail-code": _mail_code, "more-time": _more_time,
}  # fmt: skip


@bp.post(
    "/people/<person>/<any('move','leave','return','disable','enable','add-name','drop-name','merge','give-role','end-role','mail-code','more-time'):deed>"
)
def person_deed(person: str, deed: str) -> ResponseReturnValue:
    """One of the things that staff may do with a person; what is wrong is told on the person's page."""
    try:
        with writing() as work:
            said = DEEDS[deed](work, roster.person_for(work, person))
    except (Mistaken, Refused) as error:
        flash(words(error.message), "bad")
    else:
        flash(said, "good")
    return see_other("admin.person", person=person)
