"""Writing equipment aid. All open in the caller's transaction; none commits."""

from app.aid.services.checking import CheckReport, check_tool
from app.aid.services.deciding import approve, cancel, refuse, verify
from app.aid.services.ending import finish
from app.aid.services.handing_over import HandedTool, hand_over
from app.aid.services.idle import tell_idle
from app.aid.services.moving import move_to_case, return_to_store
from app.aid.services.papers import Paper
from app.aid.services.registering import ToolFacts, register_tool
from app.aid.services.requesting import Request, assess_need, request_tool
from app.aid.services.using import add_paper, install, use

__all__ = [
    "CheckReport",
    "HandedTool",
    "Paper",
    "Request",
    "ToolFacts",
    "add_paper",
    "approve",
    "assess_need",
    "cancel",
    "check_tool",
    "finish",
    "hand_over",
    "install",
    "move_to_case",
    "refuse",
    "register_tool",
    "request_tool",
    "return_to_store",
    "tell_idle",
    "use",
    "verify",
]
