"""Forms of lenders: facts, people, meetings, class of health, steps of forming."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import local_today
from app.credit.models import Lender
from app.credit.queries.lenders import LenderPage
from app.credit.rules.forming import (
    BEFORE_MEETING,
    LAWFUL,
    NIB,
    PERMIT,
    TAX,
    earlier_steps,
    next_steps,
)
from app.credit.rules.lenders import COOPERATIVES, DUTIES, HEALTH_GRADES, LENDER_KINDS
from app.credit.services.lenders import LenderFacts
from app.credit.services.standing import Taken
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    ManyChoicesField,
    NoteField,
    OnceForm,
    PhotoField,
    PlaceField,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
    YearField,
    YesNoField,
)

_MOST_PEOPLE = 10_000
_NOTE = Length(max=500, message="Paling banyak 500 huruf.")
# What a step brings, by its question.
_NUMBERS = {
    LAWFUL: "Nomor keputusan pengesahan",
    TAX: "NPWP koperasi",
    NIB: "NIB koperasi",
    PERMIT: "Nomor izin usaha simpan pinjam",
}


class LenderForm(OnceForm):
    """What is known of a lender."""

    version = HiddenField(default="0")
    name = TextField("Nama lembaga", [InputRequired(), Length(max=120)])
    kind = ChoiceField("Jenis", [InputRequired()], choices=LENDER_KINDS)
    village = PlaceField("Desa", [InputRequired()])
    address = TextField("Alamat", [Length(max=200)])
    legal_number = TextField("Nomor badan hukum", [Length(max=60)])
    legal_on = DateField("Tanggal badan hukum", [Optional()])
    nib = TextField("NIB", [Length(max=20)])
    npwp = TextField("NPWP lembaga", [Length(max=30)])
    permit_number = TextField("Izin usaha simpan pinjam", [Length(max=60)])
    founders = WholeNumberField("Jumlah pendiri", [Optional()], max=_MOST_PEOPLE, suffix="orang")
    principal_saving = RupiahField("Simpanan pokok", [Optional()])
    duty_saving = RupiahField("Simpanan wajib sebulan", [Optional()])
    is_closed = YesNoField("Sudah tutup?", [Optional()])

    def facts(self) -> LenderFacts:
        """What was said, typed; only for a form that was validated."""
        said: dict[str, Any] = self.values()
        return LenderFacts(
            kind=said["kind"],
            name=said["name"],
            village_code=said["village"],
            address=said["address"] or "",
            legal_number=said["legal_number"],
            legal_on=said["legal_on"],
            nib=said["nib"],
            npwp=said["npwp"],
            permit_number=said["permit_number"],
            founders=said["founders"],
            principal_saving=said["principal_saving"] or 0,
            duty_saving=said["duty_saving"] or 0,
            is_closed=bool(said.get("is_closed")),
        )

    @property
    def seen_version(self) -> int:
        """The version that the person saw."""
        return number_of(self.version)


class FormingForm(OnceForm):
    """A cooperative that a village is about to form."""

    name = TextField(
        "Nama calon koperasi",
        [InputRequired(), Length(max=120)],
        description="Boleh nama sementara. Saat rapat pembentukan paling sedikit tiga kata.",
    )
    kind = RadiosField(
        "Jenis", [InputRequired()], choices={one: LENDER_KINDS[one] for one in COOPERATIVES}
    )
    village = PlaceField("Desa", [InputRequired()])

    def facts(self) -> LenderFacts:
        """What was said, typed; only for a form that was validated."""
        said: dict[str, Any] = self.values()
        return LenderFacts(kind=said["kind"], name=said["name"], village_code=said["village"])


class OfficerForm(OnceForm):
    """Who works for a lender from a day on."""

    account_id = ChoiceField("Orang", [InputRequired()])
    duty = RadiosField("Tugas", [InputRequired()], choices=DUTIES)
    from_on = DateField("Mulai", [InputRequired()], default=local_today)


class BoardForm(OnceForm):
    """Who leads or supervises a lender."""

    name = TextField("Nama", [InputRequired(), Length(max=120)])
    position = TextField(
        "Jabatan",
        [InputRequired(), Length(max=40)],
        description="Contoh: ketua, bendahara, pengawas",
    )
    from_on = DateField("Menjabat sejak", [InputRequired()])


class BoardEndForm(BaseForm):
    """When somebody stopped leading or supervising."""

    until_on = DateField("Menjabat sampai", [InputRequired()], default=local_today)


class MeetingForm(OnceForm):
    """A yearly meeting of members."""

    book_year = YearField("Tahun buku", [InputRequired()], min=1950, max=2100)
    held_on = DateField("Tanggal rapat", [InputRequired()])
    present = WholeNumberField("Anggota hadir", [InputRequired()], max=1_000_000, suffix="orang")
    surplus = RupiahField("Sisa hasil usaha (SHU)", [Optional()])
    loss = RupiahField("Rugi, bila tahun itu rugi", [Optional()])
    note = NoteField("Keputusan penting", [_NOTE])

    def told(self) -> dict[str, Any]:
        """What was said, typed: what was left of the year, where a loss is below nothing."""
        said: dict[str, Any] = self.values()
        loss = said.pop("loss")
        surplus = -loss if loss else said["surplus"]
        return {**said, "surplus": surplus, "note": said["note"] or ""}

    def validate(self, extra_validators: Any = None) -> bool:
        """A year ends in one of the two."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.loss.data and self.surplus.data:
            self.loss.errors = ["Isi salah satu: SHU atau rugi."]
            return False
        return is_valid


