"""Drawings: plain ones pass, and whatever could run, load or lead elsewhere is refused."""

import pytest

from elearning.content.drawings import why_not_plain
from tools.figures import drawn

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'


@pytest.mark.parametrize("path", sorted(drawn()))
def test_every_figure_of_the_courses_is_a_plain_drawing(path: str) -> None:
    assert why_not_plain(drawn()[path].encode()) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<image href="https://example.com/x.png"/>',
        '<use href="https://example.com/x.svg#a"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
        '<rect style="fill:url(https://example.com/x)"/>',
        "<style>@import 'https://example.com/x.css';</style>",
        "<style>rect{fill:u\\72l(https://example.com/x)}</style>",
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<set attributeName="href" to="x"/>',
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str) -> None:
    assert why_not_plain(f"{HEAD}{inside}</svg>".encode()) is not None


@pytest.mark.parametrize(
    "data",
    [
        b"<p>no drawing</p>", b"<svg", b"\xff\xfe", b'<svg viewBox="0 0 1 1"/>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&a;</text></svg>',
        HEAD.encode() + b" " * 200_000 + b"</svg>",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    assert why_not_plain(data) is not None


def test_a_drawing_may_refer_to_its_own_parts_and_bring_its_own_colours() -> None:
    own = '<style>.a{fill:#123}</style><defs><path id="p" d="M0 0h1"/></defs><use href="#p"/><rect class="a" fill="url(#p)"/>'
    assert why_not_plain(f"{HEAD}{own}</svg>".encode()) is None
