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
from app.interventions.queries.referrals import (
    GuestView,
    ReferralView,
    answered_referrals,
    guest_view,
    live_referral,
    open_referrals,
    overdue_referral_count,
    referral,
    referrals_of,
    told_result,
)

__all__ = [
    "CLASS_CHOICES",
    "QUEUE_SIZE",
    "DueLine",
    "GuestView",
    "ItemView",
    "NeedView",
    "Offer",
    "Plan",
    "QueueFilter",
    "QueueRow",
    "ReferralView",
    "UnplannedLine",
    "WaitingLine",
    "answered_referrals",
    "diagnosis_of",
    "due",
    "guest_view",
    "intervention",
    "item",
    "live_referral",
    "needs_of",
    "offer",
    "offer_of",
    "open_referrals",
    "overdue_referral_count",
    "people",
    "plan",
    "queue",
    "queue_rows",
    "referral",
    "referrals_of",
    "therapy_choices",
    "told_result",
    "unplanned",
    "waiting",
    "waiting_count",
    "waiting_therapies",
]
