"""What is asked about an owner."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired, Length

from app.core.identity import parse_nik, parse_phone
from app.enterprises.forms.confirming import DoubtsForm, shaped
from app.enterprises.rules.consents import BASE, purposes
from app.enterprises.rules.facts import OwnerFacts
from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    CONSENT_LABELS,
    EDUCATION_LABELS,
    RELATION_LABELS,
    SEX_LABELS,
    choices,
)
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    ManyChoicesField,
    NoteField,
    RadiosField,
    TextField,
    WholeNumberField,
)

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class OwnerFields:
    """The fields of an owner; `owner_name` because an enterprise has a name too."""

    nik = TextField(
        "NIK",
        [shaped(parse_nik), Length(max=40)],
        description="16 angka di KTP. Disimpan tersandi dan hanya ditampilkan sebagian.",
        render_kw=_DIGITS,
    )
    owner_name = TextField("Nama pemilik", [InputRequired(), Length(max=120)])
    phone = TextField(
        "Nomor HP",
        [shaped(parse_phone), Length(max=30)],
        description="Contoh: 0812 3456 7890",
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    sex = RadiosField("Jenis kelamin", choices=choices(SEX_LABELS))
    born_on = DateField("Tanggal lahir", description="Contoh: 12 Agustus 1985")
    education = ChoiceField("Pendidikan terakhir", choices=choices(EDUCATION_LABELS))
    category = RadiosField(
        "Hubungan dengan migrasi", [InputRequired()], choices=choices(CATEGORY_LABELS)
    )
    relation = ChoiceField(
        "Hubungan keluarga",
        choices=choices(RELATION_LABELS),
        description="Hanya untuk keluarga PMI",
    )
    country = TextField("Negara kerja", [Length(max=60)], description="Contoh: Taiwan")
    work_sector = TextField(
        "Pekerjaan di luar negeri", [Length(max=80)], description="Contoh: perawat lansia"
    )
    years_abroad = WholeNumberField("Lama kerja di luar negeri", max=60, suffix="tahun")
    returned_on = DateField(
        "Tanggal pulang ke Indonesia", description="Hanya untuk PMI purna. Contoh: 3 Maret 2024"
    )


class ConsentFields:
    """What an owner agreed to when they were registered."""

    consented_on = DateField(
        "Tanggal pemilik setuju didata", description="Kosongkan bila belum diminta"
    )
    consent_way = ChoiceField("Cara pemilik menyetujui", choices=choices(CONSENT_LABELS))
    consent_witness = TextField("Nama saksi", [Length(max=120)], description="Wajib bila lisan")
    consent_purposes = ManyChoicesField(
        "Pemilik juga menyetujui",
        choices=[(one.key, one.label) for one in purposes() if one.key != BASE],
    )


class ConsentForm(BaseForm):
    """One consent that is given later."""

    consented_on = DateField("Tanggal menyetujui", [InputRequired()])
    consent_way = RadiosField("Cara menyetujui", [InputRequired()], choices=choices(CONSENT_LABELS))
    consent_witness = TextField("Nama saksi", [Length(max=120)], description="Wajib bila lisan")


class WithdrawalForm(BaseForm):
    """A consent that is taken back; no reason need be given."""

    withdrawn_on = DateField("Tanggal menarik", [InputRequired()])
    reason = NoteField(
        "Alasan", [Length(max=300)], description="Pemilik tidak wajib memberi alasan"
    )


class OwnerForm(OwnerFields, DoubtsForm):
    """Changing an owner. An empty NIK leaves the known one as it is."""

    def facts(self) -> OwnerFacts:
        """The owner as stated."""
        return owner_facts(self.values())


def owner_facts(values: dict[str, Any]) -> OwnerFacts:
    """The owner as stated in the values of a form."""
    return OwnerFacts(
        name=values["owner_name"],
        nik=values["nik"],
        phone=values["phone"],
        sex=values["sex"],
        born_on=values["born_on"],
        education=values["education"],
        category=values["category"],
        relation=values["relation"],
        country=values["country"],
        work_sector=values["work_sector"],
        years_abroad=values["years_abroad"],
        returned_on=values["returned_on"],
        consented_on=values.get("consented_on"),
        consent_way=values.get("consent_way"),
        consent_witness=values.get("consent_witness"),
        consent_purposes=tuple(values.get("consent_purposes") or ()),
    )
