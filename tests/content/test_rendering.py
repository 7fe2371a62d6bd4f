"""Markdown to HTML that is safe to show, links that lead somewhere, and Vietnamese set as it should be."""

import re
import time

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.allowed import plain_text
from elearning.content.links import LinkTable
from elearning.content.plain_markdown import slug
from elearning.content.rendering import Piece, Rendered, render_here
from elearning.content.rendering_apart import render_apart

PATH = "courses/ky-nang/01-thoi-han.md"
TABLE = LinkTable(
    "ky-nang", frozenset({"nd-244-2026"}), frozenset({"cuoi-khoa"}), {"courses/ky-nang/02-uy-quyen.md": "uy-quyen"},
    {"courses/ky-nang/media/an.png": "d1g35t"},
)  # fmt: skip


def rendered(text: str, inline: bool = False) -> Rendered:
    return render_here([Piece(PATH, 10, text, inline)], TABLE)[0]


def html(text: str) -> str:
    found = rendered(text)
    assert not found.problems
    return found.html


def wrong(text: str, inline: bool = False) -> list[str]:
    return [f"{line}: {said.plain()}" for line, said in rendered(text, inline).problems]


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)>", "<iframe src=//x></iframe>", "<style>*{display:none}</style>", "<!-- x --><b onclick=x>b</b>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](data:text/html,x)",
    "[x](vbscript:x)", "[x](//evil.example)", "[x](\\\\evil.example)", "![x](javascript:alert(1))", "![x](data:image/svg+xml,x)",
    "[x][y]\n\n[y]: javascript:alert(1)", "<javascript:alert(1)>", "## Tựa {#csrf_token onclick=alert(1) .frame}",
    "[x](https://a.vn){onclick=alert(1)}", '[x](https://a.vn "a\\" onclick=alert(1) b=\\"")', "![a\" onerror=\"x](https://a.vn/p.png)",
    "!!! note \"<img src=x onerror=y>\"\n    z", "|<script>|b|\n|-|-|\n|<img src=x onerror=y>|d|", "[^1]\n\n[^1]: <script>x</script>",
    "```html onclick=x\n<script>alert(1)</script>\n```", "`<script>x</script>`", "Ký hiệu\n:   <script>x</script>",
    "\x02amp\x03lt;script\x02amp\x03gt;", "«<script>alert(1)</script>»", "5 <b onmouseover=x>giờ</b>",
    "\x02wzxhzdk:0\x03 <b>x</b>", "<http://a.vn/\"onmouseover=x>",
]  # fmt: skip
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s+[a-z-]+=\"[^\"]*\")*)\s*>")
SAFE = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "a", "img", "hr", "br", "sup", "sub", "dl", "dt", "dd", "div", "span",
}  # fmt: skip
NAMES = {
    "href", "src", "alt", "title", "class", "id", "rel", "tabindex", "role", "aria-label", "scope", "align", "data-law",
    "start",
}  # fmt: skip


def unsafe(text: str) -> list[str]:
    """All in some HTML that is not on the short list of what our texts need."""
    bare = [part for part in re.findall(r"<[^>]*>?", text) if not TAG.fullmatch(part)]
    tags = [found[2] for found in TAG.finditer(text) if found[2] not in SAFE]
    pairs = [pair for found in TAG.finditer(text) for pair in re.findall(r'([a-z-]+)="([^"]*)"', found[3])]
    names = [name for name, _ in pairs if name not in NAMES]
    places = [
        value for name, value in pairs
        if name in ("href", "src") and not re.match(r"https?://|mailto:|&#|#c-|/(courses|laws|media)/|[^:]*$", value, re.IGNORECASE)
    ]  # fmt: skip
    ids = [value for name, value in pairs if name == "id" and not value.startswith("c-")]
    return bare + tags + names + places + ids


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_could_run_or_pose_as_the_page_comes_through(text: str) -> None:
    assert unsafe(rendered(text).html) == []


@given(
    st.lists(
        st.sampled_from([*ATTACKS, "\n", "\n\n", "    ", "> ", "- ", "**", "[", "](", ")", "<", ">", '"', "`"]),
        max_size=6,
    )
)
def test_attacks_joined_are_no_better(parts: list[str]) -> None:
    assert unsafe(rendered("".join(parts)).html) == []


@pytest.mark.parametrize(
    "text", ['<a onclick="x">', "<script>", "<p id=main style=x>", '<a href="javascript:x">', '<h2 id="main">']
)
def test_the_eye_of_these_tests_sees_what_is_unsafe(text: str) -> None:
    assert unsafe(text)


