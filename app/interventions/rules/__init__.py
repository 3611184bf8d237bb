"""Therapy as pure functions: `propose(current_catalogue(), Diagnosis(...), PlanFacts(...))`."""

from app.interventions.rules.catalogue import (
    Catalogue,
    Therapy,
    current_catalogue,
    published_catalogue,
)
from app.interventions.rules.diagnosis import Diagnosis, PlanFacts
from app.interventions.rules.effect import EffectLine, effect_of
from app.interventions.rules.gates import Gate, check_gates, gates_of
from app.interventions.rules.proposals import Advice, Cause, Proposal, propose
from app.interventions.rules.states import (
    ACTIVE_STATES,
    FUNDING_SOURCES,
    NO_COST,
    OPEN_STATES,
    RESULTS,
    STATES,
    check_cost,
    check_room,
    check_step,
)

__all__ = [
    "ACTIVE_STATES",
    "FUNDING_SOURCES",
    "NO_COST",
    "OPEN_STATES",
    "RESULTS",
    "STATES",
    "Advice",
    "Catalogue",
    "Cause",
    "Diagnosis",
    "EffectLine",
    "Gate",
    "PlanFacts",
    "Proposal",
    "Therapy",
    "check_cost",
    "check_gates",
    "check_room",
    "check_step",
    "current_catalogue",
    "effect_of",
    "gates_of",
    "propose",
    "published_catalogue",
]
