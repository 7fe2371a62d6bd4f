"""Bringing a database to the newest form of its tables, and saying whether it has it."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from elearning.store.engine import Store

# Alembic keeps what it works on in a module, so that two threads of one process would take it from one another.
ALONE = threading.Lock()


def config() -> Config:
    """Alembic's configuration, without a file."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.set_main_option("path_separator", "os")
    return found


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database up to date, or up to a revision. Safe to call at every start, by several processes at once."""
    with store.lock.held(), store.writing.kw["bind"].begin() as connection:
        migrate_within(connection, revision)


def migrate_within(connection: Connection, revision: str = "head") -> None:
    """The same within a transaction that does more; its owner commits."""
    with ALONE:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def revision_of(connection: Connection) -> str | None:
    """The form that the tables have; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version of the platform knows a form of the tables."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def newest() -> str:
    """The newest form of the tables."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def is_current(store: Store) -> bool:
    """Whether the database has the newest form."""
    with store.engine.connect() as connection:
        return revision_of(connection) == newest()
