"""Giving enterprises to a mentor, and ending it."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import BaseForm, DateField, TextField


class AssignmentForm(BaseForm):
    """From when, and why."""

    from_on = DateField("Mulai tanggal", [InputRequired()])
    reason = TextField(
        "Alasan", [Length(max=300)], description="Contoh: pembagian wilayah dusun baru"
    )


class EndForm(BaseForm):
    """Until when, and why."""

    until_on = DateField("Hari terakhir", [InputRequired()])
    reason = TextField(
        "Alasan", [InputRequired(), Length(max=300)], description="Contoh: pendamping pindah tugas"
    )
