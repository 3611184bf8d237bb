"""What therapies cost: budget, funding source, what was spent, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import InvalidInput
from app.core.money import format_rupiah
from app.interventions.rules.states import ACTIVE_STATES, DONE, PROPOSED

NO_COST = "tanpa_biaya"
FUNDING_SOURCES = {
    NO_COST: "Tanpa biaya",
    "apbn": "APBN",
    "apbd_provinsi": "APBD provinsi",
    "apbd_kabupaten": "APBD kabupaten/kota",
    "dana_desa": "Dana Desa",
    "csr": "CSR",
    "koperasi": "Koperasi",
    "swadaya": "Swadaya pemilik",
}
MAX_COST = 10_000_000_000
# Money is promised from the approval on; a proposal only asks for it.
PROMISED_STATES = (*ACTIVE_STATES, DONE)
FIRST_YEAR, LAST_YEAR = 2015, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One therapy's money; `spent` is None until it has ended."""

    state: str
    funding_source: str
    budget: int
    spent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundTotal:
    """What comes from one source."""

    source: str
    label: str
    count: int
    budget: int
    spent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A plan's money: asked for, promised, spent, and promised and spent by source."""

    asked: int
    count: int
    budget: int
    spent: int
    funds: tuple[FundTotal, ...]


def totals_of(sums: Iterable[Sum]) -> Totals:
    """What the therapies of a plan add up to; those refused and cancelled count nothing."""
    lines = list(sums)
    promised = [one for one in lines if one.state in PROMISED_STATES]
    return Totals(
        asked=sum(one.budget for one in lines if one.state == PROPOSED),
        count=len(promised),
        budget=sum(one.budget for one in promised),
        spent=sum(one.spent or 0 for one in promised),
        funds=tuple(
            _fund(source, [one for one in promised if one.funding_source == source])
            for source in FUNDING_SOURCES
            if any(one.funding_source == source for one in promised)
        ),
    )


def _fund(source: str, lines: list[Sum]) -> FundTotal:
    return FundTotal(
        source=source,
        label=FUNDING_SOURCES[source],
        count=len(lines),
        budget=sum(one.budget for one in lines),
        spent=sum(one.spent or 0 for one in lines),
    )


def check_cost(*, cost: int | None, funding_source: str | None) -> tuple[int, str]:
    """Cost and funding source as they are kept; nothing stated is no cost.

    Raises:
        InvalidInput: a cost without source, a source without cost, or an impossible amount.
    """
    amount = cost or 0
    if amount < 0 or amount > MAX_COST:
        raise InvalidInput("cost_impossible", field="cost", message="Periksa jumlah biayanya.")
    if amount and funding_source in (None, NO_COST):
        raise InvalidInput(
            "funding_missing", field="funding_source", message="Pilih sumber dana untuk biaya ini."
        )
    if not amount and funding_source not in (None, NO_COST):
        raise InvalidInput("cost_missing", field="cost", message="Isi jumlah biayanya.")
    return amount, funding_source or NO_COST


def check_spent(*, budget: int, spent: int | None, reason: str | None) -> int:
    """What was spent, as it is kept; without a budget nothing stated is nothing spent.

    Raises:
        InvalidInput: missing or impossible, without a source to come from, or over the budget
            without a reason.
    """
    if spent is None and budget:
        raise InvalidInput(
            "spent_missing",
            field="spent",
            message=f"Isi uang yang terpakai. Anggarannya {format_rupiah(budget)}; "
            "isi 0 bila tidak ada yang terpakai.",
        )
    amount = spent or 0
    if amount < 0 or amount > MAX_COST:
        raise InvalidInput("spent_impossible", field="spent", message="Periksa jumlah ini.")
    if amount and not budget:
        raise InvalidInput(
            "spent_without_source",
            field="spent",
            message="Terapi ini tercatat tanpa biaya. Isi dahulu anggaran dan sumber dananya "
            "lewat Ubah rencana.",
        )
    if amount > budget and not reason:
        raise InvalidInput(
            "overspent_without_reason",
            field="spent_reason",
            message=f"Yang terpakai {format_rupiah(amount - budget)} di atas anggaran. "
            "Isi alasannya.",
        )
    return amount


def check_year(year: int | None, *, otherwise: int) -> int:
    """The budget year as it is kept.

    Raises:
        InvalidInput: no year of this programme.
    """
    if year is None:
        return otherwise
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(
            "year_impossible", field="budget_year", message="Tulis tahun, misalnya 2026."
        )
    return year
