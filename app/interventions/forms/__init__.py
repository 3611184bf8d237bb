"""Shapes of the forms of therapy."""

from app.interventions.forms.queue import QueueRowForm, RefusalForm, row_form
from app.interventions.forms.therapies import (
    AddForm,
    CloseForm,
    DetailsForm,
    ReasonForm,
    ResultForm,
    VersionForm,
)

__all__ = [
    "AddForm",
    "CloseForm",
    "DetailsForm",
    "QueueRowForm",
    "ReasonForm",
    "RefusalForm",
    "ResultForm",
    "VersionForm",
    "row_form",
]
