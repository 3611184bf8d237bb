"""Where a loan stands, from the draft of an application to its end."""

from __future__ import annotations

DRAFT, SUBMITTED, CHECKED, COMMITTEE = "draf", "diajukan", "diperiksa", "komite"
APPROVED, REFUSED, DISBURSED, RUNNING = "disetujui", "ditolak", "dicairkan", "berjalan"
SETTLED, RESTRUCTURED, WRITTEN_OFF = "lunas", "ditata_ulang", "dihapus_buku"
CANCELLED = "dibatalkan"
STATES = {
    DRAFT: "Draf",
    SUBMITTED: "Diajukan",
    CHECKED: "Diperiksa",
    COMMITTEE: "Di komite",
    APPROVED: "Disetujui",
    REFUSED: "Ditolak",
    DISBURSED: "Dicairkan",
    RUNNING: "Berjalan",
    RESTRUCTURED: "Ditata ulang",
    SETTLED: "Lunas",
    WRITTEN_OFF: "Dihapus buku",
    CANCELLED: "Dibatalkan",
}
# Money was given and is not all back; a written-off loan is still owed but no longer hoped for.
OPEN = (DISBURSED, RUNNING, RESTRUCTURED)
# What comes back of a written-off loan is still kept.
PAYABLE = (*OPEN, WRITTEN_OFF)
ASKED = (SUBMITTED, CHECKED, COMMITTEE)

TO_LEND, TO_PAY_OUT = "setuju", "cair"
DECISIONS = {TO_LEND: "Persetujuan", TO_PAY_OUT: "Pencairan"}
