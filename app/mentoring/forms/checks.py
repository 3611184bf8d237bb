"""Giving a report back, and answering."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import BaseForm, NoteField


class ReturnForm(BaseForm):
    """What the mentor should explain."""

    note = NoteField(
        "Catatan untuk pendamping",
        [InputRequired(), Length(max=500)],
        description="Contoh: lokasinya jauh dari tempat usaha, bertemu di mana?",
    )


class AnswerForm(BaseForm):
    """What the mentor says to it."""

    answer = NoteField("Jawaban Anda", [InputRequired(), Length(max=500)])
