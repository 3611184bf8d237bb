"""Column types, as `Annotated` for `Mapped[...]`.

They are `Annotated` and not a type map because Flask-SQLAlchemy refuses a base that has one.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Dialect, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.ids import new_id


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC: SQLite would drop the zone and give it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive instant")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC on both engines."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class RepeatedUuid(Uuid[UUID]):
    """Keys that many rows repeat, for `type_coerce`: making one takes as long as reading the row,
    so each is made once."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """From the text that SQLite has."""
        return None if dialect.supports_native_uuid else _uuid


_uuid = lru_cache(maxsize=8_192)(UUID)


def byte_text(length: int) -> TypeEngine[str]:
    """Text that both engines compare byte by byte, whatever the locale of the database."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


PortableJson = JSON().with_variant(JSONB(), "postgresql")

UuidKey = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=new_id)]
UtcInstant = Annotated[datetime, mapped_column(UTCDateTime)]
Rupiah = Annotated[int, mapped_column(BigInteger)]
# A prefix of codes is a range of them, and names have one order, only when bytes are compared.
AreaCodeText = Annotated[str, mapped_column(byte_text(13))]
Sha256Text = Annotated[str, mapped_column(String(64))]
JsonDict = Annotated[dict[str, Any], mapped_column(PortableJson)]
JsonList = Annotated[list[Any], mapped_column(PortableJson)]


def one_of(column: str, values: tuple[str, ...], *, name: str) -> CheckConstraint:
    """A named check that `column` is empty or one of `values` (plain words, made in code)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)
