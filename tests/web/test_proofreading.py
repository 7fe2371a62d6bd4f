"""The proof-reader sees what it is there for: a page with one fault is objected to, a sound one is not."""

import pytest

from tests.web.proofreading import objections

SOUND = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Khóa học – Phát Ngôn</title></head>
<body><main id="main"><h1>Khóa học</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="q">Tên</label><input id="q" name="q"><button>Gửi</button></form>
</main></body></html>"""


def test_a_sound_page_passes() -> None:
    assert objections(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('lang="vi"', 'lang=""', "the page is in"),
        ("<h1>Khóa học</h1>", "<p>Khóa học</p>", "0 h1"),
        ("<h1>Khóa học</h1>", "<h1>Khóa học</h1><h1>Hai</h1>", "2 h1"),
        ("<h1>Khóa học</h1>", "<h1>Bài học</h1>", "does not begin with"),
        ('id="q"', 'id="main"', "stands 2 times"),
        ('<label for="q">Tên</label>', "", "has no label"),
        ('<label for="q">', '<label for="z">', "leads nowhere"),
        ('<input type="hidden" name="csrf_token" value="t">', "", "has 0 tokens"),
        ("<main", '<main style="color:red"', "style= on a main"),
        ("<main", '<main onclick="x()"', "onclick= on a main"),
        ("</main>", "<script>x()</script></main>", "inline script"),
        ("</main>", "<style>p{}</style></main>", "inline style"),
        ("</main>", '<a href="JavaScript:x()">y</a></main>', "javascript:"),
        ("</main>", "<p>None</p></main>", "left over"),
        ("</main>", '<p title="%(count)s">x</p></main>', "left over"),
        ("</main>", "<p>a &amp;amp; b</p></main>", "left over"),
        ("</main>", "<button></button></main>", "a button without words"),
        ("</main>", "<div><p></div></p></main>", "line "),
    ],
)
def test_one_fault_is_seen(old: str, new: str, said: str) -> None:
    assert any(said in objection for objection in objections(SOUND.replace(old, new, 1)))
