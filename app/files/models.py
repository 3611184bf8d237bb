"""Stored files."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import Sha256Text, UtcInstant, UuidKey, one_of
from app.files.rules import KINDS


class StoredFile(db.Model):
    """One photo of one thing. Rows with the same content share one file on disk.

    `bytes`, `width` and `height` are those of the stored file, not of the upload. `fingerprint` is
    how it looks; photos that came before it was taken have none.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        one_of("kind", KINDS, name="kind_known"),
        CheckConstraint("bytes > 0 AND width > 0 AND height > 0", name="sizes_positive"),
        Index("ix_stored_file_sha256", "sha256"),
        Index("ix_stored_file_fingerprint", "fingerprint"),
    )

    id: Mapped[UuidKey]
    sha256: Mapped[Sha256Text]
    kind: Mapped[str] = mapped_column(String(10))
    bytes: Mapped[int] = mapped_column(Integer)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[UtcInstant]
    # Accounts lie above this package, so there is no foreign key.
    created_by: Mapped[UUID | None] = mapped_column(Uuid)

    def __repr__(self) -> str:
        return f"<StoredFile {self.kind} {self.id}>"
