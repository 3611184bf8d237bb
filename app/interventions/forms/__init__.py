"""Shapes of the forms of therapy."""

from app.interventions.forms.therapies import (
    AddForm,
    CloseForm,
    DetailsForm,
    ReasonForm,
    ResultForm,
    VersionForm,
)

__all__ = ["AddForm", "CloseForm", "DetailsForm", "ReasonForm", "ResultForm", "VersionForm"]
