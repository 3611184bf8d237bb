"""The only places where the clock is read.

Instants are aware UTC. Days are local days of western Indonesia, where the offices that answer
for the figures count their days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Jakarta")


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The local day on which an aware instant falls."""
    return instant.astimezone(LOCAL_ZONE).date()


def local_today() -> date:
    """Today's local day."""
    return local_date(utc_now())
