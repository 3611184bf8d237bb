"""Proposals of who should look after whom, and what became of each of their lines."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import AreaCodeText, JsonDict, UTCDateTime, UtcInstant, UuidKey, one_of
from app.mentoring.rules.proposal import LINE_STATES


class AssignmentProposal(db.Model):
    """One computed proposal for an area. `figures` holds what it would change, once it is done."""

    __tablename__ = "assignment_proposal"
    __table_args__ = (
        Index("ix_assignment_proposal_area_code_created_at", "area_code", "created_at"),
    )

    id: Mapped[UuidKey]
    area_code: Mapped[AreaCodeText]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[UtcInstant]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    figures: Mapped[JsonDict] = mapped_column(default=dict)

    def __repr__(self) -> str:
        return f"<AssignmentProposal {self.area_code} {self.created_at}>"


class ProposalLine(db.Model):
    """One enterprise that should go to another mentor.

    `from_mentor_id` is who had it when the proposal was made: who has changed since makes the
    line stale. Kilometres are None where a point is missing.
    """

    __tablename__ = "assignment_proposal_line"
    __table_args__ = (
        one_of("state", tuple(LINE_STATES), name="state_known"),
        CheckConstraint("state <> 'ditolak' OR refusal IS NOT NULL", name="refused_with_reason"),
        Index(
            "uq_assignment_proposal_line_proposal_id",
            "proposal_id",
            "enterprise_id",
            unique=True,
        ),
        Index(
            "ix_assignment_proposal_line_proposal_id_village_code", "proposal_id", "village_code"
        ),
    )

    id: Mapped[UuidKey]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("assignment_proposal.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    village_code: Mapped[AreaCodeText]
    from_mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("mentor.account_id"))
    to_mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor.account_id"))
    km_before: Mapped[float | None] = mapped_column(Float)
    km_after: Mapped[float | None] = mapped_column(Float)
    fits_before: Mapped[bool]
    fits_after: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    refusal: Mapped[str | None] = mapped_column(String(200))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<ProposalLine {self.enterprise_id} {self.state}>"
