"""Where a phone stands in the changes, and how it knows that it holds everything."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from app.core.errors import InvalidInput

# Enough for a cursor of ours; more is none.
_LONGEST = 200
_LARGEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class PullCursor:
    """What a phone has been given.

    `n` is the history number up to which it knows the changes of its enterprises; where several
    have one number (those that nothing is told of yet), `after` is the last of them. A phone that
    began with nothing began when the history stood at `since`: what it lost before, it never had.
    """

    epoch: str
    n: int = -1
    after: UUID | None = None
    since: int | None = None

    @property
    def is_first(self) -> bool:
        """Whether the phone is still being given everything for the first time."""
        return self.since is not None


def encode_pull_cursor(cursor: PullCursor) -> str:
    """The cursor as the text that a phone keeps and gives back."""
    after = "" if cursor.after is None else cursor.after.hex
    said = json.dumps([cursor.epoch, cursor.n, after, cursor.since], separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def decode_pull_cursor(text: str) -> PullCursor:
    """The cursor of a text.

    Raises:
        InvalidInput: code "cursor_unknown"; it is none of ours.
    """
    try:
        epoch, n, after, since = json.loads(_bytes(text))
        return PullCursor(
            epoch=str(epoch),
            n=_number(n),
            after=UUID(hex=after) if after else None,
            since=None if since is None else _number(since),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error) as broken:
        raise InvalidInput(
            "cursor_unknown", message="Penanda data di ponsel tidak dikenal. Ambil data lagi."
        ) from broken


def scope_hash(versions: Mapping[UUID, int]) -> str:
    """SHA-256 of all that a phone must hold: "id:version" and a line feed each, by id."""
    lines = sorted(f"{key}:{version}\n" for key, version in versions.items())
    return sha256("".join(lines).encode()).hexdigest()


def _bytes(text: str) -> bytes:
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError(text)
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -1 <= value < _LARGEST:
        raise ValueError(value)
    return value
