"""Recipes for columns: times with a zone, exact fractions as two integers, text keys; named constraints from the first table."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Select, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: whole microseconds in SQLite, timestamptz in PostgreSQL. A time without a zone is refused."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone may not be stored.")
        return value if dialect.name == "postgresql" else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value.astimezone(UTC) if value else None
        return _EPOCH + timedelta(microseconds=int(value))


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
