"""Mentors, assignments, visits and promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.mentoring.models import Mentor, Promise, Visit
from app.mentoring.rules import MET, NewPromise, VisitReport
from app.mentoring.services import assign_many, record_visit
from tests.factories.accounts import account
from tests.factories.enterprises import VILLAGE, village_rows


def mentor(
    *, person: Account | None = None, capacity: int = 20, village_code: str = VILLAGE, **who: Any
) -> Mentor:
    """A mentor; `name` and `area` are those of the account that is made when none is given."""
    village_rows(village_code)
    made = person or account(role=Role.MENTOR, **who)
    key = made.id
    with transaction():
        db.session.add(
            Mentor(
                account_id=key,
                village_code=village_code,
                skills=["pencatatan"],
                capacity=capacity,
                created_at=utc_now(),
                updated_at=utc_now(),
            )
        )
    return db.session.get_one(Mentor, key)


def assigned(mentor_id: UUID, *enterprises: Enterprise, from_on: date | None = None) -> None:
    """Give enterprises to a mentor."""
    ids = [one.id for one in enterprises]
    with transaction():
        assign_many(
            scope=everywhere(),
            enterprise_ids=ids,
            mentor_id=mentor_id,
            from_on=from_on or local_today(),
            reason="",
            by=None,
        )


def visit_report(enterprise_id: UUID, **values: Any) -> VisitReport:
    """A visit of today that says all it must."""
    known: dict[str, Any] = {
        "id": new_id(),
        "enterprise_id": enterprise_id,
        "outcome": MET,
        "visited_on": local_today(),
        "place_kind": "tempat_usaha",
        "met_with": "Bu Sari",
        "findings": "Produksi berjalan, buku kas belum diisi.",
    }
    return VisitReport(**{**known, **values})


def visit(enterprise: Enterprise, by: UUID, **values: Any) -> Visit:
    """A visit that was recorded."""
    report = visit_report(enterprise.id, **values)
    with transaction():
        record_visit(scope=everywhere(), report=report, by=by)
    return db.session.get_one(Visit, report.id)


def promise(enterprise: Enterprise, by: UUID, *, due_on: date, text: str = "Urus NIB") -> Promise:
    """A promise made at a visit a month before it is due."""
    made = visit(
        enterprise,
        by,
        visited_on=min(local_today(), due_on) - timedelta(days=30),
        promises=(NewPromise(text=text, due_on=due_on),),
    )
    return made.promises[0]
