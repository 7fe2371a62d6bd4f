"""A folder of texts: what is read, what is refused, and that the same bytes come back."""

import os
from pathlib import Path

import pytest

from elearning.exchange.errors import ExchangeError
from elearning.exchange.folder import read_folder, write_folder
from elearning.exchange.limits import Limits

TEXTS = {
    "courses/laws.md": "# Văn bản\n".encode(),
    "courses/ky-nang/01-ba-loai.md": "\ufeff# Ba loại người phát ngôn\r\n".encode(),
    "courses/ky-nang/media/an-luong.webp": bytes(range(256)),
    "courses/ky-nang/media/an-luong.vi.vtt": b"WEBVTT\n",
    # Decomposed accents are someone's bytes too.
    "quizzes/banks/nd-244.md": "Hạn\u0323 trả lời".encode(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    home = tmp_path / "texts"
    write_folder(home, TEXTS)
    return home


def put(root: Path, path: str, content: bytes = b"x") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def test_a_folder_written_and_read_gives_the_same_bytes_in_order_of_paths(root: Path) -> None:
    assert read_folder(root) == TEXTS
    assert list(read_folder(root)) == sorted(TEXTS)


@pytest.mark.parametrize(
    "path",
    [
        "courses/ky-nang/.DS_Store",
        "courses/.git/config.md",
        "courses/ky-nang/.01-ba-loai.md.swp",
        "courses/ky-nang/01-ba-loai.md~",
        "courses/ky-nang/~$01-ba-loai.md",
        "courses/ky-nang/#01-ba-loai.md",
        "courses/ky-nang/01-ba-loai.md.bak",
        "courses/ky-nang/media/picture.gif",
        "courses/ky-nang/notes.docx",
        "courses/README.md",
        "docs/guide.md",
        "secret.md",
    ],
)
def test_hidden_files_backups_other_kinds_and_other_folders_are_left_out(root: Path, path: str) -> None:
    put(root, path)
    assert read_folder(root) == TEXTS


def test_a_folder_without_courses_says_which_folder_to_choose(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_folder(tmp_path)
    assert str(tmp_path) in refused.value.message.plain()
    assert "Choose the folder that holds courses/ and quizzes/" in refused.value.message.plain()


@pytest.mark.parametrize("name", ["IMG_01.JPG", "Bài 1.md", "a b.md", "-rf.md"])
def test_a_name_against_the_rule_is_named_and_not_left_out_in_silence(root: Path, name: str) -> None:
    put(root, f"courses/ky-nang/{name}")
    with pytest.raises(ExchangeError) as refused:
        read_folder(root)
    assert f"courses/ky-nang/{name}" in refused.value.message.plain()


def test_a_name_that_is_not_even_unicode_is_refused_in_words_that_can_be_shown(root: Path) -> None:
    put(root, os.fsdecode(b"courses/\xff.md"))
    with pytest.raises(ExchangeError) as refused:
        read_folder(root)
    assert refused.value.message.plain().encode()


@pytest.mark.parametrize("target", ["../outside.md", "var/secret.md", "/etc/passwd", "courses/.hidden.md"])
def test_a_link_that_leaves_the_texts_is_refused(root: Path, target: str) -> None:
    for each in ("../outside.md", "var/secret.md", "courses/.hidden.md"):
        put(root, each)
    (root / "courses/stolen.md").symlink_to(root / target)
    with pytest.raises(ExchangeError, match=r"courses/stolen\.md is a link that leaves"):
        read_folder(root)


def test_a_link_to_another_text_is_read_as_that_text(root: Path) -> None:
    (root / "courses/again.md").symlink_to("laws.md")
    assert read_folder(root)["courses/again.md"] == TEXTS["courses/laws.md"]


def test_a_link_that_leads_nowhere_or_in_a_circle_is_refused(root: Path) -> None:
    for target in ("nowhere.md", "circle.md"):
        link = root / "courses/circle.md"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        with pytest.raises(ExchangeError, match="cannot be read"):
            read_folder(root)


@pytest.mark.parametrize("link", ["courses/more", "courses/ky-nang/up"])
def test_a_link_to_a_folder_is_refused(root: Path, link: str) -> None:
    (root / link).symlink_to(root / "courses", target_is_directory=True)
    with pytest.raises(ExchangeError, match="link to a folder"):
        read_folder(root)


def test_the_courses_folder_itself_may_not_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.md")
    (tmp_path / "courses").symlink_to("elsewhere", target_is_directory=True)
    with pytest.raises(ExchangeError, match="courses is a link to a folder"):
        read_folder(tmp_path)


def test_a_pipe_is_refused_and_does_not_hold_up_the_reader(root: Path) -> None:
    os.mkfifo(root / "courses/pipe.md")
    with pytest.raises(ExchangeError, match="not a plain file"):
        read_folder(root)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(files=4), "more than 4 files"),
        (Limits(one_file=100), r"an-luong\.webp is larger than"),
        (Limits(all_files=270), "MB together"),
    ],
)
def test_too_much_is_refused(root: Path, limits: Limits, words: str) -> None:
    with pytest.raises(ExchangeError, match=words):
        read_folder(root, limits)


def test_as_much_as_is_allowed_is_read(root: Path) -> None:
    everything = sum(len(content) for content in TEXTS.values())
    assert read_folder(root, Limits(files=5, one_file=256, all_files=everything)) == TEXTS


@pytest.mark.parametrize(
    "path", ["/etc/cron.d/x", "../x.md", "courses/../../x.md", "courses//x.md", "courses/./x.md", "", "C:x.md",
             "courses\\..\\x.md", "courses/x.md\x00.png", "courses/"]
)  # fmt: skip
def test_an_unsafe_path_is_refused_before_anything_is_written(tmp_path: Path, path: str) -> None:
    home = tmp_path / "texts"
    with pytest.raises(ExchangeError, match="not safe"):
        write_folder(home, {"courses/a.md": b"a", path: b"x"})
    assert not home.exists()


def test_nothing_is_written_through_a_link_that_leaves_the_folder(tmp_path: Path) -> None:
    home, outside = tmp_path / "texts", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (home / "courses").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ExchangeError, match="behind a link"):
        write_folder(home, {"courses/a.md": b"a"})
    assert not list(outside.iterdir())


def test_a_link_in_the_place_of_a_file_is_replaced_and_its_target_left_alone(root: Path) -> None:
    outside = put(root, "../outside.md", b"old")
    (root / "courses/laws.md").unlink()
    (root / "courses/laws.md").symlink_to(outside)
    write_folder(root, {"courses/laws.md": b"new"})
    assert outside.read_bytes() == b"old"
    assert (root / "courses/laws.md").read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(ExchangeError, match="No space left"):
        write_folder(root, {"courses/laws.md": b"new"})
    assert (root / "courses/laws.md").read_bytes() == TEXTS["courses/laws.md"]
    assert [each.name for each in (root / "courses").iterdir() if each.is_file()] == ["laws.md"]


def test_a_folder_in_the_place_of_a_file_is_an_error_in_words(root: Path) -> None:
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_folder(root, {"courses/ky-nang": b"x"})
