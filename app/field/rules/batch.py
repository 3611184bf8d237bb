"""What a phone sends at once: operations, and what it tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.errors import InvalidInput
from app.field.rules.operation import MAX_NUMBER
from app.field.rules.reading import Fields
from app.field.rules.strict_json import flaw_in
from app.field.rules.versions import OLDEST_VERSION, SCHEMA_VERSION

MOST_OPERATIONS = 50
MOST_BYTES = 256 * 1024
# Beyond ten years a clock tells nothing any more.
_MOST_SKEW = 10 * 366 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One request. `operations` are as they came; each is read by itself."""

    device_id: UUID
    app_version: str | None
    epoch: str | None
    sent_at: datetime | None
    operations: tuple[Any, ...]
    unsent_count: int | None
    unsent_oldest_at: datetime | None
    kept_for_good: bool | None
    was_wiped: bool
    highest_n: int | None

    def skew(self, now: datetime) -> int:
        """Seconds by which the phone's clock is ahead of ours."""
        if self.sent_at is None:
            return 0
        seconds = round((self.sent_at - now).total_seconds())
        return max(-_MOST_SKEW, min(_MOST_SKEW, seconds))


def parse_batch(value: Any) -> Batch:
    """Read the envelope of a batch; its operations are not looked at.

    Raises:
        InvalidInput: it is none; a phone then sends its operations one by one.
    """
    if not isinstance(value, dict) or not isinstance(value.get("ops"), list):
        raise _malformed("ops")
    around = {name: one for name, one in value.items() if name != "ops"}
    # What is told beside the operations is no reason to lose one of them.
    fields = Fields({name: one for name, one in around.items() if flaw_in(one) is None})
    device_id = _told(fields.key, "device_id")
    if device_id is None:
        raise _malformed("device_id")
    unsent = _told(lambda name: fields.pairs(name, 20), "unsent") or {}
    waiting = Fields(unsent)
    return Batch(
        device_id=device_id,
        app_version=_told(lambda name: fields.text(name, 20), "app_version"),
        epoch=_told(lambda name: fields.text(name, 40), "epoch"),
        sent_at=_told(fields.instant, "sent_at"),
        operations=tuple(value["ops"]),
        unsent_count=_told(lambda name: waiting.whole(name, 0, 2**31 - 1), "count"),
        unsent_oldest_at=_told(waiting.instant, "oldest_at"),
        kept_for_good=around["kept_for_good"]
        if isinstance(around.get("kept_for_good"), bool)
        else None,
        was_wiped=around.get("wiped") is True,
        highest_n=_told(lambda name: fields.whole(name, 0, MAX_NUMBER), "highest_n"),
    )


def versions_of(operations: tuple[Any, ...]) -> tuple[bool, bool]:
    """Whether a form is among them that is too old to be read, or newer than this server."""
    found = [
        one["schema_version"]
        for one in operations
        if isinstance(one, dict)
        and isinstance(one.get("schema_version"), int)
        and not isinstance(one["schema_version"], bool)
    ]
    return (
        any(version < OLDEST_VERSION for version in found),
        any(version > SCHEMA_VERSION for version in found),
    )


def _told(read: Any, name: str) -> Any:
    """What is told under a name; nothing when it can't be read."""
    try:
        return read(name)
    except InvalidInput:
        return None


def _malformed(field: str) -> InvalidInput:
    return InvalidInput("batch_malformed", field=field, message="Kiriman ini tidak dapat dibaca.")
