"""What of a row names a person, and what is left of it when they are forgotten.

Which tables speak of a person is found by their references; what of a column is forgotten, by its
type. So a table that is added later is forgotten too, without anybody thinking of it.
"""

from __future__ import annotations

from typing import Any

ERASED = "(dihapus)"
# Shorter texts are codes from a list; longer ones were typed by somebody.
FREE_TEXT_LEAST = 60
_WORD_LEAST = 21
# Short, and yet about somebody.
_NUMBERS = ("phone", "email")
# Where a place is told to the metre.
_POINTS = ("lat", "lng")


def is_free_text(name: str, length: int | None) -> bool:
    """Whether a text column holds what somebody typed, and no code and no check sum."""
    if name.endswith(("_sha256", "_hash", "_index")):
        return False
    return name in _NUMBERS or length is None or length >= FREE_TEXT_LEAST


def is_point(name: str) -> bool:
    """Whether a column tells a place to the metre."""
    return name in _POINTS or name.endswith(tuple(f"_{point}" for point in _POINTS))


def without_texts(value: Any) -> Any:
    """Gathered answers without what was typed in them: numbers, codes and places in lists stay.

    >>> without_texts({"skor": 3, "kode": "KEU1", "catatan": "Bu Sri punya utang"})
    {'skor': 3, 'kode': 'KEU1', 'catatan': ''}
    """
    if isinstance(value, dict):
        return {key: without_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_texts(inner) for inner in value]
    if isinstance(value, str) and (" " in value.strip() or len(value) >= _WORD_LEAST):
        return ""
    return value
