"""The forms of mentoring."""

from app.mentoring.forms.assignments import AssignmentForm, EndForm
from app.mentoring.forms.checks import AnswerForm, ReturnForm
from app.mentoring.forms.groups import GroupForm, group_form
from app.mentoring.forms.handover import HandoverForm
from app.mentoring.forms.mentors import MentorForm, NewMentorForm
from app.mentoring.forms.reports import DecisionForm, ExpenseForm, SubmitForm
from app.mentoring.forms.safety import SafetyForm
from app.mentoring.forms.visits import VisitForm, promises_form

__all__ = [
    "AnswerForm",
    "AssignmentForm",
    "DecisionForm",
    "EndForm",
    "ExpenseForm",
    "GroupForm",
    "HandoverForm",
    "MentorForm",
    "NewMentorForm",
    "ReturnForm",
    "SafetyForm",
    "SubmitForm",
    "VisitForm",
    "group_form",
    "promises_form",
]
