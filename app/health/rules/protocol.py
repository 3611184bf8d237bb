"""When an enterprise is to be visited next, by its class.

Health and mentoring both write the due date on the enterprise row and take it from here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

# Source: domain reference, chapter 3, "Protocol by class". In days.
FIRST_VISIT_WHEN_SICK = 7
INTERVALS = {"sakit": 14, "kurang_sehat": 30, "sehat": 90}
# An enterprise that nobody could assess yet is looked after like one that is not well.
INTERVAL_UNASSESSED = 30

# Where there is nobody to visit, or nobody who wants to be visited.
NOT_VISITED = frozenset({"tutup", "berangkat_lagi", "menolak_didata"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What the due date of a visit depends on; all of it stands on the enterprise row.

    `assigned_on` is the day from which the present mentor has it, None without a mentor or where
    it no longer matters (it was visited or assessed since).
    """

    life_cycle: str
    health_class: str | None
    assessed_on: date | None
    sick_since_on: date | None
    last_visit_on: date | None
    assigned_on: date | None = None


def visit_interval_days(health_class: str | None) -> int:
    """Days between two visits to an enterprise of this class."""
    return INTERVALS.get(health_class or "", INTERVAL_UNASSESSED)


def is_first_visit_when_sick(facts: VisitFacts) -> bool:
    """Whether the enterprise was found sick and nobody came since to act on it.

    The visit on the day of that assessment does not count: it found the sickness.
    """
    if facts.health_class != "sakit" or facts.sick_since_on is None:
        return False
    return facts.last_visit_on is None or facts.last_visit_on <= facts.sick_since_on


def next_visit_due(facts: VisitFacts) -> date | None:
    """The day by which the next visit is due; None when no visit is expected.

    Without class, visit, assessment and mentor nothing is due.
    """
    if facts.life_cycle in NOT_VISITED:
        return None
    if is_first_visit_when_sick(facts) and facts.sick_since_on is not None:
        return facts.sick_since_on + timedelta(days=FIRST_VISIT_WHEN_SICK)
    # An assessment brings somebody to the enterprise as a visit does.
    contacts = [facts.last_visit_on, facts.assessed_on]
    if facts.health_class is None:
        contacts.append(facts.assigned_on)
    known = [day for day in contacts if day is not None]
    if not known:
        return None
    return max(known) + timedelta(days=visit_interval_days(facts.health_class))


def latest_after_visit(facts: VisitFacts, *, visited_on: date, was_met: bool) -> date | None:
    """The last day for the visit that follows one on `visited_on`; `facts` are of before it.

    When nobody was met the rhythm of the class counts from the day of trying.
    """
    if facts.life_cycle in NOT_VISITED:
        return None
    if was_met:
        return next_visit_due(replace(facts, last_visit_on=visited_on))
    return visited_on + timedelta(days=visit_interval_days(facts.health_class))


def due_after_visit(facts: VisitFacts, *, visited_on: date, was_met: bool) -> date | None:
    """The day for the next visit when nothing else is agreed; `facts` are of before this one.

    Where nobody was met it is tried again within a week.
    """
    latest = latest_after_visit(facts, visited_on=visited_on, was_met=was_met)
    if latest is None or was_met:
        return latest
    return min(latest, visited_on + timedelta(days=FIRST_VISIT_WHEN_SICK))
