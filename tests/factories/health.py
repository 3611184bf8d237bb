"""Assessments for tests, stored by the service that the pages use."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health import services
from app.health.models import HealthAssessment
from app.health.rules import Context, first_instrument

# Every question answered alike gives a score of 100, 75, 50, 25 or 0.
POINTS_OF_CLASS = {"sehat": 4, "kurang_sehat": 2, "sakit": 1}


def findings(
    points: int = 3,
    *,
    facts: dict[str, Any] | None = None,
    evidence: str | None = "dilihat",
    main_problem: str = "",
    **answers: int | None,
) -> services.Findings:
    """Every question answered with `points` but those named, and no fact that fires a rule."""
    codes = [indicator.code for indicator in first_instrument().indicators]
    return services.Findings(
        answers={**dict.fromkeys(codes, points), **answers},
        context=Context(**{"incident_open": False, **(facts or {})}),
        evidence=dict.fromkeys(codes, evidence),
        main_problem=main_problem,
    )


def assessment(
    *,
    enterprise: Enterprise,
    health_class: str = "kurang_sehat",
    assessed_on: date | None = None,
    by: Any = None,
    found: services.Findings | None = None,
) -> HealthAssessment:
    """A stored assessment; by default one whose points alone give `health_class`."""
    with transaction():
        row = db.session.get(Enterprise, enterprise.id)
        assert row is not None
        return services.record_assessment(
            enterprise=row,
            findings=found or findings(POINTS_OF_CLASS[health_class]),
            assessed_on=assessed_on or local_today(),
            by=None if by is None else by.id,
        )
