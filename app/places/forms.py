"""Shapes of the forms for villages."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.places.rules import PROGRAM_LABELS
from app.web.forms import BaseForm, RadiosField, TextField, WholeNumberField

_NAME_HINT = "Hanya untuk program lain"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class YearField(WholeNumberField):
    """A year of four digits, written without a dot."""

    default_width = "govuk-input--width-4"

    def read(self, text: str) -> int:
        """The year; programmes of this kind are younger than 2000."""
        if not (text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR):
            raise ValueError(f"Tulis tahun dengan empat angka, {_FIRST_YEAR} sampai {_LAST_YEAR}.")
        return int(text)

    def shown(self, value: int) -> str:
        """The year as it is read."""
        return str(value)


def _year_box() -> YearField:
    return YearField("Sejak tahun", description="Kosongkan bila tidak diketahui")


class ProgramForm(BaseForm):
    """A programme of a village, with its year."""

    program = RadiosField("Program", [InputRequired()], choices=PROGRAM_LABELS)
    name = TextField("Nama program", [Length(max=120)], description=_NAME_HINT)
    year = _year_box()


class ProgramChangeForm(BaseForm):
    """Name and year of a programme that is already noted."""

    name = TextField("Nama program", [Length(max=120)], description=_NAME_HINT)
    year = _year_box()
