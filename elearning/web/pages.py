"""Templates, compiled once for each language: what is the same on every page of a language is worked out when a template is compiled.

Sentences, addresses of files and icons with fixed names become text of the template. Looked up while pages were made, they
were two thirds of the time of a page (`python -m bench.profiling`).
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, cast

from flask import Flask
from jinja2 import Environment, StrictUndefined, Template, nodes, select_autoescape
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.filters import do_striptags
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from elearning.web.assets import asset_addresses
from elearning.web.escaping import escape
from elearning.web.speech import Speech

marked: Callable[[str], str] = partial(str.__new__, Markup)  # text that is HTML already, without asking what it is
# Macros that give the same for the same few values: they come from filters, which keep what they gave.
KEPT = frozenset(
    {"icon", "mark", "pennant", "strip_button", "strip_still", "strip_words", "option_word", "verdict_word"}
)
MOST_KEPT = 3000
MOST_PLACES = 8
_PLACE = re.compile(r"%\((\w+)\)s")


class Fixing(NodeTransformer):
    """Puts what is fixed into the tree of a template: `_(…)`, `ngettext(…)`, and calls of `fixed` functions with constants."""

    def __init__(self, speech: Speech, fixed: Mapping[str, Callable[..., str]]) -> None:
        self.speech, self.fixed = speech, fixed

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  the name that the visitor looks for
        """A call, seen from the inside out."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        if called in ("_", "gettext"):
            return self._said(node)
        if called == "ngettext":
            return self._counted(node)
        if called in self.fixed and not node.dyn_args and not node.dyn_kwargs:
            return self._fixed(node, called)
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802  as above
        """A call with a body is made on the page; what is handed to it and what stands in the body is looked at."""
        self.generic_visit(node.call)
        node.body = [self.visit(one) for one in node.body]
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802  as above
        """`"words" if so`: otherwise nothing. Jinja's own nothing is an object, made anew each time, that has to be asked for its text."""
        self.generic_visit(node)
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802  as above
        """Whether something is there at all is asked in Jinja's own way, which looks before it asks (see `Straight.visit_Getattr`)."""
        self.generic_visit(node)
        asked = node.node
        if node.name == "defined" and isinstance(asked, nodes.Getattr):
            node.node = nodes.Getitem(asked.node, nodes.Const(asked.attr), "load", lineno=node.lineno)
        return node

    def _fixed(self, node: nodes.Call, called: str) -> nodes.Node:
        """What a call gives, where all of it is written out. What is kept comes from a filter."""
        if _constant(node):
            values = {pair.key: pair.value.value for pair in node.kwargs}  # type: ignore[attr-defined]  # constants, as was seen
            found = self.fixed[called](*(arg.value for arg in node.args), **values)  # type: ignore[attr-defined]  # as above
            return nodes.Const(found, lineno=node.lineno)
        if called in KEPT and node.args and not node.kwargs:
            return nodes.Filter(node.args[0], called, node.args[1:], [], None, None, lineno=node.lineno)
        return node

    def _said(self, node: nodes.Call) -> nodes.Node:
        """A sentence, and the values in it. Values are escaped, the sentence itself is ours and may hold HTML."""
        text = self.speech.catalogue.gettext(_sentence(node.args[0]))
        return _filled(text, node.kwargs, node.lineno)

    def _counted(self, node: nodes.Call) -> nodes.Node:
        """A sentence with a number, which is evaluated once for each form that the language has."""
        one, many, number = node.args
        forms = [self.speech.catalogue.ngettext(_sentence(one), _sentence(many), n) for n in (1, 2)]
        values = [nodes.Keyword("num", number), *node.kwargs]
        told = [_filled(text, values, node.lineno) for text in forms]
        if forms[0] == forms[1]:
            return told[0]
        single = nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))])
        return nodes.CondExpr(single, told[0], told[1], lineno=node.lineno)


def _constant(node: nodes.Call) -> bool:
    return all(isinstance(arg, nodes.Const) for arg in node.args) and all(
        isinstance(pair.value, nodes.Const) for pair in node.kwargs
    )


def _sentence(node: nodes.Expr) -> str:
    """The sentence of a call. Raises TypeError for one that is worked out while the page is made: no catalogue can hold it."""
    if not isinstance(node, nodes.Const):
        raise TypeError(f"line {node.lineno}: a sentence for the catalogue must be written out")
    return str(node.value)


def _filled(text: str, values: list[nodes.Keyword], line: int) -> nodes.Expr:
    if not values:
        return nodes.Const(Markup(text.replace("%%", "%")), lineno=line)  # noqa: S704  from our own catalogue
    given = {pair.key: pair.value for pair in values}
    between, names = _PLACE.split(text)[::2], _PLACE.findall(text)
    pieces = nodes.Const(tuple(piece.replace("%%", "%") for piece in between))
    return nodes.Filter(pieces, "filled", [given[name] for name in names], [], None, None, lineno=line)


def filled(pieces: tuple[str, ...], *values: object) -> str:
    """A sentence of ours with values between its pieces. By the `%` of a Markup it cost four times as much."""
    told = [pieces[0]]
    for value, piece in zip(values, pieces[1:], strict=True):
        told += (escape(value), piece)
    return marked("".join(told))


