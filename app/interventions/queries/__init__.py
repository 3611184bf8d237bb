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
from app.interventions.queries.queue import (
    CLASS_CHOICES,
    QUEUE_SIZE,
    QueueFilter,
    QueueRow,
    queue,
    queue_rows,
    waiting_count,
    waiting_therapies,
)

__all__ = [
    "CLASS_CHOICES",
    "QUEUE_SIZE",
    "DueLine",
    "ItemView",
    "NeedView",
    "Offer",
    "Plan",
    "QueueFilter",
    "QueueRow",
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
    "queue",
    "queue_rows",
    "therapy_choices",
    "unplanned",
    "waiting",
    "waiting_count",
    "waiting_therapies",
]
