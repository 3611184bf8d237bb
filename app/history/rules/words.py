"""What of a change is words, and so is kept apart from the chain.

Ids, days, codes of areas, numbers and yes or no tell nothing once the row that they point at is
anonymous; every other text may. So nobody has to say which fields are typed by hand, and a field
that is added later is on the safe side.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

# What `forget_words` writes down: the numbers of the rows whose words it took away.
WORDS_ERASED, ROWS = "words.erased", "rows"
SALT_BYTES = 16
_TELLS_NOTHING = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?"
    r"|\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?"
    r"|"
)
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


class Parted(NamedTuple):
    """The changes that stay in the row, and the text that goes apart (None: there are no words)."""

    changes: Mapping[str, Any] | None
    words: str | None


def parted(changes: Mapping[str, Any] | None, note: str | None) -> Parted:
    """Take the words out of a change; the name of each field stays, without its values.

    >>> parted({"amount": [None, 5], "tool": [None, "Blender"]}, None).changes
    {'amount': [None, 5], 'tool': None}
    """
    note = note or None
    if changes is None:
        return Parted(None, None if note is None else _encode([{}, note]))
    words = {name: value for name, value in changes.items() if _has_words(value)}
    if not words and note is None:
        return Parted(changes, None)
    kept = {name: None if name in words else value for name, value in changes.items()}
    return Parted(kept, _encode([words, note]))


def joined(changes: Mapping[str, Any] | None, words: str | None) -> tuple[dict[str, Any], str]:
    """The changes and the note as they were told; an empty note where there is none."""
    told, note = ({}, None) if words is None else json.loads(words)
    return {**(changes or {}), **told}, note or ""


def words_hash(salt: bytes, words: str) -> str:
    """Hex SHA-256 of words, which can't be guessed from it without the salt."""
    return hashlib.sha256(salt + words.encode()).hexdigest()


def _has_words(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return _TELLS_NOTHING.fullmatch(value) is None
    if kind is list or kind is tuple:
        return any(map(_has_words, value))
    return kind is dict and any(map(_has_words, value.values()))
