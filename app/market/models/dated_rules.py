"""Values that an office set for rules that decrees may move."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import PortableJson, UtcInstant, UuidKey


class DatedRuleValue(db.Model):
    """One value of one rule from a day on. Never changed: of one day the one set last counts."""

    __tablename__ = "dated_rule"
    __table_args__ = (Index("ix_dated_rule_code_valid_from", "code", "valid_from", "set_at", "id"),)

    id: Mapped[UuidKey]
    code: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(PortableJson)
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(500), default="")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<DatedRuleValue {self.code} {self.valid_from}>"
