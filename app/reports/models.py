"""Reports that were asked for, and the letterheads of offices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import (
    AreaCodeText,
    JsonList,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    byte_text,
    one_of,
)
from app.reports.rules.limits import KINDS


class OfficeReport(db.Model):
    """One report: of an area ("" for the whole country) or of a mentor, for a month or a quarter.

    `scope_areas` is the reach with which it was made: who has lost some of it since can't fetch
    it any more. `job_id` is the work that writes its files.
    """

    __tablename__ = "office_report"
    __table_args__ = (
        one_of("kind", tuple(KINDS), name="kind_known"),
        CheckConstraint("(area_code IS NULL) <> (mentor_id IS NULL)", name="one_subject"),
        UniqueConstraint("job_id", name="uq_office_report_job_id"),
        Index("ix_office_report_account_id_created_at", "account_id", "created_at"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    job_id: Mapped[UUID] = mapped_column(Uuid)
    area_code: Mapped[str | None] = mapped_column(byte_text(13))
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    span: Mapped[str] = mapped_column(String(7))
    kind: Mapped[str] = mapped_column(String(10))
    with_names: Mapped[bool] = mapped_column(Boolean)
    scope_areas: Mapped[JsonList]
    created_at: Mapped[UtcInstant]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_own(self) -> bool:
        """Whether the mentor of whom it tells asked for it; that needs no area."""
        return self.mentor_id == self.account_id and not self.scope_areas

    def __repr__(self) -> str:
        return f"<OfficeReport {self.span} {self.id}>"


class Letterhead(db.Model):
    """What stands above and below the reports of the office of an area ("" for the country)."""

    __tablename__ = "letterhead"

    area_code: Mapped[AreaCodeText] = mapped_column(primary_key=True)
    above: Mapped[str] = mapped_column(String(160), default="")
    name: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(300), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    signer_name: Mapped[str] = mapped_column(String(120), default="")
    signer_post: Mapped[str] = mapped_column(String(160), default="")
    signer_nip: Mapped[str] = mapped_column(String(18), default="")
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Letterhead {self.area_code}>"
