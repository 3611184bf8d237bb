"""Therapies that were sent to another office, and tries to open what isn't there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import Sha256Text, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.interventions.rules import RESULTS
from app.interventions.rules.referrals import OFFICES, OPEN_REFERRALS, REFERRAL_STATES

_IS_OPEN = text("state IN ({})".format(", ".join(f"'{state}'" for state in OPEN_REFERRALS)))


class Referral(db.Model):
    """One therapy at one other office, which answers by a link without an account.

    `token_sha256` is all that is kept of the link; it is empty once the link was revoked.
    `owner_agreed_on` is the day on which the owner agreed to sharing, when it was sent.
    """

    __tablename__ = "referral"
    __table_args__ = (
        one_of("office", tuple(OFFICES), name="office_known"),
        one_of("state", REFERRAL_STATES, name="state_known"),
        one_of("result", RESULTS, name="result_known"),
        CheckConstraint(
            "state <> 'ditolak' OR decline_reason IS NOT NULL", name="declined_with_reason"
        ),
        CheckConstraint("(state = 'selesai') = (result IS NOT NULL)", name="finished_with_result"),
        UniqueConstraint("token_sha256", name="uq_referral_token_sha256"),
        # One office at a time works on a therapy.
        Index(
            "uq_referral_open_intervention_id",
            "intervention_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_referral_intervention_id", "intervention_id"),
        Index("ix_referral_enterprise_id", "enterprise_id"),
        Index("ix_referral_state_answer_due_on_id", "state", "answer_due_on", "id"),
    )

    id: Mapped[UuidKey]
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    office: Mapped[str] = mapped_column(String(12))
    office_name: Mapped[str] = mapped_column(String(160))
    phone: Mapped[str | None] = mapped_column(String(20))
    request: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10))
    owner_agreed_on: Mapped[date]
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[UtcInstant]
    answer_due_on: Mapped[date]
    token_sha256: Mapped[Sha256Text | None]
    expires_at: Mapped[UtcInstant]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(120))
    decline_reason: Mapped[str | None] = mapped_column(String(500))
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_by: Mapped[str | None] = mapped_column(String(120))
    result: Mapped[str | None] = mapped_column(String(16))
    result_note: Mapped[str | None] = mapped_column(String(500))

    def __repr__(self) -> str:
        return f"<Referral {self.office} {self.state}>"


means(
    "uq_referral_open_intervention_id",
    lambda: Conflict(
        "referral_open",
        field="office",
        message="Terapi ini sedang dirujuk ke kantor lain. Cabut dahulu rujukan itu.",
    ),
    columns="referral.intervention_id",
)
