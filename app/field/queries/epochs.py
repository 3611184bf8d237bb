"""The name of the present life of the database."""

from __future__ import annotations

from app.core.errors import Conflict
from app.db import db
from app.field.models import SyncEpoch
from app.history.queries import last_number

EPOCH_ID = 1
# Before anything was ever restored here.
FIRST_EPOCH = "e-0"


def present_epoch() -> str:
    """The epoch that phones must know; another one means that a backup was brought back."""
    found = db.session.get(SyncEpoch, EPOCH_ID)
    return FIRST_EPOCH if found is None else found.name


def check_epoch(epoch: str | None, *, n: int = 0) -> None:
    """Refuse a phone that knows another past than this database.

    `n` is the highest history number that it has seen. Without an epoch it knows none yet.

    Raises:
        Conflict: code "epoch_changed"; it sends again what it keeps, then pulls everything.
    """
    present = present_epoch()
    if (epoch in (None, present)) and n <= last_number():
        return
    raise Conflict(
        "epoch_changed",
        message="Data di server dipulihkan dari cadangan. Ponsel akan mengirim ulang.",
        epoch=present,
    )
