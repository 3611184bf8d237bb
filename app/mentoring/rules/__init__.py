"""Mentoring as pure functions: what a visit must say, why today, how much a mentor carries."""

from app.mentoring.rules.load import Carried, Load, check_from_on, load_preview
from app.mentoring.rules.today import (
    CaseFacts,
    HamletGroup,
    Reason,
    TodayCounts,
    TodayLine,
    counts_of,
    group_by_hamlet,
    why_today,
)
from app.mentoring.rules.visits import (
    MAX_NEW_PROMISES,
    NewPromise,
    VisitReport,
    check_agreed_day,
    check_visit,
)
from app.mentoring.rules.words import (
    BROKEN,
    KEPT,
    MEETING_PLACES,
    MET,
    NOT_MET,
    OPEN,
    OUTCOME_LABELS,
    OUTCOMES,
    PROMISE_STATES,
    SKILLS,
)

__all__ = [
    "BROKEN",
    "KEPT",
    "MAX_NEW_PROMISES",
    "MEETING_PLACES",
    "MET",
    "NOT_MET",
    "OPEN",
    "OUTCOMES",
    "OUTCOME_LABELS",
    "PROMISE_STATES",
    "SKILLS",
    "Carried",
    "CaseFacts",
    "HamletGroup",
    "Load",
    "NewPromise",
    "Reason",
    "TodayCounts",
    "TodayLine",
    "VisitReport",
    "check_agreed_day",
    "check_from_on",
    "check_visit",
    "counts_of",
    "group_by_hamlet",
    "load_preview",
    "why_today",
]
