"""Writing: mentors, assignments, visits."""

from app.mentoring.services.assignments import assign_many, end_assignment
from app.mentoring.services.mentors import register_mentor, save_mentor
from app.mentoring.services.visits import record_visit

__all__ = ["assign_many", "end_assignment", "record_visit", "register_mentor", "save_mentor"]
