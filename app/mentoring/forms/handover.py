"""Handing everything over when a mentor leaves."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import BaseForm, DateField, TextField, YesNoField


class HandoverForm(BaseForm):
    """Until when, why, and whether the mentor stops working altogether."""

    last_on = DateField("Hari terakhir bertugas", [InputRequired()])
    reason = TextField(
        "Alasan", [InputRequired(), Length(max=300)], description="Contoh: pindah tugas ke kota"
    )
    is_leaving = YesNoField(
        "Berhenti sebagai pendamping?",
        [InputRequired()],
        description="“Ya”: tidak akan diberi usaha lagi. “Tidak”: hanya menyerahkan usahanya "
        "sekarang, misalnya karena cuti panjang.",
    )
