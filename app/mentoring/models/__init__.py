"""Mentors, assignments, visits and promises; what is checked, proposed, reported and guarded."""

from app.db.belongings import MOVES, RENEWED, register_belongings
from app.mentoring.models.care import Assignment, Mentor
from app.mentoring.models.checks import VisitCheck
from app.mentoring.models.confirmations import VisitConfirmation
from app.mentoring.models.proposals import AssignmentProposal, ProposalLine
from app.mentoring.models.reports import Expense, MonthlyReport
from app.mentoring.models.safety import SafetyNote
from app.mentoring.models.visits import Promise, Visit, VisitPhoto

__all__ = [
    "Assignment",
    "AssignmentProposal",
    "Expense",
    "Mentor",
    "MonthlyReport",
    "Promise",
    "ProposalLine",
    "SafetyNote",
    "Visit",
    "VisitCheck",
    "VisitConfirmation",
    "VisitPhoto",
]

register_belongings(
    {
        "assignment": MOVES,
        "promise": MOVES,
        "safety_note": MOVES,
        "visit": MOVES,
        # A proposal is about how things were.
        "assignment_proposal_line": RENEWED,
    },
    # Of two open assignments one is closed.
    touched=("assignment",),
)
