"""Identifiers."""

from __future__ import annotations

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """A new UUIDv7: sortable by time of making, which keeps indexes compact."""
    # Rebuilt as a plain UUID so that it compares and binds like every other one.
    return UUID(int=uuid6.uuid7().int)
