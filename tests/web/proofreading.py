"""The proof-reader: a test client that reads every page it opens, and objects to what no page may have."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.constants import E as PARSE_ERRORS
from werkzeug.test import TestResponse

ELSEWHERE = "https://elsewhere.example"
OURS = "http://localhost"
_TYPED = {"text", "search", "password", "email", "tel", "number", "date", "checkbox", "radio", "file", "url", "time"}
_LEFT_OVER = re.compile(r"\b(None|Undefined|undefined|NaN)\b|%\([a-z_]+\)s|\{\{|\}\}|&(lt|gt|amp|quot|#\d+);")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Objection(AssertionError):
    """A page has something that no page may have."""


def objections(source: str) -> list[str]:
    """Everything that is wrong with a page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    found = [f"line {at[0]}: {PARSE_ERRORS[code] % values}" for at, code, values in parser.errors]
    return [*found, *_head(tree), *_ids(tree), *_fields(tree), *_forms(tree), *_inline(tree), *_left_over(tree)]


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _head(tree: Element) -> Iterator[str]:
    if tree.get("lang") not in ("vi", "en"):
        yield f"the page is in {tree.get('lang')!r}"
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1"
        return
    title = re.sub(r"^(Error|Lỗi|Có lỗi): ?", "", _words(tree.find("head/title")))
    if not _words(headings[0]) or not title.startswith(_words(headings[0])):
        yield f"the title {title!r} does not begin with the heading {_words(headings[0])!r}"


def _ids(tree: Element) -> Iterator[str]:
    ids = Counter(name for element in tree.iter() if (name := element.get("id")))
    yield from (f"id {name!r} stands {times} times" for name, times in ids.items() if times > 1)
    for element in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            lost = [name for name in (element.get(attribute) or "").split() if name not in ids]
            yield from (f"{attribute}={name!r} leads nowhere" for name in lost)


def _fields(tree: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in tree.iter("label") if _words(label)}
    wrapped = {id(inner) for label in tree.iter("label") if _words(label) for inner in label.iter()}
    for field in tree.iter():
        if field.tag not in ("input", "select", "textarea"):
            continue
        if field.tag == "input" and field.get("type", "text") not in _TYPED:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        if not named and id(field) not in wrapped:
            yield f"the field {field.get('name')!r} has no label"


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token" and field.get("value")]
        wanted = 1 if (form.get("method") or "get").lower() == "post" else 0
        if len(tokens) != wanted:
            yield f"the form to {form.get('action')!r} has {len(tokens)} tokens"
    for button in tree.iter("button"):
        if not _words(button) and not button.get("aria-label"):
            yield "a button without words"


def _inline(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"an inline {element.tag}"
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{name}= on a {element.tag}"
        for name in ("href", "src", "action", "formaction"):
            if (element.get(name) or "").lower().startswith("javascript:"):
                yield f"javascript: in {name}"


def _left_over(tree: Element) -> Iterator[str]:
    body = tree.find("body")
    for element in body.iter() if body is not None else ():
        # A text that is being written may hold any signs: blanks are braces there, and in what the checker says of it.
        own = "" if element.tag in ("textarea", "pre", "samp") else element.text or ""
        said = [own, element.tail or "", *map(str, element.attrib.values())]
        yield from (f"left over: {words.strip()[:80]!r}" for words in said if _LEFT_OVER.search(words))


@lru_cache(maxsize=2_000)
def _read_before(source: str) -> tuple[str, ...]:
    """Clock and chance are fixed, so that many pages are the same but for their token: each is read once."""
    return tuple(objections(source))


class ProofReader(FlaskClient):
    """A browser without scripts that keeps its cookies and the token of the last page, and proof-reads every page."""

    token = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        response.get_data()
        response.close()
        drawn = response.request.method != "HEAD" and (response.status_code < 300 or response.status_code >= 400)
        if drawn and response.mimetype == "text/html":
            source = response.get_data(as_text=True)
            token = _TOKEN.search(source)
            self.token = token[1] if token else self.token
            wrong = _read_before(source.replace(token[1], "token") if token else source)
            if wrong:
                raise Objection(f"{response.request.path}: " + "; ".join(wrong))
        return response

    def send(self, path: str, data: Any = None, **kwargs: Any) -> TestResponse:
        """POST a form as our own page would: with the token, from our own address."""
        if not self.token:
            self.get("/verify")
        headers = {"Origin": OURS, **kwargs.pop("headers", {})}
        return self.post(path, data={"csrf_token": self.token, **(data or {})}, headers=headers, **kwargs)

    def send_json(self, path: str, body: Any, **kwargs: Any) -> TestResponse:
        """POST JSON as our own script would."""
        if not self.token:
            self.get("/verify")
        return self.post(path, json=body, headers={"Origin": OURS, "X-CSRFToken": self.token}, **kwargs)


def hidden(response: TestResponse, name: str) -> str:
    """The value of a hidden field of a page."""
    tree = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    return next(str(field.get("value")) for field in tree.iter("input") if field.get("name") == name)


def page(response: TestResponse) -> Element:
    """The page as a tree, to look for things in."""
    tree: Element = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    return tree


def words(response: TestResponse) -> str:
    """All words of the page, without markup, blanks joined."""
    return _words(page(response).find("body"))
