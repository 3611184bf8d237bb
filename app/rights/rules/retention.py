"""How long what is kept."""

from __future__ import annotations

from datetime import date

# After the last thing that happened to a person's enterprises, as public money is audited.
PERSON_YEARS = 5
# Copies of rows that could not be imported, and forms that were never finished.
LEFTOVER_DAYS = 30
# Words of a request, once it was answered.
REQUEST_YEARS = 2
# Photos of slips: by then their line was read over often enough.
SLIP_YEARS = 2
# The note of a list that was taken along.
EXPORT_YEARS = 2


def years_before(day: date, years: int) -> date:
    """The same day some years ago; the last of February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
