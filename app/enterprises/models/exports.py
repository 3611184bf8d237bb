"""Lists that were taken along."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonDict, JsonList, UTCDateTime, UtcInstant, UuidKey


class RegisterExport(db.Model):
    """One list as a file: for whom, which, how long, with whole NIKs or not, and why.

    `scope_areas` is the reach with which it was made: who has lost some of it since can't
    download it any more. The file itself is kept for a day.
    """

    __tablename__ = "register_export"
    __table_args__ = (
        CheckConstraint("with_nik = false OR reason IS NOT NULL", name="nik_has_reason"),
        CheckConstraint("row_count >= 0", name="row_count_not_negative"),
        Index("ix_register_export_account_id_created_at", "account_id", "created_at"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    filter: Mapped[JsonDict]
    sort: Mapped[str] = mapped_column(String(20))
    scope_areas: Mapped[JsonList]
    with_nik: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str | None] = mapped_column(String(300))
    row_count: Mapped[int | None] = mapped_column(Integer)
    # Characters that no spreadsheet may hold, or texts too long for a cell, that were replaced.
    replaced_count: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[UtcInstant]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<RegisterExport {self.id}>"
