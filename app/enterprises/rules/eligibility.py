"""Until when a returned migrant worker may get new aid, by programme.

An enterprise whose owner has passed a window stays in the register; it only gets no *new* aid of
that programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RETURNED = "purna"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRule:
    """`years` after the return, counted to the same day; in force from a day until the next."""

    code: str
    label: str
    years: int
    from_on: date
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One programme for one person; `last_on` is the last day on which they are eligible."""

    code: str
    label: str
    last_on: date
    is_open: bool
    source: str
    note: str


WINDOW_RULES: tuple[WindowRule, ...] = (
    WindowRule(
        code="desmigratif",
        label="Desmigratif",
        years=3,
        from_on=date(2017, 1, 1),
        source="Pedoman Desmigratif 2017",
    ),
    WindowRule(
        code="bp2mi_sosial",
        label="Pemberdayaan sosial BP2MI",
        years=5,
        from_on=date(2024, 1, 1),
        source="Peraturan BP2MI 5/2024",
    ),
    WindowRule(
        code="p2mi_sosial",
        label="Pemberdayaan sosial KP2MI",
        years=1,
        from_on=date(2025, 1, 1),
        source="Permen P2MI 33/2025 Pasal 16 ayat (6)",
        note="Kebutuhan ditunjukkan oleh UPT KP2MI/BP2MI.",
    ),
)


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February.

    >>> years_after(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def rules_on(day: date) -> tuple[WindowRule, ...]:
    """The newest rule of each programme that is in force on a day."""
    newest: dict[str, WindowRule] = {}
    for rule in sorted(WINDOW_RULES, key=lambda rule: rule.from_on):
        if rule.from_on <= day:
            newest[rule.code] = rule
    return tuple(newest.values())


def windows(category: str | None, returned_on: date | None, *, today: date) -> tuple[Window, ...]:
    """The windows of a returnee; nobody else has one, nor has a returnee without the date."""
    if category != RETURNED or returned_on is None:
        return ()
    found = []
    for rule in rules_on(today):
        last_on = years_after(returned_on, rule.years)
        found.append(
            Window(
                code=rule.code,
                label=rule.label,
                last_on=last_on,
                is_open=today <= last_on,
                source=rule.source,
                note=rule.note,
            )
        )
    return tuple(found)
