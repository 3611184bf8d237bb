"""What was paid beyond a loan is given back to the borrower, or becomes a saving of theirs."""

from __future__ import annotations

from datetime import date

from app.core.errors import InvalidInput, WrongState
from app.core.money import format_rupiah

IN_HAND, AS_SAVING = "tunai", "simpanan"
REFUND_WAYS = {
    IN_HAND: "Diserahkan kepada peminjam",
    AS_SAVING: "Dimasukkan ke simpanan sukarela",
}


def check_refund(*, amount: int, way: str, overpaid: int) -> None:
    """Refuse to give back what is not there.

    Raises:
        InvalidInput: no known way, no amount, or more than was paid beyond the loan.
        WrongState: nothing of it is left.
    """
    if overpaid <= 0:
        raise WrongState("nothing_overpaid", message="Tidak ada lebih bayar yang belum kembali.")
    if way not in REFUND_WAYS:
        raise InvalidInput("way_unknown", field="way", message="Pilih cara mengembalikannya.")
    if not 0 < amount <= overpaid:
        message = f"Isi jumlah dari Rp 1 sampai {format_rupiah(overpaid)}."
        raise InvalidInput("amount", field="amount", message=message)


def check_refund_day(given_on: date, *, first: date, today: date, way: str) -> None:
    """Refuse a day on which it can't have been given; `first` is the first day possible.

    Raises:
        InvalidInput: a day to come, or before the money came in or the borrower was a member.
    """
    if not first <= given_on <= today:
        since = "peminjam menjadi anggota" if way == AS_SAVING else "uangnya diterima"
        message = f"Tanggal antara hari {since} dan hari ini."
        raise InvalidInput("given_on", field="given_on", message=message)
