"""Beginning another epoch: after a restore phones must send again what they keep."""

from __future__ import annotations

import secrets

from app.core.clock import utc_now
from app.db.upsert import insert_or_update
from app.field.models import SyncEpoch
from app.field.queries.epochs import EPOCH_ID


def begin_epoch(reason: str) -> str:
    """Begin another epoch and give its name; every cursor of before opens nothing any more."""
    name = f"e-{secrets.token_hex(4)}"
    row = {"id": EPOCH_ID, "name": name, "since_at": utc_now(), "reason": reason[:200]}
    insert_or_update(SyncEpoch.__table__, [row], key=["id"], update=["name", "since_at", "reason"])
    return name
