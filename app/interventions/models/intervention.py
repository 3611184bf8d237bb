"""The therapies of each enterprise, from proposal to result."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import JsonList, Rupiah, UTCDateTime, UtcInstant, UuidKey, one_of
from app.db.constraints import means
from app.interventions.rules import FUNDING_SOURCES, NO_COST, OPEN_STATES, RESULTS, STATES

_IS_OPEN = text("state IN ({})".format(", ".join(f"'{state}'" for state in OPEN_STATES)))


class Intervention(db.Model):
    """One therapy in the plan of an enterprise, with who answers for it, money and result.

    `assessment_id` is the assessment that asked for it; `indicators` are the answers of it that
    failed and are compared with the next assessment, `knockouts` the rules that fired. Without
    `proposed_by` the system proposed it. `cost` is the budget, `spent` what was used in the end;
    `program` is the priority programme that it serves, `partner` who helps the provider.
    """

    __tablename__ = "intervention"
    __table_args__ = (
        one_of("state", STATES, name="state_known"),
        one_of("result", RESULTS, name="result_known"),
        one_of("funding_source", tuple(FUNDING_SOURCES), name="funding_source_known"),
        CheckConstraint("(state = 'selesai') = (result IS NOT NULL)", name="closed_with_result"),
        CheckConstraint(
            "state NOT IN ('selesai', 'batal') OR closed_on IS NOT NULL", name="ended_on_a_day"
        ),
        CheckConstraint("cost >= 0", name="cost_not_negative"),
        CheckConstraint(f"(cost = 0) = (funding_source = '{NO_COST}')", name="cost_has_source"),
        CheckConstraint("pillar IN ('1', '2', '3', '4')", name="pillar_known"),
        # The same therapy is not in one plan twice at the same time.
        Index(
            "uq_intervention_open_enterprise_id",
            "enterprise_id",
            "therapy_code",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_intervention_enterprise_id_state", "enterprise_id", "state"),
        Index("ix_intervention_state_due_on_id", "state", "due_on", "id"),
        Index("ix_intervention_state_proposed_at_id", "state", "proposed_at", "id"),
        Index("ix_intervention_assessment_id", "assessment_id"),
    )

    id: Mapped[UuidKey]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprise.id"))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("health_assessment.id"))
    catalogue_version: Mapped[int] = mapped_column(SmallInteger)
    therapy_code: Mapped[str] = mapped_column(String(4))
    indicators: Mapped[JsonList] = mapped_column(default=list)
    knockouts: Mapped[JsonList] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(10))
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[UtcInstant]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_reason: Mapped[str | None] = mapped_column(String(500))
    # Gates that the officer says were checked, because the system can't see them.
    gates_confirmed: Mapped[JsonList] = mapped_column(default=list)
    # Who answers for it: an account, or somebody without one by name.
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    responsible_name: Mapped[str | None] = mapped_column(String(120))
    provider: Mapped[str | None] = mapped_column(String(160))
    due_on: Mapped[date | None]
    cost: Mapped[Rupiah] = mapped_column(default=0)
    funding_source: Mapped[str] = mapped_column(String(16), default=NO_COST)
    success_measure: Mapped[str] = mapped_column(String(300))
    pillar: Mapped[str] = mapped_column(String(1))
    program: Mapped[str | None] = mapped_column(String(120))
    partner: Mapped[str | None] = mapped_column(String(160))
    budget_year: Mapped[int | None] = mapped_column(SmallInteger)
    spent: Mapped[Rupiah | None]
    spent_reason: Mapped[str | None] = mapped_column(String(500))
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    result: Mapped[str | None] = mapped_column(String(16))
    result_note: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    def __repr__(self) -> str:
        return f"<Intervention {self.therapy_code} {self.state}>"


means(
    "uq_intervention_open_enterprise_id",
    lambda: Conflict(
        "therapy_open",
        field="therapy_code",
        message="Terapi ini sudah ada dalam rencana usaha ini.",
    ),
    columns="intervention.enterprise_id, intervention.therapy_code",
)
