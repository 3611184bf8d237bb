"""The forms of mentoring."""

from app.mentoring.forms.assignments import AssignmentForm, EndForm
from app.mentoring.forms.checks import AnswerForm, ReturnForm
from app.mentoring.forms.handover import HandoverForm
from app.mentoring.forms.mentors import MentorForm, NewMentorForm
from app.mentoring.forms.visits import VisitForm, promises_form

__all__ = [
    "AnswerForm",
    "AssignmentForm",
    "EndForm",
    "HandoverForm",
    "MentorForm",
    "NewMentorForm",
    "ReturnForm",
    "VisitForm",
    "promises_form",
]
