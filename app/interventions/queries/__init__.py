"""Reading therapies, always within a scope."""

from app.interventions.queries.facts import diagnosis_of, needs_of
from app.interventions.queries.items import ItemView, intervention, item
from app.interventions.queries.lists import (
    DueLine,
    UnplannedLine,
    WaitingLine,
    due,
    unplanned,
    waiting,
)
from app.interventions.queries.offers import Offer, offer, offer_of, people
from app.interventions.queries.plan import NeedView, Plan, plan, therapy_choices

__all__ = [
    "DueLine",
    "ItemView",
    "NeedView",
    "Offer",
    "Plan",
    "UnplannedLine",
    "WaitingLine",
    "diagnosis_of",
    "due",
    "intervention",
    "item",
    "needs_of",
    "offer",
    "offer_of",
    "people",
    "plan",
    "therapy_choices",
    "unplanned",
    "waiting",
]
