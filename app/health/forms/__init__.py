"""Forms of the diagnosis and of the instrument."""

from app.health.forms.assessing import (
    DimensionForm,
    FinishForm,
    StepForm,
    dimension_form,
    start_form,
)

__all__ = ["DimensionForm", "FinishForm", "StepForm", "dimension_form", "start_form"]
