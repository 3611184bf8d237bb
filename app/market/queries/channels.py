"""Channels of enterprises, always within a scope."""

from __future__ import annotations

from uuid import UUID

from app.core.errors import NotFound
from app.core.scope import Scope
from app.enterprises.queries import row_within
from app.market.models import SalesChannel


def channel(scope: Scope, channel_id: UUID) -> SalesChannel:
    """One channel.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    unknown = NotFound("channel_unknown", message="Kanal ini tidak ditemukan.")
    return row_within(scope, SalesChannel, channel_id, unknown=unknown)
