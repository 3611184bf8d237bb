"""Trainings made by the services that the pages use."""

from __future__ import annotations

from typing import Any

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.trainings import services
from app.trainings.models import TrainingSession
from tests.factories.enterprises import VILLAGE, village_rows


def training(by: Account, *came: Enterprise, **values: Any) -> TrainingSession:
    """A session of today in Losari, with those who came."""
    village_rows(values.get("village_code", VILLAGE))
    by_id, ids = by.id, [one.id for one in came]
    known: dict[str, Any] = {
        "kind": "pelatihan",
        "topic": "Menghitung harga jual",
        "practice": "Menulis biaya setiap produk",
        "pillar": "2",
        "provider": "PLUT Banyumas",
        "village_code": VILLAGE,
        "held_on": local_today(),
    }
    with transaction():
        made = services.make_session(
            new=services.NewSession(**{**known, **values}), scope=everywhere(), by=by_id
        )
        db.session.flush()
        services.mark_list(session_id=made.id, shown=ids, present=ids, scope=everywhere(), by=by_id)
        key = made.id
    return db.session.get_one(TrainingSession, key)
