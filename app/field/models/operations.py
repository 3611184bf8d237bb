"""What phones sent, each once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import PortableJson, Sha256Text, UTCDateTime, UtcInstant, UuidKey, one_of
from app.field.rules import STATUSES


class SyncOperation(db.Model):
    """One operation of a phone with its stored answer; written with its effect or not at all.

    `n` is the number that the phone gave it, `server_n` the one that it got at the commit. The
    enterprise may be one that isn't here, so nothing refers to it. `occurred_at` is what the phone
    said. `payload_sealed` is kept while somebody must decide about it, or it waits for another.
    """

    __tablename__ = "sync_operation"
    __table_args__ = (
        one_of("status", tuple(STATUSES), name="status_known"),
        Index("uq_sync_operation_server_n", "server_n", unique=True),
        Index("ix_sync_operation_device_id_n", "device_id", "n"),
        Index("ix_sync_operation_record_id", "record_id"),
        Index("ix_sync_operation_enterprise_id_status", "enterprise_id", "status"),
        Index("ix_sync_operation_status_received_at", "status", "received_at"),
    )

    op_id: Mapped[UuidKey]
    server_n: Mapped[int | None] = mapped_column(BigInteger)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("field_device.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    n: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(30))
    schema_version: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[UUID]
    enterprise_id: Mapped[UUID]
    payload_sha256: Mapped[Sha256Text]
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Keys that this version of the server doesn't know, kept as they came.
    extra: Mapped[dict[str, Any] | None] = mapped_column(PortableJson)
    status: Mapped[str] = mapped_column(String(12))
    # What was answered: version, code, pesan.
    answer: Mapped[dict[str, Any]] = mapped_column(PortableJson)
    # "pindah_pendamping", "jam_meleset" and the like.
    labels: Mapped[list[str]] = mapped_column(PortableJson, default=list)
    occurred_at: Mapped[UtcInstant]
    # Minutes east of UTC on the phone.
    occurred_offset: Mapped[int] = mapped_column(SmallInteger, default=0)
    skew_seconds: Mapped[int] = mapped_column(BigInteger, default=0)
    received_at: Mapped[UtcInstant]
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<SyncOperation {self.type} {self.op_id} {self.status}>"


class OperationCounter(db.Model):
    """One row: the last server number given. Locking it puts those who commit in a row."""

    __tablename__ = "operation_counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last_n: Mapped[int] = mapped_column(BigInteger)
