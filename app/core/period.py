"""The days between which figures are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import InvalidInput

USUAL_DAYS = 91
LONGEST_DAYS = 5 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `from_on` to `until_on`, both included."""

    from_on: date
    until_on: date

    def address(self) -> dict[str, str]:
        """The period as the words of an address."""
        return {"dari": self.from_on.isoformat(), "sampai": self.until_on.isoformat()}


def period_of(
    from_on: date | None, until_on: date | None, *, today: date, usual_days: int = USUAL_DAYS
) -> Period:
    """The period that is meant; what was left empty is today and `usual_days` (a quarter) before.

    Raises:
        InvalidInput: the days stand in the wrong order, or too far apart.
    """
    until = until_on or today
    start = from_on or until - timedelta(days=usual_days)
    if start > until:
        raise InvalidInput(
            "period_reversed",
            field="dari",
            message="Tanggal awal harus sebelum tanggal akhir.",
        )
    if (until - start).days > LONGEST_DAYS:
        raise InvalidInput(
            "period_long", field="dari", message="Masa yang dibandingkan paling lama lima tahun."
        )
    return Period(from_on=start, until_on=until)
