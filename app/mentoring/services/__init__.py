"""Writing: mentors, assignments, proposals, visits and their checks."""

from app.mentoring.services.assignments import assign_many, end_assignment
from app.mentoring.services.checks import accept_visits, answer_visit, return_visit
from app.mentoring.services.handover import hand_over, take_back
from app.mentoring.services.mentors import register_mentor, save_mentor
from app.mentoring.services.proposals import ask_proposal, take_lines
from app.mentoring.services.visits import record_visit

__all__ = [
    "accept_visits",
    "answer_visit",
    "ask_proposal",
    "assign_many",
    "end_assignment",
    "hand_over",
    "record_visit",
    "register_mentor",
    "return_visit",
    "save_mentor",
    "take_back",
    "take_lines",
]
