"""Keeping what was sent once, though it came twice."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from app.core.ids import new_id
from app.db.base import db
from app.db.turns import take_turn

Row = TypeVar("Row")


def kept_or_free(table: type[Row], key: UUID, **said: Any) -> tuple[Row | None, UUID]:
    """The row that was kept under this key with the same content, and the key for a new one.

    A key that stands for something else (the page was gone back to and changed, or was not the
    sender's) gives a new key: nothing that was typed is lost, and nobody's row is touched.
    """
    take_turn(f"once {key}")
    known = db.session.get(table, key)
    if known is None:
        return None, key
    is_same = all(getattr(known, name) == value for name, value in said.items())
    return (known, key) if is_same else (None, new_id())
