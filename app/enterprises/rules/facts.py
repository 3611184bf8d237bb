"""What a person states about an owner and about an enterprise, and what can't be true of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.core.errors import InvalidInput
from app.enterprises.rules.eligibility import RETURNED

FAMILY = "keluarga"
_OLDEST = date(1900, 1, 1)
_MAX_YEARS_ABROAD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerFacts:
    """An owner as stated. `nik` and `phone` as typed; an empty NIK leaves a known one as it is."""

    name: str
    nik: str | None = None
    phone: str | None = None
    sex: str | None = None
    born_on: date | None = None
    category: str | None = None
    relation: str | None = None
    country: str | None = None
    work_sector: str | None = None
    years_abroad: int | None = None
    returned_on: date | None = None
    education: str | None = None
    consented_on: date | None = None
    consent_way: str | None = None
    consent_witness: str | None = None
    # Purposes besides being in the register.
    consent_purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseFacts:
    """An enterprise as stated. Money in whole rupiah a year; `nib` and `npwp` as typed."""

    name: str
    village_code: str
    product_line: str | None = None
    sector: str | None = None
    kbli_code: str | None = None
    kbli_version: str | None = None
    address: str | None = None
    hamlet: str | None = None
    lat: float | None = None
    lng: float | None = None
    started_on: date | None = None
    workers_paid_male: int | None = None
    workers_paid_female: int | None = None
    workers_family_male: int | None = None
    workers_family_female: int | None = None
    capital: int | None = None
    yearly_sales: int | None = None
    nib: str | None = None
    npwp: str | None = None
    has_equipment: bool = False
    declared_non_halal: bool = False
    sold_outside_home: bool = False
    is_seasonal: bool = False
    season_months: tuple[int, ...] = ()

    @property
    def worker_counts(self) -> tuple[int | None, ...]:
        """Paid and family, men and women; the owner is not among them."""
        return (
            self.workers_paid_male,
            self.workers_paid_female,
            self.workers_family_male,
            self.workers_family_female,
        )


def stated(facts: OwnerFacts | EnterpriseFacts, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The facts by column name."""
    return {
        field.name: getattr(facts, field.name)
        for field in fields(facts)
        if field.name not in without
    }


def owner_problems(facts: OwnerFacts, *, today: date) -> list[InvalidInput]:
    """What can't be true of an owner."""
    problems = []
    if not facts.name.strip():
        problems.append(
            InvalidInput("name_missing", field="owner_name", message="Isi nama pemilik.")
        )
    if facts.born_on is not None and not _OLDEST <= facts.born_on < today:
        problems.append(
            InvalidInput(
                "born_on_impossible",
                field="born_on",
                message="Tanggal lahir harus sebelum hari ini dan setelah tahun 1900.",
            )
        )
    problems += _migration_problems(facts, today)
    if facts.category == FAMILY and facts.relation is None:
        problems.append(
            InvalidInput(
                "relation_missing",
                field="relation",
                message="Pilih hubungan keluarganya dengan PMI.",
            )
        )
    return problems


def _migration_problems(facts: OwnerFacts, today: date) -> list[InvalidInput]:
    problems = []
    if facts.returned_on is not None and facts.category != RETURNED:
        problems.append(
            InvalidInput(
                "returned_on_unfit",
                field="returned_on",
                message="Tanggal pulang hanya untuk PMI purna. Kosongkan, atau pilih PMI purna.",
            )
        )
    elif facts.returned_on is not None and not _OLDEST <= facts.returned_on <= today:
        problems.append(
            InvalidInput(
                "returned_on_future",
                field="returned_on",
                message="Tanggal pulang tidak boleh setelah hari ini.",
            )
        )
    if facts.years_abroad is not None and not 0 <= facts.years_abroad <= _MAX_YEARS_ABROAD:
        problems.append(
            InvalidInput(
                "years_abroad_range",
                field="years_abroad",
                message=f"Lama kerja dari 0 sampai {_MAX_YEARS_ABROAD} tahun.",
            )
        )
    return problems


def enterprise_problems(facts: EnterpriseFacts, *, today: date) -> list[InvalidInput]:
    """What can't be true of an enterprise."""
    problems = []
    if not facts.name.strip():
        problems.append(InvalidInput("name_missing", field="name", message="Isi nama usaha."))
    if facts.started_on is not None and not _OLDEST <= facts.started_on <= today:
        problems.append(
            InvalidInput(
                "started_on_future",
                field="started_on",
                message="Tanggal mulai usaha tidak boleh setelah hari ini.",
            )
        )
    if facts.is_seasonal and not facts.season_months:
        problems.append(
            InvalidInput(
                "season_missing",
                field="season_months",
                message="Pilih bulan-bulan saat usaha musiman ini berjualan.",
            )
        )
    return problems
