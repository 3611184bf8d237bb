"""The monthly report of a mentor: its months, its figures, and when it may be handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import InvalidInput, WrongState
from app.core.money import format_rupiah

SUBMITTED = "diajukan"
REPORT_ACCEPTED = "diterima"
REPORT_RETURNED = "dikembalikan"
REPORT_STATES = {
    SUBMITTED: "Diajukan, menunggu diperiksa",
    REPORT_ACCEPTED: "Diterima",
    REPORT_RETURNED: "Dikembalikan dengan catatan",
}
NOT_SUBMITTED = "Belum diajukan"
# Not to be changed any more: what was spent stands in a report that lies with the officer.
LOCKED = (SUBMITTED, REPORT_ACCEPTED)
SHOWN_MONTHS = 12

EXPENSE_KINDS = {
    "transport": "Transport",
    "pulsa": "Pulsa dan internet",
    "konsumsi": "Konsumsi",
    "bahan": "Bahan dan fotokopi",
    "lain": "Lainnya",
}
MAX_EXPENSE = 100_000_000

MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A calendar month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As it stands in an address: "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """In words: "November 2026"."""
        return f"{MONTH_NAMES[self.first.month - 1]} {self.first.year}"

    @property
    def before(self) -> Month:
        """The month before."""
        return month_of(self.first - timedelta(days=1))


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    return Month(first=day.replace(day=1))


def month_named(code: str) -> Month:
    """The month of an address.

    Raises:
        InvalidInput: no month, or one that no report is made for.
    """
    try:
        year, month = code.split("-")
        first = date(int(year), int(month), 1)
    except ValueError as wrong:
        raise InvalidInput("month_unknown", message="Bulan ini tidak dikenal.") from wrong
    if not 2015 <= first.year <= 2100:
        raise InvalidInput("month_unknown", message="Bulan ini tidak dikenal.")
    return Month(first=first)


def months_until(today: date, count: int = SHOWN_MONTHS) -> list[Month]:
    """This month and those before it, newest first."""
    months = [month_of(today)]
    while len(months) < count:
        months.append(months[-1].before)
    return months


def check_submission(month: Month, *, today: date, state: str | None) -> None:
    """Refuse to hand in a month that has not begun, or one that lies with the officer already."""
    if month.first > today:
        raise InvalidInput("month_ahead", message="Bulan ini belum dimulai.")
    if state in LOCKED:
        raise WrongState("report_submitted", message="Laporan bulan ini sudah diajukan.")


def check_expense_day(spent_on: date, *, today: date, state: str | None) -> None:
    """Refuse a day that lies ahead, long ago, or in a month that was handed in."""
    if spent_on > today:
        raise InvalidInput(
            "spent_on_future", field="spent_on", message="Tanggal tidak boleh setelah hari ini."
        )
    if spent_on < today - timedelta(days=400):
        raise InvalidInput(
            "spent_on_too_old",
            field="spent_on",
            message="Tanggal ini sudah lebih dari setahun lalu. Periksa tahunnya.",
        )
    if state in LOCKED:
        raise WrongState(
            "month_locked",
            field="spent_on",
            message=f"Laporan {month_of(spent_on).label} sudah diajukan, jadi pengeluarannya tidak "
            "dapat diubah lagi.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a report: its name in an address, its words, and the number.

    `unit` is "" for a count, "menit" or "rupiah"; `note` says what to know about it.
    """

    name: str
    label: str
    value: int
    unit: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The number in words."""
        if self.unit == "rupiah":
            return format_rupiah(self.value)
        if self.unit == "menit":
            if self.value < 60:
                return f"{self.value} menit"
            return f"{self.value / 60:.1f} jam".replace(".", ",").replace(",0 jam", " jam")
        return str(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures under one heading."""

    heading: str
    figures: tuple[Figure, ...]


# What a figure is called; the lists behind them have the same names.
VISITS = {
    "kunjungan": "Kunjungan",
    "bertemu": "Bertemu pemilik atau keluarga",
    "tidak-bertemu": "Tidak bisa dikunjungi",
    "menolak": "Menolak didata",
    "imbalan": "Minta imbalan",
    "diperiksa": "Sudah diterima petugas",
    "dikembalikan": "Dikembalikan dengan catatan",
}
PROMISES = {
    "janji-ditepati": "Janji ditepati",
    "janji-tidak-ditepati": "Janji tidak ditepati",
    "janji-baru": "Janji baru",
}
WORK = {
    "penilaian": "Penilaian kesehatan",
    "terapi-selesai": "Terapi selesai",
    "membaik": "Usaha naik kelas kesehatan",
    "memburuk": "Usaha turun kelas kesehatan",
}
EXPENSES = {
    "pengeluaran": "Pengeluaran",
    "tanpa-bukti": "Pengeluaran tanpa foto bukti",
}
ENTERPRISES = "usaha-dikunjungi"
LIST_LABELS = {
    **VISITS,
    ENTERPRISES: "Usaha yang dikunjungi",
    **PROMISES,
    **WORK,
    **EXPENSES,
}
