"""Shapes of the forms of equipment aid."""

from app.aid.forms.cases import (
    ApproveForm,
    InstallForm,
    NeedForm,
    NoteForm,
    RequestForm,
    StepForm,
    VerifyForm,
)
from app.aid.forms.filters import ToolFilterForm
from app.aid.forms.tools import CheckForm, HandoverForm, MoveForm, PaperForm, ReturnForm, ToolForm

__all__ = [
    "ApproveForm",
    "CheckForm",
    "HandoverForm",
    "InstallForm",
    "MoveForm",
    "NeedForm",
    "NoteForm",
    "PaperForm",
    "RequestForm",
    "ReturnForm",
    "StepForm",
    "ToolFilterForm",
    "ToolForm",
    "VerifyForm",
]
