"""Enterprises by a number that is not theirs any more, as far as a higher feature knows of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from app.core.scope import Scope
from app.enterprises.rules.words import Wanted

Finder = Callable[[Scope, Wanted], UUID | None]
_FINDERS: list[Finder] = []


def register_former(finder: Finder) -> Finder:
    """Have a feature asked for the enterprise that had a number, or whose double had it."""
    _FINDERS.append(finder)
    return finder


def by_former_number(scope: Scope, asked: Wanted) -> UUID | None:
    """The enterprise within the scope that was known by this NIK, NIB or phone number."""
    return next((found for finder in _FINDERS if (found := finder(scope, asked))), None)
