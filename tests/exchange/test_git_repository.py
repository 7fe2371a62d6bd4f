"""Texts from a git repository: one commit, never checked out, from a folder or from a public machine."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from dulwich.objects import Blob, Tree
from dulwich.repo import Repo

from elearning.exchange import git_repository
from elearning.exchange.errors import ExchangeError
from elearning.exchange.git_repository import is_public, read_git, read_remote
from elearning.exchange.limits import Limits

FILES = {"courses/a/course.md": b"\xef\xbb\xbfa\r\n", "courses/a/media/x.png": b"\x00\x01", "quizzes/banks/b.md": b"b"}
WHO = b"Somebody <somebody@ankhue.example>"
Commit = Callable[..., str]


def add(repo: Repo, files: Mapping[str, tuple[int, bytes]]) -> bytes:
    """Put files into a tree; its id."""
    root: dict[str, tuple[int, bytes]] = {}
    below: dict[str, dict[str, tuple[int, bytes]]] = {}
    for path, entry in files.items():
        head, _, rest = path.partition("/")
        if rest:
            below.setdefault(head, {})[rest] = entry
        else:
            root[head] = entry
    tree = Tree()
    for name, (mode, data) in root.items():
        blob = Blob.from_string(data)
        repo.object_store.add_object(blob)
        tree.add(name.encode(), mode, blob.id)
    for name, inner in below.items():
        tree.add(name.encode(), 0o040000, add(repo, inner))  # type: ignore[arg-type]  # an id is bytes
    repo.object_store.add_object(tree)
    return tree.id


@pytest.fixture
def commit(tmp_path: Path) -> Commit:
    """Commit files to a repository; its address."""
    repo = Repo.init_bare(str(tmp_path / "texts.git"), mkdir=True)

    def made(files: Mapping[str, bytes | tuple[int, bytes]], branch: str = "main") -> str:
        entries = {path: one if isinstance(one, tuple) else (0o100644, one) for path, one in files.items()}
        repo.get_worktree().commit(
            message=b"Texts",
            committer=WHO,
            author=WHO,
            tree=add(repo, entries),
            ref=f"refs/heads/{branch}".encode(),
            sign=False,
        )  # type: ignore[arg-type]  # a name is bytes
        repo.refs.set_symbolic_ref(b"HEAD", b"refs/heads/main")  # type: ignore[arg-type]
        return f"file://{tmp_path / 'texts.git'}"

    return made


def test_a_commit_is_read_byte_for_byte(commit: Commit) -> None:
    other = {"README.md": b"r", "courses/README.md": b"r", "courses/a/.hidden.md": b"h", "src/x.md": b"x", "courses/a/run.sh": b"s"}  # fmt: skip
    number, files = read_git(read_remote(commit({**FILES, **other})))
    assert files == FILES
    assert len(number) == 40


def test_a_branch_is_read_by_its_name(commit: Commit) -> None:
    commit(FILES)
    address = commit({"courses/a/course.md": b"draft"}, "draft")
    assert read_git(read_remote(f"{address}#draft"))[1] == {"courses/a/course.md": b"draft"}
    assert read_git(read_remote(address))[1] == FILES
    with pytest.raises(ExchangeError, match="no branch “khong-co”"):
        read_git(read_remote(f"{address}#khong-co"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"courses/a/x.md": (0o120000, b"/etc/passwd")}, "is a link"),
        ({"courses/A/x.md": b"x"}, "Rename these files"),
        ({"courses/a/x.png": b"version https://git-lfs.github.com/spec/v1\n"}, "only a note of where the file is"),
        ({"docs/x.md": b"x"}, "has no courses"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(commit: Commit, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(ExchangeError, match=said):
        read_git(read_remote(commit(files)))


def test_too_much_is_refused_before_it_is_read(commit: Commit) -> None:
    address = commit({f"courses/a/{number}.md": b"12345" for number in range(9)})
    with pytest.raises(ExchangeError, match="more than 5 files"):
        read_git(read_remote(address), Limits(files=5))
    with pytest.raises(ExchangeError, match="more than 4 files"):
        read_git(read_remote(address), Limits(members=4))
    with pytest.raises(ExchangeError, match="larger than"):
        read_git(read_remote(address), Limits(one_file=4))


def test_a_tree_that_names_itself_over_and_over_ends(tmp_path: Path) -> None:
    repo = Repo.init_bare(str(tmp_path / "deep.git"), mkdir=True)
    inner = add(repo, {"x.txt": (0o100644, b"x")})
    for _ in range(20):
        tree = Tree()
        for name in (b"a", b"b"):
            tree.add(name, 0o040000, inner)  # type: ignore[arg-type]  # an id is bytes
        repo.object_store.add_object(tree)
        inner = tree.id
    root = Tree()
    root.add(b"courses", 0o040000, inner)
    repo.object_store.add_object(root)
    repo.get_worktree().commit(
        message=b"x", committer=WHO, author=WHO, tree=root.id, ref=b"refs/heads/main", sign=False
    )  # type: ignore[arg-type]
    repo.refs.set_symbolic_ref(b"HEAD", b"refs/heads/main")  # type: ignore[arg-type]
    with pytest.raises(ExchangeError, match="lie too deep"):
        read_git(read_remote(f"file://{tmp_path / 'deep.git'}"))


def test_a_folder_that_is_no_repository_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no git repository"):
        read_git(read_remote(f"file://{tmp_path}"))


@pytest.mark.parametrize(
    "address",
    ["http://example.vn/x", "ssh://example.vn/x", "git@example.vn:x", "/srv/texts", "file://host/srv", "file:x",
     "https://a:b@example.vn/x", "https:///x", ""],
)  # fmt: skip
def test_other_addresses_are_no_remotes(address: str) -> None:
    with pytest.raises(ExchangeError, match="is no address to fetch texts from"):
        read_remote(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104  an address to refuse
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_machines_inside_the_house_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_machines_of_the_public_network_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"]],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    def connected(*_: object) -> None:
        raise AssertionError("nobody may be called")

    monkeypatch.setattr(
        git_repository.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (one, 443)) for one in found]
    )
    monkeypatch.setattr(git_repository, "create_connection", connected)
    with pytest.raises(ExchangeError, match="not a public machine"):
        read_git(read_remote("https://git.example.vn/texts"))


def test_being_sent_on_elsewhere_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answered(self: object, method: str, url: str, redirect: bool = True, **kw: object) -> object:
        asked.append(f"{url} {redirect}")
        return git_repository.urllib3.HTTPResponse(
            io.BytesIO(b""), {"Location": "https://10.0.0.1/"}, 302, preload_content=False
        )

    monkeypatch.setattr(git_repository.urllib3.PoolManager, "urlopen", answered)
    with pytest.raises(ExchangeError, match="302"):
        read_git(read_remote("https://git.example.vn/texts"))
    assert asked == ["https://git.example.vn/texts/info/refs?service=git-upload-pack False"]
