"""Tables of equipment aid: cases with their gates and steps, tools with holders and checks."""

from app.aid.models.cases import AidCase, AidStep, GateFinding
from app.aid.models.tools import Handover, Tool, ToolCheck, ToolHolding

__all__ = [
    "AidCase",
    "AidStep",
    "GateFinding",
    "Handover",
    "Tool",
    "ToolCheck",
    "ToolHolding",
]
