"""Forms of tools: handover, check, move, return, entry from an old list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms.validators import InputRequired, Length

from app.aid.forms.cases import PAID_SOURCES, StepForm, VersionForm, stream_of
from app.aid.rules.use import CONDITION_LABELS, MAX_DAYS, OPERATOR_LABELS
from app.aid.services import CheckReport, HandedTool, Paper, ToolFacts
from app.aid.services.handing_over import MAX_TOOLS
from app.core.clock import local_today
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    OnceForm,
    PhotoField,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
    YearField,
)

_MAX_UNITS = 10_000_000
_PHOTO_HINT = "JPG, PNG, atau WebP, paling besar 20 MB"


class _PaperFields(VersionForm):
    """Who gives, who receives, before whom."""

    handed_on = DateField("Tanggal penyerahan", [InputRequired()])
    giver_name = TextField("Yang menyerahkan", [InputRequired(), Length(max=120)])
    giver_post = TextField(
        "Jabatan yang menyerahkan", [Length(max=120)], description="Contoh: Kepala Bidang Penta"
    )
    receiver_name = TextField("Yang menerima", [InputRequired(), Length(max=120)])
    receiver_post = TextField(
        "Kedudukan yang menerima", [Length(max=120)], description="Contoh: pemilik usaha"
    )
    witness_name = TextField("Saksi", [Length(max=120)], description="Contoh: kepala desa")
    place = TextField(
        "Tempat alat dipakai", [Length(max=200)], description="Contoh: dapur produksi, RT 02"
    )
    note = NoteField("Catatan", [Length(max=500)])
    photo = PhotoField("Foto penyerahan", [InputRequired()], description=_PHOTO_HINT)

    def paper(self) -> Paper:
        """What was said, typed. Only for a form that was validated."""
        return Paper(
            handed_on=self.handed_on.data or local_today(),
            giver_name=self.giver_name.data or "",
            giver_post=self.giver_post.data or "",
            receiver_name=self.receiver_name.data or "",
            receiver_post=self.receiver_post.data or "",
            witness_name=self.witness_name.data or "",
            place=self.place.data or "",
            note=self.note.data or "",
            photo=stream_of(self.photo),
        )


def _tool_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        "funded_year": YearField("Tahun dana", [InputRequired()], min=1990, max=2100)
    }
    for slot in range(MAX_TOOLS):
        fields[f"tool_name_{slot}"] = TextField(f"Alat {slot + 1}", [Length(max=120)])
        fields[f"tool_serial_{slot}"] = TextField(
            f"Nomor seri alat {slot + 1}",
            [Length(max=80)],
            description="Kosongkan bila tidak ada",
        )
        fields[f"tool_value_{slot}"] = RupiahField(f"Nilai alat {slot + 1}")
    return fields


class _HandoverForm(_PaperFields):
    """A handover of new tools."""

    def slots(self) -> list[tuple[Any, Any, Any]]:
        """The lines of tools: name, serial number, value."""
        return [
            (self[f"tool_name_{n}"], self[f"tool_serial_{n}"], self[f"tool_value_{n}"])
            for n in range(MAX_TOOLS)
        ]

    @property
    def first_slot(self) -> tuple[Any, Any, Any]:
        """The line that is always open."""
        return self.slots()[0]

    @property
    def more_slots(self) -> list[tuple[Any, Any, Any]]:
        """The lines that are folded away."""
        return self.slots()[1:]

    @property
    def has_more(self) -> bool:
        """Whether something stands in the folded lines."""
        return any(part.data or part.errors for slot in self.more_slots for part in slot)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that every named tool has its value."""
        is_valid = super().validate(extra_validators)
        for name, _, value in self.slots():
            if name.data and value.data is None and not value.errors:
                value.errors = ["Isi nilai alat ini."]
                is_valid = False
        return is_valid

    def tools(self) -> list[HandedTool]:
        """The tools that were named."""
        return [
            HandedTool(name=name.data, serial_number=serial.data or "", value=value.data or 0)
            for name, serial, value in self.slots()
            if name.data
        ]


HandoverForm: type[_HandoverForm] = type("HandoverForm", (_HandoverForm,), _tool_fields())


class MoveForm(_PaperFields):
    """To which approved request a tool goes, and why."""

    target = RadiosField("Usaha tujuan", [InputRequired()])
    reason = NoteField("Alasan dipindahkan", [InputRequired(), Length(max=300)])

    def chosen(self) -> tuple[UUID, int]:
        """The request and the version of it that the person saw."""
        key, _, version = str(self.target.data).partition(".")
        return UUID(key), int(version)


class ReturnForm(_PaperFields):
    """A tool that goes back into the store."""

    reason = NoteField("Alasan ditarik", [InputRequired(), Length(max=300)])


class PaperForm(StepForm):
    """A photo of a paper."""

    photo = PhotoField("Foto berkas", [InputRequired()], description=_PHOTO_HINT)


class CheckForm(BaseForm):
    """What was found at a tool, on a phone."""

    checked_on = DateField("Tanggal cek", [InputRequired()])
    days_used = WholeNumberField(
        "Dipakai berapa hari dalam 30 hari terakhir?",
        [InputRequired()],
        max=MAX_DAYS,
        suffix="hari",
    )
    condition = RadiosField(
        "Keadaan alat", [InputRequired()], choices=CONDITION_LABELS, default="baik"
    )
    operator = RadiosField("Siapa yang menjalankan", choices=OPERATOR_LABELS)
    units = WholeNumberField("Hasil produksi sebulan terakhir", max=_MAX_UNITS)
    sales = RupiahField("Omzet sebulan terakhir", unit="bulan")
    repair = TextField(
        "Perbaikan", [Length(max=300)], description="Contoh: ganti elemen pemanas, Rp 85.000"
    )
    note = NoteField("Catatan", [Length(max=500)])
    photo = PhotoField("Foto alat", description=_PHOTO_HINT)

    @property
    def lost_photo(self) -> bool:
        """Whether a photo was chosen that the browser will not send again by itself."""
        return bool(self.photo.data) and bool(self.errors)

    def report(self) -> CheckReport:
        """What was found, typed. Only for a form that was validated."""
        return CheckReport(
            checked_on=self.checked_on.data or local_today(),
            days_used=self.days_used.data or 0,
            condition=self.condition.data or "",
            operator=self.operator.data or "",
            units=self.units.data,
            sales=self.sales.data,
            repair=self.repair.data or "",
            note=self.note.data or "",
            photo=stream_of(self.photo),
        )


class ToolForm(OnceForm):
    """A tool from an old list."""

    name = TextField("Nama alat", [InputRequired(), Length(max=120)])
    serial_number = TextField("Nomor seri", [Length(max=80)])
    value = RupiahField("Nilai", [InputRequired()])
    funding_source = ChoiceField("Sumber dana", [InputRequired()], choices=PAID_SOURCES)
    funded_year = YearField("Tahun dana", [InputRequired()], min=1990, max=2100)
    held_from = DateField("Dipegang sejak", [InputRequired()])
    place = TextField("Tempat alat", [Length(max=200)])
    photo = PhotoField("Foto alat", description=_PHOTO_HINT)

    def facts(self, *, holder_id: UUID | None, area_code: str) -> ToolFacts:
        """What was said, typed. Only for a form that was validated."""
        values = {name: value for name, value in self.values().items() if value is not None}
        return ToolFacts(
            **{**values, "photo": stream_of(self.photo)}, holder_id=holder_id, area_code=area_code
        )
