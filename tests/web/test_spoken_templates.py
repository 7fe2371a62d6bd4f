"""Templates are compiled once for each language; what comes out is what was looked up for every page before."""

from collections.abc import Mapping
from fractions import Fraction

import markupsafe
import pytest
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup

from elearning.web.addresses import Addresses
from elearning.web.escaping import escape
from elearning.web.pages import Pages, filled

PLACES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("learner.start", {}),
    ("learner.lesson", {"course": "khung-phap-ly", "lesson": "han-24-gio"}),
    ("learner.lesson", {"course": "a b/c", "lesson": "đường?x=1"}),
    ("learner.attempt", {"attempt": "Ab_9-z", "page": 3}),
    ("learner.attempt", {"attempt": "x", "page": None}),
    ("learner.close_notice", {"notice": 7}),
    ("admin.people", {"q": "Nguyễn & con"}),
    ("admin.completions", {"format": "csv", "unit": "a-1", "q": "100%"}),
    ("account.end_device", {"device": 3}),
    ("trainer.rectify", {"attempt": "x", "deed": "reopen"}),
)


class Told:
    """Something that says itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<b>1</b>"


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.fractions(), st.none(), st.builds(Told)))
def test_values_are_escaped_as_everywhere_else(value: object) -> None:
    assert escape(value) == str(markupsafe.escape(value))


@given(st.text(), st.one_of(st.text().map(Markup), st.integers(), st.builds(Told)))
def test_sentences_are_filled_as_by_the_percent_of_a_markup(one: str, two: object) -> None:
    sentence = Markup("<b>%(one)s</b> trên %(two)s")
    assert filled(("<b>", "</b> trên ", ""), one, two) == sentence % {"one": one, "two": two}
    assert isinstance(filled(("", ""), one), Markup)


@pytest.mark.parametrize(("endpoint", "values"), PLACES)
@pytest.mark.parametrize("root", ["", "/hoc"])
def test_addresses_are_those_that_flask_gives(
    app: Flask, endpoint: str, values: Mapping[str, object], root: str
) -> None:
    if endpoint not in app.view_functions:
        pytest.fail(f"{endpoint} is gone: name another address")
    with app.test_request_context(base_url=f"http://localhost{root}"):
        wanted = url_for(endpoint, **values)  # type: ignore[arg-type]  # url_for names its own options among **values
        given_ = Addresses(app, root).url_for
        assert [given_(endpoint, **values), given_(endpoint, **values)] == [wanted, wanted]


@pytest.fixture
def rendered(app: Flask, monkeypatch: pytest.MonkeyPatch) -> "Rendered":
    return Rendered(app, monkeypatch)


class Rendered:
    """Renders a few lines of template in a language."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.monkeypatch = app, monkeypatch

    def __call__(self, language: str, source: str, **names: object) -> str:
        icons = "components/icon.html"
        loader = self.app.jinja_env.loader
        assert loader is not None
        own = {"it.html": source, icons: loader.get_source(self.app.jinja_env, icons)[0]}
        self.monkeypatch.setattr(self.app.jinja_env, "loader", DictLoader(own))
        pages = Pages(self.app, self.app.extensions["speeches"][language], "")
        self.monkeypatch.setattr(self.app.jinja_env, "loader", loader)
        return pages.get_template("it.html").render(**names)


def test_a_sentence_is_in_the_language_of_the_page(rendered: Rendered) -> None:
    assert [rendered(language, "{{ _('Hand in') }}") for language in ("vi", "en")] == ["Nộp bài", "Hand in"]


def test_values_in_a_sentence_are_escaped_and_the_sentence_is_not(rendered: Rendered) -> None:
    source = "{{ _('<b>%(done)s of %(total)s</b> activities of the module', done=page, total=3) }}"
    assert rendered("en", source, page="<i>") == "<b>&lt;i&gt; of 3</b> activities of the module"


@pytest.mark.parametrize(("number", "told"), [(1, "1 question"), (2, "2 questions"), (0, "0 questions")])
def test_a_number_chooses_its_form(rendered: Rendered, number: int, told: str) -> None:
    source = "{{ ngettext('%(num)s question', '%(num)s questions', page) }}"
    assert rendered("en", source, page=number) == told
    assert rendered("vi", source, page=number) == f"{number}\u00a0câu"


def test_a_sentence_that_is_worked_out_on_the_page_is_refused(rendered: Rendered) -> None:
    with pytest.raises(TypeError, match="must be written out"):
        rendered("en", "{{ _(page) }}", page="Hand in")


def test_icons_are_drawn_whether_their_name_is_written_or_worked_out(rendered: Rendered) -> None:
    source = (
        "{% from 'components/icon.html' import icon %}{{ icon('check', 's') }}|{{ icon(page, 's') }}|{{ icon(page) }}"
    )
    written, found, plain = rendered("en", source, page="check").split("|")
    assert written == found
    assert "i-check" in plain
    assert "icon--s" not in plain


def test_what_is_handed_to_a_call_with_a_body_is_said_too(rendered: Rendered) -> None:
    source = "{% macro box(words) %}{{ words }}: {{ caller() }}{% endmacro %}{% call box(_('Hand in')) %}{{ _('Back') }}{% endcall %}"
    assert rendered("vi", source) == "Nộp bài: Quay lại"


def test_numbers_are_written_as_the_language_writes_them(rendered: Rendered) -> None:
    source = "{{ page|number }} {{ page|percent }}"
    assert rendered("vi", source, page=Fraction(7, 8)) == "0,9 87,5\u00a0%"
    assert rendered("en", source, page=Fraction(7, 8)) == "0.9 87.5\u00a0%"


def test_macros_know_what_is_left_out_and_what_is_named(rendered: Rendered) -> None:
    source = "{% macro box(one, two='b') %}<{{ one }}{{ two }}>{% endmacro %}{{ box('a') }}{{ box('a', 'c') }}{{ box(two='d', one='a') }}"
    assert rendered("en", source) == "<ab><ac><ad>"
    with pytest.raises(TypeError, match="takes not more than"):
        rendered("en", "{% macro box(one) %}{{ one }}{% endmacro %}{{ box(1, 2) }}")
