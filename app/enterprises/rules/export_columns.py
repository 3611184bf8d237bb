"""The columns of a list that is taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.core import settings
from app.core.identity import mask_phone, shown_phone
from app.core.sealing import unseal
from app.enterprises.rules.kbli import field_of
from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    CONSENT_LABELS,
    EDUCATION_LABELS,
    HEALTH_LABELS,
    HEALTH_STATUS_LABELS,
    LIFE_CYCLE_LABELS,
    RELATION_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
    SIZE_LABELS,
)
from app.enterprises.rules.phones import opened_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a person is written whole: by the right and the reason of who takes it along."""

    with_nik: bool = False
    with_phone: bool = False
    # Titles of business fields that were looked up for this file.
    titles: dict[tuple[str, str | None], str | None] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, where its value comes from, and how it is written.

    `kind` is "text", "number", "tenths", "day" or "yes" (ya or tidak); a text whose code has words
    is written in words. `make` makes a text of the whole row instead.
    """

    heading: str
    name: str = ""
    kind: str = "text"
    words: dict[str, str] | None = None
    make: Callable[[Any, Shown], str | None] | None = None


def _nik(row: Any, shown: Shown) -> str | None:
    if not shown.with_nik or row.nik_sealed is None:
        masked: str | None = row.nik_masked
        return masked
    keys = settings.current()
    return unseal(row.nik_sealed, (keys.nik_key, *keys.nik_key_fallbacks), row.owner_id.bytes)


def _phone(row: Any, shown: Shown) -> str | None:
    number = opened_phone(row.owner_id, row.phone_sealed)
    return shown_phone(number if shown.with_phone or number is None else mask_phone(number))


def _birth(row: Any, shown: Shown) -> str | None:
    # The mask of a NIK covers the birth day; written beside it, the day would lift the mask.
    if row.born_on is None:
        return None
    return f"{row.born_on:%d-%m-%Y}" if shown.with_nik else str(row.born_on.year)


def _kbli_title(row: Any, shown: Shown) -> str | None:
    code = row.kbli_code
    if code is None:
        return None
    key = (code, row.kbli_version)
    if key not in shown.titles:
        found = field_of(*key)
        shown.titles[key] = found.title if found else None
    return shown.titles[key]


COLUMNS: tuple[Column, ...] = (
    Column(heading="Nama usaha", name="name"),
    Column(heading="Nama pemilik", name="owner_name"),
    Column(heading="NIK", make=_nik),
    Column(heading="Nomor HP", make=_phone),
    Column(heading="Jenis kelamin", name="sex", words=SEX_LABELS),
    Column(heading="Lahir (tahun; tanggal bila NIK lengkap)", make=_birth),
    Column(heading="Pendidikan", name="education", words=EDUCATION_LABELS),
    Column(heading="Hubungan dengan migrasi", name="category", words=CATEGORY_LABELS),
    Column(heading="Hubungan keluarga", name="relation", words=RELATION_LABELS),
    Column(heading="Negara kerja", name="country"),
    Column(heading="Pekerjaan di luar negeri", name="work_sector"),
    Column(heading="Lama di luar negeri (tahun)", name="years_abroad", kind="number"),
    Column(heading="Tanggal pulang", name="returned_on", kind="day"),
    Column(heading="Setuju didata", name="consented_on", kind="day"),
    Column(heading="Cara menyetujui", name="consent_way", words=CONSENT_LABELS),
    Column(heading="Produk atau jasa", name="product_line"),
    Column(heading="Sektor", name="sector", words=SECTOR_LABELS),
    Column(heading="Kode KBLI", name="kbli_code"),
    Column(heading="Judul KBLI", make=_kbli_title),
    Column(heading="Daftar KBLI", name="kbli_version"),
    Column(heading="Desa", name="village_name"),
    Column(heading="Kecamatan", name="district_name"),
    Column(heading="Kabupaten/kota", name="regency_name"),
    Column(heading="Kode desa", name="village_code"),
    Column(heading="Dusun, RT/RW", name="hamlet"),
    Column(heading="Alamat", name="address"),
    Column(heading="Lintang", name="lat", kind="number"),
    Column(heading="Bujur", name="lng", kind="number"),
    Column(heading="NIB", name="nib"),
    Column(heading="NPWP", name="npwp"),
    Column(heading="Mulai usaha", name="started_on", kind="day"),
    Column(heading="Pekerja dibayar, laki-laki", name="workers_paid_male", kind="number"),
    Column(heading="Pekerja dibayar, perempuan", name="workers_paid_female", kind="number"),
    Column(heading="Keluarga membantu, laki-laki", name="workers_family_male", kind="number"),
    Column(heading="Keluarga membantu, perempuan", name="workers_family_female", kind="number"),
    Column(heading="Modal (Rp)", name="capital", kind="number"),
    Column(heading="Penjualan setahun (Rp)", name="yearly_sales", kind="number"),
    Column(heading="Skala usaha", name="size_class", words=SIZE_LABELS),
    Column(heading="Ultra mikro", name="is_ultra_micro", kind="yes"),
    Column(heading="Memakai alat produksi", name="has_equipment", kind="yes"),
    Column(heading="Dijual di luar rumah", name="sold_outside_home", kind="yes"),
    Column(heading="Dinyatakan tidak halal", name="declared_non_halal", kind="yes"),
    Column(heading="Usaha musiman", name="is_seasonal", kind="yes"),
    Column(heading="Keadaan usaha", name="life_cycle", words=LIFE_CYCLE_LABELS),
    Column(heading="Keadaan sejak", name="life_cycle_on", kind="day"),
    Column(heading="Alasan keadaan", name="life_cycle_reason"),
    Column(heading="Kesehatan", name="health_class", words=HEALTH_LABELS),
    Column(heading="Skor", name="health_score", kind="tenths"),
    Column(heading="Status penilaian", name="health_status", words=HEALTH_STATUS_LABELS),
    Column(heading="Dinilai", name="assessed_on", kind="day"),
    Column(heading="Berlaku sampai", name="health_valid_until", kind="day"),
    Column(heading="Punya rencana terapi", name="has_plan", kind="yes"),
    Column(heading="Pendamping", name="mentor_name"),
    Column(heading="Kunjungan terakhir", name="last_visit_on", kind="day"),
    Column(heading="Kunjungan berikutnya", name="next_visit_due_on", kind="day"),
)
