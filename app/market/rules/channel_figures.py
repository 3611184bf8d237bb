"""What the ledgers of an enterprise's channels say about it: sales, shares, returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

# Days that "lately" means: what the instrument asks about in PSR3 and PRD4.
LATELY_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What moved at one channel lately, in rupiah; `counted` is None where nobody counted."""

    delivered: int = 0
    counted: int | None = None
    paid: int = 0
    returned_unpaid: int = 0

    @property
    def sales(self) -> int:
        """What sold: as counted, and where nobody counted, what was paid."""
        return self.paid if self.counted is None else self.counted


def largest_channel(moves: Mapping[UUID, Lately]) -> tuple[UUID, Fraction] | None:
    """The channel that sells most, with its part of all sales; None where nothing sold."""
    total = sum(one.sales for one in moves.values())
    if total == 0:
        return None
    key = max(sorted(moves), key=lambda each: moves[each].sales)
    return key, Fraction(moves[key].sales, total)


def return_rate(moves: Mapping[UUID, Lately]) -> Fraction | None:
    """Value returned unpaid over value delivered; None where nothing was delivered."""
    delivered = sum(one.delivered for one in moves.values())
    returned = sum(one.returned_unpaid for one in moves.values())
    return Fraction(returned, delivered) if delivered else None
