"""Enterprises that became part of another one."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import UtcInstant, UuidKey


class EnterpriseSuccessor(db.Model):
    """Into which enterprise one went: phones may still send for the one that went.

    No references: the one that went isn't here, and the other may go as well. Where the one that
    went is here again, the merger was undone and the row says nothing.
    """

    __tablename__ = "enterprise_successor"
    __table_args__ = (Index("ix_enterprise_successor_kept_id", "kept_id"),)

    gone_id: Mapped[UuidKey]
    kept_id: Mapped[UUID] = mapped_column()
    since_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<EnterpriseSuccessor {self.gone_id} {self.kept_id}>"
