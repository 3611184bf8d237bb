"""The diagnosis as pure functions: `score(first_instrument(), Case(...))`."""

from app.health.rules.case import Case, Context, Findings, points_in_order
from app.health.rules.evidence import EvidenceStrength, evidence_strength
from app.health.rules.instrument import HealthClass, Instrument
from app.health.rules.instrument_file import first_instrument
from app.health.rules.knockouts import Knockout
from app.health.rules.next_class import Step, WayUp, next_class_steps, way_up
from app.health.rules.scoring import Score, Status, score

__all__ = [
    "Case",
    "Context",
    "EvidenceStrength",
    "Findings",
    "HealthClass",
    "Instrument",
    "Knockout",
    "Score",
    "Status",
    "Step",
    "WayUp",
    "evidence_strength",
    "first_instrument",
    "next_class_steps",
    "points_in_order",
    "score",
    "way_up",
]
