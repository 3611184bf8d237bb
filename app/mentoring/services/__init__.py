"""Writing: mentors, assignments, proposals, visits and their checks."""

from app.mentoring.services.assignments import assign_many, end_assignment
from app.mentoring.services.becoming_one import close_open_care, know_last_visit, know_mentor
from app.mentoring.services.checks import accept_visits, answer_visit, return_visit
from app.mentoring.services.groups import record_group
from app.mentoring.services.handover import hand_over, take_back
from app.mentoring.services.mentors import register_mentor, save_mentor
from app.mentoring.services.proposals import ask_proposal, begin_proposal, take_lines
from app.mentoring.services.reports import (
    add_expense,
    decide_report,
    note_taken,
    remove_expense,
    submit_report,
)
from app.mentoring.services.safety import close_safety_note, write_safety_note
from app.mentoring.services.visits import record_field_visit, record_visit

__all__ = [
    "accept_visits",
    "add_expense",
    "answer_visit",
    "ask_proposal",
    "assign_many",
    "begin_proposal",
    "close_open_care",
    "close_safety_note",
    "decide_report",
    "end_assignment",
    "hand_over",
    "know_last_visit",
    "know_mentor",
    "note_taken",
    "record_field_visit",
    "record_group",
    "record_visit",
    "register_mentor",
    "remove_expense",
    "return_visit",
    "save_mentor",
    "submit_report",
    "take_back",
    "take_lines",
    "write_safety_note",
]
