"""Shapes of the forms of a plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length

from app.interventions.rules import FUNDING_SOURCES
from app.interventions.rules.money import FIRST_YEAR, LAST_YEAR
from app.interventions.rules.states import RESULT_LABELS
from app.interventions.services import Details
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    RadiosField,
    RupiahField,
    YearField,
)
from app.web.forms import TextField as Line

_DUE_HINT = "Hari terakhir untuk menyelesaikan, contoh: 31 Desember 2026"
_USUAL_HINT = "Kosongkan untuk memakai yang biasa pada terapi ini"
_DETAILS = (
    "responsible",
    "responsible_name",
    "provider",
    "due_on",
    "cost",
    "funding_source",
    "success_measure",
    "program",
    "partner",
    "budget_year",
)


def _account_id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


class VersionForm(BaseForm):
    """The version of the therapy that the person saw."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version, 0 (never a real one) when it was tampered with."""
        text = str((self.version.raw_data or [""])[0])
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class TherapyForm(BaseForm):
    """Which therapy; it stands before the details, so its refusal does too."""

    therapy_code = ChoiceField("Terapi", [InputRequired()])


class DetailsForm(VersionForm):
    """Who answers for a therapy, who delivers it, until when, with what money."""

    responsible = ChoiceField("Penanggung jawab", blank_label="Orang lain", coerce=_account_id)
    responsible_name = Line(
        "Nama penanggung jawab", [Length(max=120)], description="Hanya bila orang lain"
    )
    provider = Line("Pelaksana", [Length(max=160)], description=_USUAL_HINT)
    due_on = DateField("Tenggat", may_be_future=True, description=_DUE_HINT)
    partner = Line(
        "Mitra", [Length(max=160)], description="Siapa yang membantu pelaksana, bila ada"
    )
    program = Line(
        "Program prioritas", [Length(max=120)], description="Program yang dilayani terapi ini"
    )
    cost = RupiahField("Anggaran", description="Kosongkan bila tanpa biaya")
    funding_source = ChoiceField("Sumber dana", choices=FUNDING_SOURCES, blank_label=None)
    budget_year = YearField("Tahun anggaran", min=FIRST_YEAR, max=LAST_YEAR)
    success_measure = NoteField("Ukuran keberhasilan", [Length(max=300)], description=_USUAL_HINT)
    gates_checked = BooleanField("Syarat terapi ini sudah diperiksa dan terpenuhi")

    def offer_people(self, people: list[tuple[str, str]]) -> None:
        """Set who may be chosen as responsible."""
        self.responsible.offer(people)

    def details(self) -> Details:
        """What was said about the therapy."""
        said: dict[str, Any] = {name: self.values()[name] for name in _DETAILS}
        return Details(responsible_id=said.pop("responsible"), **said)


class AddForm(DetailsForm, TherapyForm):
    """A therapy that is put into a plan by hand."""


class ReasonForm(VersionForm):
    """Why something is refused or cancelled."""

    reason = NoteField("Alasan", [InputRequired(), Length(max=500)])


class ResultForm(VersionForm):
    """What came of a therapy."""

    result = RadiosField("Hasil", [InputRequired()], choices=RESULT_LABELS)
    result_note = NoteField(
        "Catatan hasil", [Length(max=500)], description="Apa yang berubah, apa yang dilihat"
    )


class CloseForm(ResultForm):
    """The result, the day on which the therapy ended, and what it has cost."""

    closed_on = DateField("Tanggal selesai", [InputRequired()])
    spent = RupiahField("Terpakai", description="Isi 0 bila tidak ada uang yang terpakai")
    spent_reason = NoteField(
        "Alasan melebihi anggaran",
        [Length(max=500)],
        description="Hanya bila yang terpakai lebih besar dari anggaran",
    )
