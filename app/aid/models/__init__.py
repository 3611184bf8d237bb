"""Tables of equipment aid: cases with their gates and steps, tools with holders and checks."""

from app.aid.models.cases import AidCase, AidStep, GateFinding
from app.aid.models.tools import Handover, Tool, ToolCheck, ToolHolding
from app.db.belongings import MOVES, register_belongings

__all__ = [
    "AidCase",
    "AidStep",
    "GateFinding",
    "Handover",
    "Tool",
    "ToolCheck",
    "ToolHolding",
]

register_belongings(
    {
        "aid_case": MOVES,
        "tool": MOVES,
        "tool_check": MOVES,
        "tool_handover": MOVES,
        "tool_holding": MOVES,
    }
)
