"""Backups: whole, of one moment, unseen by others, kept in number; and restored, from any form and on either database."""

import stat
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from elearning.domain.errors import Refused
from elearning.domain.names import sort_key
from elearning.services import backing_up, restoring
from elearning.services.backing_up import last_backup
from elearning.services.consistency import audit
from elearning.services.restoring import RestoreWish
from elearning.services.work import NOBODY, House
from elearning.store.files.folder import Folder
from elearning.store.migrating import is_current, migrate
from elearning.store.models.learning import Answer, Attempt
from elearning.store.models.person import Person
from tests.conftest import build_test_house
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.examining import Room
from tests.services.keeping import RECORDING, all_rows, backed_up, bare, learner_of, lived_in, opened_at, same, wish
from tests.store.databases import Databases, rows_of


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    return lived_in(practice, cast)


def restored(path: Path, url: str, folder: Path, key: bytes | None = None, replace: bool = False) -> None:
    folder.mkdir(exist_ok=True)
    with opened_at(url) as store:
        restoring.restore(store, RestoreWish(path, folder, key, replace))


def test_a_backup_restored_into_an_empty_database_gives_every_row_and_file(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    before = rows_of(room.house.store)
    made = backed_up(tmp_path, room.house)
    url = bare(databases, "restored")
    restored(made.path, url, tmp_path / "other")
    assert same(all_rows(url), before)
    with opened_at(url) as store:
        house = replace(build_test_house(store, Clock()), files=Folder(tmp_path / "other" / "files"))
        assert [finding.message.plain() for finding in audit(house) if not finding.good] == []
    assert made.manifest.rows == sum(map(len, before.values()))
    assert (tmp_path / "other" / "files" / "aa" / ("a" * 22)).read_bytes() == RECORDING


def test_it_goes_to_the_other_kind_of_database_and_back_with_the_same_digests(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    first = backed_up(tmp_path, room.house)
    there = f"sqlite:///{tmp_path / 'there.db'}"
    restored(first.path, there, tmp_path / "there")
    with opened_at(there) as store:
        second = backed_up(tmp_path / "there", build_test_house(store, Clock()))
    assert [t.sha256 for t in second.manifest.tables] == [t.sha256 for t in first.manifest.tables]
    url = bare(databases, "back")
    restored(second.path, url, tmp_path / "back")
    assert same(all_rows(url), rows_of(room.house.store))


def test_new_rows_are_numbered_on_after_restoring(room: Room, databases: Databases, tmp_path: Path) -> None:
    made = backed_up(tmp_path, room.house)
    url = bare(databases, "numbered")
    restored(made.path, url, tmp_path / "other")
    with opened_at(url) as store:
        house = build_test_house(store, Clock())
        highest = max(row["id"] for row in rows_of(store)["person"])
        assert Cast(house).person(identifier="moi@ankhue.example").id > highest
        with pytest.raises(Exception, match=r"(?i)foreign key"), house.writing(NOBODY) as work:
            work.session.execute(insert(Answer).values(
                attempt_id=99_999, slot=1, tab="t", seq=1, base=0, version=1, value="a", at=work.now))  # fmt: skip


def test_the_file_and_its_folder_are_their_owners_only_and_nothing_else_is_left(room: Room, tmp_path: Path) -> None:
    made = backed_up(tmp_path, room.house)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert {path.name for path in made.path.parent.iterdir()} == {".lock", made.path.name}
    assert made.size == made.path.stat().st_size
    assert last_backup(tmp_path / "data") == room.house.clock()


def test_any_program_that_opens_zip_archives_can_look_into_it(room: Room, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up(tmp_path, room.house).path) as archive:
        assert archive.testzip() is None
        people = archive.read("tables/person.jsonl").decode()
    assert room.learner.name in people


def test_a_sealed_backup_shows_nothing_and_comes_back_with_its_key_only(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    key = b"a key of thirty-two bytes or more"
    made = backed_up(tmp_path, room.house, key=key)
    data = made.path.read_bytes()
    assert made.path.suffix == ".sealed"
    assert not zipfile.is_zipfile(made.path)
    assert b"tables/" not in data
    for wrong in (None, b"another key of thirty-two bytes and more"):
        with pytest.raises(Refused, match="key"):
            restoring.look(RestoreWish(made.path, tmp_path, wrong))
    url = bare(databases, "unsealed")
    restored(made.path, url, tmp_path / "other", key)
    assert same(all_rows(url), rows_of(room.house.store))


def test_only_the_newest_backups_stay(room: Room, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "phatngon-notes.zip").write_text("not ours to remove")
    made = []
    for _ in range(4):
        clock.forward(days=1)
        made.append(backed_up(tmp_path, room.house, keep=2))
    assert made[-1].removed == (made[1].path,)
    kept = {path.name for path in (tmp_path / "backups").glob("phatngon-*")}
    assert kept == {"phatngon-notes.zip", made[2].path.name, made[3].path.name}


def test_two_backups_of_one_second_have_two_names_and_a_clock_set_back_removes_no_fresh_one(
    room: Room, tmp_path: Path, clock: Clock
) -> None:
    names = {backed_up(tmp_path, room.house).path.name for _ in range(2)}
    assert len(names) == 2
    clock.forward(hours=-1)
    fresh = backed_up(tmp_path, room.house, keep=1)
    assert fresh.path.exists()
    assert len(fresh.removed) == 2


def test_what_was_acknowledged_before_is_there_and_all_is_of_one_moment_while_others_write(
    room: Room, cast: Cast, databases: Databases, tmp_path: Path
) -> None:
    """Six learners save without a pause; the backup is begun in the middle of it."""
    rooms = [learner_of(room.house, cast, room) for _ in range(6)]
    attempts = [one.begin() for one in rooms]
    acknowledged: dict[tuple[str, int], str] = {}
    stop = threading.Event()

    def write(number: int) -> int:
        seq = 0
        while not stop.is_set() and seq < 3_000:
            seq += 1
            rooms[number].save(attempts[number], {3: f"{number}-{seq}"}, seq=seq, base=seq - 1)
            acknowledged[attempts[number], seq] = f"{number}-{seq}"
        return seq

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, n) for n in range(6)]
        while len(acknowledged) < 30:
            threading.Event().wait(0.005)
        before = dict(acknowledged)
        made = backed_up(tmp_path, room.house)
        after = len(acknowledged)
        stop.set()
        assert [one.result() for one in writing]
    assert after > len(before), "nobody wrote while the backup was made"
    url = bare(databases, "busy")
    restored(made.path, url, tmp_path / "other")
    with opened_at(url) as store:
        house = replace(build_test_house(store, Clock()), files=Folder(tmp_path / "other" / "files"))
        assert [finding.message.plain() for finding in audit(house) if not finding.good] == []
    with opened_at(url) as store, store.reading() as session:
        asked = select(Attempt.public, Answer.seq, Answer.value, Answer.version).join(
            Attempt, Attempt.id == Answer.attempt_id
        )
        rows = session.execute(asked.order_by(Attempt.id, Answer.version)).all()
    kept = {(row.public, row.seq): row.value for row in rows}
    assert before.items() <= kept.items()
    for attempt in attempts:
        own = [(row.seq, row.version) for row in rows if row.public == attempt]
        assert own == [(n, n) for n in range(1, len(own) + 1)], "an answer is missing between others"


def test_a_backup_of_an_older_form_is_brought_up_to_date(databases: Databases, tmp_path: Path) -> None:
    with opened_at(bare(databases, "older")) as store:
        migrate(store, "0004")
        with store.engine.begin() as connection:
            connection.execute(text(
                "INSERT INTO person (public, name, sort_key, search_key, title, contact, language, password, created) "
                "VALUES ('p', 'Lê Hòa', 'old', '', '', '', 'vi', '', '2026-01-01 00:00:00+00:00')"
                if not store.is_sqlite else
                "INSERT INTO person (public, name, sort_key, search_key, title, contact, language, password, created) "
                "VALUES ('p', 'Lê Hòa', 'old', '', '', '', 'vi', '', 1767225600000000)"
            ))  # fmt: skip
        made = backed_up(tmp_path, build_test_house(store, Clock()))
    assert made.manifest.schema == "0004"
    url = bare(databases, "newer")
    restored(made.path, url, tmp_path / "other")
    with opened_at(url) as store:
        assert is_current(store)
        with store.reading() as session:
            person = session.scalars(select(Person)).one()
    assert (person.sort_key, person.created.isoformat()) == (sort_key("Lê Hòa"), "2026-01-01T00:00:00+00:00")


def test_a_database_that_is_not_empty_is_left_alone_unless_told_otherwise(
    room: Room, databases: Databases, tmp_path: Path, clock: Clock
) -> None:
    made = backed_up(tmp_path, room.house)
    url = bare(databases, "full")
    restored(made.path, url, tmp_path / "other")
    with opened_at(url) as store:
        Cast(build_test_house(store, clock)).person(identifier="them@ankhue.example")
    changed = all_rows(url)
    with pytest.raises(Refused, match="not empty"):
        restored(made.path, url, tmp_path / "third")
    assert same(all_rows(url), changed)
    restored(made.path, url, tmp_path / "third", replace=True)
    assert same(all_rows(url), rows_of(room.house.store))


def test_files_that_are_there_are_left_alone_unless_told_otherwise(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    made = backed_up(tmp_path, room.house)
    url = bare(databases, "files")
    mine = tmp_path / "other" / "files" / "bb" / "mine"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(Refused, match="holds files"):
        restored(made.path, url, tmp_path / "other")
    assert mine.read_text() == "mine"
    restored(made.path, url, tmp_path / "other", replace=True)
    assert not mine.exists()
    assert {path.name for path in (tmp_path / "other").iterdir()} == {"files"}


def test_nothing_is_restored_while_anybody_has_the_database_open(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    made = backed_up(tmp_path, room.house)
    url = bare(databases, "open")
    with opened_at(url) as server:
        migrate(server)
        with pytest.raises(Refused, match="in use"):
            restored(made.path, url, tmp_path / "other")
    restored(made.path, url, tmp_path / "other")


def cut(data: bytes) -> bytes:
    return data[:-30]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]


@pytest.mark.parametrize("damage", [cut, flipped, lambda data: b"", lambda data: b"no backup at all"])
def test_a_damaged_backup_changes_nothing(
    room: Room, databases: Databases, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    made = backed_up(tmp_path, room.house)
    made.path.write_bytes(damage(made.path.read_bytes()))
    url = bare(databases, "damaged")
    with pytest.raises(Refused, match="changed or cut short"):
        restored(made.path, url, tmp_path / "other")
    with opened_at(url) as store, store.engine.connect() as connection:
        assert rows_there(connection) == 0
    assert not (tmp_path / "other" / "files").exists()


def rows_there(connection: Any) -> int:
    """How many tables there are."""
    return len(backing_up.table_names(connection))


def test_a_row_that_was_slipped_in_is_noticed(room: Room, databases: Databases, tmp_path: Path) -> None:
    made = backed_up(tmp_path, room.house)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name, data.replace(b'"learner"', b'"admin"', 1) if name == "tables/role_grant.jsonl" else data
            )
    with pytest.raises(Refused, match="changed or cut short"):
        restored(other, bare(databases, "slipped"), tmp_path / "other")


def test_a_disk_that_fills_up_leaves_no_half_backup(room: Room, tmp_path: Path) -> None:
    """The scratch database in which a backup is checked takes no more than a few pages."""
    one = backed_up(tmp_path, room.house)

    def small(connection: Any, record: Any) -> None:
        if "pysqlite3" in type(connection).__module__ or type(connection).__module__ == "sqlite3":
            connection.execute("PRAGMA max_page_count=20")

    backing = backing_up.open_store

    def full(url: str) -> Any:
        store = backing(url)
        event.listen(store.engine, "connect", small)
        return store

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(backing_up, "open_store", full)
        with pytest.raises(Refused, match="the disk is full"):
            backed_up(tmp_path, room.house)
    assert {path.name for path in one.path.parent.iterdir()} == {".lock", one.path.name}


def test_a_folder_that_cannot_be_written_is_told(room: Room, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(Refused, match="cannot be written"):
        backed_up(tmp_path, room.house)


def test_what_a_killed_backup_left_behind_is_removed_by_the_next(room: Room, tmp_path: Path) -> None:
    left = tmp_path / "backups" / ".phatngon-backup-dead" / "part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    backed_up(tmp_path, room.house)
    assert not left.parent.exists()


def test_one_backup_is_written_at_a_time(room: Room, tmp_path: Path) -> None:
    asked = wish(tmp_path, room.house)
    with backing_up._folder(asked.folder), pytest.raises(Refused, match="Another backup"):
        backing_up.back_up(room.house, asked)
