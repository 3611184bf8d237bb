"""Shapes of the forms for villages."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.places.rules import PROGRAM_LABELS
from app.web.forms import BaseForm, RadiosField, TextField, YearField

_NAME_HINT = "Hanya untuk program lain"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def _year_box() -> YearField:
    return YearField(
        "Sejak tahun",
        min=_FIRST_YEAR,
        max=_LAST_YEAR,
        description="Kosongkan bila tidak diketahui",
    )


class ProgramForm(BaseForm):
    """A programme of a village, with its year."""

    program = RadiosField("Program", [InputRequired()], choices=PROGRAM_LABELS)
    name = TextField("Nama program", [Length(max=120)], description=_NAME_HINT)
    year = _year_box()


class ProgramChangeForm(BaseForm):
    """Name and year of a programme that is already noted."""

    name = TextField("Nama program", [Length(max=120)], description=_NAME_HINT)
    year = _year_box()
