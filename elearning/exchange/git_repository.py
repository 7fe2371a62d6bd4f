"""A git repository as paths and bytes: the files of one commit, fetched and never checked out.

An address is a folder on this machine (`file:///…`) or a repository that is read over https. What https reaches is judged by
the machine that has answered, before anything is asked of it: addresses inside the house, of this machine or of no public
machine at all are refused, and so is being sent on elsewhere.
"""

import ipaddress
import socket
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

import urllib3
from dulwich.client import Urllib3HttpGitClient
from dulwich.errors import GitProtocolError, NotGitRepository
from dulwich.object_store import BaseObjectStore
from dulwich.objects import Blob, Commit, ObjectID, Tag, Tree
from dulwich.repo import MemoryRepo, Repo
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import LIMITS, MEGABYTE, Limits, Tally
from elearning.exchange.paths import ROOTS, check_names, check_safe, is_wanted

LARGEST_PACK = 300 * MEGABYTE
LFS = b"version https://git-lfs"
CONNECT, READ = 10.0, 60.0
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Remote:
    """Where texts may be fetched from: an address, and the branch after its `#`; empty is the branch that HEAD names."""

    address: str
    branch: str

    @property
    def written(self) -> str:
        """As it is set and shown."""
        return f"{self.address}#{self.branch}" if self.branch else self.address


