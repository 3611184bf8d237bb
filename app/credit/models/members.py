"""Members of lenders, what they save, and what their owners agreed to show a lender."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.credit.rules.savings import MOST_SAVED, SAVING_KINDS, SAVING_WAYS
from app.db import db
from app.db.columns import Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means

_IS_OPEN = text("withdrawn_at IS NULL")


class Member(db.Model):
    """An owner who belongs to a lender (or is its customer), with a number of theirs there."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("lender_id", "owner_id", name="uq_member_lender_id_owner_id"),
        UniqueConstraint("lender_id", "number", name="uq_member_lender_id_number"),
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="left_after_joining"),
        Index("ix_member_owner_id", "owner_id"),
    )

    id: Mapped[UuidKey]
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    number: Mapped[int] = mapped_column(Integer)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<Member {self.number} {self.id}>"


means(
    "uq_member_lender_id_owner_id",
    lambda: Conflict("is_member", message="Orang ini sudah menjadi anggota."),
    columns="member.lender_id, member.owner_id",
)


class SavingRow(db.Model):
    """One line of a member's savings: paid in or taken out. Never changed; a wrong one is undone
    by a row of the other way that names it (`undoes_id`). `balance` is what this kind comes to
    after it, and is never below nothing."""

    __tablename__ = "saving_row"
    __table_args__ = (
        one_of("kind", tuple(SAVING_KINDS), name="kind_known"),
        one_of("direction", tuple(SAVING_WAYS), name="direction_known"),
        CheckConstraint(f"amount > 0 AND amount <= {MOST_SAVED}", name="amount_real"),
        CheckConstraint("balance >= 0", name="never_below_nothing"),
        UniqueConstraint("undoes_id", name="uq_saving_row_undoes_id"),
        UniqueConstraint("member_id", "kind", "turn", name="uq_saving_row_member_id_kind_turn"),
        Index("ix_saving_row_member_id_happened_on", "member_id", "happened_on", "id"),
    )

    id: Mapped[UuidKey]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(12))
    direction: Mapped[str] = mapped_column(String(8))
    amount: Mapped[Rupiah]
    # Its place among those of its kind, from 1: two at the same moment can't both be next.
    turn: Mapped[int] = mapped_column(Integer)
    balance: Mapped[Rupiah]
    happened_on: Mapped[date]
    receipt: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(200), default="")
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("saving_row.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<SavingRow {self.kind} {self.id}>"


means(
    "uq_saving_row_undoes_id",
    lambda: Conflict("saving_undone", message="Catatan simpanan ini sudah dibatalkan."),
    columns="saving_row.undoes_id",
)


class LenderConsent(db.Model):
    """An owner's word that one lender may see how the business stands; until withdrawn.

    It holds only while the owner's consent to lenders at large (`lembaga_keuangan`) holds too.
    """

    __tablename__ = "lender_consent"
    __table_args__ = (
        Index(
            "uq_lender_consent_open",
            "owner_id",
            "lender_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "ix_lender_consent_lender_id", "lender_id", "owner_id", "withdrawn_at", "recorded_at"
        ),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    lender_id: Mapped[UUID] = mapped_column(ForeignKey("lender.id"))
    text_version: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20))
    witness: Mapped[str | None] = mapped_column(String(120))
    given_on: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[UtcInstant]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawal_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    def __repr__(self) -> str:
        return f"<LenderConsent {self.id}>"


means(
    "uq_lender_consent_open",
    lambda: Conflict("lender_consented", message="Persetujuan untuk lembaga ini sudah ada."),
    columns="lender_consent.owner_id, lender_consent.lender_id",
)
