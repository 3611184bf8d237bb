"""Keyset paging: a cursor is the sort key and the id of the row where a page ends."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import InvalidInput

Row = TypeVar("Row")
Key = str | int | None
_MAX_CURSOR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Rows of one page and the cursors of its neighbours, None at either end."""

    rows: Sequence[Row]
    previous_cursor: str | None = None
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where to go on: after the row with these keys, or before it when `is_backward`."""

    keys: tuple[Key, ...]
    is_backward: bool = False


def encode_cursor(*keys: Key, is_backward: bool = False) -> str:
    """The cursor as a word for an address."""
    text = json.dumps([int(is_backward), *keys], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(word: str | None, *, key_count: int) -> Cursor | None:
    """The cursor of an address, None when there is none.

    Raises:
        InvalidInput: code "cursor_unknown", when the word was not made by `encode_cursor`.
    """
    if not word:
        return None
    parts = _parts_of(word)
    if (
        len(parts) != key_count + 1
        or parts[0] not in (0, 1)
        or not all(part is None or isinstance(part, str | int) for part in parts)
    ):
        raise _unknown()
    return Cursor(keys=tuple(parts[1:]), is_backward=bool(parts[0]))


def _parts_of(word: str) -> list[Key]:
    try:
        padded = word[:_MAX_CURSOR] + "=" * (-len(word[:_MAX_CURSOR]) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as broken:
        raise _unknown() from broken
    return parts if isinstance(parts, list) else []


def _unknown() -> InvalidInput:
    return InvalidInput(
        "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
    )
