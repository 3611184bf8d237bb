"""What the forms of a plan begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.interventions.models import Intervention
from app.interventions.queries.facts import Needs, needs_of
from app.interventions.queries.items import intervention
from app.interventions.rules import NO_COST, Gate, Therapy, current_catalogue, gates_of
from app.places.queries import village_programs

# When a therapy should have ended, if the catalogue names no day on which to look again.
_USUAL_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A therapy for an enterprise, with what the form proposes to fill in.

    `therapy` is None when no known one was asked for. `closed` are gates that are not open now;
    `can_be_approved` says whether an officer may confirm them all.
    """

    enterprise_id: UUID
    enterprise_name: str
    mentor_id: UUID | None
    responsible_id: UUID | None
    therapy: Therapy | None
    closed: tuple[Gate, ...]
    room: int
    limit: int
    defaults: dict[str, Any]

    @property
    def can_be_approved(self) -> bool:
        """Whether nothing but an officer's word is missing."""
        return self.room > 0 and all(gate.is_confirmable for gate in self.closed)


def offer(scope: Scope, enterprise_id: UUID, code: str) -> Offer:
    """A therapy that is not in the plan yet.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    return _offer(enterprise_within(scope, enterprise_id), code, None)


def offer_of(scope: Scope, intervention_id: UUID) -> Offer:
    """A therapy of the plan.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row = intervention(scope, intervention_id)
    return _offer(enterprise_within(scope, row.enterprise_id), row.therapy_code, row)


def people(*account_ids: UUID | None) -> list[tuple[str, str]]:
    """Accounts as choices, in the order given."""
    wanted = list(dict.fromkeys(one for one in account_ids if one is not None))
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    return [(str(one), names[one]) for one in wanted if one in names]


def program_of(village_code: str) -> str | None:
    """The programme that a village is in, the latest if several; a plan begins with it."""
    programs = village_programs(village_code)
    return programs[-1].label if programs else None


def _offer(enterprise: Enterprise, code: str, row: Intervention | None) -> Offer:
    return offer_from(enterprise, needs_of(enterprise), code, row)


def offer_from(enterprise: Enterprise, needs: Needs, code: str, row: Intervention | None) -> Offer:
    """A therapy for an enterprise whose needs are known; `row` when it is in the plan."""
    catalogue = current_catalogue()
    therapy = catalogue.therapies.get(code)
    gates = () if therapy is None else gates_of(catalogue, code, needs.diagnosis, needs.facts)
    responsible_id = enterprise.mentor_id if row is None else row.responsible_id
    return Offer(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        mentor_id=enterprise.mentor_id,
        responsible_id=responsible_id,
        therapy=therapy,
        closed=tuple(gate for gate in gates if not gate.is_open),
        room=needs.advice.room,
        limit=catalogue.limit_for(needs.diagnosis.health_class),
        defaults=_defaults(therapy, enterprise) if row is None else _as_it_is(row, enterprise),
    )


def _defaults(therapy: Therapy | None, enterprise: Enterprise) -> dict[str, Any]:
    common: dict[str, Any] = {
        "responsible": enterprise.mentor_id,
        "funding_source": NO_COST,
        "budget_year": local_today().year,
    }
    if therapy is None:
        return common
    days = therapy.follow_up_days[-1] if therapy.follow_up_days else _USUAL_DAYS
    return {
        **common,
        "therapy_code": therapy.code,
        "provider": therapy.providers[0],
        "due_on": local_today() + timedelta(days=days),
        "program": program_of(enterprise.village_code),
        "success_measure": therapy.success_measure,
    }


def _as_it_is(row: Intervention, enterprise: Enterprise) -> dict[str, Any]:
    """What the plan says already; what nobody said yet is proposed."""
    usual = _defaults(current_catalogue().therapies[row.therapy_code], enterprise)
    said = {
        "responsible": row.responsible_id,
        "responsible_name": row.responsible_name,
        "provider": row.provider,
        "due_on": row.due_on,
        "cost": row.cost or None,
        "funding_source": row.funding_source,
        "success_measure": row.success_measure,
        "program": row.program,
        "partner": row.partner,
        "budget_year": row.budget_year,
    }
    if row.responsible_name:
        usual.pop("responsible")
    kept = {name: value for name, value in said.items() if value is not None}
    return {**usual, **kept, "version": row.version}
