"""Expenses, and handing in and deciding a month."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.mentoring.rules.monthly import EXPENSE_KINDS
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    OnceForm,
    PhotoField,
    RupiahField,
    TextField,
)


class ExpenseForm(OnceForm):
    """One expense, with a photo of its proof or the reason for none."""

    spent_on = DateField("Tanggal", [InputRequired()])
    kind = ChoiceField("Jenis", [InputRequired()], choices=list(EXPENSE_KINDS.items()))
    what = TextField(
        "Untuk apa", [InputRequired(), Length(max=200)], description="Contoh: bensin ke Losari"
    )
    amount = RupiahField("Jumlah", [InputRequired()])
    photo = PhotoField("Foto bukti", description="Nota, kuitansi, atau karcis")
    no_proof_reason = TextField(
        "Alasan tidak ada bukti",
        [Length(max=300)],
        description="Isi hanya kalau tidak ada foto bukti. Contoh: ojek tidak memberi nota",
    )


class SubmitForm(BaseForm):
    """A word to the officer."""

    note = NoteField("Catatan untuk petugas", [Length(max=1000)])


class DecisionForm(BaseForm):
    """A word to the mentor; needed where the month is given back."""

    note = NoteField(
        "Catatan untuk pendamping",
        [Length(max=500)],
        description="Wajib diisi kalau laporan dikembalikan",
    )
