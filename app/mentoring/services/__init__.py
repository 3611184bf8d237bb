"""Writing: mentors, assignments, visits and their checks."""

from app.mentoring.services.assignments import assign_many, end_assignment
from app.mentoring.services.checks import accept_visits, answer_visit, return_visit
from app.mentoring.services.mentors import register_mentor, save_mentor
from app.mentoring.services.visits import record_visit

__all__ = [
    "accept_visits",
    "answer_visit",
    "assign_many",
    "end_assignment",
    "record_visit",
    "register_mentor",
    "return_visit",
    "save_mentor",
]
