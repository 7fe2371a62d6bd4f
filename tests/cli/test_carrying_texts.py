"""Texts carried about from a shell: as a zip, from a repository, back to an old edition."""

from pathlib import Path

import pytest
from dulwich.repo import Repo

from elearning.exchange.zipped import read_zip, write_zip
from tests.cli.test_commands import phatngon, written
from tests.exchange.test_git_repository import WHO, add
from tests.services.texts import lesson, small_course

LESSON = "courses/luyen-tap/mo-dau.md"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a platform with the small course published."""
    data = tmp_path / "data"
    phatngon(data, "migrate")
    phatngon(data, "content", "import", str(written(tmp_path / "in", small_course())))
    phatngon(data, "content", "publish", "luyen-tap")
    return data


def test_a_course_goes_out_as_a_zip_and_comes_in_as_one(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "out.zip"
    assert phatngon(data, "content", "export", "--course", "luyen-tap", str(target)).exit_code == 0
    with target.open("rb") as stream:
        assert read_zip(stream) == small_course()
    target.write_bytes(write_zip({**small_course(), LESSON: lesson("Mở đầu", "Khác.").encode()}))
    looked = phatngon(data, "content", "import", "--look", str(target))
    assert looked.stdout == f"{LESSON}\n0 new, 1 changed, 4 the same.\n"
    assert phatngon(data, "content", "import", str(target)).stdout == "0 new, 1 changed, 4 the same.\n"
    assert phatngon(data, "content", "import", "--look", str(target)).stdout == "0 new, 0 changed, 5 the same.\n"
    missing = phatngon(data, "content", "import", str(tmp_path / "none.zip"))
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
    assert phatngon(data, "content", "export", "--course", "khong-co", str(target)).exit_code == 1


def test_texts_are_pulled_from_a_repository_that_is_set_and_from_no_other(tmp_path: Path, data: Path) -> None:
    repo = Repo.init_bare(str(tmp_path / "texts.git"), mkdir=True)
    files = {**small_course(), LESSON: lesson("Mở đầu", "Khác.").encode()}
    tree = add(repo, {path: (0o100644, one) for path, one in files.items()})
    commit = repo.get_worktree().commit(
        message=b"x",
        committer=WHO,
        author=WHO,
        tree=tree,
        ref=b"refs/heads/main",
        sign=False,  # type: ignore[arg-type]
    )
    remote = f"file://{tmp_path / 'texts.git'}#main"
    refused = phatngon(data, "content", "pull", remote)
    assert (refused.exit_code, "these addresses only: –" in refused.stderr) == (1, True)
    pulled = phatngon(data, "content", "pull", PHATNGON_TEXTS_REMOTES=remote)
    assert pulled.stdout == f"{commit.decode()}\n0 new, 1 changed, 4 the same.\n"
    assert phatngon(data, "content", "editions", "luyen-tap").stdout.count("\n") == 1
    wrong = phatngon(data, "content", "pull", PHATNGON_TEXTS_REMOTES="ssh://x/y")
    assert (wrong.exit_code, "is no address to fetch texts from" in wrong.stderr) == (1, True)


def test_an_old_edition_is_made_live_again(tmp_path: Path, data: Path) -> None:
    changed = {**small_course(), LESSON: lesson("Mở đầu", "Khác.").encode()}
    phatngon(data, "content", "import", str(written(tmp_path / "more", changed)))
    assert phatngon(data, "content", "publish", "--note", "Sửa bài đầu", "luyen-tap").exit_code == 0
    back = phatngon(data, "content", "roll-back", "luyen-tap", "1", "--note", "Lỗi")
    assert back.stdout == "luyen-tap: edition 3 is live.\n"
    lines = phatngon(data, "content", "editions", "luyen-tap").stdout.splitlines()
    assert [(line[:7].split()[-1], line.startswith("*"), line.rsplit("  ", 1)[-1]) for line in lines[:2]] == [
        ("3", True, "Lỗi"), ("2", False, "Sửa bài đầu")
    ]  # fmt: skip
    assert phatngon(data, "content", "roll-back", "luyen-tap", "9").exit_code == 1
    assert phatngon(data, "content", "editions", "khong-co").exit_code == 1
