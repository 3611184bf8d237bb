"""Files that come in pieces."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import Sha256Text, UTCDateTime, UtcInstant, UuidKey


class FileUpload(db.Model):
    """A file that an operation announced; the id is made on the phone.

    `received` bytes of it are on disk. Unfinished ones are thrown away after thirty days; what
    announced them stays.
    """

    __tablename__ = "file_upload"
    __table_args__ = (
        CheckConstraint("size > 0 AND received >= 0 AND received <= size", name="size_real"),
        Index("ix_file_upload_op_id", "op_id"),
        Index("ix_file_upload_enterprise_id_sha256", "enterprise_id", "sha256"),
        Index("ix_file_upload_finished_at_touched_at", "finished_at", "touched_at"),
    )

    id: Mapped[UuidKey]
    op_id: Mapped[UUID] = mapped_column(ForeignKey("sync_operation.op_id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    enterprise_id: Mapped[UUID]
    # The visit, or the line of the cash book, that it belongs to.
    record_id: Mapped[UUID]
    sha256: Mapped[Sha256Text]
    size: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer, default=0)
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    # Why it was thrown away, if it was.
    refusal: Mapped[str | None] = mapped_column(String(40))
    announced_at: Mapped[UtcInstant]
    touched_at: Mapped[UtcInstant]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<FileUpload {self.id} {self.received}/{self.size}>"
