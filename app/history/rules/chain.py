"""Each row's hash holds the hash of the row before: who changes one must change all that follow.

Nothing secret goes in, so anybody with the rows can check them. The last hash, written down
elsewhere every day (an anchor), is what makes a rewritten or shortened chain show.

A row with words kept apart is of version 2: its hash covers theirs, so they can go without breaking
the chain. A row without any has the same hash in both versions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

# What the first row follows.
GENESIS = "0" * 64
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


class ChainedRow(NamedTuple):
    """What the hash of a row covers, apart from the hash of the row before."""

    n: int
    at: datetime
    account_id: UUID | None
    action: str
    subject_type: str
    subject_id: UUID
    enterprise_id: UUID | None
    area_code: str | None
    origin: str | None
    changes: Mapping[str, Any] | None
    note: str | None
    words_hash: str | None = None


def row_hash(previous: str, row: ChainedRow) -> str:
    """Hex SHA-256 of a row and the hash before it, the same whichever database gave the row."""
    n, at, account_id, action, kind, subject_id, enterprise_id, area, origin = row[:9]
    changes, note, words = row[9:]
    told = "" if changes is None and note is None else _told(changes, note)
    version, apart = ("1", "") if words is None else ("2", f"|{words}")
    text = (
        f"{version}|{previous}|{n}|{at.astimezone(UTC).isoformat()}|{_hex(account_id)}"
        f"|{action}|{kind}|{_hex(subject_id)}|{_hex(enterprise_id)}|{area}|{origin}|{told}{apart}"
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _hex(key: UUID | None) -> str:
    return "" if key is None else key.bytes.hex()


def _told(changes: Mapping[str, Any] | None, note: str | None) -> str:
    return _encode([None if changes is None else _settled(changes), note])


def _settled(value: Any) -> Any:
    """A JSON value as every database gives it back: PostgreSQL makes 1e22 an integer."""
    kind = type(value)
    if kind is str or value is None or kind is int:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {str(key): _settled(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_settled(inner) for inner in value]
    return value
