"""Actions and their wording. Each feature registers its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_LABELS: dict[str, str] = {}
_UNTOLD: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWording:
    """What a changed field is called, and how its values are said (None: as they are)."""

    label: str
    say: Callable[[Any], str] | None = None


_FIELDS: dict[tuple[str, str], FieldWording] = {}


def register_actions(labels: Mapping[str, str], *, is_told: bool = True) -> None:
    """Give actions their Indonesian wording ("enterprise.created": "Usaha didaftarkan").

    `is_told`: whether the story of the enterprise tells of it, which more people read than what
    it is about. What it doesn't tell still has its number, by which phones learn of a change.
    """
    _LABELS.update(labels)
    if not is_told:
        _UNTOLD.update(labels)


def untold_actions() -> frozenset[str]:
    """Actions that the story of an enterprise leaves out."""
    return frozenset(_UNTOLD)


def action_label(action: str) -> str:
    """The wording of an action; an action that nobody worded is shown by its own name."""
    return _LABELS.get(action, action)


def action_labels() -> dict[str, str]:
    """Every action that was worded, by its wording."""
    return dict(sorted(_LABELS.items(), key=lambda pair: pair[1]))


def is_registered(action: str) -> bool:
    """Whether somebody gave this action a wording."""
    return action in _LABELS


def register_fields(subject_type: str, wordings: Mapping[str, FieldWording]) -> None:
    """Give the fields in the changes of one kind of subject their Indonesian wording."""
    _FIELDS.update({(subject_type, name): wording for name, wording in wordings.items()})


def field_wording(subject_type: str, name: str) -> FieldWording | None:
    """The wording of a changed field, if its feature gave one."""
    return _FIELDS.get((subject_type, name))
