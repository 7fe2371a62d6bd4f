"""Markdown as our texts use it, without what only pages of the platform need: the bare reader, its limits, and HTML for other platforms."""

import re

import markdown
import nh3
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from elearning.domain.message import Message, message
from elearning.domain.names import fold

MOST_OF_ONE = 400


def slug(text: str, separator: str) -> str:
    """The id of a heading: folded, so that đ is d and tones are gone."""
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def too_heavy(text: str) -> Message | None:
    """What makes a text one that Markdown would work on for too long; None where nothing does."""
    for block in re.split(r"\n\s*\n", text):
        for mark in ("[", "<", "!", "*", "_", "`", "(", ">"):
            if block.count(mark) > MOST_OF_ONE:
                return message(
                    "One paragraph holds more than %(most)s of “%(mark)s”. Part it.", most=MOST_OF_ONE, mark=mark
                )
    if re.search(r"(?m)^(?: {40}|\t{10})", text) or re.search(r"(?m)^\s{0,3}(?:>\s*){12}", text):
        return message("Lists or quotations are nested too deeply here. Use fewer levels.")
    return None


def bare_reader() -> markdown.Markdown:
    """A reader of Markdown as our texts use it; HTML that somebody typed is shown as text."""
    tables = TableExtension(use_align_attribute=True)
    headings = TocExtension(slugify=slug, toc_depth="2-3", marker="")
    plain = ["fenced_code", "footnotes", "def_list", "sane_lists", "admonition"]
    md = markdown.Markdown(extensions=[*plain, tables, headings], output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    return md


def plain_html(text: str) -> str:
    """A text in HTML as other platforms take it, with its addresses as they are written; the words alone where it is too heavy."""
    if too_heavy(text):
        return f"<p>{nh3.clean_text(text)}</p>"
    return nh3.clean(
        bare_reader().convert(text), url_schemes={"http", "https", "mailto", "law", "quiz", "scenario"}, link_rel=None
    )
