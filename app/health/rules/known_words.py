"""What an answer is known from, as a phone may hold it and village officers may read it."""

from __future__ import annotations

_SUM = "Rp"


def without_sums(source: str) -> str:
    """The source of an answer without what people earn, take and owe.

    For a phone, which holds the least, and for readers who may not read the cash book.

    >>> without_sums("Buku kas, Agustus–Oktober 2026: penjualan Rp 4.000.000, tersisa 12%")
    'Buku kas, Agustus–Oktober 2026: tersisa 12%'
    >>> without_sums("Buku kas: kas Rp 10.000, jatuh tempo Rp 5.000 dalam 30 hari")
    'Buku kas'
    >>> without_sums("Belum. NIB sedang diproses")
    'Belum. NIB sedang diproses'
    """
    if _SUM not in source:
        return source
    head, _, words = source.partition(": ")
    kept = ", ".join(part for part in words.split(", ") if _SUM not in part)
    if _SUM in head:
        return kept
    return f"{head}: {kept}" if kept else head
