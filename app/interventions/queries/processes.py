"""Therapies that a process of their own decides about: another feature says for which."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from app.interventions.models import Intervention

_OPEN: dict[str, Callable[[UUID], bool]] = {}


def register_process(therapy_code: str, is_open: Callable[[UUID], bool]) -> None:
    """Let `is_open` say whether a therapy of this code is in the middle of its process."""
    _OPEN[therapy_code] = is_open


def is_in_process(row: Intervention) -> bool:
    """Whether a process of its own decides now what becomes of a therapy."""
    is_open = _OPEN.get(row.therapy_code)
    return is_open is not None and is_open(row.id)
