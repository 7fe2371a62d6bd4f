"""What goes into the platform comes out byte for byte, whatever wrote it."""

import unicodedata
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elearning.services.publishing import export_texts, import_texts
from elearning.services.work import NOBODY, House

KEYS = st.sampled_from(["mot", "hai", "01-ba", "thoi-han", "a.en", "x-1"])
PATHS = st.one_of(
    st.builds("courses/{}/course.md".format, KEYS),
    st.builds("courses/{}/{}.md".format, KEYS, KEYS),
    st.builds("quizzes/{}.md".format, KEYS),
    st.builds("quizzes/banks/{}.md".format, KEYS),
    st.sampled_from(["courses/laws.md", "courses/facts.md"]),
)
LINES = st.lists(
    st.sampled_from(
        [
            "---", "title: Thời hạn", "## Hạn bắt đầu khi nào? {#bat-dau}", "- [x] Đúng", "- [ ] Sai  ", "  > Vì “thế”.\t",
            "{: points=1 tag=han }", "", " ", "= 24 ± 0 giờ", "1. Một", "[Điều 7](law:nd-244-2026#7)", "\u00a0", "𝟚🙂", "\x0c",
        ]
    ),
    max_size=6,
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """One text as some editor somewhere saved it; now and then bytes that are no text at all."""
    text = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\r"])).join(draw(LINES))
    text = unicodedata.normalize("NFD", text) if draw(st.booleans()) else text
    mark = b"\xef\xbb\xbf" if draw(st.booleans()) else b""
    return mark + text.encode() + draw(st.sampled_from([b"", b"\n", b"\r\n\r\n", b"\x00", b"\xff\xfe"]))


TREES = st.dictionaries(PATHS, texts(), max_size=5)


@settings(
    max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(TREES)
def test_a_thousand_trees_come_out_as_they_went_in(house: House, tree: Mapping[str, bytes]) -> None:
    with house.store.lock.held(), house.store.writing() as session:
        work = house._work(session, NOBODY, None, "")
        first = import_texts(work, tree)
        session.flush()
        assert export_texts(work) == tree
        again = import_texts(work, tree)
        assert (first.new, first.changed, first.same) == (len(tree), 0, 0)
        assert (again.new, again.changed, again.same) == (0, 0, len(tree))
        session.rollback()


def test_a_later_import_changes_only_what_differs_and_keeps_what_it_lacks(house: House) -> None:
    before = {"courses/laws.md": b"# A\r\n", "courses/facts.md": b"\xef\xbb\xbf# B", "quizzes/mot.md": b"x "}
    with house.writing(NOBODY) as work:
        import_texts(work, before)
    with house.writing(NOBODY) as work:
        done = import_texts(work, {"courses/laws.md": b"# A\n", "quizzes/mot.md": b"x ", "quizzes/hai.md": b"x "})
    assert (done.new, done.changed, done.same) == (1, 1, 1)
    with house.reading(NOBODY) as work:
        assert export_texts(work) == before | {"courses/laws.md": b"# A\n", "quizzes/hai.md": b"x "}


def test_the_shipped_texts_come_out_as_they_stand_in_the_repository(
    house: House, shipped_files: Mapping[str, bytes]
) -> None:
    with house.writing(NOBODY) as work:
        import_texts(work, shipped_files)
    with house.reading(NOBODY) as work:
        assert export_texts(work) == shipped_files
