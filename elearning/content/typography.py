"""How finished HTML is set: figures stay with their units, and the words of the law are marked."""

import re
from collections.abc import Iterator

_SPACED = re.compile(
    r"(?<=\d) (?=(?:giờ|phút|ngày|tháng|năm|câu|điểm|người|%|h\b|hours?\b|minutes?\b|days?\b))"
    r"|(?<=[Kk]hoản) (?=\d)|(?<=Điều) (?=\d)|(?<=điều) (?=\d)|(?<=[Đđ]iểm) (?=[a-zđ]\b)|(?<=Article) (?=\d)|(?<=Clause) (?=\d)"
)
_LAW_WORDS = re.compile(r"«[^«»]{1,2000}»")


def set_type(html: str) -> str:
    """No-break spaces between figures and units, and the words of the law marked, in text and never in tags."""
    return "".join(
        _LAW_WORDS.sub(_law_words, _SPACED.sub("\u00a0", part)) if not tag else part for part, tag in _parts(html)
    )


def _law_words(found: re.Match[str]) -> str:
    return f'<span class="law-words">{found[0]}</span>'


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r"(<[^>]*>)", html):
        yield part, part.startswith("<")
