"""What therapies achieved, as it was counted on a day, with the enterprises behind each figure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import AreaCodeText, JsonDict, UTCDateTime, UtcInstant, UuidKey


class EffectReport(db.Model):
    """One count over an area. Without `made_at` it is still being counted."""

    __tablename__ = "effect_report"
    __table_args__ = (Index("ix_effect_report_area_code_made_at", "area_code", "made_at"),)

    id: Mapped[UuidKey]
    area_code: Mapped[AreaCodeText]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[UtcInstant]
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    figures: Mapped[JsonDict] = mapped_column(default=dict)

    def __repr__(self) -> str:
        return f"<EffectReport {self.area_code} {self.made_at}>"


class EffectCase(db.Model):
    """One enterprise behind one figure of a report.

    `line` is the line of the report and `part` the list in it. `before` and `after` are points,
    ranks of the class, or days, as the list has it. No reference to the enterprise: the count
    stays what it was when enterprises are merged later.
    """

    __tablename__ = "effect_case"
    __table_args__ = (
        Index("ix_effect_case_report_id_line_part_number", "report_id", "line", "part", "number"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("effect_report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Integer)
    part: Mapped[str] = mapped_column(String(16))
    enterprise_id: Mapped[UUID]
    before: Mapped[int | None] = mapped_column(SmallInteger)
    after: Mapped[int | None] = mapped_column(SmallInteger)

    def __repr__(self) -> str:
        return f"<EffectCase {self.line} {self.part}>"
