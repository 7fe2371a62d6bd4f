"""Migrations: from nothing they give exactly the tables of the models, and they can be run at every start."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

from elearning.domain.names import sort_key
from elearning.store.base import Base
from elearning.store.engine import Store, open_store
from elearning.store.going_back import go_back, lost
from elearning.store.migrating import config, is_current, migrate
from elearning.store.models.notice import Job, JobPiece
from elearning.store.queries import jobs
from tests.store.databases import Databases

PERSON = (
    "INSERT INTO person (public, name, sort_key, search_key, title, contact, language, password, created) "
    "VALUES (:p, :n, 'old', '', '', '', 'vi', '', '2026-01-01 00:00:00+00:00')"
)


@pytest.fixture
def bare(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A database without a single table."""
    store = open_store(databases.bare(f"bare{abs(hash(request.node.name)) % 10_000}"))
    yield store
    store.dispose()


def test_a_database_without_tables_is_not_current(bare: Store) -> None:
    assert not is_current(bare)


def test_migrating_from_nothing_gives_exactly_the_tables_of_the_models(bare: Store) -> None:
    migrate(bare)
    assert is_current(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(bare: Store) -> None:
    migrate(bare)
    before = inspect(bare.engine).get_table_names()
    migrate(bare)
    assert inspect(bare.engine).get_table_names() == before


def test_processes_that_start_together_wait_for_one_another(bare: Store) -> None:
    gate = threading.Barrier(4)

    def start(_: int) -> None:
        gate.wait()
        migrate(bare)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    assert is_current(bare)


def test_every_constraint_has_the_name_that_the_models_give_it(databases: Databases) -> None:
    there = inspect(databases.emptied().engine)
    for table in Base.metadata.sorted_tables:
        uniques = {unique["name"] for unique in there.get_unique_constraints(table.name)}
        uniques |= {index["name"] for index in there.get_indexes(table.name) if index["unique"]}
        checks = {check["name"] for check in there.get_check_constraints(table.name)}
        wanted = {c.name for c in table.constraints if c.__visit_name__ == "unique_constraint"}
        assert wanted <= uniques, table.name
        assert {c.name for c in table.constraints if c.__visit_name__ == "table_or_column_check_constraint"} <= checks
        assert None not in uniques | checks
        assert there.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        assert all(str(key["name"]).startswith(f"fk_{table.name}_") for key in there.get_foreign_keys(table.name))


def test_the_files_of_jobs_come_out_of_their_rows_and_go_back_into_them(bare: Store) -> None:
    large = bytes(range(256)) * 40_000
    files = [(large, None), (b"", large[: jobs.PIECE]), (None, None), (b"\x00a", large[:-1])]
    asked = text("SELECT data, output FROM job ORDER BY id")
    migrate(bare, "0017")
    with bare.engine.begin() as connection:
        connection.execute(text(PERSON), {"p": "p", "n": "An"})
        said = "INSERT INTO job (public, kind, by_id, asked, file_name, state, done, total, made, data, output) SELECT"
        values = ":p, 'test', id, '{}', 'a.zip', 'waiting', 0, 0, created, :d, :o FROM person"
        for number, (data, output) in enumerate(files):
            connection.execute(text(f"{said} {values}"), {"p": f"j{number}", "d": data, "o": output})
    migrate(bare)
    with bare.reading() as session:
        found = [
            (jobs.whole_file(session, one, "data"), jobs.whole_file(session, one, "output"))
            for one in session.scalars(select(Job.id).order_by(Job.id))
        ]
        assert found == files
        assert session.scalar(select(func.max(func.length(JobPiece.piece)))) == jobs.PIECE
    assert lost(bare, "0017") == []
    go_back(bare, "0017")
    with bare.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(asked)] == files


def test_migrations_stand_in_one_line() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_sort_keys_of_before_are_worked_out_anew(databases: Databases) -> None:
    store = open_store(databases.bare("sortkeys"))
    try:
        migrate(store, "0004")
        with store.engine.begin() as connection:
            connection.execute(
                text(PERSON),
                [{"p": f"p{n}", "n": name} for n, name in enumerate(("Trần Hoa", "Lê Hòa"))],
            )
        migrate(store)
        with store.engine.connect() as connection:
            rows = connection.execute(text("SELECT name, sort_key FROM person ORDER BY sort_key")).all()
        assert [(row.name, row.sort_key) for row in rows] == [(n, sort_key(n)) for n in ("Trần Hoa", "Lê Hòa")]
    finally:
        store.dispose()
