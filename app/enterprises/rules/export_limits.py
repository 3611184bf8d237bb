"""How much of the register may be taken along, and how often."""

from __future__ import annotations

import re

from app.core.errors import InvalidInput, WrongState

# Above so many rows the file is made in the background.
AT_ONCE = 2000
PER_DAY = 20
# A large regency has fewer than 20,000 enterprises in the register.
OFFICE_MOST = 50_000
NIK_MOST = 5_000
KEPT_HOURS = 24
CELL_MAX = 32_767
REPLACEMENT = "�"

# What XML 1.0 can't hold, lone surrogates among it: such a file would not open.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> tuple[str, bool]:
    """The text as a cell can hold it, and whether something was replaced or cut."""
    if len(text) <= CELL_MAX and not _FORBIDDEN.search(text):
        return text, False
    clean = _FORBIDDEN.sub(REPLACEMENT, text)
    return (clean[: CELL_MAX - 1] + "…" if len(clean) > CELL_MAX else clean), True


def row_cap(*, most: int, is_whole_country: bool, with_nik: bool) -> int:
    """How many rows one file may have: fewer for an office than for the whole country.

    Whole NIKs leave the system in small numbers only. `most` is the setting of the installation.
    """
    return min(most, most if is_whole_country else OFFICE_MOST, NIK_MOST if with_nik else most)


def check_size(row_count: int, *, most: int) -> None:
    """Refuse a list that is longer than one file may be.

    Raises:
        InvalidInput: code "export_too_long".
    """
    if row_count > most:
        shown = f"{most:,}".replace(",", ".")
        raise InvalidInput(
            "export_too_long",
            message=f"Daftar ini lebih dari {shown} baris. Persempit saringannya, lalu coba lagi.",
        )


def check_day(count_today: int) -> None:
    """Refuse one more file than a day's work needs.

    Raises:
        WrongState: code "export_day_full".
    """
    if count_today >= PER_DAY:
        raise WrongState(
            "export_day_full",
            message=f"Hari ini Anda sudah mengunduh {PER_DAY} daftar. Coba lagi besok, atau "
            "hubungi admin.",
        )
