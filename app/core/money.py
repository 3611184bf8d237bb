"""Money is whole rupiah, as int."""

from __future__ import annotations


def format_rupiah(amount: int) -> str:
    """The amount as Indonesians write it.

    >>> format_rupiah(1250000), format_rupiah(-500)
    ('Rp 1.250.000', '-Rp 500')
    """
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp {abs(amount):,}".replace(",", ".")
