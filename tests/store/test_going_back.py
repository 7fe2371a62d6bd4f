"""Back to an older form of the tables: exactly the form it had, with all rows that it knows, and forward again."""

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from elearning.services.work import House
from elearning.store.engine import Store, open_store
from elearning.store.going_back import NoWayBack, go_back, lost
from elearning.store.migrating import config, is_current, migrate, newest, revision_of
from tests.services.cast import Cast
from tests.services.keeping import bare, lived_in
from tests.store.databases import Databases, Rows, rows_of

LINE = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]
PREVIOUS = LINE[1]


@pytest.fixture
def opened(databases: Databases) -> Iterator[tuple[Store, Store]]:
    """Two databases without a single table."""
    stores = [open_store(bare(databases, name)) for name in ("going", "fresh")]
    yield stores[0], stores[1]
    for store in stores:
        store.dispose()


def form(store: Store) -> dict[str, object]:
    """Columns, indexes and constraints of all tables."""
    there = inspect(store.engine)
    return {
        name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in there.get_columns(name)),
            sorted((i["name"] or "", i["column_names"]) for i in there.get_indexes(name)),
            sorted((key["name"] or "", key["constrained_columns"]) for key in there.get_foreign_keys(name)),
            sorted(check["name"] or "" for check in there.get_check_constraints(name)),
        )
        for name in there.get_table_names()
    }


@pytest.mark.parametrize("revision", LINE[1:])
def test_going_back_gives_exactly_the_form_of_that_time_and_forward_again_the_newest(
    revision: str, opened: tuple[Store, Store]
) -> None:
    going, fresh = opened
    migrate(going)
    newest_form = form(going)
    go_back(going, revision)
    migrate(fresh, revision)
    assert form(going) == form(fresh)
    with going.engine.connect() as connection:
        assert revision_of(connection) == revision
    migrate(going)
    assert is_current(going)
    assert form(going) == newest_form


def test_all_rows_that_the_older_version_knows_are_as_they_were(practice: House, cast: Cast) -> None:
    lived_in(practice, cast)
    before = rows_of(practice.store)
    told = lost(practice.store, PREVIOUS)
    taken = {name for name, column, _ in told if not column}
    columns = {(name, column) for name, column, _ in told if column}
    try:
        go_back(practice.store, PREVIOUS)
        migrate(practice.store)
        after = rows_of(practice.store)
        assert _known(after, taken, columns) == _known(before, taken, columns)
        assert all(after[name] == [] for name in taken)
        assert before["answer"]
    finally:
        migrate(practice.store)


def _known(rows: Rows, tables: set[str], columns: set[tuple[str, str]]) -> dict[str, list[dict[str, object]]]:
    return {
        name: sorted(
            ({column: value for column, value in row.items() if (name, column) not in columns} for row in some), key=str
        )
        for name, some in rows.items()
        if name not in tables
    }


def test_what_would_be_lost_is_told_beforehand(opened: tuple[Store, Store]) -> None:
    going, _ = opened
    migrate(going, "0006")
    assert lost(going, "0005") == [("arrangement", "", 0), ("attempt", "reopened", 0), ("acceptance", "", 0)]
    assert lost(going, "0003")[-1] == ("upload", "", 0)


@pytest.mark.parametrize("revision", ["0000", "zzzz", newest()])
def test_there_is_no_way_back_to_what_is_not_known_or_not_older(revision: str, opened: tuple[Store, Store]) -> None:
    going, _ = opened
    migrate(going)
    before = form(going)
    for act in (lambda: go_back(going, revision), lambda: lost(going, revision)):
        with pytest.raises(NoWayBack):
            act()
    assert form(going) == before