class GradeForm(OnceForm):
    """A class of health that the office in charge found."""

    grade = RadiosField("Hasil", [InputRequired()], choices=HEALTH_GRADES)
    found_on = DateField("Tanggal hasil", [InputRequired()])
    source = TextField(
        "Surat atau sertifikatnya",
        [InputRequired(), Length(max=200)],
        description="Nomor surat dan siapa yang memeriksa",
    )


class StepForm(OnceForm):
    """The next step of forming, or an earlier one that is done anew."""

    version = HiddenField(default="0")
    step = RadiosField("Langkah yang tercapai", [InputRequired()])
    on = DateField("Tanggal", [InputRequired()], default=local_today)
    papers = ManyChoicesField("Surat yang sudah dilihat")
    founders = WholeNumberField("Jumlah pendiri", [Optional()], max=_MOST_PEOPLE, suffix="orang")
    paper_number = TextField("Nomor", [Length(max=60)])
    photo = PhotoField("Foto suratnya")
    note = NoteField("Catatan", [_NOTE])

    def taken(self) -> Taken:
        """What was said, typed; only for a form that was validated."""
        # A form has only the boxes that its steps ask for.
        said: dict[str, Any] = self.values()
        return Taken(
            step=said["step"],
            on=said["on"],
            papers=tuple(said.get("papers") or ()),
            founders=said.get("founders"),
            number=said.get("paper_number"),
            note=said["note"] or "",
        )

    @property
    def seen_version(self) -> int:
        """The version that the person saw."""
        return number_of(self.version)


def step_form(page: LenderPage) -> StepForm:
    """The form of the next step, with what that step asks."""
    ahead, back = next_steps(page.position), earlier_steps(page.position)
    form = StepForm(
        data={
            "version": str(page.row.version),
            "step": ahead[0].code if ahead else None,
            "founders": page.row.founders,
        }
    )
    form.step.offer(
        [(one.code, one.name) for one in ahead]
        + [(one.code, f"Kembali ke: {one.name}") for one in back]
    )
    form.papers.offer({code: words for one in ahead for code, words in one.papers.items()})
    numbers = [_NUMBERS[one.code] for one in ahead if one.code in _NUMBERS]
    if numbers:
        form.paper_number.label.text = numbers[0]
    else:
        del form.paper_number
    if not set(BEFORE_MEETING) & {one.code for one in ahead}:
        del form.founders
    if not form.papers.choices:
        del form.papers
    return form


def first_answers(row: Lender) -> dict[str, Any]:
    """What the boxes hold at first: what is known now."""
    return {
        "version": str(row.version),
        "village": row.village_code,
        **{
            name: getattr(row, name)
            for name in (
                *("name", "kind", "address", "legal_number", "legal_on", "nib", "npwp"),
                *("permit_number", "founders", "principal_saving", "duty_saving", "is_closed"),
            )
        },
    }


def number_of(field: Any) -> int:
    """The whole number that a hidden field holds; 0 for anything else."""
    text = str(field.data or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
