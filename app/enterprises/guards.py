"""What a person may take along as a file, beside what a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.accounts.guards import scope_for
from app.core.permissions import Permission
from app.enterprises.queries import not_allowed
from app.enterprises.rules.consents import BASE
from app.history.responses import note_taken
from app.places.queries import path_labels
from app.web.access import current_scope, may


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReach:
    """Whether a list may be taken along, and of which areas only where the page shows more."""

    is_allowed: bool
    only: tuple[str, ...] = ()


def file_reach(area: str) -> FileReach:
    """How much of a page about an area the caller may take along.

    A person can have one role here and another there: what they may read in the one they may
    not take along from it, unless the other says so.
    """
    if not may(Permission.ENTERPRISE_EXPORT):
        return FileReach(is_allowed=False)
    taken, shown = scope_for(Permission.ENTERPRISE_EXPORT), current_scope()
    inside = taken.narrowed_to(area)
    if taken.covers_area(area) or inside.areas == shown.narrowed_to(area).areas:
        return FileReach(is_allowed=True)
    labels = path_labels(inside.areas)
    return FileReach(
        is_allowed=not inside.is_empty, only=tuple(labels[code] for code in inside.areas)
    )


def take_along(enterprises: Iterable[UUID | None]) -> set[UUID]:
    """Note that the answer is a file about these enterprises; gives those it must not name.

    Who withdrew or restricted keeps a line, so that the count stays right, but without a name.
    """
    ids = [one for one in enterprises if one is not None]
    withdrawn = not_allowed(ids, BASE)
    note_taken(one for one in ids if one not in withdrawn)
    return withdrawn
