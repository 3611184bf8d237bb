"""One therapy of a plan, as shown, with its effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import within
from app.health.models import HealthAssessment
from app.health.queries import assessments_in_order, indicator_name, published_instruments
from app.interventions.models import Intervention
from app.interventions.queries.facts import points_of
from app.interventions.queries.processes import is_in_process
from app.interventions.rules import (
    ACTIVE_STATES,
    FUNDING_SOURCES,
    effect_of,
    published_catalogue,
)
from app.interventions.rules.states import (
    DONE,
    PROPOSED,
    RESULT_LABELS,
    RUNNING,
    STATE_LABELS,
    UNMEASURED,
)

_STATE_TONES = {"usulan": "info", "disetujui": "warn", "berjalan": "warn", "selesai": "good"}
_RESULT_TONES = {"berhasil": "good", "sebagian": "warn", "tidak": "bad", "belum_terukur": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectView:
    """One indicator before a therapy and at the next assessment, in words."""

    name: str
    before: int | None
    after: int | None
    change: int | None
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One therapy of a plan, as shown."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    code: str
    name: str
    state: str
    reasons: tuple[str, ...]
    proposed_by: str
    proposed_on: date
    decided_by: str
    decided_on: date | None
    decision_reason: str
    responsible: str
    provider: str
    partner: str
    program: str
    due_on: date | None
    cost: int
    spent: int | None
    spent_reason: str
    funding_source: str
    funding: str
    budget_year: int | None
    success_measure: str
    pillar: str
    started_on: date | None
    closed_on: date | None
    result: str | None
    result_note: str
    measured_on: date | None
    effect: tuple[EffectView, ...]
    # A process of its own decides what becomes of it.
    is_in_process: bool
    version: int

    @property
    def state_label(self) -> str:
        """The word for its state."""
        return STATE_LABELS[self.state]

    @property
    def state_tone(self) -> str:
        """How its state looks."""
        return _STATE_TONES.get(self.state, "muted")

    @property
    def result_label(self) -> str:
        """The word for its result, empty before the end."""
        return RESULT_LABELS.get(self.result or "", "")

    @property
    def result_tone(self) -> str:
        """How its result looks; without one, how its state looks."""
        return _RESULT_TONES.get(self.result or "", self.state_tone)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it has not ended."""
        is_open = self.is_proposed or self.is_active
        return is_open and self.due_on is not None and self.due_on < local_today()

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == PROPOSED

    @property
    def is_active(self) -> bool:
        """Whether it is approved or running."""
        return self.state in ACTIVE_STATES

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.state == RUNNING

    @property
    def is_done(self) -> bool:
        """Whether it ended with a result."""
        return self.state == DONE

    @property
    def is_unmeasured(self) -> bool:
        """Whether its result is still to be told."""
        return self.result == UNMEASURED


