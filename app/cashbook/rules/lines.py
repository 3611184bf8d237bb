"""What a line of the cash book must say, and where the money of a channel is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.cashbook.rules.entries import CATEGORIES, MAY_BE_OWED, SALES, WAYS
from app.core.errors import InvalidInput
from app.core.money import format_rupiah

# Beyond these a finger slipped: nobody writes down a single coin, no tiny enterprise moves a
# billion at once, and nobody brings a book up to date by ten years.
LEAST, MOST = 100, 1_000_000_000
# What a tiny enterprise hardly moves at once; phones know the same bound (cash.js).
ODD = 20_000_000
OLDEST = timedelta(days=3_660)
MAX_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one line says, as it is stored."""

    happened_on: date
    category: str
    amount: int
    channel_id: UUID | None = None
    is_owed: bool = False
    due_on: date | None = None
    settles_id: UUID | None = None
    note: str = ""
    photo_id: UUID | None = None


def is_on_ledger(*, is_consignment: bool, payment_days: int | None, has_deliveries: bool) -> bool:
    """Whether what a channel pays stands in the channel's own ledger, and so not in this book.

    A channel that pays at once has no such ledger, unless goods were handed over to it.
    """
    return is_consignment or bool(payment_days) or has_deliveries


def check_said(said: Said, *, way: str, today: date) -> None:
    """Refuse what no line can say.

    Raises:
        InvalidInput: category or way unknown; no amount or one beyond belief; a day that has not
            come or is ten years old; owed where nothing can be owed; words too long.
    """
    if way not in WAYS:
        raise InvalidInput("way_unknown", field="way", message="Pilih cara mencatat.")
    if said.category not in CATEGORIES:
        raise InvalidInput("category_unknown", field="category", message="Pilih untuk apa uangnya.")
    check_amount(said.amount)
    check_day(said.happened_on, today=today, field="happened_on")
    if len(said.note) > MAX_NOTE:
        raise InvalidInput(
            "note_too_long", field="note", message=f"Catatan paling panjang {MAX_NOTE} huruf."
        )
    if said.channel_id is not None and said.category != SALES:
        raise InvalidInput("channel_of_sales", field="channel", message="Kanal hanya untuk jualan.")
    _check_owed(said)


def check_amount(amount: int, *, least: int = LEAST) -> None:
    """Refuse a sum that only a slip of the finger makes.

    Raises:
        InvalidInput: nothing, too little or too much.
    """
    if amount <= 0 < least:
        raise InvalidInput("amount_missing", field="amount", message="Isi jumlah uang di atas nol.")
    if amount < least:
        raise InvalidInput(
            "amount_too_small",
            field="amount",
            message=f"Hanya {format_rupiah(amount)}? Tulis lengkap, misalnya 25.000 atau 25rb.",
        )
    if amount > MOST:
        raise InvalidInput(
            "amount_too_large",
            field="amount",
            message=f"{format_rupiah(amount)} terlalu besar. Periksa angka nolnya.",
        )


def check_day(day: date, *, today: date, field: str) -> None:
    """Refuse a day that has not come, or is ten years old.

    Raises:
        InvalidInput: it is one of these.
    """
    if day > today:
        raise InvalidInput(
            "day_in_future", field=field, message="Tanggal tidak boleh setelah hari ini."
        )
    if day < today - OLDEST:
        raise InvalidInput(
            "day_too_old", field=field, message="Tanggal terlalu lama. Periksa tahunnya."
        )


def check_settling(said: Said, *, owed_on: date, category: str, left: int) -> None:
    """Refuse a payment that does not fit the line which it pays.

    Raises:
        InvalidInput: before that line, of another kind, or more than is left of it.
    """
    if said.category != category:
        raise InvalidInput(
            "settles_other", field="category", message="Pilih jenis yang sama dengan catatannya."
        )
    if said.happened_on < owed_on:
        raise InvalidInput(
            "settles_before",
            field="happened_on",
            message="Tanggal bayar tidak boleh sebelum tanggal catatannya.",
        )
    if said.amount > left:
        message = f"Yang belum dibayar hanya {format_rupiah(left)}."
        raise InvalidInput("settles_too_much", field="amount", message=message)


def _check_owed(said: Said) -> None:
    if said.is_owed and said.category not in MAY_BE_OWED:
        raise InvalidInput(
            "never_owed", field="is_owed", message="Jenis ini selalu dibayar langsung."
        )
    if said.is_owed and said.settles_id is not None:
        raise InvalidInput(
            "owed_or_settling", field="is_owed", message="Pembayaran tidak dapat belum dibayar."
        )
    if said.due_on is None:
        return
    if not said.is_owed:
        raise InvalidInput(
            "due_not_owed",
            field="due_on",
            message="Jatuh tempo hanya untuk yang belum dibayar.",
        )
    if not said.happened_on <= said.due_on <= said.happened_on + OLDEST:
        raise InvalidInput(
            "due_before", field="due_on", message="Jatuh tempo tidak boleh sebelum tanggalnya."
        )
