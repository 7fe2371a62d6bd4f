"""Recipes for columns: times with a zone, exact fractions as two integers, text keys; named constraints from the first table."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Select, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: whole microseconds in SQLite, timestamptz in PostgreSQL. A time without a zone is refused."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return self.bind_processor(dialect)(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return self.result_processor(dialect, None)(value)

    # By SQLAlchemy's own wrappers a moment passes through three calls; a page of questions reads some dozens.
    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """What a value goes through on its way to the database."""
        return _kept_with_zone if dialect.name == "postgresql" else _kept_as_number

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """What a value goes through on its way back."""
        return _told_in_utc if dialect.name == "postgresql" else _told_from_number


def _kept_with_zone(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("A time without a zone may not be stored.")
    return value


def _kept_as_number(value: datetime | None) -> int | None:
    return None if value is None else (_kept_with_zone(value) - _EPOCH) // _MICROSECOND  # type: ignore[operator]  # it is one


def _told_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _told_from_number(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + value * _MICROSECOND


class Base(DeclarativeBase):
    """Every table. Constraints are named by rule, so that migrations can change them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment(), dict[str, Any]: JSON(), list[Any]: JSON()}


# PostgreSQL compares these by code point, as SQLite does, so that both sort names alike.
by_code_point = String(collation="C").with_variant(String(), "sqlite")

# A statement whatever its columns: naming the type of each would help nobody.
AnySelect = Select[*tuple[Any, ...]]

primary_key = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]
public_id = Annotated[str, mapped_column(String(22), unique=True)]
digest = Annotated[str, mapped_column(String(64))]
short = Annotated[str, mapped_column(String(120))]
long = Annotated[str, mapped_column(Text)]
sorted_text = Annotated[str, mapped_column(by_code_point)]
