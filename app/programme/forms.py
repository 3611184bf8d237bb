"""Shape of the form for a figure of the office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.programme.services import OfficeFigure
from app.web.forms import BaseForm, CommaDecimalField, DateField, NoteField, TextField

_MOST = 10**12
_TYPED = ("value", "out_of", "unit", "counted_on", "source", "note")


class FigureForm(BaseForm):
    """A number with its unit, its day and where it comes from."""

    corrects = HiddenField()
    value = CommaDecimalField(
        "Angka", [InputRequired()], min=0, max=_MOST, description="Contoh: 12 atau 45,5"
    )
    unit = TextField(
        "Satuan", [InputRequired(), Length(max=40)], description="Contoh: orang, unit, persen"
    )
    out_of = CommaDecimalField(
        "Dari jumlah seluruhnya", min=0, max=_MOST, description="Contoh: dari 80 anak, tulis 80"
    )
    counted_on = DateField("Tanggal angka", [InputRequired()])
    source = TextField(
        "Sumber",
        [InputRequired(), Length(max=200)],
        description="Contoh: laporan pokja bulan Oktober, surat nomor 12",
    )
    note = NoteField("Catatan", [Length(max=500)])

    @property
    def corrects_id(self) -> UUID | None:
        """The figure that this one corrects; an id that is none counts as an unknown one."""
        if not self.corrects.data:
            return None
        try:
            return UUID(self.corrects.data)
        except ValueError:
            return UUID(int=0)

    def figure(self) -> OfficeFigure:
        """What was typed, after validation."""
        typed: dict[str, Any] = {name: self[name].data for name in _TYPED}
        return OfficeFigure(**{**typed, "note": typed["note"] or ""})
