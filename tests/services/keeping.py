"""What tests of backups, restoring and moving stand on: a house with a full history, and databases to put it into."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from elearning.services import working
from elearning.services.backing_up import BackupMade, BackupWish, back_up
from elearning.services.outline import join
from elearning.services.work import House
from elearning.store.engine import Store, open_store
from elearning.store.models.learning import Upload
from elearning.store.queries import jobs
from tests.services.cast import Cast
from tests.services.examining import Room, open_room
from tests.services.texts import COURSE
from tests.store.databases import Databases, Rows, rows_of

RECORDING = b"\x1aE\xdf\xa3" + bytes(range(256)) * 40
SENT = bytes(range(256)) * (jobs.PIECE // 256 + 1)


def lived_in(house: House, cast: Cast) -> Room:
    """The small course, with an attempt that was handed in, one that runs, one that was written with all marks, a recording, and
    a job with a file of two pieces.
    """
    room = open_room(house, cast, "Sở Nội vụ")
    cast.unit("Phòng Tổ chức", "Sở Nội vụ")
    done = room.begin()
    room.save(done, room.right(done))
    room.hand_in(done)
    running = room.begin()
    room.save(running, {3: '“Nghị định” – ạ ế ỗ \U0001f389 \\ " \t x'})
    with house.writing(room.learner.actor) as work:
        attempt = room.row(running).id
        work.session.add(
            Upload(public="a" * 22, attempt_id=attempt, slot=1, name="a.webm", size=len(RECORDING), kind="audio/webm", made=work.now, finished=work.now)
        )  # fmt: skip
        working.add(work, "a job that waits", {}, "cau-hoi.zip", BytesIO(SENT))
    house.files.append("a" * 22, 0, RECORDING)
    return room


def learner_of(house: House, cast: Cast, room: Room) -> Room:
    """Another learner in the same room."""
    someone = cast.person()
    with house.writing(someone.actor) as work:
        join(work, COURSE)
    return Room(house, someone, room.trainer, room.admin)


def wish(folder: Path, house: House, **more: object) -> BackupWish:
    """A backup of a house into a folder; its data folder is the one in which its files stand."""
    data_dir = folder / "data"
    data_dir.mkdir(exist_ok=True)
    if not (data_dir / "files").exists() and house.files.root.exists():
        (data_dir / "files").symlink_to(house.files.root, target_is_directory=True)
    return BackupWish(folder / "backups", data_dir, "0.1.0", **more)  # type: ignore[arg-type]


def backed_up(folder: Path, house: House, **more: object) -> BackupMade:
    """Back a house up into a folder."""
    return back_up(house, wish(folder, house, **more))


@contextmanager
def opened_at(url: str) -> Iterator[Store]:
    """A database, closed at the end."""
    store = open_store(url)
    try:
        yield store
    finally:
        store.dispose()


def bare(databases: Databases, name: str) -> str:
    """The address of a database without a table, of the kind that the tests run on; its file is removed first."""
    url = databases.bare(name)
    if url.startswith("sqlite:///"):
        for end in ("", "-wal", "-shm", ".use", ".lock"):
            Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)
    return url


def same(one: Rows, other: Rows) -> bool:
    """Whether two databases hold the same rows."""
    return {n: sorted(map(str, rows)) for n, rows in one.items()} == {
        n: sorted(map(str, rows)) for n, rows in other.items()
    }


def all_rows(url: str) -> Rows:
    """Everything that a database holds."""
    with opened_at(url) as store:
        return rows_of(store)
