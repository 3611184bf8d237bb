"""Actions and their wording. Each feature registers its own."""

from __future__ import annotations

from collections.abc import Mapping

_LABELS: dict[str, str] = {}


def register_actions(labels: Mapping[str, str]) -> None:
    """Give actions their Indonesian wording ("enterprise.created": "Usaha didaftarkan")."""
    _LABELS.update(labels)


def action_label(action: str) -> str:
    """The wording of an action; an action that nobody worded is shown by its own name."""
    return _LABELS.get(action, action)


def is_registered(action: str) -> bool:
    """Whether somebody gave this action a wording."""
    return action in _LABELS
