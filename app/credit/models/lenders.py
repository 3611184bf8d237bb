"""Lenders: cooperatives, BMT, BPR, BUMDes and banks, those who work there, and how they stand."""

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

from app.core.errors import Conflict
from app.credit.rules.lenders import DUTIES, FORMING_STEPS, HEALTH_GRADES, LENDER_KINDS
from app.db import db
from app.db.columns import AreaCodeText, Rupiah, UtcInstant, UuidKey, byte_text, one_of
from app.db.constraints import means

_WORKS_HERE = text("until_on IS NULL")


class Lender(db.Model):
    """Who lends. `is_forming`: a cooperative that a village still prepares (see `LenderStep`)."""

    __tablename__ = "lender"
    __table_args__ = (
        one_of("kind", tuple(LENDER_KINDS), name="kind_known"),
        CheckConstraint("founders IS NULL OR founders >= 0", name="founders_counted"),
        CheckConstraint("principal_saving >= 0 AND duty_saving >= 0", name="savings_real"),
        Index("ix_lender_village_code_id", "village_code", "id"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(byte_text(160))
    village_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    address: Mapped[str] = mapped_column(String(200), default="")
    # What makes it a lawful body: number and day of its approval, its NIB, NPWP and permit to lend.
    legal_number: Mapped[str | None] = mapped_column(String(60))
    legal_on: Mapped[date | None]
    nib: Mapped[str | None] = mapped_column(String(13))
    npwp: Mapped[str | None] = mapped_column(String(16))
    permit_number: Mapped[str | None] = mapped_column(String(60))
    founders: Mapped[int | None] = mapped_column(SmallInteger)
    # What a member pays on joining, and each month.
    principal_saving: Mapped[Rupiah] = mapped_column(default=0)
    duty_saving: Mapped[Rupiah] = mapped_column(default=0)
    is_forming: Mapped[bool] = mapped_column(default=False)
    is_closed: Mapped[bool] = mapped_column(default=False)
    next_member_number: Mapped[int] = mapped_column(Integer, default=1)
    next_receipt_number: Mapped[int] = mapped_column(Integer, default=1)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Lender {self.kind} {self.id}>"


class LenderOfficer(db.Model):
    """An account that works for a lender from a day, until a day."""

    __tablename__ = "lender_officer"
    __table_args__ = (
        one_of("duty", tuple(DUTIES), name="duty_known"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),
        Index("ix_lender_officer_account_id", "account_id"),
        Index(
            "uq_lender_officer_working",
            "lender_id",
            "account_id",
            unique=True,
            sqlite_where=_WORKS_HERE,
            postgresql_where=_WORKS_HERE,
        ),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    duty: Mapped[str] = mapped_column(String(12))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LenderOfficer {self.duty} {self.id}>"


means(
    "uq_lender_officer_working",
    lambda: Conflict("works_there", message="Orang ini sudah bekerja di lembaga ini."),
    columns="lender_officer.lender_id, lender_officer.account_id",
)


class BoardMember(db.Model):
    """Somebody who leads or supervises a lender, by name and office, as the deed names them."""

    __tablename__ = "board_member"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),
        Index("ix_board_member_lender_id", "lender_id"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(40))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    def __repr__(self) -> str:
        return f"<BoardMember {self.id}>"


class LenderMeeting(db.Model):
    """A yearly meeting of members (RAT): of which book year, when, and what it decided."""

    __tablename__ = "lender_meeting"
    __table_args__ = (
        UniqueConstraint("lender_id", "book_year", name="uq_lender_meeting_lender_id_book_year"),
        CheckConstraint("present >= 0", name="present_counted"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    book_year: Mapped[int] = mapped_column(SmallInteger)
    held_on: Mapped[date]
    present: Mapped[int] = mapped_column(Integer)
    # What was left of the year (SHU); below nothing is a loss.
    surplus: Mapped[Rupiah | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LenderMeeting {self.book_year} {self.id}>"


means(
    "uq_lender_meeting_lender_id_book_year",
    lambda: Conflict("meeting_noted", message="Rapat tahun buku ini sudah dicatat."),
    columns="lender_meeting.lender_id, lender_meeting.book_year",
)


class LenderGrade(db.Model):
    """A cooperative's class of health as the office in charge found it; the newest counts."""

    __tablename__ = "lender_grade"
    __table_args__ = (
        one_of("grade", tuple(HEALTH_GRADES), name="grade_known"),
        Index("ix_lender_grade_lender_id_found_on", "lender_id", "found_on", "id"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    grade: Mapped[str] = mapped_column(String(24))
    found_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LenderGrade {self.grade} {self.id}>"


class LenderStep(db.Model):
    """A step that a cooperative in the making has reached, with its paper. Never changed."""

    __tablename__ = "lender_step"
    __table_args__ = (
        one_of("step", FORMING_STEPS, name="step_known"),
        Index("ix_lender_step_lender_id_reached_on", "lender_id", "reached_on", "id"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    step: Mapped[str] = mapped_column(String(24))
    reached_on: Mapped[date]
    # Codes of the papers that were seen.
    papers: Mapped[str] = mapped_column(String(300), default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<LenderStep {self.step} {self.id}>"
