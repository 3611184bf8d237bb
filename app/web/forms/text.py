"""Texts, long texts and dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms import Field, StringField, TextAreaField, ValidationError

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.core.local_dates import parse_day
from app.web.filters import tanggal
from app.web.forms.typed import TypedField

DATE_HINT = "Contoh: 17 Agustus 2023 atau 17/8/2023"
_YEARS_AHEAD = 3
_TOO_FAR = "Tanggal ini lebih dari {} tahun lagi. Periksa tahunnya."
_COUNTED = {3: "tiga", 15: "lima belas"}


class TextField(StringField):
    """One line of text; empty is None. Length is asked for by a validator."""

    component = "text"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed; nothing typed is no value."""
        self.data = valuelist[0] if valuelist else None


class NoteField(TextAreaField):
    """A longer text, with line ends made one kind."""

    component = "textarea"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, with plain line ends."""
        self.data = valuelist[0].replace("\r\n", "\n") if valuelist else None


class DateField(TypedField):
    """A day, typed as people write it; `data` is a date or None.

    With `may_be_future` the day may lie up to `years_ahead` (three) years ahead; else today is
    the last.
    """

    default_width = "govuk-input--width-20"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        options.setdefault("description", DATE_HINT)
        self.may_be_future: bool = options.pop("may_be_future", False)
        self.years_ahead: int = options.pop("years_ahead", _YEARS_AHEAD)
        super().__init__(label, validators, **options)

    def read(self, text: str) -> date | None:
        """The day that is meant."""
        ahead = timedelta(days=365 * self.years_ahead if self.may_be_future else 0)
        last = local_today() + ahead
        try:
            return parse_day(text, today=last).day
        except InvalidInput as refusal:
            is_too_far = self.may_be_future and refusal.code == "date_future"
            too_far = _TOO_FAR.format(_COUNTED.get(self.years_ahead, self.years_ahead))
            raise ValueError(too_far if is_too_far else refusal.message) from refusal

    def shown(self, value: Any) -> str:
        """ "17 Agustus 2023"."""
        return tanggal(value)


def not_after(day: date, message: str) -> Any:
    """A validator: the date may not lie after `day`."""

    def check(_: Any, field: Field) -> None:
        if field.data is not None and field.data > day:
            raise ValidationError(message)

    return check