def test_html_that_somebody_typed_is_shown_as_text() -> None:
    assert html("<b>đậm</b>") == "<p>&lt;b&gt;đậm&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "<a " * 10_000, "![" * 5_000, "[^a]" * 3_000, "`" * 9_000, "*a_" * 5_000, "> " * 500 + "x", "(" * 9_000],
)  # fmt: skip
def test_texts_that_would_take_minutes_are_refused_before_they_are_laid_out(text: str) -> None:
    began = time.process_time()
    assert wrong(text)[0].startswith("10: ")
    assert time.process_time() - began < 1


def test_lists_nested_without_end_are_refused() -> None:
    assert wrong("\n".join("    " * depth + "- x" for depth in range(300))) == [
        "10: Lists or quotations are nested too deeply here. Use fewer levels."
    ]


def test_what_still_takes_too_long_is_ended_and_the_rest_is_laid_out_all_the_same() -> None:
    slow = "[^a] " * 390 + "\n\n" + ("[^a] " * 390 + "\n\n") * 12 + "[^a]: x"
    began = time.monotonic()
    before, refused, after = render_apart([Piece(PATH, 1, "**a**"), Piece(PATH, 5, slow), Piece(PATH, 9, "b")], TABLE)
    assert time.monotonic() - began < 60
    assert (before.html, after.html) == ("<p><strong>a</strong></p>", "<p>b</p>")
    assert [(line, said.plain()) for line, said in refused.problems] == [
        (5, "This text takes too long to lay out. Make it simpler or part it in two.")
    ]


def test_texts_are_laid_out_apart_as_they_are_here() -> None:
    pieces = [
        Piece(PATH, 1, "[Điều 7](law:nd-244-2026#7) 24 giờ"),
        Piece(PATH, 3, "[x](quiz:khong)"),
        Piece(PATH, 4, "a", True),
    ]
    assert render_apart(pieces, TABLE) == render_here(pieces, TABLE)
    assert render_apart([], TABLE) == []


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("quiz:cuoi-khoa", "/courses/ky-nang/quizzes/cuoi-khoa"),
        ("02-uy-quyen.md", "/courses/ky-nang/uy-quyen"),
        ("../ky-nang/02-uy-quyen.md#muc-1", "/courses/ky-nang/uy-quyen#c-muc-1"),
        ("#muc-1", "#c-muc-1"),
        ("media/an.png", "/media/d1g35t/an.png"),
        ("https://chinhphu.vn/a?b=c", "https://chinhphu.vn/a?b=c"),
        ("mailto:bao-chi@example.vn", "mailto:bao-chi@example.vn"),
    ],
)
def test_a_link_leads_where_it_says(href: str, leads_to: str) -> None:
    assert f'href="{leads_to}"' in html(f"[x]({href})")


def test_a_citation_leads_to_its_place_in_the_law_and_is_counted_once() -> None:
    found = rendered("[khoản 3](law:nd-244-2026#7.3), [lại](law:nd-244-2026#7.3), [cả](law:nd-244-2026)")
    assert found.cites == ("nd-244-2026#7.3", "nd-244-2026")
    assert 'class="cite" data-law="nd-244-2026" href="/laws/nd-244-2026?at=7.3"' in found.html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n\n[x](law:nd-1-1999#7)", "12: There is no legal document with the key “nd-1-1999” in courses/laws.md."),
        ("[x](law:ND 244)", "10: Write the citation as law:key#article.clause.point, such as law:nd-244-2026#7.3."),
        ("a\n[x](quiz:khac)", "11: There is no quiz with the key “khac”. Check the name of its file in quizzes/."),
        (
            "[x](khong-co.md)",
            "10: There is no file “khong-co.md” beside this text. Check the name, with small letters.",
        ),
        ("[x](/admin)", "10: The link “/admin” is of a kind that is not allowed."),
        ("[x](ftp://a.vn)", "10: The link “ftp://a.vn” is of a kind that is not allowed."),
        ("![](media/an.png)", "10: Describe the picture between the square brackets: ![what it shows](…)."),
        ("a\n\n# Tựa", "12: Begin headings inside a text with ##: the title is the page's only #."),
        ('a\n\n!!! danger "x"\n    b', "12: A callout is one of: law, note, warning, case, template."),
    ],
)
def test_what_leads_nowhere_or_is_badly_built_is_told_with_its_line(text: str, told: str) -> None:
    found = wrong(text)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_footnotes_and_headings_can_be_reached_by_their_links() -> None:
    text = html("Chào[^1]\n\n## Mục đầu\n\n[lên](#muc-dau)\n\n[^1]: Chú thích")
    ids = set(re.findall(r'id="([^"]+)"', text))
    leads = set(re.findall(r'href="#([^"]+)"', text))
    assert leads == {"c-fn:1", "c-fnref:1", "c-muc-dau"}
    assert leads <= ids


def test_an_address_in_angle_brackets_becomes_a_link() -> None:
    assert 'href="mailto:a@b.vn"' in html("<a@b.vn>")


def test_headings_get_ids_without_tones_that_keep_d_from_being_lost() -> None:
    assert slug("Tiêu đề: Đường dây nóng!", "-") == "tieu-de-duong-day-nong"
    assert 'id="c-duong-day"' in html("## Đường dây")


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("trong 24 giờ và 3 ngày", "trong 24~giờ và 3~ngày"),
        ("điểm b khoản 2 Điều 3", "điểm~b khoản~2 Điều~3"),
        ("Khoản 3 Điều 7", "Khoản~3 Điều~7"),
        ("50 % của 20 câu", "50~% của 20~câu"),
        ("Article 7, Clause 3, within 24 hours", "Article~7, Clause~3, within 24~hours"),
        ("Điều này có 3 lý do", "Điều này có 3 lý do"),
    ],
)
def test_figures_stay_with_what_they_count(text: str, set_as: str) -> None:
    assert html(text).replace("&nbsp;", "~").replace("\u00a0", "~") == f"<p>{set_as}</p>"


def test_no_break_spaces_stay_out_of_tags() -> None:
    assert 'title="24 giờ"' in html('[x](https://a.vn "24 giờ")')


def test_words_of_the_law_are_marked() -> None:
    assert html("Theo «chậm nhất là **24 giờ**»").count("law-words") <= 1
    assert html("Theo «kể từ khi» và «bằng văn bản»") == (
        '<p>Theo <span class="law-words">«kể từ khi»</span> và <span class="law-words">«bằng văn bản»</span></p>'
    )


def test_a_table_can_be_scrolled_and_its_columns_are_named() -> None:
    text = html("| Mốc | Hạn |\n|---|--:|\n| Nhận | 24 |")
    assert text.startswith('<div aria-label="Mốc · Hạn" class="table-wrap" role="region" tabindex="0"><table>')
    assert text.endswith("</table></div>")
    assert text.count('scope="col"') == 2


def test_callouts_carry_their_kind_and_title() -> None:
    assert html('!!! law "Căn cứ"\n    Điều 7') == (
        '<div class="callout callout--law">\n<p class="callout__title">Căn cứ</p>\n<p>Điều\u00a07</p>\n</div>'
    ).replace("\u00a0", "&nbsp;" if "&nbsp;" in html("Điều 7") else "\u00a0")


def test_an_answer_is_one_run_of_words() -> None:
    assert rendered("một **hai**", inline=True).html == "một <strong>hai</strong>"
    assert rendered("", inline=True) == Rendered("")
    for text in ("- một\n- hai", "một\n\nhai", "## một", "| a | b |\n|-|-|\n| c | d |"):
        assert wrong(text, inline=True) == ["10: Write this as one paragraph, without lists, tables or headings."]


def test_the_words_alone_can_be_had() -> None:
    assert plain_text("<p>Một &amp; <strong>hai</strong>\n&lt;b&gt;&nbsp;ba</p>") == "Một & hai <b> ba"


def test_what_stands_in_one_piece_is_unknown_in_the_next() -> None:
    texts = [
        "Lời[^a] [ngoài][b].\n\n[^a]: Chú thích.\n[b]: mailto:a@example.vn",
        "Lời[^a] [ngoài][b].",
        "## Một {#mot}\n\n```\nmã\n```",
        "## Một\n\n- a\n    - b\n\nTừ\n: Nghĩa",
        "!!! note\n    Chú ý.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Xem [khoản 3](law:nd-244-2026#7.3).",
        "Lời[^a].\n\n[^a]: Chú thích khác.",
    ]
    table = LinkTable("luyen-tap", frozenset({"nd-244-2026"}), frozenset(), {}, {})
    pieces = [Piece("courses/a/x.md", 1, text) for text in texts * 2]
    assert render_here(pieces, table) == [render_here([piece], table)[0] for piece in pieces]


def test_a_piece_that_broke_off_leaves_nothing_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    table = LinkTable("luyen-tap", frozenset(), frozenset(), {}, {})
    first, second = (
        Piece("courses/a/x.md", 1, "- a\n\n    - b\n\n[c]: mailto:a@example.vn"),
        Piece("courses/a/x.md", 1, "[c][c]"),
    )
    convert = markdown.Markdown.convert

    def broken(md: markdown.Markdown, text: str) -> str:
        said = convert(md, text)
        if text == first.text:
            raise RecursionError
        return said

    alone = render_here([second], table)[0]
    monkeypatch.setattr(markdown.Markdown, "convert", broken)
    broke, found = render_here([first, second], table)
    assert broke.problems
    assert found == alone


def test_other_sites_are_not_told_who_reads_and_our_own_pages_are() -> None:
    found = rendered("[x](https://example.com/a) [y](law:nd-244-2026) <https://example.com/b>").html
    assert found.count('rel="noopener noreferrer"') == 2
    assert "rel=" not in found.split("/laws/")[1].split("</a>")[0]
