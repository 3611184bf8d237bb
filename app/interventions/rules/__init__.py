"""Therapy as pure functions: `propose(current_catalogue(), Diagnosis(...), PlanFacts(...))`."""

from app.interventions.rules.catalogue import (
    Catalogue,
    Therapy,
    current_catalogue,
    published_catalogue,
)
from app.interventions.rules.diagnosis import Diagnosis, PlanFacts
from app.interventions.rules.effect import EffectLine, effect_of
from app.interventions.rules.gates import Gate, check_gates, check_own_process, gates_of
from app.interventions.rules.money import (
    FUNDING_SOURCES,
    NO_COST,
    PROMISED_STATES,
    FundTotal,
    Sum,
    Totals,
    check_cost,
    check_spent,
    check_year,
    totals_of,
)
from app.interventions.rules.proposals import Advice, Cause, Proposal, propose
from app.interventions.rules.states import (
    ACTIVE_STATES,
    OPEN_STATES,
    RESULTS,
    STATES,
    check_room,
    check_step,
)

__all__ = [
    "ACTIVE_STATES",
    "FUNDING_SOURCES",
    "NO_COST",
    "OPEN_STATES",
    "PROMISED_STATES",
    "RESULTS",
    "STATES",
    "Advice",
    "Catalogue",
    "Cause",
    "Diagnosis",
    "EffectLine",
    "FundTotal",
    "Gate",
    "PlanFacts",
    "Proposal",
    "Sum",
    "Therapy",
    "Totals",
    "check_cost",
    "check_gates",
    "check_own_process",
    "check_room",
    "check_spent",
    "check_step",
    "check_year",
    "current_catalogue",
    "effect_of",
    "gates_of",
    "propose",
    "published_catalogue",
    "totals_of",
]
