"""The allow-list: which HTML may leave this room. Everything else is taken out, whatever wrote it."""

import re

import nh3

from elearning.content.links import ID_PREFIX

LONGEST_SUMMARY = 240
_SENTENCE_END = re.compile(r"[.!?…][”’)]?(?= )")
CALLOUTS = ("law", "note", "warning", "case", "template")
_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "b",
    "i",
    "s",
    "del",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "img",
    "hr",
    "br",
    "sup",
    "sub",
    "dl",
    "dt",
    "dd",
    "div",
    "span",
    "kbd",
    "q",
    "abbr",
    "cite",
    "mark",
    "figure",
    "figcaption",
    "audio",
    "video",
}
_CLASSES = {
    "a": {"cite", "term", "footnote-ref", "footnote-backref"},
    "div": {"callout", "table-wrap", "footnote", *(f"callout--{kind}" for kind in CALLOUTS)},
    "p": {"callout__title"},
    "span": {"law-words"},
}
_ATTRIBUTES = {
    "a": {"href", "title", "data-law", "data-term", "id", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "audio": {"src", "controls", "preload"},
    "video": {"src", "controls", "preload"},
    "div": {"tabindex", "role", "aria-label"},
    "th": {"align", "scope", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "span": {"lang"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))


def cleaned(html: str) -> str:
    """The part of some HTML that may be shown; ids get a prefix, so that none can stand for one of the page's own."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        id_prefix=ID_PREFIX,
        link_rel=None,
        strip_comments=True,
    )


def plain_text(html: str) -> str:
    """The words of some safe HTML, without its tags."""
    text = nh3.clean(html, tags=set())
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return " ".join(text.split())


def summary_of(html: str) -> str:
    """The first sentences of some safe HTML, as far as they fit in a list; a sentence that is too long ends at a word."""
    text = plain_text(html)
    if len(text) <= LONGEST_SUMMARY:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if found.end() <= LONGEST_SUMMARY]
    return text[: ends[-1]] if ends else text[:LONGEST_SUMMARY].rpartition(" ")[0].rstrip(",;:") + "…"
