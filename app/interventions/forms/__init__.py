"""Shapes of the forms of therapy."""

from app.interventions.forms.queue import QueueRowForm, RefusalForm, row_form
from app.interventions.forms.referrals import (
    AcceptForm,
    CodeForm,
    DeclineForm,
    OutcomeForm,
    ReferralForm,
)
from app.interventions.forms.therapies import (
    AddForm,
    CloseForm,
    DetailsForm,
    ReasonForm,
    ResultForm,
    VersionForm,
)

__all__ = [
    "AcceptForm",
    "AddForm",
    "CloseForm",
    "CodeForm",
    "DeclineForm",
    "DetailsForm",
    "OutcomeForm",
    "QueueRowForm",
    "ReasonForm",
    "ReferralForm",
    "RefusalForm",
    "ResultForm",
    "VersionForm",
    "row_form",
]
