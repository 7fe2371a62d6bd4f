"""Units: the tree, adding, renaming, moving, closing, and slips with one-time codes for all their people."""

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.domain.errors import Mistaken
from elearning.services import organising, slips
from elearning.web.admin.roster_forms import UnitForm
from elearning.web.admin.views import bp
from elearning.web.frame import show
from elearning.web.identity import language
from elearning.web.request import reading, see_other, writing
from elearning.web.words import moment, words


@bp.get("/units")
def units() -> ResponseReturnValue:
    """The tree of units."""
    with reading() as work:
        page = organising.units_page(work)
    form = UnitForm(formdata=None)
    form.offer(page)
    return show("admin/units.html", page, form)


@bp.post("/units")
def add_unit() -> ResponseReturnValue:
    """Add a unit."""
    form = UnitForm()
    with reading() as work:
        page = organising.units_page(work)
    form.offer(page)
    if not form.validate_on_submit():
        return show("admin/units.html", page, form, 422)
    with writing() as work:
        organising.ensure_manager(work)
        parent = organising.unit_for(work, form.parent.data, "manage units") if form.parent.data else None
        organising.add_unit(work, form.name.data or "", parent)
        organising.rebuild_tree(work)
    flash(_("The unit is added."), "good")
    return see_other("admin.units")


@bp.get("/units/<unit>")
def unit(unit: str) -> ResponseReturnValue:
    """One unit: its name, where it stands, its people."""
    with reading() as work:
        page = organising.unit_page(work, unit)
    form = UnitForm(formdata=None, data={"name": page.name, "parent": page.parent})
    form.offer(page.units)
    return show("admin/unit.html", page, form)


@bp.post("/units/<unit>")
def change_unit(unit: str) -> ResponseReturnValue:
    """Rename a unit, and move it below another."""
    form = UnitForm()
    with reading() as work:
        page = organising.unit_page(work, unit)
    form.offer(page.units)
    if not form.validate_on_submit():
        return show("admin/unit.html", page, form, 422)
    try:
        with writing() as work:
            organising.change_unit(work, unit, form.name.data or "", form.parent.data or "")
    except Mistaken as error:
        form.parent.errors = [words(error.message)]
        return show("admin/unit.html", page, form, 422)
    flash(_("Saved."), "good")
    return see_other("admin.unit", unit=unit)


@bp.post("/units/<unit>/close")
def close_unit(unit: str) -> ResponseReturnValue:
    """Close a unit that nothing hangs on."""
    try:
        with writing() as work:
            organising.close_unit(work, organising.unit_for(work, unit, "manage units"))
    except Mistaken as error:
        flash(words(error.message), "bad")
        return see_other("admin.unit", unit=unit)
    flash(_("The unit is closed."), "good")
    return see_other("admin.units")


@bp.post("/units/<unit>/slips")
def unit_slips(unit: str) -> ResponseReturnValue:
    """Slips for all people of a unit and below who have no password yet, or for all of them; ten to a sheet."""
    everyone = request.form.get("everyone") == "1"
    with writing() as work:
        sheet = slips.for_unit(work, unit, everyone)
    if not sheet.slips:
        flash(
            _("Everybody in this unit has chosen a password already. Choose “all people” to make new codes anyway."),
            "warn",
        )
        return see_other("admin.unit", unit=unit)
    data = current_app.extensions["papers"].slips(sheet, moment(sheet.until), language(), _slip_words())
    return Response(
        data, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="phieu-dang-nhap.pdf"'}
    )


@bp.post("/units/<unit>/codes")
def unit_codes(unit: str) -> ResponseReturnValue:
    """One-time codes by mail for the same people, as far as they sign in with an e-mail address."""
    with writing() as work:
        count = slips.ask_by_mail(work, unit, request.form.get("everyone") == "1")
    if count:
        flash(ngettext("%(num)s code goes out by mail.", "%(num)s codes go out by mail.", count), "good")
    else:
        flash(_("Nobody here needs a code and signs in with an e-mail address."), "warn")
    return see_other("admin.unit", unit=unit)


def _slip_words() -> dict[str, str]:
    return {key: _(english) for key, english in current_app.extensions["papers"].slip_words.items()}
