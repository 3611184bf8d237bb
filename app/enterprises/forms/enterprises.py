"""What is asked about an enterprise."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from app.core.day_words import MONTHS
from app.core.identity import parse_nib, parse_npwp
from app.enterprises.forms.confirming import DoubtsForm, shaped
from app.enterprises.forms.kbli import KbliField
from app.enterprises.rules.facts import EnterpriseFacts
from app.enterprises.rules.kbli import VERSIONS
from app.enterprises.rules.labels import SECTOR_LABELS, choices
from app.web.forms import (
    ChoiceField,
    DateField,
    ManyChoicesField,
    PlaceField,
    PointField,
    RupiahField,
    TextField,
    WholeNumberField,
)

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
_MAX_WORKERS = 9999


class EnterpriseFields:
    """The fields of an enterprise."""

    name = TextField("Nama usaha", [InputRequired(), Length(max=160)])
    product_line = TextField(
        "Produk atau jasa", [Length(max=200)], description="Contoh: keripik tempe, jahit baju"
    )
    sector = ChoiceField("Sektor", choices=choices(SECTOR_LABELS), blank_label="Belum ditentukan")
    village_code = PlaceField("Desa atau kelurahan", [InputRequired()])
    hamlet = TextField("Dusun, RT/RW", [Length(max=80)])
    address = TextField("Alamat dan patokan", [Length(max=300)])
    point = PointField("Titik di peta")
    started_on = DateField("Mulai usaha", description="Contoh: Maret 2023 ditulis 1/3/2023")
    workers_paid_female = WholeNumberField("Pekerja dibayar, perempuan", max=_MAX_WORKERS)
    workers_paid_male = WholeNumberField("Pekerja dibayar, laki-laki", max=_MAX_WORKERS)
    workers_family_female = WholeNumberField("Keluarga membantu, perempuan", max=_MAX_WORKERS)
    workers_family_male = WholeNumberField("Keluarga membantu, laki-laki", max=_MAX_WORKERS)
    capital = RupiahField("Modal usaha", description="Tanpa tanah dan bangunan tempat usaha")
    yearly_sales = RupiahField("Penjualan setahun terakhir")
    has_equipment = BooleanField("Memakai alat produksi")
    sold_outside_home = BooleanField("Dijual juga di luar rumah (warung, toko, daring)")
    declared_non_halal = BooleanField("Produk dinyatakan tidak halal")
    is_seasonal = BooleanField("Usaha musiman")
    season_months = ManyChoicesField(
        "Bulan-bulan saat berjualan",
        choices=[(str(number), name) for number, name in enumerate(MONTHS, start=1)],
        description="Hanya untuk usaha musiman",
    )
    nib = TextField("NIB", [shaped(parse_nib), Length(max=40)], render_kw=_DIGITS)
    npwp = TextField("NPWP", [shaped(parse_npwp), Length(max=40)], render_kw=_DIGITS)
    kbli_code = KbliField(
        "KBLI", description="Tulis kode lima angka, atau kata seperti: keripik tempe"
    )
    kbli_version = ChoiceField(
        "Daftar KBLI",
        choices=[(version, version) for version in VERSIONS],
        blank_label="Yang terbaru memuat kode itu",
    )


class EnterpriseForm(EnterpriseFields, DoubtsForm):
    """Changing an enterprise, or adding one to a known owner."""

    def facts(self) -> EnterpriseFacts:
        """The enterprise as stated."""
        return enterprise_facts(self.values())


def enterprise_facts(values: dict[str, Any]) -> EnterpriseFacts:
    """The enterprise as stated in the values of a form."""
    point = values["point"]
    return EnterpriseFacts(
        name=values["name"],
        village_code=values["village_code"],
        product_line=values["product_line"],
        sector=values["sector"],
        kbli_code=values["kbli_code"],
        kbli_version=values["kbli_version"] if values["kbli_code"] else None,
        address=values["address"],
        hamlet=values["hamlet"],
        lat=point.lat if point else None,
        lng=point.lng if point else None,
        started_on=values["started_on"],
        workers_paid_male=values["workers_paid_male"],
        workers_paid_female=values["workers_paid_female"],
        workers_family_male=values["workers_family_male"],
        workers_family_female=values["workers_family_female"],
        capital=values["capital"],
        yearly_sales=values["yearly_sales"],
        nib=values["nib"],
        npwp=values["npwp"],
        has_equipment=bool(values["has_equipment"]),
        declared_non_halal=bool(values["declared_non_halal"]),
        sold_outside_home=bool(values["sold_outside_home"]),
        is_seasonal=bool(values["is_seasonal"]),
        season_months=tuple(int(month) for month in values["season_months"] or ()),
    )
