"""A small register with a history: classes over time, visits, enterprises that came and went."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import ClassSpan, HealthAssessment
from app.mentoring.models import Visit

TODAY = local_today()
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def day(days_ago: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days_ago)


def assess(
    enterprise_id: UUID, health_class: str | None, from_on: date, until_on: date | None
) -> None:
    """An assessment whose class was current between two days, or one without a class.

    The row follows it as the register's own does: the newest with a class decides.
    """
    status = "final" if health_class else "belum_dapat_dinilai"
    with transaction():
        assessment = HealthAssessment(
            id=new_id(),
            enterprise_id=enterprise_id,
            assessed_on=from_on,
            instrument="IKU-DM",
            instrument_version=1,
            sector="A",
            points=[],
            answer_states=[],
            evidence=[],
            context={},
            score=500,
            coverage=1000,
            low=500,
            high=500,
            score_class=health_class,
            final_class=health_class,
            status=status,
            knockouts=[],
            dimension_values={},
            evidence_strength="sedang",
            valid_until=until_on,
            created_at=utc_now(),
            received_at=utc_now(),
        )
        db.session.add(assessment)
        db.session.flush()
        if health_class:
            db.session.add(
                ClassSpan(
                    enterprise_id=enterprise_id,
                    from_on=from_on,
                    until_on=until_on,
                    health_class=health_class,
                    status=status,
                    assessment_id=assessment.id,
                )
            )
        row = db.session.get_one(Enterprise, enterprise_id)
        is_newest = row.assessed_on is None or from_on >= row.assessed_on
        if row.health_class is None or (health_class and is_newest):
            row.health_class, row.health_status = health_class, status
            row.assessed_on, row.health_valid_until = from_on, until_on


def visit(
    enterprise_id: UUID, account_id: UUID, visited_on: date, outcome: str = "bertemu"
) -> None:
    """A visit, carried down to the enterprise row if it met somebody."""
    with transaction():
        row = db.session.get_one(Enterprise, enterprise_id)
        if outcome == "bertemu" and (row.last_visit_on is None or visited_on > row.last_visit_on):
            row.last_visit_on = visited_on
        db.session.add(
            Visit(
                id=new_id(),
                enterprise_id=enterprise_id,
                mentor_id=account_id,
                outcome=outcome,
                reason=None if outcome == "bertemu" else "Rumah terkunci",
                visited_on=visited_on,
                received_at=utc_now(),
                content_sha256="0" * 64,
            )
        )


@pytest.fixture
def register(factories: SimpleNamespace) -> SimpleNamespace:
    """Ten enterprises of Banyumas, each in another state, and one of Malang."""
    mentor = factories.account(role=Role.MENTOR, name="Pendamping Ana")
    made: dict[str, Any] = {}

    def add(name: str, **values: Any) -> None:
        values.setdefault("created_at", LONG_AGO)
        made[name] = factories.enterprise(name=name, **values).id

    def rated(health_class: str, **values: Any) -> dict[str, Any]:
        return {
            "health_class": health_class,
            "health_status": "final",
            "health_score": 500,
            "assessed_on": day(10),
            "health_valid_until": day(-50),
            **values,
        }

    add("sehat", **rated("sehat"), mentor=mentor)
    add("kurang", **rated("kurang_sehat"), mentor=mentor, next_visit_due_on=day(3))
    add("sakit", **rated("sakit", sick_since_on=day(10)), mentor=mentor)
    add("sakit lama", **rated("sakit", sick_since_on=day(40)))
    add("sakit berencana", **rated("sakit", sick_since_on=day(40)), has_plan=True)
    add("basi", **rated("sehat", assessed_on=day(200), health_valid_until=day(20)))
    add("belum", created_at=None)
    add("tak dapat", health_status="belum_dapat_dinilai", assessed_on=day(5))
    add("tutup", **rated("sakit"), life_cycle="tutup", life_cycle_on=day(15))
    add("gumelar", **rated("sehat"), village_code="33.02.15.2003")
    add("malang", **rated("sakit"), village_code="35.07.10.2003")

    assess(made["sehat"], "kurang_sehat", day(120), day(11))
    assess(made["sehat"], "sehat", day(10), day(-170))
    assess(made["kurang"], "sakit", day(120), day(11))
    assess(made["kurang"], "kurang_sehat", day(10), day(-80))
    for name in ("sakit", "sakit lama", "sakit berencana"):
        assess(made[name], "sehat", day(130), day(11))
        assess(made[name], "sakit", day(10), day(-50))
    assess(made["basi"], "sehat", day(200), day(20))
    assess(made["tak dapat"], None, day(5), None)
    assess(made["tutup"], "sakit", day(100), day(-10))
    assess(made["gumelar"], "sehat", day(150), day(-30))
    assess(made["malang"], "sakit", day(100), day(-10))
    visit(made["sehat"], mentor.id, day(5))
    visit(made["sehat"], mentor.id, day(6))
    visit(made["sakit"], mentor.id, day(200))
    visit(made["tutup"], mentor.id, day(30))
    visit(made["gumelar"], mentor.id, day(8), outcome="tidak_bisa_dikunjungi")
    visit(made["malang"], mentor.id, day(5))
    return SimpleNamespace(ids=made, mentor=mentor)
