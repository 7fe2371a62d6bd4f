"""Statements given to the driver itself, past SQLAlchemy's execution, with errors told as SQLAlchemy tells them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def run(connection: Connection, sql: str, values: Any = (), **how: Any) -> Any:
    """Run one statement; the driver's cursor. `how` is what the driver of this database may be told besides. Raises DBAPIError as
    SQLAlchemy would; a connection that is gone is not used again.
    """
    driver: Any = connection.connection.dbapi_connection
    try:
        return driver.execute(sql, values, **how)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, values, error) from error


def run_many(connection: Connection, sql: str, values: Sequence[Any]) -> int:
    """Run one statement for each of these values; how many rows it changed. Raises DBAPIError as SQLAlchemy would."""
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor()
    try:
        cursor.executemany(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, values, error) from error
    changed: int = cursor.rowcount
    return changed


def _told(connection: Connection, sql: str, values: Any, error: Exception) -> Exception:
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]  # a driver's error
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, values, error, dialect.loaded_dbapi.Error, connection_invalidated=gone, dialect=dialect
    )
