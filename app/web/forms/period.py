"""The days between which figures are asked for, in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import HiddenField

from app.core.errors import InvalidInput
from app.core.period import USUAL_DAYS, Period, period_of
from app.web.forms.base import BaseForm
from app.web.forms.text import DateField


class PeriodForm(BaseForm):
    """Two days, in the address; nothing is changed by it."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    dari = DateField("Dari", description="")
    sampai = DateField("Sampai", description="")
    wilayah = HiddenField()

    def period(self, *, today: date, usual_days: int = USUAL_DAYS) -> Period:
        """The period that was asked for; the usual one, with the reason shown, if it can't be."""
        self.validate()
        try:
            period = period_of(self.dari.data, self.sampai.data, today=today, usual_days=usual_days)
        except InvalidInput as refusal:
            self.add_errors(refusal)
            period = period_of(None, None, today=today, usual_days=usual_days)
        if not self.errors:
            self.dari.show(period.from_on)
            self.sampai.show(period.until_on)
        return period


def period_form(words: Mapping[str, Any]) -> PeriodForm:
    """The form as an address fills it in."""
    return PeriodForm(formdata=words)
