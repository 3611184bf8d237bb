"""What overlaps and gaps are found from: therapies and latest assessments of an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.life_cycle import SERVED_STATES
from app.health.models import HealthAssessment
from app.health.queries.instruments import instrument_numbered
from app.health.rules.answers import NOT_APPLICABLE
from app.interventions.models import Intervention
from app.interventions.rules import PROMISED_STATES, current_catalogue
from app.interventions.rules.spread import Help, Overlap, gaps_of, overlaps_of
from app.interventions.rules.states import DONE, OPEN_STATES


def promised(scope: Scope, area_code: str, year: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on therapies to which money was promised in a year."""
    return (
        within(scope),
        in_area(area_code),
        Intervention.state.in_(PROMISED_STATES),
        Intervention.budget_year == year,
    )


def overlapping(scope: Scope, area_code: str, year: int) -> Iterator[tuple[UUID, list[Overlap]]]:
    """Enterprises that are helped twice for one need, in the order of their keys."""
    helps = _helps(promised(scope, area_code, year))
    for key in sorted(helps):
        pairs = overlaps_of(helps[key])
        if pairs:
            yield key, pairs


def gapping(scope: Scope, area_code: str) -> Iterator[tuple[UUID, str, list[str]]]:
    """Enterprises whose latest assessment has a finding that no therapy answers."""
    latest = _latest(scope, area_code)
    answering = or_(
        Intervention.state.in_(OPEN_STATES),
        and_(
            Intervention.state == DONE,
            # What ended for the latest assessment has to show its effect first.
            Intervention.assessment_id == HealthAssessment.id,
            HealthAssessment.assessed_on == Enterprise.assessed_on,
        ),
    )
    helps = _helps((within(scope), in_area(area_code), answering), with_assessment=True)
    catalogue = current_catalogue()
    for key in sorted(latest):
        points, sector, health_class = latest[key]
        gaps = gaps_of(catalogue, points, sector, helps.get(key, ()))
        if gaps:
            yield key, health_class, gaps


def _helps(
    conditions: Sequence[ColumnElement[bool]], *, with_assessment: bool = False
) -> Mapping[UUID, list[Help]]:
    columns = (
        Intervention.enterprise_id,
        Intervention.id,
        Intervention.therapy_code,
        Intervention.indicators,
        Intervention.provider,
        Intervention.funding_source,
    )
    statement = select(*columns).join(Enterprise, Enterprise.id == Intervention.enterprise_id)
    if with_assessment:
        statement = statement.outerjoin(
            HealthAssessment, HealthAssessment.id == Intervention.assessment_id
        )
    rows = db.session.execute(
        statement.where(*conditions).order_by(Intervention.proposed_at, Intervention.id)
    )
    found: defaultdict[UUID, list[Help]] = defaultdict(list)
    for row in rows:
        found[row.enterprise_id].append(
            Help(
                id=row.id,
                therapy=row.therapy_code,
                indicators=frozenset(row.indicators),
                provider=row.provider or "",
                funding_source=row.funding_source,
            )
        )
    return found


def _latest(scope: Scope, area_code: str) -> dict[UUID, tuple[dict[str, int | None], str, str]]:
    """Points, sector and class of the latest assessment of each enterprise that is served."""
    rows = db.session.execute(
        select(
            HealthAssessment.enterprise_id,
            HealthAssessment.instrument_version,
            HealthAssessment.points,
            HealthAssessment.answer_states,
            HealthAssessment.sector,
            HealthAssessment.final_class,
        )
        .join(Enterprise, Enterprise.id == HealthAssessment.enterprise_id)
        .where(
            within(scope),
            in_area(area_code),
            Enterprise.life_cycle.in_(sorted(SERVED_STATES)),
            HealthAssessment.assessed_on == Enterprise.assessed_on,
        )
        .order_by(HealthAssessment.received_at, HealthAssessment.id)
    )
    names: dict[int, list[str]] = {}
    found = {}
    for row in rows:
        version = row.instrument_version
        if version not in names:
            names[version] = [one.code for one in instrument_numbered(version).indicators]
        given = zip(names[version], row.points, row.answer_states, strict=True)
        points = {code: None if state == NOT_APPLICABLE else point for code, point, state in given}
        found[row.enterprise_id] = (points, row.sector, row.final_class or "")
    return found
