"""Plain words as Markdown that shows them unchanged."""

import re

_INLINE = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|\[(?=[^\]]*\]\s*[(\[:])|\[(?=\^)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^([-+>]|#{1,6})(?=\s|$)|^(\d{1,3})([.)])(?=\s)|^(?=[=|])")


def escaped(text: str) -> str:
    """The words with a backslash before what Markdown would take for a sign.

    >>> escaped("2*3 <b> file_name"), escaped("1. một")
    ('2\\\\*3 &lt;b> file_name', '1\\\\. một')
    """
    text = _TAG.sub("&lt;", _ENTITY.sub("&amp;", _INLINE.sub(lambda found: "\\" + found[0], text)))
    return "\n".join(escaped_start(line) for line in text.split("\n"))


def escaped_start(line: str) -> str:
    """One line with a backslash before what would begin a list, a quotation, a heading or a table."""

    def begun(found: re.Match[str]) -> str:
        return f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[1] or ''}"

    return _START.sub(begun, line, count=1)


def plain_markdown(text: str) -> str:
    """Plain text of several lines as Markdown: blank lines part paragraphs, other lines are kept by a break."""
    blocks = re.split(r"\n\s*\n", escaped("\n".join(line.strip() for line in text.split("\n"))).strip("\n"))
    return "\n\n".join("  \n".join(block.split("\n")) for block in blocks if block.strip())
