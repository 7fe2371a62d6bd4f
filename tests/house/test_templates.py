"""Templates draw what they are given: few names, few lines, and nothing inline that the content policy would refuse."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from tests.house.reading import ROOT, named

TEMPLATES = ROOT / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = [path for path in FILES if "components" in path.parts]
PAGES = [path for path in FILES if "components" not in path.parts]
HANDED = {"page", "form", "frame"}
EVERYWHERE = {"url_for", "_", "gettext", "ngettext", "asset", "caller", "varargs", "kwargs"}
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|href\s*=\s*["']?javascript:""",
    re.IGNORECASE,
)


def parsed(source: str) -> tuple[Environment, nodes.Template]:
    """The tree of a template. Filters and tests are taken as known: a missing one fails where the page is tested."""
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    tree = environment.parse(source)
    for node in tree.find_all(nodes.Filter):
        environment.filters.setdefault(node.name, str)
    for node in tree.find_all(nodes.Test):
        environment.tests.setdefault(node.name, bool)
    return environment, tree


def names_needed(source: str) -> set[str]:
    """The names a template expects from outside: those it neither sets, imports nor takes as a parameter."""
    _, tree = parsed(source)
    own: set[str] = {node.name for node in tree.find_all(nodes.Macro)}
    own |= {node.target for node in tree.find_all(nodes.Import)}
    own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}}
    for imports in tree.find_all(nodes.FromImport):
        own |= {name if isinstance(name, str) else name[1] for name in imports.names}
    return meta.find_undeclared_variables(tree) - own


def called_safe(source: str) -> list[int]:
    """The lines where a value is let through as HTML. A literal may be: whoever reads the template sees what it is."""
    _, tree = parsed(source)
    return [
        node.lineno
        for node in tree.find_all(nodes.Filter)
        if node.name == "safe" and not isinstance(node.node, nodes.Const)
    ]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_names_only_what_every_view_hands_over(path: Path) -> None:
    assert names_needed(path.read_text(encoding="utf-8")) - EVERYWHERE <= HANDED


@pytest.mark.parametrize("path", COMPONENTS, ids=named)
def test_a_component_names_only_its_parameters(path: Path) -> None:
    assert names_needed(path.read_text(encoding="utf-8")) <= EVERYWHERE


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_template_fits_on_three_screens(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 150


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_called_safe(path: Path) -> None:
    assert called_safe(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_stands_inline(path: Path) -> None:
    assert INLINE.findall(re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)) == []


def test_there_are_pages_to_read() -> None:
    assert PAGES
    assert COMPONENTS


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("{{ current_user.name }}", {"current_user"}),
        ("{% block main %}{{ request.path }}{% endblock %}", {"request"}),
        ("{% from 'a.html' import b as c %}{% block main %}{{ c(page) }}{% endblock %}", {"page"}),
        ("{% set total = page.total %}{% block main %}{{ total }}{% endblock %}", {"page"}),
        ("{% trans n=page.n %}{{ n }} questions{% endtrans %}", {"page"}),
        ("{% macro row(item) %}{{ item.name }}{% endmacro %}{{ row(page.item | day) }}", {"page"}),
    ],
)
def test_a_foreign_name_is_found(source: str, needed: set[str]) -> None:
    assert names_needed(source) - EVERYWHERE == needed


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        '<button onclick="go()">',
        "<style>p { color: red }</style>",
        '<a href="javascript:go()">',
    ],
)
def test_something_inline_is_found(source: str) -> None:
    assert INLINE.findall(source)


def test_a_value_called_safe_is_found() -> None:
    assert called_safe("{{ page.text | safe }}{{ ' checked'|safe if page.on }}") == [1]


def test_a_script_of_our_own_may_be_named() -> None:
    assert INLINE.findall('<script type="module" src="{{ asset(\'page.js\') }}"></script>') == []
