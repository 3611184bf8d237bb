"""The period that figures are asked for: the form that other pages of figures have too."""

from app.web.forms.period import PeriodForm, period_form

__all__ = ["PeriodForm", "period_form"]