def intervention(scope: Scope, intervention_id: UUID) -> Intervention:
    """One therapy.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.id == intervention_id, within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("intervention_unknown", message="Terapi ini tidak ditemukan.")
    return found


def item(scope: Scope, intervention_id: UUID) -> ItemView:
    """One therapy with its effect. Raises as `intervention`."""
    row = intervention(scope, intervention_id)
    return items_of(enterprise_within(scope, row.enterprise_id), [row])[0]


def reason(kind: str, code: str, points: int | None = None) -> str:
    if kind == "indikator":
        name = indicator_name(code)
        return name if points is None else f"{name}: {points} dari 4 poin"
    if kind == "pembatas":
        return published_instruments()[0].knockouts[code].name
    if kind == "dimensi":
        names = {part.code: part.name for one in published_instruments() for part in one.dimensions}
        return f"{names[code]} belum dapat dinilai"
    return "Usaha ini sakit"


def items_of(enterprise: Enterprise, rows: Sequence[Intervention]) -> list[ItemView]:
    names = _account_names(rows)
    assessments = assessments_in_order(enterprise.id) if rows else []
    return [_item(enterprise, row, names, assessments) for row in rows]


def _account_names(rows: Iterable[Intervention]) -> dict[UUID, str]:
    ids = {
        account_id
        for row in rows
        for account_id in (row.proposed_by, row.decided_by, row.responsible_id)
        if account_id is not None
    }
    found = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in found}


def _item(
    enterprise: Enterprise,
    row: Intervention,
    names: Mapping[UUID, str],
    assessments: Sequence[HealthAssessment],
) -> ItemView:
    therapy = published_catalogue(row.catalogue_version).therapies[row.therapy_code]
    before = _assessment_before(row, assessments)
    after = _assessment_after(row, assessments)
    before_points = {} if before is None else points_of(before)
    return ItemView(
        id=row.id,
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        code=row.therapy_code,
        name=therapy.name,
        state=row.state,
        reasons=reasons_of(row, before_points),
        proposed_by=_name_of(row.proposed_by, names, nobody="Sistem, dari penilaian"),
        proposed_on=local_date(row.proposed_at),
        decided_by=_name_of(row.decided_by, names),
        decided_on=None if row.decided_at is None else local_date(row.decided_at),
        decision_reason=row.decision_reason or "",
        responsible=_name_of(row.responsible_id, names, nobody=row.responsible_name or ""),
        provider=row.provider or "",
        due_on=row.due_on,
        **_money(row),
        success_measure=row.success_measure,
        started_on=row.started_on,
        closed_on=row.closed_on,
        result=row.result,
        result_note=row.result_note or "",
        measured_on=None if after is None else after.assessed_on,
        effect=_effect(row, before_points, after),
        is_in_process=is_in_process(row),
        version=row.version,
    )


def _money(row: Intervention) -> dict[str, Any]:
    """What it serves and what it costs."""
    return {
        "partner": row.partner or "",
        "program": row.program or "",
        "pillar": published_catalogue(row.catalogue_version).pillars[row.pillar],
        "cost": row.cost,
        "spent": row.spent,
        "spent_reason": row.spent_reason or "",
        "funding_source": row.funding_source,
        "funding": FUNDING_SOURCES[row.funding_source],
        "budget_year": row.budget_year,
    }


def reasons_of(row: Intervention, points: Mapping[str, int | None]) -> tuple[str, ...]:
    """Why a therapy was asked for, in words, with these points of the answers."""
    for_class = published_catalogue(row.catalogue_version).by_class.items()
    return (
        *(reason("kelas", name) for name, code in for_class if code == row.therapy_code),
        *(reason("pembatas", code) for code in row.knockouts),
        *(reason("indikator", code, points.get(code)) for code in row.indicators),
    )


def _name_of(account_id: UUID | None, names: Mapping[UUID, str], *, nobody: str = "") -> str:
    return nobody if account_id is None else names.get(account_id, nobody)


def _assessment_before(
    row: Intervention, assessments: Sequence[HealthAssessment]
) -> HealthAssessment | None:
    return next((one for one in assessments if one.id == row.assessment_id), None)


def _assessment_after(
    row: Intervention, assessments: Sequence[HealthAssessment]
) -> HealthAssessment | None:
    """The first assessment on or after the day on which the therapy ended."""
    if row.state != DONE or row.closed_on is None:
        return None
    return next(
        (
            one
            for one in assessments
            if one.assessed_on >= row.closed_on and one.id != row.assessment_id
        ),
        None,
    )


def _effect(
    row: Intervention,
    before: Mapping[str, int | None],
    after: HealthAssessment | None,
) -> tuple[EffectView, ...]:
    if after is None:
        return ()
    return tuple(
        EffectView(
            name=indicator_name(line.indicator),
            before=line.before,
            after=line.after,
            change=line.change,
            tone=_tone(line.change),
        )
        for line in effect_of(row.indicators, before, points_of(after))
    )


def _tone(change: int | None) -> str:
    if not change:
        return "muted"
    return "good" if change > 0 else "bad"
