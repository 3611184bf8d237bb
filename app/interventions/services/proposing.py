"""Putting therapies into a plan: by hand, or all that the latest assessment asks for now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.rules.consents import BASE
from app.interventions.models import Intervention
from app.interventions.queries.facts import Needs, needs_of
from app.interventions.queries.plan import need
from app.interventions.rules import check_cost, check_year, current_catalogue
from app.interventions.rules.states import PROPOSED
from app.interventions.services.plan_rows import check_served, locked_enterprise, note


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What people say about a therapy; what is left out is taken from the catalogue.

    `responsible_id` is an account, `responsible_name` somebody without one.
    """

    responsible_id: UUID | None = None
    responsible_name: str | None = None
    provider: str | None = None
    due_on: date | None = None
    cost: int | None = None
    funding_source: str | None = None
    success_measure: str | None = None
    program: str | None = None
    partner: str | None = None
    budget_year: int | None = None


NOTHING_SAID = Details()


def propose_from_assessment(
    *, enterprise_id: UUID, scope: Scope, by: UUID | None
) -> list[Intervention]:
    """Put into the plan, as proposals, what the latest assessment asks for now.

    As many as the limit leaves room for; none when all is in the plan already.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    enterprise = locked_enterprise(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    needs = needs_of(enterprise)
    return [
        new_proposal(enterprise, needs, proposal.code, NOTHING_SAID, by=by)
        for proposal in needs.advice.now
    ]


def add(
    *, enterprise_id: UUID, therapy_code: str, details: Details, scope: Scope, by: UUID
) -> Intervention:
    """Put one therapy into a plan as a proposal.

    Raises:
        NotFound: no such enterprise within the scope.
        InvalidInput: no such therapy, a day that has passed, cost without source.
        Conflict: the therapy is in the plan already.
        WrongState: nobody looks after the enterprise for now.
    """
    enterprise = locked_enterprise(scope, enterprise_id)
    check_served(enterprise)
    check_allowed(enterprise.owner_id, BASE)
    return new_proposal(enterprise, needs_of(enterprise), therapy_code, details, by=by)


def propose(
    enterprise: Enterprise, therapy_code: str, details: Details, *, by: UUID | None
) -> Intervention:
    """Put a therapy into a plan that the caller has locked; without `by` the system does. Flushes.

    Raises:
        Conflict: the therapy is in the plan already.
    """
    return new_proposal(enterprise, needs_of(enterprise), therapy_code, details, by=by)


def new_proposal(
    enterprise: Enterprise, needs: Needs, therapy_code: str, details: Details, *, by: UUID | None
) -> Intervention:
    """A proposal in the plan of an enterprise that the caller has locked. Flushes."""
    catalogue = current_catalogue()
    therapy = catalogue.therapies.get(therapy_code)
    if therapy is None:
        raise InvalidInput("therapy_unknown", field="therapy_code", message="Pilih terapinya.")
    asked = need(needs, therapy_code)
    row = Intervention(
        id=new_id(),
        enterprise_id=enterprise.id,
        assessment_id=None if needs.assessment is None else needs.assessment.id,
        catalogue_version=catalogue.version,
        therapy_code=therapy_code,
        indicators=[] if asked is None else list(asked.indicators),
        knockouts=[]
        if asked is None
        else [cause.code for cause in asked.causes if cause.kind == "pembatas"],
        state=PROPOSED,
        proposed_by=by,
        proposed_at=utc_now(),
        success_measure=therapy.success_measure,
        pillar=therapy.pillar,
    )
    take_details(row, details)
    db.session.add(row)
    # The unique index speaks here, before anything is said about it in the history.
    db.session.flush()
    note(row, "intervention.proposed", area_code=enterprise.village_code, by=by)
    return row


def take_details(row: Intervention, details: Details) -> dict[str, list[object]]:
    """Set what was said; gives the changed fields with old and new value.

    Raises:
        InvalidInput: a new day that has passed, a cost without source or the other way round, an
            impossible year.
    """
    therapy = current_catalogue().therapies[row.therapy_code]
    if details.due_on and details.due_on != row.due_on and details.due_on < local_today():
        raise InvalidInput(
            "due_in_the_past", field="due_on", message="Tenggat tidak boleh sebelum hari ini."
        )
    cost, funding_source = check_cost(cost=details.cost, funding_source=details.funding_source)
    wanted: dict[str, object] = {
        "responsible_id": details.responsible_id,
        "responsible_name": None if details.responsible_id else details.responsible_name,
        "provider": details.provider or therapy.providers[0],
        "due_on": details.due_on,
        "cost": cost,
        "funding_source": funding_source,
        "success_measure": details.success_measure or therapy.success_measure,
        "program": details.program,
        "partner": details.partner,
        "budget_year": check_year(
            details.budget_year, otherwise=(details.due_on or local_today()).year
        ),
    }
    changes: dict[str, list[object]] = {}
    for field, value in wanted.items():
        old = getattr(row, field)
        if old != value:
            setattr(row, field, value)
            changes[field] = [_plain(old), _plain(value)]
    return changes


def _plain(value: object) -> object:
    """The value as the history keeps it."""
    return str(value) if isinstance(value, UUID | date) else value
