"""One aid from request to end, what was found at its gates, and who took which step."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.aid.rules.gates import GATE_CODES
from app.aid.rules.steps import STATES
from app.core.errors import Conflict
from app.db import db
from app.db.columns import Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.interventions.rules import FUNDING_SOURCES


class AidCase(db.Model):
    """A request for a tool and what became of it; `intervention_id` is its therapy in the plan.

    `units_before` and `sales_before` are a month's, as the later checks compare.
    """

    __tablename__ = "aid_case"
    __table_args__ = (
        one_of("state", STATES, name="state_known"),
        one_of("funding_source", tuple(FUNDING_SOURCES), name="funding_source_known"),
        CheckConstraint("estimated_value >= 0", name="estimated_value_not_negative"),
        CheckConstraint("units_before >= 0", name="units_before_not_negative"),
        CheckConstraint("sales_before >= 0", name="sales_before_not_negative"),
        UniqueConstraint("intervention_id", name="uq_aid_case_intervention_id"),
        Index("ix_aid_case_enterprise_id_requested_at", "enterprise_id", "requested_at"),
        Index("ix_aid_case_state_last_step_on_id", "state", "last_step_on", "id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    tool_name: Mapped[str] = mapped_column(String(120))
    need: Mapped[str] = mapped_column(String(500))
    estimated_value: Mapped[Rupiah]
    funding_source: Mapped[str] = mapped_column(String(16))
    units_before: Mapped[int | None] = mapped_column(Integer)
    sales_before: Mapped[Rupiah | None]
    state: Mapped[str] = mapped_column(String(20))
    # The day of the last step: the next one may not lie before it.
    last_step_on: Mapped[date]
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    requested_at: Mapped[UtcInstant]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handed_over_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<AidCase {self.tool_name} {self.state}>"


class GateFinding(db.Model):
    """What was found at one gate of the needs assessment; the last word counts."""

    __tablename__ = "aid_gate_finding"
    __table_args__ = (one_of("gate", GATE_CODES, name="gate_known"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("aid_case.id"), primary_key=True)
    gate: Mapped[str] = mapped_column(String(16), primary_key=True)
    is_met: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    evidence: Mapped[str] = mapped_column(String(300), default="")
    found_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    found_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<GateFinding {self.gate} {self.is_met}>"


class AidStep(db.Model):
    """A step that was taken: who, when, on which day it happened, note and document. Never changed.

    Without `acted_by` the system took it.
    """

    __tablename__ = "aid_step"
    __table_args__ = (
        one_of("state", STATES, name="state_known"),
        Index("ix_aid_step_case_id_acted_at", "case_id", "acted_at"),
    )

    id: Mapped[UuidKey]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("aid_case.id"))
    # The state it led to; the same as before where papers were added.
    state: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(16))
    acted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    acted_at: Mapped[UtcInstant]
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))

    def __repr__(self) -> str:
        return f"<AidStep {self.step}>"


means(
    "uq_aid_case_intervention_id",
    lambda: Conflict("aid_open", message="Usaha ini sudah punya usulan bantuan alat."),
    columns="aid_case.intervention_id",
)
