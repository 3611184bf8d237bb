"""What a figure that an office types must satisfy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.core.errors import InvalidInput


def check_figure(*, value: Decimal, out_of: Decimal | None, counted_on: date, today: date) -> None:
    """Refuse a figure that can't be.

    Raises:
        InvalidInput: its day lies ahead, the whole is nothing, or the part is larger than it.
    """
    if counted_on > today:
        raise InvalidInput(
            "figure_ahead",
            field="counted_on",
            message="Tanggal angka tidak boleh setelah hari ini.",
        )
    if out_of is None:
        return
    if out_of <= 0:
        raise InvalidInput(
            "whole_empty", field="out_of", message="Tulis angka di atas 0, atau kosongkan."
        )
    if value > out_of:
        raise InvalidInput(
            "part_too_large",
            field="out_of",
            message="Jumlah seluruhnya tidak boleh lebih kecil dari angkanya.",
        )
