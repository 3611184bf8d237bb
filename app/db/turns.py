"""Taking turns: what must not run twice at the same moment, whatever the engine and the process."""

from __future__ import annotations

import hashlib

from sqlalchemy import text

from app.db.base import db


def take_turn(*names: str) -> None:
    """Wait until no other transaction holds one of these names; hold them until this one ends.

    On SQLite there is nothing to do: a writing transaction is alone from its first statement.
    """
    session = db.session()
    if session.get_bind().dialect.name != "postgresql":
        return
    # In one order for everybody, so that two can't wait for each other.
    for number in sorted(_number(name) for name in names):
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": number})


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