class Straight(CodeGenerator):
    """Writes the code of a template, whose blocks and layouts hand their pages on in one piece."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """A line of code. What a block or a layout gives is handed on in one piece: some hundreds of pieces a page, each through the
        generators of all layouts, were 6 % of it.
        """
        handed = x.removeprefix("yield from ")
        super().writeline(x if handed == x else f"yield concat({handed})", node, extra)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  the name that the visitor looks for
        """`page.title` as Python writes it. Jinja's own way looks among the keys, too, where there is no such attribute; a page
        asks for some hundreds, and its objects are never dictionaries.
        """
        if isinstance(node.node, nodes.Name) and node.node.name == "self":  # the blocks of a page, which are keys
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class Page(Template):
    """A template that writes escaped values down at once."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], names: MutableMapping[str, Any]
    ) -> "Page":
        """Jinja's last step: the names of the compiled code are known, and nothing of it has run."""
        namespace["escape"] = escape
        return cast(Page, super()._from_namespace(environment, namespace, names))

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What others import of it. All templates know the same names, so that it is made once (Jinja compares them each time)."""
        return self._module or super()._get_default_module(ctx)


class Names(Context):
    """The names of a page. Macros are called at once; Jinja would look at each for marks that only functions carry."""

    def call(self, thing: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if type(thing) is not Macro:
            return super().call(thing, *args, **kwargs)
        kwargs.pop("_block_vars", None)  # Jinja hands these to functions that ask for the names of the page
        kwargs.pop("_loop_vars", None)
        lacks = len(thing.arguments) - len(args)
        if kwargs or lacks < 0 or thing.caller or thing.catch_kwargs or thing.catch_varargs:
            return thing(*args, **kwargs)
        # Straight to the body: sorting the arguments of seven hundred calls a journey cost 2 % of it.
        return marked(thing._func(*args, *repeat(missing, lacks)))  # noqa: SLF001  what Macro itself calls


class Pages(Environment):
    """The templates in one language, for a platform that is served below `script_root`."""

    template_class = Page
    code_generator_class = Straight
    context_class = Names

    def __init__(self, app: Flask, speech: Speech, script_root: str) -> None:
        super().__init__(
            loader=app.jinja_env.loader, undefined=StrictUndefined, autoescape=select_autoescape(), trim_blocks=True,
            lstrip_blocks=True, auto_reload=False, cache_size=-1,
        )  # fmt: skip
        self.speech, self.script_root, self.files = speech, script_root, asset_addresses(app)
        self.url_for = app.extensions["addresses"](script_root).url_for
        self.found: dict[str | Template, Template] = {}
        self.filters.update(
            message=speech.words, day=speech.day, moment=speech.moment, clock=speech.clock, number=speech.number,
            percent=lru_cache(2000)(speech.percent), duration=lru_cache(2000)(speech.duration), html=marked, filled=filled,
            striptags=lru_cache(5000)(do_striptags),
        )  # fmt: skip
        self.globals.update(asset=self.asset, url_for=self.url_for)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja's name
    ) -> Template:
        """A template. It never changes while we run, and a dozen are asked for to make a page: Jinja's own way there was 1 % of it."""
        found = self.found.get(name)
        if found is None:
            found = self.found[name] = super().get_template(name, parent, globals)
        return found

    def asset(self, name: str) -> str:
        """The address of a static file."""
        return self.script_root + self.files[name]

    def _imported(self, template: str, name: str, *values: object, **named: object) -> str:
        """What a macro of another template gives."""
        found: str = getattr(self.get_template(template).module, name)(*values, **named)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that every template knows. Jinja would chain two mappings, whose keys it then walks at every import: 5 % of a page."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """Jinja's hook between reading a template and writing its code."""
        fixed: dict[str, Callable[..., str]] = {"asset": self.asset, "url_for": self.url_for}
        fixed |= {local: partial(self._imported, *macro) for local, macro in _macros(source).items()}
        for name in KEPT & set(fixed):
            fixed[name] = self.filters.setdefault(name, lru_cache(maxsize=MOST_KEPT)(fixed[name]))
        return str(super()._generate(Fixing(self.speech, fixed).visit(source), *args, **kwargs))


def _macros(source: nodes.Template) -> dict[str, tuple[str, str]]:
    """Name here → template and name there of all that a template imports. What is imported knows nothing of the page: called with
    what is written out, it gives the same on every page.
    """
    return {
        name if isinstance(name, str) else name[1]: (found.template.value, name if isinstance(name, str) else name[0])
        for found in source.find_all(nodes.FromImport)
        if isinstance(found.template, nodes.Const) and not found.with_context
        for name in found.names
    }


def init_pages(app: Flask, speeches: Mapping[str, Speech]) -> None:
    """Give the application its `pages(language, script_root)`: one environment for each pair, made when first asked for."""

    @lru_cache(maxsize=MOST_PLACES)
    def pages(language: str, script_root: str) -> Pages:
        return Pages(app, speeches[language], script_root)

    app.extensions.update(speeches=speeches, pages=pages)
