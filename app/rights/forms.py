"""Taking a request down, and answering it."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from app.rights.rules.requests import CAME_BY_LABELS, KIND_LABELS, OWN_PAGE
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    OnceForm,
    RadiosField,
    TextField,
)


class RequestForm(BaseForm):
    """What an owner asks for, and how it came."""

    kind = RadiosField("Pemilik meminta", [InputRequired()], choices=list(KIND_LABELS.items()))
    came_by = RadiosField(
        "Cara meminta",
        [InputRequired()],
        choices=[(way, label) for way, label in CAME_BY_LABELS.items() if way != OWN_PAGE],
    )
    identity_check = TextField(
        "Cara memastikan orangnya",
        [InputRequired(), Length(max=200)],
        description="Contoh: KTP diperlihatkan; dikenal oleh pendamping. Jangan tulis NIK di sini.",
    )
    received_on = DateField("Diterima tanggal", [InputRequired()])
    received_time = TextField(
        "Jam diterima", [Length(max=5)], description="Contoh: 09.30. Kosongkan bila baru saja."
    )
    detail = NoteField("Keterangan", [Length(max=1000)])


class AnswerForm(BaseForm):
    """How a request was met, or why not."""

    answer = NoteField(
        "Jawaban kepada pemilik",
        [Length(max=1000)],
        description="Wajib bila permintaan ditolak: alasan dan dasarnya",
    )
    is_sure = BooleanField("Saya mengerti: data yang dihapus tidak dapat dikembalikan")


class BreachForm(BaseForm):
    """Whose account, and from when to when."""

    account_id = ChoiceField("Akun yang disalahgunakan", [InputRequired()])
    from_on = DateField("Sejak tanggal", [InputRequired()])
    from_time = TextField("Jam", [Length(max=5)], description="Contoh: 08.00; kosong berarti 00.00")
    until_on = DateField("Sampai tanggal", [InputRequired()])
    until_time = TextField("Jam", [Length(max=5)], description="Kosong berarti akhir hari itu")


class OwnRequestForm(OnceForm):
    """What an owner asks for on their own page, in words if they like."""

    detail = NoteField("Ceritakan", [Length(max=1000, message="Paling banyak 1.000 huruf.")])
    is_sure = BooleanField("Saya mengerti dan tetap mau")
