"""Single lines of texts are changed, and not a byte beside them."""

import pytest

from elearning.content.citations import citations
from elearning.content.law_lines import format_law, put_law
from elearning.content.line_edits import lines_of, put_attribute, put_field
from elearning.content.problems import Problems
from elearning.content.register_merge import with_missing
from elearning.content.register_reader import read_laws
from elearning.content.text import read_source
from elearning.domain.law import Law

LAWS = "courses/laws.md"


def laws_of(data: bytes) -> dict[str, Law]:
    source = read_source(LAWS, data, Problems())
    assert source is not None
    return read_laws(source, Problems())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: a\n---\nx", "---\ntitle: a\nof: 1\n---\nx"),
        ("---\r\nof: 9\r\ntitle: a\r\n---\r\nx\r\n", "---\r\nof: 1\r\ntitle: a\r\n---\r\nx\r\n"),
        ("\ufeff---\nof:\n  - 2\n- 3\ntitle: a\n---\n", "\ufeff---\nof: 1\ntitle: a\n---\n"),
        ("x\nof: 2\n", "---\nof: 1\n---\nx\nof: 2\n"),
        ("\ufeffx\r\n", "\ufeff---\r\nof: 1\r\n---\r\nx\r\n"),
        ("", "---\nof: 1\n---\n"),
    ],
)
def test_a_field_is_set_in_its_place(before: str, after: str) -> None:
    assert put_field(before.encode(), "of", "1").decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{: }", "{: of=1 }"),
        ("{: points=1 }\r\n", "{: points=1 of=1 }\r\n"),
        ('{: of=2 hint="of=3 | b" }\n', '{: of=1 hint="of=3 | b" }\n'),
        ("{: of=2}\n", "{: of=1}\n"),
    ],
)
def test_an_attribute_is_set_in_its_line(before: str, after: str) -> None:
    assert put_attribute(f"a\n{before}".encode(), 2, "of", "1").decode() == f"a\n{after}"


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_line_without_attributes_is_none(number: int) -> None:
    with pytest.raises(ValueError, match="no attributes"):
        put_attribute(b"a\n{: }\n", number, "of", "1")


def test_the_shipped_register_is_canonical_and_each_entry_can_be_set_and_set_back(
    shipped_files: dict[str, bytes],
) -> None:
    data = shipped_files[LAWS]
    for law in laws_of(data).values():
        other = Law(law.key, "Tên khác", "Dòng một\n\ndòng hai", "9", parts=("Điều 1: từ 01/01/2030",))
        changed = put_law(data, other)
        assert laws_of(changed) == {**laws_of(data), law.key: other}
        assert put_law(changed, law) == data
        assert put_law(data, law) is data


def test_a_register_with_other_line_ends_keeps_them() -> None:
    data = "\ufeff# Sổ\r\n\r\n## Một {#mot}\r\n{: number=1 }\r\n\r\n## Hai {#hai}\r\nHai.\r\n{: number=2 }".encode()
    changed = put_law(data, Law("mot", "Một", "Thêm.", "1"))
    assert changed == data.replace(b"{: number=1 }", b'Th\xc3\xaam.\r\n{: number="1" }')
    assert put_law(data, Law("hai", "Hai", "Hai.", "3")) == data.replace(b"{: number=2 }", b'{: number="3" }')


def test_what_is_written_reads_as_it_was_meant() -> None:
    law = Law("a", "A", "b\nc", "1", "d", None, None, None, "x y", ("z",), "V", "https://e", ("f", "g"))
    assert laws_of("\n".join(format_law(law)).encode())["a"] == law


def test_missing_entries_are_added_behind_ours_as_they_are() -> None:
    ours = "# Sổ\n\n## A {#a}\nOurs.\n{: number=1 }\n".encode()
    theirs = b"## B {#b}\r\nTheirs.\r\n{: number=2 }\r\n\r\n## A {#a}\r\nOther.\r\n{: number=9 }\r\n"
    assert with_missing(LAWS, ours, theirs) == ours + b"\n## B {#b}\nTheirs.\n{: number=2 }\n"
    assert with_missing(LAWS, ours, ours) is ours
    assert with_missing(LAWS, b"", theirs.replace(b"\r\n", b"\n")) == theirs.replace(b"\r\n", b"\n")


def test_citations_are_found_where_they_stand() -> None:
    files = {
        "quizzes/banks/b.md": b"---\nbasis: nd-9#1\n---\n# T\n\n## Q {#q}\n[x](law:nd-1#7.3.b).\n\n= 1\n{: basis=\"nd-2#1 nd-3\" }\n",
        "courses/c/l.md": "Theo law:nd-1.\n\n### Hỏi {#h .question}\n- [x] a\n{: basis=nd-4#2 }\n[sau](law:nd-5#phu-luc)\n".encode(),
        "courses/facts.md": b"## A1 {#A1}\nS.\n{: basis=nd-1#2 }\n",
        LAWS: b"## N {#nd-1}\nlaw:nd-7\n{: number=1 }\n",
        "courses/c/p.png": b"law:nd-8",
    }  # fmt: skip
    assert [(one.path.split("/")[-1], one.line, one.item, one.law, one.place) for one in citations(files)] == [
        ("l.md", 1, "", "nd-1", ""), ("l.md", 5, "h", "nd-4", "2"), ("l.md", 6, "", "nd-5", "phu-luc"),
        ("facts.md", 3, "A1", "nd-1", "2"), ("b.md", 2, "", "nd-9", "1"), ("b.md", 7, "q", "nd-1", "7.3.b"),
        ("b.md", 10, "q", "nd-2", "1"), ("b.md", 10, "q", "nd-3", ""),
    ]  # fmt: skip


def test_lines_are_counted_as_readers_count_them() -> None:
    data = "a\r\nb\rc\n\x0bd\u2028e".encode()
    source = read_source("x.md", data, Problems())
    assert source is not None
    assert len(lines_of(data)) == len(source.body) == 4
