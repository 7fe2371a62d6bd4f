"""A zip of texts: the same bytes come back, and no archive made in malice gets through."""

import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import Limits
from elearning.exchange.zipped import read_zip, write_zip

TEXTS = {
    "courses/ky-nang/course.md": "\ufeffNgười phát ngôn\r\n".encode(),
    "courses/ky-nang/media/an-luong.png": bytes(range(256)),
    "quizzes/cuoi-khoa.md": b"",
}


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], packing: int = zipfile.ZIP_STORED) -> BytesIO:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target


def patched(archive: BytesIO, change: Callable[[bytearray, int], None]) -> BytesIO:
    """The archive with its first central directory entry changed by hand."""
    raw = bytearray(archive.getvalue())
    change(raw, raw.index(b"PK\x01\x02"))
    return BytesIO(bytes(raw))


def test_a_zip_written_and_read_gives_the_same_bytes_in_order_of_paths() -> None:
    read = read_zip(BytesIO(write_zip(TEXTS)))
    assert read == TEXTS
    assert list(read) == sorted(TEXTS)


def test_the_same_files_give_the_same_archive_in_whatever_order_they_come() -> None:
    archive = write_zip(TEXTS)
    assert archive == write_zip(dict(reversed(TEXTS.items())))
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        assert {member.date_time for member in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_archive_that_leaves_here_holds_no_unsafe_path() -> None:
    with pytest.raises(ExchangeError, match="not safe"):
        write_zip({"../x.md": b"x"})


def test_an_outer_folder_is_taken_off() -> None:
    archive = zipped(*((f"phat-ngon-main/{path}", content) for path, content in TEXTS.items()))
    assert read_zip(archive) == TEXTS


def test_what_a_folder_leaves_out_a_zip_leaves_out_too() -> None:
    archive = zipped(
        *TEXTS.items(),
        ("courses/", b""),
        ("courses/.DS_Store", b"x"),
        ("__MACOSX/courses/ky-nang/._course.md", b"x"),
        ("courses/__MACOSX/._a.md", b"x"),
        ("courses/README.md", b"x"),
        ("courses/ky-nang/notes.docx", b"x"),
        ("docs/guide.md", b"x"),
    )
    assert read_zip(archive) == TEXTS


def test_a_zip_without_courses_says_what_to_zip() -> None:
    with pytest.raises(ExchangeError, match="Zip the folder that holds courses/ and quizzes/"):
        read_zip(zipped(("bai-1.md", b"x")))


@pytest.mark.parametrize(
    "name",
    ["../x.md", "courses/../../x.md", "/courses/x.md", "courses\\..\\x.md", "C:/courses/x.md", "courses//x.md"],
)
def test_a_member_that_would_land_elsewhere_is_refused_with_the_whole_archive(name: str) -> None:
    with pytest.raises(ExchangeError, match="not safe"):
        read_zip(zipped(*TEXTS.items(), (name, b"x")))


def test_a_name_with_a_nul_in_it_is_refused() -> None:
    archive = zipped(("courses/a.mdXYZ", b"x"))
    raw = archive.getvalue().replace(b"courses/a.mdXYZ", b"courses/a.md\x00YZ")
    with pytest.raises(ExchangeError, match="not safe"):
        read_zip(BytesIO(raw))


@pytest.mark.parametrize("name", ["courses/Bài 1.md", "courses/A.md", "courses/a_b.md", f"courses/{'a' * 200}.md"])
def test_a_name_against_the_rule_is_refused(name: str) -> None:
    with pytest.raises(ExchangeError, match="Rename these files"):
        read_zip(zipped((name, b"x")))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_member_that_is_a_link_or_a_device_is_refused(kind: int) -> None:
    member = zipfile.ZipInfo("courses/a.md")
    member.external_attr = (kind | 0o777) << 16
    with pytest.raises(ExchangeError, match="link or a device"):
        read_zip(zipped((member, b"/etc/passwd")))


def test_a_member_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    bomb = zipped(("courses/a.md", b"0" * 1_000_000), packing=zipfile.ZIP_DEFLATED)
    with pytest.raises(ExchangeError, match="unpacks to more than 100 times"):
        read_zip(bomb)


def test_a_member_that_declares_less_than_it_holds_gives_no_more_than_it_declared() -> None:
    def lie(raw: bytearray, entry: int) -> None:
        raw[entry + 24 : entry + 28] = struct.pack("<I", 50)

    bomb = zipped(("courses/a.md", b"0" * 1_000_000), packing=zipfile.ZIP_DEFLATED)
    with pytest.raises(ExchangeError, match="damaged"):
        read_zip(patched(bomb, lie))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(files=2), "more than 2 files"),
        (Limits(members=2), "more than 2 entries"),
        (Limits(one_file=100), r"an-luong\.png is larger"),
        (Limits(all_files=100), "MB together"),
    ],
)
def test_too_much_is_refused(limits: Limits, words: str) -> None:
    with pytest.raises(ExchangeError, match=words):
        read_zip(zipped(*TEXTS.items()), limits)


def test_a_double_name_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = zipped(("courses/a.md", b"shown"), ("courses/a.md", b"hidden"))
    with pytest.raises(ExchangeError, match="twice"):
        read_zip(archive)


def test_a_zip_with_a_password_is_refused() -> None:
    def lock(raw: bytearray, entry: int) -> None:
        raw[entry + 8] |= 1

    with pytest.raises(ExchangeError, match="password"):
        read_zip(patched(zipped(("courses/a.md", b"x")), lock))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_an_unusual_way_is_refused(packing: int) -> None:
    with pytest.raises(ExchangeError, match="unusual way"):
        read_zip(zipped(("courses/a.md", b"x"), packing=packing))


def test_a_damaged_archive_is_refused_wherever_it_is_cut_or_changed() -> None:
    whole = write_zip(TEXTS)
    for end in range(0, len(whole), 7):
        with pytest.raises(ExchangeError):
            read_zip(BytesIO(whole[:end]))
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        try:
            read_zip(BytesIO(bytes(changed)))
        except ExchangeError:
            continue
