"""What members save in a cooperative: paid in, taken out, never below nothing.

Source: UU 25/1992: what was paid on joining and each month stays until a member leaves.
"""

from __future__ import annotations

from datetime import date

from app.core.errors import InvalidInput, WrongState
from app.core.money import format_rupiah

PRINCIPAL, DUTY, FREE = "pokok", "wajib", "sukarela"
SAVING_KINDS = {
    PRINCIPAL: "Simpanan pokok",
    DUTY: "Simpanan wajib",
    FREE: "Simpanan sukarela",
}
IN, OUT = "setor", "tarik"
SAVING_WAYS = {IN: "Setor", OUT: "Tarik"}
MOST_SAVED = 1_000_000_000
OPPOSITE = {IN: OUT, OUT: IN}


def check_saving(*, kind: str, direction: str, amount: int, has_left: bool) -> None:
    """Refuse a saving that can't be.

    Raises:
        InvalidInput: at the field: no known kind or way, or no real amount.
        WrongState: what stays until a member leaves is taken out, or one who left pays in.
    """
    if kind not in SAVING_KINDS:
        raise InvalidInput("kind_unknown", field="kind", message="Pilih jenis simpanan.")
    if direction not in SAVING_WAYS:
        raise InvalidInput("way_unknown", field="direction", message="Pilih setor atau tarik.")
    if not 0 < amount <= MOST_SAVED:
        message = f"Isi jumlah dari Rp 1 sampai {format_rupiah(MOST_SAVED)}."
        raise InvalidInput("amount_unreal", field="amount", message=message)
    if direction == OUT and kind != FREE and not has_left:
        raise WrongState(
            "stays_until_leaving",
            message="Simpanan pokok dan wajib baru dapat diambil setelah anggota keluar.",
        )
    if direction == IN and has_left:
        raise WrongState("has_left", message="Anggota ini sudah keluar. Setoran tidak dicatat.")


def check_day(happened_on: date, *, joined_on: date, today: date) -> None:
    """Refuse a day on which nothing can have been saved.

    Raises:
        InvalidInput: a day to come, or before they were a member.
    """
    if happened_on > today:
        message = "Tanggal ini tidak boleh setelah hari ini."
        raise InvalidInput("happened_on_future", field="happened_on", message=message)
    if happened_on < joined_on:
        message = "Tanggal ini sebelum ia menjadi anggota. Periksa."
        raise InvalidInput("before_joining", field="happened_on", message=message)


def balance_after(before: int, direction: str, amount: int) -> int:
    """What a kind of saving comes to after it.

    Raises:
        InvalidInput: more would be taken out than there is.
    """
    after = before + amount if direction == IN else before - amount
    if after < 0:
        message = f"Simpanannya hanya {format_rupiah(before)}. Isi tidak lebih dari itu."
        raise InvalidInput("saving_short", field="amount", message=message)
    return after
