"""QTI 2.1, 2.2 and 3.0: items, tests, and packages of both; written as a package of 3.0."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import IO
from xml.etree.ElementTree import Element

from elearning.domain.message import Message, message
from elearning.domain.taking_in import Item, item_of
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions.asking import Keys
from elearning.exchange.questions.from_html import Page
from elearning.exchange.questions.labels import from_labels, is_key
from elearning.exchange.questions.qti_item import question_of
from elearning.exchange.questions.qti_names import attribute, name, within
from elearning.exchange.questions.qti_package import Files, Package, Resource, is_package, opened
from elearning.exchange.questions.qti_writing import write
from elearning.exchange.questions.typed import exactly
from elearning.exchange.questions.xml_reading import tree_of
from elearning.exchange.streams import head_of
from elearning.exchange.vietnamese_encodings import decoded

__all__ = ["claims", "read", "write"]
_MOST_SOURCE = 20_000
_ROOTS = ("assessmentItem", "assessmentTest", "qti-assessment-item", "qti-assessment-test")


def claims(name: str, file: IO[bytes]) -> bool:
    """A zip with a manifest that speaks of QTI, or an XML of an item or a test."""
    if head_of(file, 2) == b"PK":
        return is_package(file)
    start = decoded(head_of(file, 8000))[0].lstrip()
    return start.startswith("<") and any(f"<{root}" in start for root in _ROOTS)


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each item and each test. Raises ExchangeError for a package that cannot be opened, or an XML that is broken."""
    keys = Keys()
    if head_of(file, 2) != b"PK":
        file.seek(0)
        yield _item(message("The file"), file.read(), Page(), keys, Resource("", ""), {})
        return
    package = opened(file)
    weights: dict[str, Fraction] = {}
    for one in package.resources:
        if one.is_test and not one.is_item and one.path in package.members:
            yield _test(package, one, weights)
    for one in package.resources:
        if one.is_item:
            yield _packed(package, one, keys, weights)
        elif one.type.startswith("imsqti_xmlv1"):
            yield Item(
                message("File %(path)s", path=one.path), "not",
                (message("QTI 1.2 is another format. Export the questions as QTI 2.1 or later."),), None, "", one.path,
            )  # fmt: skip
    for path in package.forgotten():
        if any(f"<{root}".encode() in package.read(path)[:8000] for root in (_ROOTS[0], _ROOTS[2])):
            item = _packed(package, Resource("item", path), keys, weights)
            told = (*item.notes, message("The manifest does not name this file. It was read all the same."))
            yield replace(item, notes=told, degree="part" if item.question else "not")


def _packed(package: Package, one: Resource, keys: Keys, weights: Mapping[str, Fraction]) -> Item:
    place = message("File %(path)s", path=one.path)
    if one.path not in package.members:
        said = message("The manifest names the file %(path)s, and the package does not hold it.", path=one.path or "?")
        return Item(place, "not", (said,), None, "", one.path)
    try:
        data = package.read(one.path)
        return _item(place, data, Page(Files(package, posixpath.dirname(one.path))), keys, one, weights)
    except ExchangeError as error:
        return Item(place, "not", (error.message,), None, "", one.path)


def _item(
    place: Message, data: bytes, page: Page, keys: Keys, resource: Resource, weights: Mapping[str, Fraction]
) -> Item:
    root = tree_of(data)
    source = decoded(data)[0][:_MOST_SOURCE]
    known = attribute(root, "identifier") or resource.path
    if name(root) != "assessmentitem":
        said = message("This is a test without its items. Send the whole package.")
        return Item(place, "not", (said,), None, source, known)
    question, notes = question_of(root, page)
    if question is None:
        return Item(place, "not", tuple(dict.fromkeys([*notes, *page.notes])), None, source, known)
    wishes = (attribute(root, "label"), attribute(root, "identifier"))
    wish = next((one for one in wishes if is_key(one)), "") or question.ask
    question = replace(
        question, key=keys.propose(wish), media=tuple(page.media.values()), **from_labels(resource.keywords),
        points=weights.get(resource.path, question.points),
    )  # fmt: skip
    return item_of(place, question, [*notes, *page.notes], source, known)


def _test(package: Package, one: Resource, weights: dict[str, Fraction]) -> Item:
    """A test, of which only what its items are worth is taken: how it goes is said in a quiz."""
    place = message("File %(path)s, test", path=one.path)
    try:
        root = tree_of(package.read(one.path))
    except ExchangeError as error:
        return Item(place, "not", (error.message,), None, "", one.path)
    folder = posixpath.dirname(one.path)
    for ref in within(root, "assessmentitemref"):
        path = posixpath.normpath(posixpath.join(folder, attribute(ref, "href")))
        value = next((exactly(attribute(weight, "value")) for weight in ref if name(weight) == "weight"), None)
        if value and 0 < value <= 100 and not value * 1000 % 1:
            weights[path] = value
    said = message("Of a test only the points of its questions are taken. Build a quiz from them.")
    return Item(place, "part", (said,), None, _head(root), attribute(root, "identifier") or one.path)


def _head(root: Element) -> str:
    return f"{attribute(root, 'identifier')}: {attribute(root, 'title')}"[:_MOST_SOURCE]
