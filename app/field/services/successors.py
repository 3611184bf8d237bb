"""Into which enterprise one went, for what phones still send for it."""

from __future__ import annotations

from app.core.clock import utc_now
from app.db.belongings import Pair, settling
from app.db.upsert import insert_or_update
from app.field.models import EnterpriseSuccessor


@settling
def remember_successor(pair: Pair) -> None:
    """Keep what becomes of the one that goes."""
    row = {"gone_id": pair.gone_id, "kept_id": pair.kept_id, "since_at": utc_now()}
    insert_or_update(
        EnterpriseSuccessor.__table__, [row], key=["gone_id"], update=["kept_id", "since_at"]
    )
