"""Forms of one aid: request, needs assessment, steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.aid.rules.gates import GATES, GateAnswer
from app.aid.rules.use import OPERATOR_LABELS
from app.aid.services import Request
from app.aid.services.case_rows import StepReport
from app.core.clock import local_today
from app.interventions.rules import FUNDING_SOURCES, NO_COST
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    PhotoField,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
    YesNoField,
)

PAID_SOURCES = {code: name for code, name in FUNDING_SOURCES.items() if code != NO_COST}
_MAX_UNITS = 10_000_000


class VersionForm(BaseForm):
    """The version of what the person saw."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version, 0 (never a real one) when it was tampered with."""
        text = str((self.version.raw_data or [""])[0])
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @property
    def lost_photo(self) -> bool:
        """Whether a photo was chosen that the browser will not send again by itself."""
        return "photo" in self and bool(self["photo"].data) and bool(self.errors)


class RequestForm(BaseForm):
    """Which tool, and why."""

    tool_name = TextField(
        "Alat yang dibutuhkan",
        [InputRequired(), Length(max=120)],
        description="Contoh: alat penutup kemasan listrik",
    )
    need = NoteField(
        "Masalah yang dipecahkan alat ini",
        [InputRequired(), Length(max=500)],
        description="Contoh: menutup kemasan dengan lilin makan waktu 3 jam sehari",
    )
    estimated_value = RupiahField("Perkiraan nilai", [InputRequired()])
    funding_source = ChoiceField("Sumber dana", [InputRequired()], choices=PAID_SOURCES)
    units_before = WholeNumberField("Hasil produksi sebulan sekarang", max=_MAX_UNITS)
    sales_before = RupiahField("Omzet sebulan sekarang", unit="bulan")

    def request(self) -> Request:
        """What was asked for, typed. Only for a form that was validated."""
        return Request(**self.values())


def _gate_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for gate in GATES:
        fields[f"{gate.code}_is_met"] = YesNoField(
            gate.question,
            choices=[("ya", "Ya, terpenuhi"), ("tidak", "Belum")],
        )
        fields[f"{gate.code}_reason"] = NoteField(
            "Penjelasan", [Length(max=500)], description=gate.example
        )
        fields[f"{gate.code}_evidence"] = TextField(
            "Bukti",
            [Length(max=300)],
            description="Contoh: catatan kunjungan 3 November, nota, foto, surat",
        )
    return fields


class _NeedForm(VersionForm):
    """The needs assessment: every gate with answer, explanation and proof."""

    def gates(self) -> list[tuple[Any, Any, Any, Any]]:
        """Each gate with its three fields."""
        return [
            (
                gate,
                self[f"{gate.code}_is_met"],
                self[f"{gate.code}_reason"],
                self[f"{gate.code}_evidence"],
            )
            for gate in GATES
        ]

    def answers(self) -> dict[str, GateAnswer]:
        """What was found, by gate; what has no yes or no is left out."""
        return {
            gate.code: GateAnswer(
                is_met=is_met.data, reason=reason.data or "", evidence=evidence.data or ""
            )
            for gate, is_met, reason, evidence in self.gates()
            if is_met.data is not None
        }


NeedForm: type[_NeedForm] = type("NeedForm", (_NeedForm,), _gate_fields())


class StepForm(VersionForm):
    """A step: when, what is to be said, a photo."""

    happened_on = DateField("Tanggal", [InputRequired()])
    note = NoteField("Catatan", [Length(max=500)])
    photo = PhotoField("Foto")

    def report(self) -> StepReport:
        """What was said, typed. Only for a form that was validated."""
        return StepReport(
            version=self.seen_version,
            happened_on=self.happened_on.data or local_today(),
            note=self.note.data or "",
            photo=stream_of(self.photo),
        )


class VerifyForm(StepForm):
    """What was seen on the spot is asked."""

    note = NoteField(
        "Apa yang dilihat di sana",
        [InputRequired(), Length(max=500)],
        description="Contoh: listrik 900 VA, ruang 2×3 m kering, pesanan ada di buku",
    )


class InstallForm(StepForm):
    """Where it stands is known; who runs it is asked."""

    operator = RadiosField(
        "Siapa yang menjalankan alat dan sudah dilatih", [InputRequired()], choices=OPERATOR_LABELS
    )


class NoteForm(VersionForm):
    """Why something is refused or cancelled."""

    note = NoteField("Alasan", [InputRequired(), Length(max=500)])

    def report(self) -> StepReport:
        """What was said, of today."""
        return StepReport(
            version=self.seen_version, happened_on=local_today(), note=self.note.data or ""
        )


class ApproveForm(VersionForm):
    """Until when the tool is to be delivered."""

    due_on = DateField("Diserahkan paling lambat", [InputRequired()], may_be_future=True)
    note = NoteField("Catatan", [Length(max=500)])

    @property
    def latest_day(self) -> date:
        """The day that was said. Only for a form that was validated."""
        return self.due_on.data or local_today()

    def report(self) -> StepReport:
        """What was said, of today."""
        return StepReport(
            version=self.seen_version, happened_on=local_today(), note=self.note.data or ""
        )


def stream_of(field: Any) -> Any:
    """The uploaded photo as a stream, or None."""
    return field.data.stream if field.data else None
