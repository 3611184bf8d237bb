"""What is known of the enterprises of a regency, for looking it through: a few statements each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, select

from app.aid.models import Tool
from app.core.clock import local_today
from app.core.distance import place_of
from app.core.errors import InvalidInput
from app.core.identity import Nik, parse_nik
from app.core.scope import Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.enterprises.services.owners import unsealed_nik
from app.health.models import HealthAssessment
from app.health.queries.instruments import instrument_numbered
from app.health.rules.instrument import Instrument
from app.interventions.models import Intervention
from app.interventions.rules import OPEN_STATES
from app.interventions.rules.catalogue import current_catalogue
from app.mentoring.models import Visit
from app.mentoring.rules import MET
from app.mentoring.rules.signals import AT_PREMISES
from app.quality.rules.contradictions import CLOSED
from app.quality.rules.facts import Assessed, Facts, Happened
from app.quality.rules.persons import MANY_OWNERS

_REGENCY = 5
# Handing the enterprise over or closing it in order goes on after its end.
_CLOSING_THERAPY = "T27"
# Changes when a rule does: then everything is looked through anew.
_EDITION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What other tables know, by enterprise."""

    first_assessed: Mapping[UUID, date]
    assessed: Mapping[UUID, Assessed]
    after_end: Mapping[UUID, Happened]
    with_place: Mapping[UUID, Happened]
    therapies: Mapping[UUID, Happened]
    tools: Mapping[UUID, Happened]


def regencies(scope: Scope) -> list[str]:
    """The regencies in which a scope reaches enterprises."""
    code = func.substr(Enterprise.village_code, 1, _REGENCY)
    return sorted(set(db.session.scalars(select(code).where(within(scope)).distinct())))


def mark_of(regency: str) -> tuple[str, int]:
    """A mark that changes with anything that the rules read, and the number of enterprises."""
    here = _in(regency)
    seen = db.session.execute(
        select(func.count(), func.sum(Enterprise.version), func.max(Enterprise.updated_at),
               func.sum(Owner.version), func.max(Owner.updated_at))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(here)
    ).one()  # fmt: skip
    beside = [
        db.session.execute(_of(here, func.count(), func.max(column), key=key)).one()
        for column, key in (
            (Visit.received_at, Visit.enterprise_id),
            (HealthAssessment.received_at, HealthAssessment.enterprise_id),
            (Tool.version, Tool.holder_id),
        )
    ]
    # Steps of a therapy and checks of a tool raise a version.
    sums = [
        db.session.execute(_of(here, func.sum(column), key=key)).scalar()
        for column, key in (
            (Tool.version, Tool.holder_id),
            (Intervention.version, Intervention.enterprise_id),
        )
    ]
    told = repr((_EDITION, tuple(seen), [tuple(one) for one in beside], sums))
    return hashlib.sha256(told.encode()).hexdigest(), seen[0]


def crowded_phones() -> dict[str, int]:
    """Numbers (blind) that many owners have, and how many."""
    rows = db.session.execute(
        select(Owner.phone_index, func.count())
        .where(Owner.phone_index.is_not(None), Owner.erased_on.is_(None))
        .group_by(Owner.phone_index)
        .having(func.count() > MANY_OWNERS)
    )
    return {row[0] or "": row[1] for row in rows}


def facts_of(regency: str, *, phones: Mapping[str, int]) -> list[Facts]:
    """All enterprises of a regency whose owners did not ask to be let alone."""
    here = _in(regency)
    beside = _Beside(
        first_assessed=_first_assessed(here),
        assessed=_assessed(here),
        after_end=_after_end(here),
        with_place=_with_place(here),
        therapies=_therapies(here),
        tools=_tools(here),
    )
    rows = db.session.execute(
        select(*_COLUMNS)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(here, Owner.erased_on.is_(None), Owner.restricted_on.is_(None))
        .order_by(Enterprise.id)
    )
    today = local_today()
    return [_facts(row, beside, phones, today) for row in rows]


_COLUMNS: tuple[Any, ...] = (
    Enterprise.id, Enterprise.owner_id, Enterprise.village_code, Enterprise.sector,
    Enterprise.started_on, Enterprise.capital, Enterprise.yearly_sales,
    Enterprise.workers_paid_male, Enterprise.workers_paid_female,
    Enterprise.workers_family_male, Enterprise.workers_family_female,
    Enterprise.size_class, Enterprise.is_ultra_micro, Enterprise.nib, Enterprise.npwp,
    Enterprise.life_cycle, Enterprise.life_cycle_on, Enterprise.has_equipment,
    Enterprise.is_seasonal, Enterprise.lat, Enterprise.lng, Enterprise.confirmed_warnings,
    Owner.confirmed_warnings.label("owner_confirmed"), Owner.sex, Owner.born_on,
    Owner.nik_sealed, Owner.phone_index, Owner.category, Owner.returned_on, Owner.years_abroad,
)  # fmt: skip


# Columns that are facts as they stand.
_AS_THEY_ARE = (
    "owner_id", "village_code", "sector", "started_on", "capital", "yearly_sales", "size_class",
    "is_ultra_micro", "nib", "npwp", "life_cycle", "life_cycle_on", "has_equipment", "is_seasonal",
    "sex", "born_on", "category", "returned_on", "years_abroad", "phone_index",
)  # fmt: skip


