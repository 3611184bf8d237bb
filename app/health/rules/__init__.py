"""The diagnosis as pure functions: `score(current_instrument(), Case(...))`."""

from app.health.rules.case import Case, Context, points_in_order
from app.health.rules.evidence import EvidenceStrength, evidence_strength
from app.health.rules.instrument import HealthClass, Instrument
from app.health.rules.instrument_file import current_instrument, published_instrument
from app.health.rules.knockouts import Knockout
from app.health.rules.next_class import Step, WayUp, next_class_steps, way_up
from app.health.rules.scoring import Score, Status, score

__all__ = [
    "Case",
    "Context",
    "EvidenceStrength",
    "HealthClass",
    "Instrument",
    "Knockout",
    "Score",
    "Status",
    "Step",
    "WayUp",
    "current_instrument",
    "evidence_strength",
    "next_class_steps",
    "points_in_order",
    "published_instrument",
    "score",
    "way_up",
]
