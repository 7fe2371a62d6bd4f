"""Moving to another database and back: every row as it was, new rows numbered on, and nothing while anybody is at work."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from elearning.domain.errors import Refused
from elearning.services.consistency import audit
from elearning.services.moving import Step, move, plan
from elearning.services.work import House
from elearning.store.migrating import migrate
from elearning.store.models.person import Person
from tests.conftest import build_test_house
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.examining import Room
from tests.services.keeping import all_rows, bare, lived_in, opened_at, same
from tests.store.databases import ON_POSTGRESQL, Databases, rows_of


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    return lived_in(practice, cast)


def quiet(step: Step) -> None:
    """Watch without a word."""


def test_a_platform_moves_to_the_other_kind_of_database_and_back_without_losing_a_row(
    room: Room, databases: Databases, tmp_path: Path
) -> None:
    before = rows_of(room.house.store)
    there, back = f"sqlite:///{tmp_path / 'there.db'}", bare(databases, "back")
    seen: list[Step] = []
    with opened_at(there) as target:
        first = move(room.house.store, target, seen.append)
    assert same(all_rows(there), before)
    with opened_at(there) as source, opened_at(back) as target:
        second = move(source, target, quiet)
    assert same(all_rows(back), before)
    assert [(m.table, m.rows, m.digest) for m in first] == [(m.table, m.rows, m.digest) for m in second]
    assert {step.table: step.done for step in seen} == {name: len(rows) for name, rows in before.items()}
    with opened_at(back) as store:
        house = replace(build_test_house(store, Clock()), files=room.house.files)
        assert [finding.message.plain() for finding in audit(house) if not finding.good] == []
        assert Cast(house).person(identifier="moi@ankhue.example").id == max(r["id"] for r in before["person"]) + 1


def test_the_new_database_knows_at_once_how_large_its_tables_are(room: Room, databases: Databases) -> None:
    url, rows = bare(databases, "counted"), rows_of(room.house.store)
    with opened_at(url) as target:
        move(room.house.store, target, quiet)
        with target.engine.connect() as connection:
            known = {str(row[0]): int(row[1]) for row in connection.execute(text(SIZES))}
    assert {name: known.get(name, len(rows[name])) for name in rows} == {
        name: len(found) for name, found in rows.items()
    }
    assert len(known) == (len(rows) if ON_POSTGRESQL else 0)


def test_work_goes_on_in_the_new_database_where_it_stopped(room: Room, databases: Databases) -> None:
    url = bare(databases, "onward")
    running = next(r["public"] for r in rows_of(room.house.store)["attempt"] if r["state"] == "in_progress")
    with opened_at(url) as target:
        move(room.house.store, target, quiet)
        moved = replace(room, house=replace(room.house, store=target))
        assert moved.save(running, {3: "sau khi chuyển"}, seq=2, base=1).version == 2
        moved.hand_in(running)
        assert moved.row(running).state == "graded"


def test_a_dry_run_says_what_there_is_and_writes_nothing(room: Room, databases: Databases) -> None:
    url = bare(databases, "dry")
    with opened_at(url) as target:
        steps = plan(room.house.store, target)
        with target.engine.connect() as connection:
            assert len(list(connection.execute(text(TABLES)))) == 0
    assert {step.table: step.rows for step in steps} == {n: len(rows) for n, rows in rows_of(room.house.store).items()}


TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    if ON_POSTGRESQL
    else "SELECT name FROM sqlite_master"
)


# SQLite plans without counting; there is nothing to know.
SIZES = (
    "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
    "AND relname <> 'alembic_version'"
    if ON_POSTGRESQL
    else "SELECT name, 0 FROM sqlite_master WHERE name = 'sqlite_stat1'"
)


def test_a_target_with_rows_is_refused(room: Room, databases: Databases) -> None:
    with opened_at(bare(databases, "taken")) as target:
        migrate(target)
        Cast(build_test_house(target, Clock())).person()
        before = rows_of(target)
        for act in (lambda: plan(room.house.store, target), lambda: move(room.house.store, target, quiet)):
            with pytest.raises(Refused, match="not empty"):
                act()
        assert same(rows_of(target), before)


def test_it_is_refused_while_a_server_has_either_open(room: Room, databases: Databases) -> None:
    url = bare(databases, "busy")
    mine = room.house.store.engine.url.render_as_string(hide_password=False)
    with opened_at(url) as target:
        for taken in (mine, url):
            with opened_at(taken) as server:
                with server.engine.connect():
                    pass
                with pytest.raises(Refused, match="in use"):
                    move(room.house.store, target, quiet)
        assert move(room.house.store, target, quiet)


def test_it_does_not_move_onto_itself(room: Room) -> None:
    mine = room.house.store.engine.url.render_as_string(hide_password=False)
    with opened_at(mine) as target, pytest.raises(Refused, match="already"):
        move(room.house.store, target, quiet)


def test_old_tables_are_brought_up_to_date_first(databases: Databases, tmp_path: Path) -> None:
    with opened_at(f"sqlite:///{tmp_path / 'old.db'}") as source, opened_at(bare(databases, "ahead")) as target:
        migrate(source, "0004")
        with pytest.raises(Refused, match="phatngon migrate"):
            move(source, target, quiet)


def test_a_value_that_the_target_does_not_take_is_named_and_leaves_nothing_there(
    databases: Databases, tmp_path: Path
) -> None:
    """SQLite takes a row that points nowhere while nobody looks; neither target does."""
    with opened_at(f"sqlite:///{tmp_path / 'torn.db'}") as source, opened_at(bare(databases, "whole")) as target:
        house = build_test_house(source, Clock())
        migrate(source)
        Cast(house).person()
        with source.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]  # the driver of SQLite
            raw.execute("UPDATE role_grant SET person_id = 999")  # type: ignore[attr-defined]  # the same
        with pytest.raises(Refused, match="role_grant"):
            move(source, target, quiet)
        migrate(target)
        assert rows_of(target)[Person.__tablename__] == []