def _facts(row: Row[Any], beside: _Beside, phones: Mapping[str, int], today: date) -> Facts:
    return Facts(
        enterprise_id=row.id,
        today=today,
        workers=(
            row.workers_paid_male,
            row.workers_paid_female,
            row.workers_family_male,
            row.workers_family_female,
        ),
        place=place_of(row.lat, row.lng),
        confirmed=frozenset((*row.confirmed_warnings, *row.owner_confirmed)),
        nik=_nik(row.owner_id, row.nik_sealed),
        same_phone=phones.get(row.phone_index, 1) - 1,
        first_assessed_on=beside.first_assessed.get(row.id),
        assessment=beside.assessed.get(row.id),
        visit_after_end=beside.after_end.get(row.id),
        visit_with_place=beside.with_place.get(row.id),
        open_therapy=beside.therapies.get(row.id),
        tool=beside.tools.get(row.id),
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
    )


def _nik(owner_id: UUID, sealed: bytes | None) -> Nik | None:
    if sealed is None:
        return None
    try:
        return parse_nik(unsealed_nik(owner_id, sealed))
    except InvalidInput:
        # Taken in before such numbers were refused: nothing can be read from it.
        return None


def _in(regency: str) -> Any:
    low, high = range_of(regency)
    return and_(Enterprise.village_code >= low, Enterprise.village_code < high)


def _of(here: Any, *columns: Any, key: Any) -> Select[Any]:
    """A statement over rows that belong to the enterprises of the regency."""
    return select(*columns).join(Enterprise, Enterprise.id == key).where(here)


def _first_assessed(here: Any) -> dict[UUID, date]:
    key = HealthAssessment.enterprise_id
    statement = _of(here, key, func.min(HealthAssessment.assessed_on), key=key).group_by(key)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _assessed(here: Any) -> dict[UUID, Assessed]:
    rows = db.session.execute(
        _of(
            here,
            HealthAssessment.enterprise_id,
            HealthAssessment.id,
            HealthAssessment.assessed_on,
            HealthAssessment.instrument_version,
            HealthAssessment.sector,
            HealthAssessment.points,
            HealthAssessment.evidence,
            HealthAssessment.context,
            key=HealthAssessment.enterprise_id,
        )
        # The row of the enterprise knows the day of the newest one.
        .where(HealthAssessment.assessed_on == Enterprise.assessed_on)
        .order_by(HealthAssessment.received_at, HealthAssessment.id)
    )
    instruments: dict[int, Instrument] = {}
    found = {}
    for row in rows:
        number = row.instrument_version
        if number not in instruments:
            instruments[number] = instrument_numbered(number)
        found[row.enterprise_id] = Assessed(
            id=row.id,
            assessed_on=row.assessed_on,
            instrument=instruments[number],
            sector=row.sector,
            points=tuple(row.points),
            evidence=tuple(row.evidence),
            context=row.context,
        )
    return found


def _after_end(here: Any) -> dict[UUID, Happened]:
    return _newest(
        _of(here, Visit.enterprise_id, Visit.id, Visit.visited_on, key=Visit.enterprise_id)
        .where(
            Enterprise.life_cycle == CLOSED,
            Visit.outcome == MET,
            Visit.visited_on > Enterprise.life_cycle_on,
        )
        .order_by(Visit.visited_on, Visit.id)
    )


def _with_place(here: Any) -> dict[UUID, Happened]:
    rows = db.session.execute(
        _of(
            here,
            Visit.enterprise_id,
            Visit.id,
            Visit.visited_on,
            Visit.lat,
            Visit.lng,
            key=Visit.enterprise_id,
        )
        .where(
            Visit.outcome == MET,
            Visit.place_kind == AT_PREMISES,
            Visit.lat.is_not(None),
            Enterprise.lat.is_not(None),
        )
        .order_by(Visit.visited_on, Visit.id)
    )
    return {
        row.enterprise_id: Happened(id=row.id, on=row.visited_on, place=place_of(row.lat, row.lng))
        for row in rows
    }


def _newest(statement: Select[Any]) -> dict[UUID, Happened]:
    return {row[0]: Happened(id=row[1], on=row[2]) for row in db.session.execute(statement)}


def _therapies(here: Any) -> dict[UUID, Happened]:
    names = {code: therapy.name for code, therapy in current_catalogue().therapies.items()}
    rows = db.session.execute(
        _of(
            here,
            Intervention.enterprise_id,
            Intervention.id,
            Intervention.therapy_code,
            key=Intervention.enterprise_id,
        )
        .where(
            Enterprise.life_cycle == CLOSED,
            Intervention.state.in_(OPEN_STATES),
            Intervention.therapy_code != _CLOSING_THERAPY,
        )
        .order_by(Intervention.proposed_at, Intervention.id)
    )
    return {
        row.enterprise_id: Happened(id=row.id, name=names.get(row.therapy_code, "Terapi"))
        for row in rows
    }


def _tools(here: Any) -> dict[UUID, Happened]:
    rows = db.session.execute(
        _of(
            here,
            Tool.holder_id,
            Tool.id,
            Tool.name,
            Tool.checked_on,
            Tool.days_used,
            key=Tool.holder_id,
        ).order_by(Tool.held_from, Tool.id)
    )
    return {
        row.holder_id: Happened(
            id=row.id, name=row.name, on=row.checked_on, days_used=row.days_used
        )
        for row in rows
    }
