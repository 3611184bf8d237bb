"""Shape of the form of a decree."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import BaseForm, DateField, NoteField, TextField


class DecreeForm(BaseForm):
    """Number, day and source of a decree, and from which code to which."""

    number = TextField(
        "Nomor keputusan", [InputRequired(), Length(max=80)], description="Contoh: Perda 12/2026"
    )
    decided_on = DateField("Tanggal keputusan", [InputRequired()])
    source = TextField(
        "Sumber", [InputRequired(), Length(max=300)], description="Contoh: Lembaran Daerah 2026/12"
    )
    lines = NoteField(
        "Perpindahan",
        [InputRequired(), Length(max=200_000)],
        description="Satu baris satu perpindahan: kode lama; kode baru; nama baru; bagian. Bagian "
        "ditulis “dusun: Karang, Wetan” atau “usaha: NIB, NIB”; baris tanpa bagian menampung "
        "seluruhnya atau sisanya. Kecamatan atau kabupaten yang berganti kode cukup satu baris: "
        "desanya ikut. Wilayah yang baru sama sekali: kosongkan kode lama.",
    )
