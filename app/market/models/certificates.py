"""The way of each permit and certificate: where it stands, each step, each paper."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import JsonList, UtcInstant, UuidKey


class Certificate(db.Model):
    """One track of one product, or of the enterprise where `product_id` is empty.

    States are those of `bundled/jalur-izin.yaml`. `due_on` is the day until which the state is
    usually left; empty for one without a clock. A NIB stands on the enterprise, never here.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("expires_on > issued_on", name="expires_after_issue"),
        Index("ix_certificate_enterprise_id_track", "enterprise_id", "track", "id"),
        Index("ix_certificate_product_id", "product_id"),
        Index("ix_certificate_track_state", "track", "state", "enterprise_id"),
        # What waits longest, and what ends next, without a look at what does neither.
        Index("ix_certificate_due_on_id", "due_on", "id"),
        Index("ix_certificate_expires_on_id", "expires_on", "id"),
        Index("ix_certificate_number", "number"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("product.id"))
    track: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(30))
    state_on: Mapped[date]
    due_on: Mapped[date | None]
    # Wide enough to be forgotten as what was typed, when its owner is.
    number: Mapped[str | None] = mapped_column(String(60))
    confirmed_warnings: Mapped[JsonList] = mapped_column(default=list)
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    expires_is_estimate: Mapped[bool] = mapped_column(default=False)
    # Since when commitments run that were made with the number.
    committed_on: Mapped[date | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<Certificate {self.track} {self.state}>"


class CertificateStep(db.Model):
    """One step on the way: never changed. Without `from_state` it is where the way began."""

    __tablename__ = "certificate_step"
    __table_args__ = (
        Index("ix_certificate_step_certificate_id_at", "certificate_id", "recorded_at", "id"),
    )

    id: Mapped[UuidKey]
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    from_state: Mapped[str | None] = mapped_column(String(30))
    to_state: Mapped[str] = mapped_column(String(30))
    happened_on: Mapped[date]
    moved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]
    number: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(500), default="")

    def __repr__(self) -> str:
        return f"<CertificateStep {self.from_state} {self.to_state}>"


class CertificateDocument(db.Model):
    """A photo of a paper of a certificate; `paper` is its code in the track.

    It belongs to the step with which it was handed in, if it was.
    """

    __tablename__ = "certificate_document"
    __table_args__ = (
        Index("ix_certificate_document_certificate_id", "certificate_id", "added_at", "id"),
    )

    id: Mapped[UuidKey]
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    step_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_step.id"))
    paper: Mapped[str] = mapped_column(String(30))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<CertificateDocument {self.paper}>"
