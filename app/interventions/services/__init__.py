"""Writing the plan of an enterprise. All open in the caller's transaction; none commits."""

from app.interventions.services.becoming_one import cancel_twice_open, know_plan
from app.interventions.services.deciding import approve, cancel, change, refuse, refuse_need
from app.interventions.services.delivering import close, note_progress, settle_result, start
from app.interventions.services.effects import (
    EFFECTS_JOB,
    ask_effects,
    finish_effects,
    store_cases,
)
from app.interventions.services.passing_on import pass_responsibility_on
from app.interventions.services.plan_rows import check_served
from app.interventions.services.plan_rows import locked_enterprise as lock_plan
from app.interventions.services.proposing import Details, add, propose, propose_from_assessment
from app.interventions.services.referring import (
    Sent,
    Wish,
    accept,
    decline,
    finish,
    open_link,
    refer,
    renew_link,
    revoke,
)

__all__ = [
    "EFFECTS_JOB",
    "Details",
    "Sent",
    "Wish",
    "accept",
    "add",
    "approve",
    "ask_effects",
    "cancel",
    "cancel_twice_open",
    "change",
    "check_served",
    "close",
    "decline",
    "finish",
    "finish_effects",
    "know_plan",
    "lock_plan",
    "note_progress",
    "open_link",
    "pass_responsibility_on",
    "propose",
    "propose_from_assessment",
    "refer",
    "refuse",
    "refuse_need",
    "renew_link",
    "revoke",
    "settle_result",
    "start",
    "store_cases",
]
