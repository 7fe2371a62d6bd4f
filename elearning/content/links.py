"""Where a link of a text leads: `law:`, `term:`, `quiz:`, another lesson, a media file, or the web. Resolved before cleaning."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import quote

from elearning.domain.law import read_basis
from elearning.domain.message import Message, message

# Ids of texts begin so, and never clash with those of the page around them; links to them follow.
ID_PREFIX = "c-"


@dataclass(frozen=True, slots=True)
class LinkTable:
    """What links of one course may lead to. `lessons` maps path to key, `media` path to digest."""

    course: str = ""
    laws: frozenset[str] = frozenset()
    quizzes: frozenset[str] = frozenset()
    lessons: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A resolved link; `cite` is the basis that it names, `term` the term of the glossary, empty for other links."""

    href: str
    cite: str = ""
    term: str = ""


def resolve(href: str, path: str, table: LinkTable) -> Link | Message:
    """Where `href`, written in the text at `path`, leads; a Message says what to do when it leads nowhere."""
    scheme, colon, rest = href.partition(":")
    if scheme == "law" and colon:
        return _law(rest, table)
    if scheme == "term" and colon:
        return _term(rest, table)
    if scheme == "quiz" and colon:
        return _quiz(rest, table)
    if scheme in {"http", "https", "mailto"} and colon:
        return Link(href)
    if colon or href.startswith(("/", "\\")):
        return message(
            "The link “%(href)s” is of a kind that is not allowed. Use law:, term:, quiz:, https: or a file beside this one.",
            href=href,
        )
    return _file(href, path, table)


def _quiz(key: str, table: LinkTable) -> Link | Message:
    if key not in table.quizzes:
        return message("There is no quiz with the key “%(key)s”. Check the name of its file in quizzes/.", key=key)
    return Link(f"/courses/{table.course}/quizzes/{key}")


def _term(key: str, table: LinkTable) -> Link | Message:
    if key not in table.terms:
        return message(
            "There is no term with the key “%(key)s” in courses/glossary.md. Correct the key, or add the term there.",
            key=key,
        )
    return Link(f"/glossary/{key}", term=key)


def _law(rest: str, table: LinkTable) -> Link | Message:
    basis = read_basis(rest)
    if basis is None:
        return message("Write the citation as law:key#article.clause.point, such as law:nd-244-2026#7.3.")
    if basis.law not in table.laws:
        return message(
            "There is no legal document with the key “%(key)s” in courses/laws.md. Correct the key, or add the document there.",
            key=basis.law,
        )
    at = f"?at={quote(basis.place)}" if basis.place else ""
    return Link(f"/laws/{basis.law}{at}", str(basis))


def _file(href: str, path: str, table: LinkTable) -> Link | Message:
    bare, _, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), bare))
    place = f"#{ID_PREFIX}{fragment}" if fragment else ""
    if fragment and not bare:
        return Link(place)
    if target in table.lessons:
        return Link(f"/courses/{table.course}/{table.lessons[target]}{place}")
    if target in table.media:
        return Link(f"/media/{table.media[target]}/{posixpath.basename(target)}")
    return message("There is no file “%(href)s” beside this text. Check the name, with small letters.", href=href)
