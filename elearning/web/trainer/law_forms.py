"""The form of one legal document in the register."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from elearning.domain.law import Law
from elearning.services.law_watch import LawWatchPage
from elearning.web.spoken import SpokenForm

TEXTS = ("title", "summary", "number", "issuer", "verified", "source")
VERIFIED = ("V", "V-OCR", "S", "U")


class LawForm(SpokenForm):
    """What the register says of a document. `was` names what the page showed of it; it is empty for a new one."""

    was = HiddenField()
    key = StringField(
        _l("Key of the document"),
        [Length(max=120, message=_l("Shorten this to 120 characters."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    title = StringField(_l("Title of the document"), [Length(max=300, message=_l("Shorten this to 300 characters."))])
    number = StringField(_l("Number of the document"), [Length(max=120, message=_l("Shorten this to 120 characters."))])
    issuer = StringField(_l("Issued by"), [Length(max=200, message=_l("Shorten this to 200 characters."))])
    summary = TextAreaField(
        _l("What it is about"),
        [Length(max=4000, message=_l("Shorten this to 4000 characters."))],
        render_kw={"rows": "3"},
    )
    parts = TextAreaField(
        _l("Provisions with dates of their own, one a line"),
        [Length(max=4000, message=_l("Shorten this to 4000 characters."))],
        render_kw={"rows": "3"},
    )
    issued = DateField(_l("Issued"))
    from_ = DateField(_l("In force from"))
    until = DateField(_l("Last day in force"))
    replaced_by = SelectField(_l("Replaced by"), validate_choice=False)
    amended_by = SelectMultipleField(_l("Amended by"), validate_choice=False, render_kw={"size": "5"})
    verified = SelectField(_l("How it was checked"), validate_choice=False)
    source = StringField(_l("Source"), [Length(max=1000, message=_l("Shorten this to 1000 characters."))])

    def offer(self, others: tuple[tuple[str, str], ...], verified: str = "") -> None:
        """Fill the lists to choose from."""
        self.replaced_by.choices = [("", "–"), *others]
        self.amended_by.choices = list(others)
        known = dict.fromkeys((*VERIFIED, verified))
        self.verified.choices = [("", "–"), *((one, one) for one in known if one)]

    def fill(self, page: LawWatchPage) -> None:
        """Show what the register says."""
        law = page.law
        self.was.data, self.key.data = page.was, law.key
        for name in TEXTS:
            self[name].data = getattr(law, name)
        self.parts.data = "\n".join(law.parts)
        self.issued.data, self.from_.data, self.until.data = law.issued, law.from_, law.until
        self.replaced_by.data, self.amended_by.data = law.replaced_by, list(law.amended_by)

    def law(self, key: str) -> Law:
        """What was typed."""
        said = {name: " ".join((self[name].data or "").split()) for name in TEXTS if name != "summary"}
        summary = "\n".join(line.rstrip() for line in (self.summary.data or "").strip().splitlines())
        return Law(
            key, said["title"], summary, said["number"], said["issuer"], _date(self.issued), _date(self.from_),
            _date(self.until), self.replaced_by.data or "", tuple(self.amended_by.data or ()), said["verified"],
            said["source"], tuple(line.strip() for line in (self.parts.data or "").splitlines() if line.strip()),
        )  # fmt: skip


def _date(field: Field) -> date | None:
    found: date | None = field.data
    return found
