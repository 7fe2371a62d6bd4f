"""Forms with which a course is published and looked at."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length

from elearning.web.spoken import SpokenForm
from elearning.web.trainer.exam_forms import MomentField

LONGEST_NOTE = 1000


class PublishForm(SpokenForm):
    """What learners are told, and when. `digest` names the state of the texts that the page showed."""

    digest = HiddenField()
    note = TextAreaField(
        _l("What is new, for learners"),
        [Length(max=LONGEST_NOTE, message=_l("Shorten this to 1000 characters."))],
        render_kw={"rows": "3"},
    )
    gone = BooleanField(_l("Yes, these are gone for good"))
    due = MomentField(_l("Day and hour"))


class RollBackForm(SpokenForm):
    """What learners are told of an older edition that comes back."""

    note = TextAreaField(
        _l("Why, for learners and for the record"),
        [Length(max=LONGEST_NOTE, message=_l("Shorten this to 1000 characters."))],
        render_kw={"rows": "2"},
    )
