"""Shapes of the forms of permits and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from wtforms.validators import InputRequired, Length

from app.core.clock import local_today
from app.enterprises.forms.confirming import DoubtsForm
from app.market.rules.tracks import EXPIRES, ISSUED, NUMBER, State, Track
from app.market.services.certificates import Given
from app.web.forms import (
    ChoiceField,
    DateField,
    NoteField,
    OnceForm,
    PhotoField,
    RadiosField,
    TextField,
)

_NOTE = Length(max=500, message="Paling banyak 500 huruf.")
_NUMBERS = {
    "nib": ("NIB", "13 angka"),
    "pirt": ("Nomor P-IRT", "15 angka, contoh: P-IRT 2063306010072-29"),
    "halal": ("Nomor sertifikat halal", "ID dan 17 angka. Nomor KH bukan nomor sertifikat."),
    "md": ("Nomor BPOM MD", "12 atau 15 angka"),
    "merek": ("Nomor merek", "Permohonan: DID, JID, atau MID. Terdaftar: IDM dan 9 angka."),
    "bebas": ("Nomor sertifikat", "Seperti tertulis di suratnya"),
}
_FIELDS = {NUMBER: "paper_number", ISSUED: "issued_on", EXPIRES: "expires_on"}


class BeginForm(OnceForm):
    """Beginning the way of a permit."""

    on = DateField("Mulai diurus", [InputRequired()])
    note = NoteField("Catatan", [_NOTE])

    @property
    def day(self) -> date:
        """The day, of a form that was validated."""
        return cast("date", self.on.data)


class StepForm(OnceForm, DoubtsForm):
    """A step: to which state, on which day, and what the paper says. Shaped by `step_form`."""

    to_state = RadiosField("Langkah berikut", [InputRequired()])
    on = DateField("Tanggal", [InputRequired()])
    paper_number = TextField("Nomor", [Length(max=80)])
    issued_on = DateField("Tanggal terbit di surat")
    expires_on = DateField("Berlaku sampai di surat", may_be_future=True, years_ahead=15)
    paper = ChoiceField("Surat yang difoto", blank_label="Tanpa foto")
    photo = PhotoField("Foto surat")
    note = NoteField("Catatan", [_NOTE])

    @property
    def day(self) -> date:
        """The day, of a form that was validated."""
        return cast("date", self.on.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that a photo says which paper it shows: else it would be lost."""
        is_valid = super().validate(extra_validators)
        if self.photo.data and not self.paper.data and not self.paper.errors:
            self.paper.errors = ["Pilih surat apa yang difoto, lalu pilih fotonya lagi."]
            is_valid = False
        return is_valid

    def given(self) -> Given:
        """What the paper says."""
        said = {name: self[name].data for name in _FIELDS.values() if name in self}
        return Given(
            number=said.get("paper_number"),
            issued_on=said.get("issued_on"),
            expires_on=said.get("expires_on"),
        )

    def add_errors(self, *refusals: object) -> None:
        """Show refusals at the fields as this form calls them."""
        for refusal in refusals:
            if getattr(refusal, "field", None) == "number":
                refusal.field = "paper_number"  # type: ignore[attr-defined]
        super().add_errors(*refusals)  # type: ignore[arg-type]


class PaperForm(OnceForm):
    """A photo of one paper."""

    paper = ChoiceField("Surat", [InputRequired()])
    photo = PhotoField("Foto surat", [InputRequired()])


def step_form(of: Track, states: Iterable[State]) -> StepForm:
    """The form with the states that may follow, and what any of them takes."""
    form, offered = StepForm(), tuple(states)
    form.to_state.offer([(one.code, one.name) for one in offered])
    if len(offered) == 1 and not form.is_submitted():
        form.to_state.data = offered[0].code
    taken = {name for one in offered for name in one.takes}
    for name, field in _FIELDS.items():
        if name not in taken:
            del form[field]
    if NUMBER in taken:
        form["paper_number"].label.text, form["paper_number"].description = _NUMBERS[of.number_kind]
    form.paper.offer(list(of.papers.items()))
    if not form.is_submitted():
        form.on.show(local_today())
    return form


def begin_form() -> BeginForm:
    """The form with today."""
    form = BeginForm()
    if not form.is_submitted():
        form.on.show(local_today())
    return form


def paper_form(of: Track) -> PaperForm:
    """The form with the papers of a track."""
    form = PaperForm()
    form.paper.offer(list(of.papers.items()))
    return form
