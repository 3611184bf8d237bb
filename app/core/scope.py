"""How far a person reaches: the first argument of every query of personal data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

WHOLE_COUNTRY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The reach of one account under one permission; its parts add up.

    `areas` are Kemendagri code prefixes ("33.02" reaches every village below it; "" reaches the
    whole country). `mentor_account_id` reaches the enterprises assigned to that mentor today,
    `owner_account_id` those of the owner who holds that account.
    """

    account_id: UUID | None
    areas: tuple[str, ...] = ()
    mentor_account_id: UUID | None = None
    owner_account_id: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is reached."""
        return not self.areas and self.mentor_account_id is None and self.owner_account_id is None

    def covers_area(self, code: str) -> bool:
        """Whether the whole area `code` lies within the areas of this scope."""
        return any(is_within(code, area) for area in self.areas)

    def narrowed_to(self, area: str) -> Scope:
        """The part of this scope's areas that lies in `area`; people's own reach is left out."""
        inside = tuple(
            area if is_within(area, own) else own
            for own in self.areas
            if is_within(area, own) or is_within(own, area)
        )
        return replace(self, areas=inside, mentor_account_id=None, owner_account_id=None)


def is_within(code: str, area: str) -> bool:
    """Whether `code` is `area` or lies below it.

    >>> is_within("33.02.04.2001", "33.02"), is_within("33.021", "33.02")
    (True, False)
    """
    return area == WHOLE_COUNTRY or code == area or code.startswith(area + ".")


def range_of(area: str) -> tuple[str, str]:
    """Bounds [first, last) of the codes *below* an area, for a range condition on an index.

    The area's own code is not in the range. "/" follows "." in both databases' byte order.
    """
    return area + ".", area + "/"


def nowhere(account_id: UUID | None = None) -> Scope:
    """The scope that reaches nothing."""
    return Scope(account_id=account_id)


def everywhere(account_id: UUID | None = None) -> Scope:
    """The whole country: for commands and jobs that act for the system."""
    return Scope(account_id=account_id, areas=(WHOLE_COUNTRY,))
