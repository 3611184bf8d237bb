"""Shapes of the owner's forms, and of handing out a card."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from app.portal.rules.cards import LIVES, USUAL_LIFE
from app.portal.rules.messages import MOST_WORDS
from app.web.forms import BaseForm, DateField, NoteField, OnceForm, RadiosField, TextField

_FIGURES = {"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*", "maxlength": "6"}


class HandOutForm(BaseForm):
    """For how long a card lives."""

    days = RadiosField("Kartu berlaku", [InputRequired()], choices=LIVES, default=USUAL_LIFE)


class EnterForm(BaseForm):
    """The code of a card, typed or brought by its picture."""

    code = TextField(
        "Angka di kartu",
        [InputRequired(), Length(max=60)],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    )


class PinForm(BaseForm):
    """The owner's number."""

    pin = PasswordField("PIN", [InputRequired(), Length(max=12)], render_kw=_FIGURES)
    next = HiddenField()


class ChoosePinForm(BaseForm):
    """A number of one's own, twice."""

    pin = PasswordField("PIN baru, enam angka", [InputRequired()], render_kw=_FIGURES)
    again = PasswordField("Tulis PIN sekali lagi", [InputRequired()], render_kw=_FIGURES)
    next = HiddenField()


class AnswerForm(BaseForm):
    """What the office answers an owner."""

    answer = NoteField(
        "Jawaban untuk pemilik",
        [InputRequired(), Length(max=1000, message="Paling banyak 1.000 huruf.")],
        description="Kalimat pendek. Sebut siapa yang datang atau menelepon, dan kapan.",
    )
    follow_up_on = DateField(
        "Tanggal tindak lanjut",
        description="Kapan petugas datang atau menelepon, misalnya 24/11/2026. Boleh kosong.",
        may_be_future=True,
        years_ahead=1,
    )


class HelpForm(OnceForm):
    """What an owner tells the office: one tap, and words only if they like."""

    enterprise_id = RadiosField("Usaha yang mana?", [InputRequired("Pilih usahanya.")])
    topic = RadiosField("Tentang apa?", [InputRequired("Pilih salah satu.")])
    words = NoteField(
        "Ceritakan bila mau", [Length(max=MOST_WORDS, message="Paling banyak 500 huruf.")]
    )
