"""Objections, their answers, and classes that two people settle on."""

from __future__ import annotations

from wtforms.validators import DataRequired, InputRequired, Length

from app.core.clock import local_today
from app.health.rules.disputes import OUTCOME_LABELS, WAY_LABELS
from app.health.rules.explain import CLASS_WORDS
from app.web.forms import BaseForm, DateField, NoteField, OnceForm, RadiosField, YesNoField

_LONG = Length(max=1000, message="Paling banyak 1.000 huruf.")


class ObjectionForm(OnceForm):
    """What the owner says against an assessment."""

    received_on = DateField("Tanggal keberatan", [DataRequired()], default=local_today)
    way = RadiosField(
        "Bagaimana disampaikan?",
        [DataRequired()],
        choices=[(code, label) for code, label in WAY_LABELS.items() if code != "halaman"],
    )
    words = NoteField("Keberatan menurut pemilik", [DataRequired(), _LONG])


class AnswerForm(BaseForm):
    """What the office answers."""

    outcome = RadiosField("Keputusan", [DataRequired()], choices=list(OUTCOME_LABELS.items()))
    answer = NoteField(
        "Jawaban untuk pemilik",
        [DataRequired(), _LONG],
        description="Tulis seperti menjelaskan langsung: apa yang dilihat, apa selanjutnya.",
    )


class ProposeClassForm(BaseForm):
    """Another class than the computed one, and why."""

    health_class = RadiosField(
        "Kelas yang diusulkan",
        [DataRequired()],
        choices=[(str(code), words.capitalize()) for code, words in CLASS_WORDS.items()],
    )
    reason = NoteField(
        "Alasan",
        [DataRequired(), _LONG],
        description="Apa yang tidak terlihat oleh hitungan, dan dari mana Anda tahu.",
    )


class DecideClassForm(BaseForm):
    """What the second person decides."""

    is_agreed = YesNoField("Setuju dengan kelas ini?", [InputRequired("Pilih ya atau tidak.")])
    note = NoteField("Catatan", [Length(max=500, message="Paling banyak 500 huruf.")])
