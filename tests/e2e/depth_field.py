"""Phones of an area, and what waits for a person because of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.importing import receive
from app.field.rules.batch import parse_batch
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, edit_operation, visit_operation
from tests.factories.mentoring import assigned, mentor


def fill_the_phones(area_code: str) -> None:
    """Lay a phone that is behind, a conflict and a report to look at on the desks of an area."""
    village = db.session.scalar(
        select(Enterprise.village_code)
        .where(Enterprise.village_code.like(f"{area_code}%"))
        .order_by(Enterprise.village_code)
        .limit(1)
    )
    assert village is not None
    person = account(role=Role.MENTOR, area=area_code, name="Pendamping Berponsel")
    by = person.id
    mentor(person=person, village_code=village)
    own = enterprise(name="Usaha di ponsel", village_code=village, hamlet="Kulon").id
    foreign = enterprise(name="Usaha orang lain", village_code=village).id
    assigned(by, db.session.get_one(Enterprise, own), from_on=local_today() - timedelta(days=40))
    row, _ = device(by)
    device_id = row.id
    with transaction():
        changed = db.session.get_one(Enterprise, own)
        changed.hamlet, changed.version = "Wetan", changed.version + 1
    _send(by, device_id, own, foreign)


def _send(by: UUID, device_id: UUID, own: UUID, foreign: UUID) -> None:
    oldest = (utc_now() - timedelta(days=4)).isoformat()
    batch = parse_batch(
        {
            "device_id": str(device_id),
            "app_version": "1.0",
            "sent_at": utc_now().isoformat(),
            "unsent": {"count": 2, "oldest_at": oldest},
            "ops": [
                edit_operation(own, {"hamlet": "Lor"}, {"hamlet": "Kulon"}, base_version=1),
                visit_operation(foreign),
            ],
        }
    )
    told = receive(batch, account_id=by, device_id=device_id)
    assert [one["status"] for one in told.results] == ["conflict", "review"]
