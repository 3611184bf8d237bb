"""Writing the plan of an enterprise. All open in the caller's transaction; none commits."""

from app.interventions.services.deciding import approve, cancel, change, refuse, refuse_need
from app.interventions.services.delivering import close, settle_result, start
from app.interventions.services.proposing import Details, add, propose_from_assessment

__all__ = [
    "Details",
    "add",
    "approve",
    "cancel",
    "change",
    "close",
    "propose_from_assessment",
    "refuse",
    "refuse_need",
    "settle_result",
    "start",
]
