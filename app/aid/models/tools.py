"""Tools that were given: value, place, holders, papers of their handovers, checks of their use."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.aid.rules.use import CONDITIONS, MAX_DAYS
from app.core.errors import Conflict
from app.db import db
from app.db.columns import AreaCodeText, Rupiah, UtcInstant, UuidKey, byte_text, one_of
from app.db.constraints import means
from app.interventions.rules import FUNDING_SOURCES

HANDOVER_KINDS = ("penyerahan", "pemindahan", "pengembalian", "pencatatan")
_IS_OPEN = text("until_on IS NULL")


class Tool(db.Model):
    """One tool bought with somebody's money. Without a holder it stands in a store.

    `area_code` is the holder's village, or the area whose office stores it. `days_used`,
    `condition` and `checked_on` are those of the last check; `idle_since_on` is set while its
    checks say that it is hardly used, `idle_told_on` once that was told for this stretch.
    """

    __tablename__ = "tool"
    __table_args__ = (
        one_of("condition", CONDITIONS, name="condition_known"),
        one_of("funding_source", tuple(FUNDING_SOURCES), name="funding_source_known"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("funded_year BETWEEN 1990 AND 2100", name="funded_year_real"),
        CheckConstraint(f"days_used BETWEEN 0 AND {MAX_DAYS}", name="days_used_real"),
        Index("ix_tool_area_code_search_name_id", "area_code", "search_name", "id"),
        Index("ix_tool_holder_id", "holder_id"),
        Index("ix_tool_case_id", "case_id"),
        Index("ix_tool_idle_since_on", "idle_since_on"),
    )

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(byte_text(160))
    serial_number: Mapped[str] = mapped_column(String(80), default="")
    value: Mapped[Rupiah]
    funding_source: Mapped[str] = mapped_column(String(16))
    funded_year: Mapped[int] = mapped_column(SmallInteger)
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    # The aid it was bought for; the case of today's holder stands with the holding.
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("aid_case.id"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    held_from: Mapped[date]
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    place: Mapped[str] = mapped_column(String(200), default="")
    condition: Mapped[str] = mapped_column(String(16), default="baik")
    days_used: Mapped[int | None] = mapped_column(SmallInteger)
    checked_on: Mapped[date | None]
    idle_since_on: Mapped[date | None]
    idle_told_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Tool {self.name}>"


class Handover(db.Model):
    """One paper by which tools changed hands (BAST), numbered by regency and year; for good."""

    __tablename__ = "tool_handover"
    __table_args__ = (
        one_of("kind", HANDOVER_KINDS, name="kind_known"),
        UniqueConstraint("area_code", "year", "number", name="uq_tool_handover_number"),
        Index("ix_tool_handover_case_id", "case_id"),
    )

    id: Mapped[UuidKey]
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(12))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("aid_case.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    handed_on: Mapped[date]
    giver_name: Mapped[str] = mapped_column(String(120))
    giver_post: Mapped[str] = mapped_column(String(120), default="")
    receiver_name: Mapped[str] = mapped_column(String(120))
    receiver_post: Mapped[str] = mapped_column(String(120), default="")
    witness_name: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    @property
    def document(self) -> str:
        """The number as it stands on paper: "BAST/007/33.02/2026"."""
        return f"BAST/{self.number:03d}/{self.area_code}/{self.year}"

    def __repr__(self) -> str:
        return f"<Handover {self.document}>"


class ToolHolding(db.Model):
    """A tool with a holder, or in a store, from a day to a day; at most one is open."""

    __tablename__ = "tool_holding"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),
        Index(
            "uq_tool_holding_open_tool_id",
            "tool_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_tool_holding_tool_id_from_on", "tool_id", "from_on"),
        Index("ix_tool_holding_enterprise_id", "enterprise_id"),
        Index("ix_tool_holding_case_id", "case_id"),
        Index("ix_tool_holding_handover_id", "handover_id"),
    )

    id: Mapped[UuidKey]
    tool_id: Mapped[UUID] = mapped_column(ForeignKey("tool.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("aid_case.id"))
    handover_id: Mapped[UUID | None] = mapped_column(ForeignKey("tool_handover.id"))
    place: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300), default="")

    def __repr__(self) -> str:
        return f"<ToolHolding {self.tool_id} {self.from_on}>"


class ToolCheck(db.Model):
    """What was found at a tool on a day. Never changed. `check_day` is 30, 90 or 180 where it was
    the check of that day, units and sales are those of a month."""

    __tablename__ = "tool_check"
    __table_args__ = (
        one_of("condition", CONDITIONS, name="condition_known"),
        CheckConstraint("check_day IN (30, 90, 180)", name="check_day_known"),
        CheckConstraint(f"days_used BETWEEN 0 AND {MAX_DAYS}", name="days_used_real"),
        CheckConstraint("units >= 0 AND sales >= 0", name="amounts_not_negative"),
        UniqueConstraint("tool_id", "checked_on", name="uq_tool_check_tool_id"),
        Index("ix_tool_check_enterprise_id_checked_on", "enterprise_id", "checked_on"),
    )

    id: Mapped[UuidKey]
    tool_id: Mapped[UUID] = mapped_column(ForeignKey("tool.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    checked_on: Mapped[date]
    check_day: Mapped[int | None] = mapped_column(SmallInteger)
    days_used: Mapped[int] = mapped_column(SmallInteger)
    condition: Mapped[str] = mapped_column(String(16))
    operator: Mapped[str] = mapped_column(String(12), default="")
    units: Mapped[int | None] = mapped_column(Integer)
    sales: Mapped[Rupiah | None]
    repair: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    checked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<ToolCheck {self.checked_on} {self.days_used}>"


means(
    "uq_tool_check_tool_id",
    lambda: Conflict(
        "tool_checked_today",
        field="checked_on",
        message="Alat ini sudah dicek pada tanggal itu.",
    ),
    columns="tool_check.tool_id, tool_check.checked_on",
)
means(
    "uq_tool_handover_number",
    lambda: Conflict(
        "handover_number_taken",
        message="Nomor berita acara baru saja dipakai petugas lain. Simpan sekali lagi.",
    ),
    columns="tool_handover.area_code, tool_handover.year, tool_handover.number",
)
means(
    "uq_tool_holding_open_tool_id",
    lambda: Conflict(
        "tool_moved_meanwhile",
        message="Alat ini baru saja dipindahkan orang lain. Muat ulang halamannya.",
    ),
    columns="tool_holding.tool_id",
)
