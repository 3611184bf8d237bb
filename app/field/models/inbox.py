"""What waits for a person: conflicts of fields, and reports that somebody must look at."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import AreaCodeText, UTCDateTime, UtcInstant, UuidKey, one_of
from app.field.rules import DECISIONS, INBOX_KINDS, INBOX_STATES


class InboxItem(db.Model):
    """One thing to decide. `values_sealed` is sealed JSON {"base", "server", "incoming"} by field.

    Without `enterprise_id` the enterprise isn't here (a registration that somebody must look at);
    `area_code` says whose matter it is. `version` guards the decision against a stale page.
    """

    __tablename__ = "inbox_item"
    __table_args__ = (
        one_of("kind", tuple(INBOX_KINDS), name="kind_known"),
        one_of("state", tuple(INBOX_STATES), name="state_known"),
        one_of("decision", tuple(DECISIONS), name="decision_known"),
        CheckConstraint("(state = 'terbuka') = (decision IS NULL)", name="closed_by_decision"),
        Index("ix_inbox_item_state_area_code", "state", "area_code"),
        Index("ix_inbox_item_enterprise_id", "enterprise_id"),
        Index("ix_inbox_item_sent_by_state", "sent_by", "state"),
        Index("ix_inbox_item_op_id", "op_id"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(String(10))
    # Why: "field_conflict", "former_mentor", "never_assigned", "nik_taken", "id_reused" and so on.
    code: Mapped[str] = mapped_column(String(40))
    op_id: Mapped[UUID] = mapped_column(ForeignKey("sync_operation.op_id"))
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    area_code: Mapped[AreaCodeText]
    field: Mapped[str | None] = mapped_column(String(60))
    values_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    decision: Mapped[str | None] = mapped_column(String(20))
    decision_note: Mapped[str | None] = mapped_column(String(500))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    created_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<InboxItem {self.kind} {self.code} {self.state}>"
