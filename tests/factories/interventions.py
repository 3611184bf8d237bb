"""Therapies in the plan of an enterprise."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES, current_catalogue


def intervention(
    *,
    enterprise: Enterprise,
    therapy_code: str = "T01",
    state: str = "usulan",
    assessment: Any = None,
    closed_on: date | None = None,
    result: str | None = None,
    **values: Any,
) -> Intervention:
    """A therapy as it would stand in this state; the enterprise row knows of its plan."""
    therapy = current_catalogue().therapies[therapy_code]
    row = Intervention(
        id=new_id(),
        enterprise_id=enterprise.id,
        assessment_id=None if assessment is None else assessment.id,
        catalogue_version=1,
        therapy_code=therapy_code,
        state=state,
        proposed_at=values.pop("proposed_at", utc_now()),
        success_measure=therapy.success_measure,
        pillar=values.pop("pillar", therapy.pillar),
        closed_on=closed_on,
        result=result,
        **{"indicators": [], "knockouts": [], "cost": 0, "funding_source": "tanpa_biaya", **values},
    )
    with transaction():
        db.session.add(row)
        if state in ACTIVE_STATES:
            stored = db.session.get(Enterprise, enterprise.id)
            assert stored is not None
            stored.has_plan = True
    found = db.session.get(Intervention, row.id)
    assert found is not None
    return found
