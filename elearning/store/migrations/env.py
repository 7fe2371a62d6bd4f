"""Runs migrations on the connection that it is given, under a lock, in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

from elearning.store.base import Base
from elearning.store.models import arrangement, learning, notice, person, publishing, taking_in, unit
from elearning.store.models import text as text_model

TABLES = (arrangement, learning, notice, person, publishing, taking_in, unit, text_model)


def run(connection: Connection) -> None:
    """Migrate. Two processes that start together wait for one another."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7263001)"))
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