def read_remote(text: str) -> Remote:
    """The remote that a setting names. Raises ExchangeError for what is neither a folder nor read over https."""
    parts = urlsplit(text)
    sound = parts.scheme == "https" and parts.hostname and not parts.username and not parts.password
    if not sound and not (parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")):
        raise ExchangeError(
            message(
                "“%(address)s” is no address to fetch texts from. Write file:///folder or https://host/repository, without a password.",
                address=text,
            )
        )
    return Remote(parts._replace(fragment="").geturl(), parts.fragment)


def read_git(remote: Remote, limits: Limits = LIMITS) -> tuple[str, dict[str, bytes]]:
    """The commit that the branch names, and its texts and media by path, byte for byte.

    What `read_folder` leaves out is left out here. Raises ExchangeError when the repository cannot be reached or has no such
    branch, or holds a link, a name against the rule, or too much.
    """
    parts = urlsplit(remote.address)
    try:
        if parts.scheme == "file":
            with Repo(unquote(parts.path)) as repo:
                return _files(repo.object_store, _head(repo.get_refs(), remote, _head_of(repo)), limits)
        with tempfile.TemporaryFile() as pack:
            commit = _fetch(remote, pack)
            return _files(_unpacked(pack), commit, limits)
    except ExchangeError:
        raise
    except NotGitRepository as error:
        raise ExchangeError(message("There is no git repository at %(address)s.", address=remote.address)) from error
    except (GitProtocolError, urllib3.exceptions.HTTPError, OSError, KeyError, ValueError, AssertionError) as error:
        raise ExchangeError(
            message(
                "%(address)s cannot be read (%(reason)s). Try again, or ask whoever keeps it.", address=remote.address,
                reason=str(error)[:200] or type(error).__name__,
            )
        ) from error  # fmt: skip


def _head_of(repo: Repo) -> bytes | None:
    try:
        return repo.head()
    except KeyError:
        return None


def _head(refs: Any, remote: Remote, head: bytes | None) -> bytes:
    """The commit of the branch. Raises ExchangeError where there is none."""
    found = refs.get(b"refs/heads/" + remote.branch.encode()) if remote.branch else head
    if found is None:
        raise ExchangeError(
            message(
                "The repository at %(address)s has no branch “%(branch)s”. Check its name.", address=remote.address,
                branch=remote.branch or "HEAD",
            )
        )  # fmt: skip
    return cast(bytes, found)


def _fetch(remote: Remote, pack: BinaryIO) -> bytes:
    """Fetch one commit and all it holds, without what was before it, into a file."""
    parts = urlsplit(remote.address)
    client = Urllib3HttpGitClient(f"https://{parts.netloc}", pool_manager=_Guarded(), timeout=READ)
    found: list[bytes] = []

    def wanted(refs: Any, depth: int | None = None) -> list[Any]:
        found.append(_head(refs, remote, refs.get(b"HEAD")))
        return list(found)

    def keep(part: bytes) -> int:
        if pack.tell() + len(part) > LARGEST_PACK:
            raise ExchangeError(message("The repository is larger than %(most)s MB.", most=LARGEST_PACK // MEGABYTE))
        return pack.write(part)

    client.fetch_pack(parts.path, wanted, cast(Any, _Nothing()), keep, depth=1)
    return found[0]


class _Nothing:
    """There is nothing here yet that the other side need not send."""

    shallow: frozenset[bytes] = frozenset()

    def __next__(self) -> None:
        return None

    def ack(self, sha: bytes) -> None:
        """Nothing is known."""

    def nak(self) -> None:
        """Nothing is known."""


def _unpacked(pack: BinaryIO) -> BaseObjectStore:
    store = MemoryRepo().object_store
    target, commit, abort = store.add_pack()
    try:
        pack.seek(0)
        while part := pack.read(MEGABYTE):
            target.write(part)
    except BaseException:
        abort()
        raise
    commit()
    return store


def _files(store: BaseObjectStore, head: bytes, limits: Limits) -> tuple[str, dict[str, bytes]]:
    found = store[ObjectID(head)]
    while isinstance(found, Tag):
        found = store[found.object[1]]
    if not isinstance(found, Commit):
        raise ExchangeError(message("The branch does not lead to a commit."))
    names = _names(store, found.tree, limits)
    tally, files = Tally(limits), {}
    for path in sorted(names):
        data = cast(Blob, store[names[path]]).data
        if data.startswith(LFS):
            raise ExchangeError(
                message(
                    "%(path)s is only a note of where the file is (git-lfs). Put the file itself in its place.",
                    path=path,
                )
            )
        tally.add(path, len(data))
        files[path] = data
    return found.id.decode("ascii"), files


def _names(store: BaseObjectStore, tree: ObjectID, limits: Limits) -> dict[str, ObjectID]:
    """The texts and media of a tree by path."""
    names = dict[str, ObjectID]()
    for count, (path, mode, sha) in enumerate(_walk(store, tree)):
        if count > limits.members:
            raise ExchangeError(
                message("The repository holds more than %(most)s files. Make smaller ones.", most=limits.members)
            )
        if stat.S_ISDIR(mode) or not is_wanted(path):
            continue
        if not stat.S_ISREG(mode):
            raise ExchangeError(message("%(path)s is a link. Put the file itself in its place.", path=path))
        names[path] = sha
    check_safe(names)
    check_names(names)
    if not names:
        raise ExchangeError(message("The repository has no courses. They stand in courses/ and quizzes/ at its top."))
    return names


def _walk(
    store: BaseObjectStore, tree: ObjectID, start: str = "", depth: int = 0
) -> Iterator[tuple[str, int, ObjectID]]:
    """Every entry below a tree, folders too, so that whoever counts them sees a tree that names itself again and again."""
    if depth > DEEPEST:
        raise ExchangeError(message("The folders of the repository lie too deep."))
    for entry in cast(Tree, store[tree]).iteritems():
        path, mode, sha = start + (entry.path or b"").decode("utf-8", "replace"), entry.mode or 0, entry.sha or tree
        yield path, mode, sha
        if stat.S_ISDIR(mode) and path.split("/")[0] in ROOTS:
            yield from _walk(store, sha, f"{path}/", depth + 1)


class _Connection(HTTPSConnection):
    """Connects to a public machine and to no other: the name is looked up once, and what was judged is what is reached."""

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        peers = [str(one[4][0]) for one in found]
        if not peers or not all(is_public(peer.partition("%")[0]) for peer in peers):
            raise ExchangeError(
                message("%(host)s is not a public machine. Texts are fetched from public ones only.", host=self.host)
            )
        try:
            return create_connection((peers[0], self.port or 443), CONNECT)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error


def is_public(address: str) -> bool:
    """Whether an address of a machine is one of the public network, in whichever way it is written."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Guarded(urllib3.PoolManager):
    """Speaks https alone, with public machines alone, goes nowhere it is sent on to, and tries once."""

    def __init__(self) -> None:
        super().__init__(timeout=urllib3.Timeout(CONNECT, READ), retries=False, headers={"User-Agent": "git/phatngon"})
        self.pool_classes_by_scheme = {"https": _Pool}

    def urlopen(self, method: str, url: str, redirect: bool = True, **kw: Any) -> urllib3.BaseHTTPResponse:  # type: ignore[override]  # as its own base is
        """Ask once; being sent on elsewhere is an answer like any other, and no good one."""
        return super().urlopen(method, url, redirect=False, **kw)
