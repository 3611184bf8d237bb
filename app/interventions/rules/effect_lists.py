"""The lists behind the figures of an effect report, by the words of their addresses."""

from __future__ import annotations

# Lines of costs stand behind those of comparisons; the sick times have a line of their own.
COST_LINES = 10_000
SICK_LINE = -1

TREATED, TREATED_WAITING, TREATED_GONE = "terapi", "terapi_menunggu", "terapi_pergi"
OTHERS, OTHERS_WAITING, OTHERS_GONE = "lain", "lain_menunggu", "lain_pergi"
COST = "biaya"
OUT, STILL_SICK, SICK_GONE = "keluar", "masih_sakit", "sakit_pergi"

PART_LABELS = {
    TREATED: "Usaha dengan terapi ini yang sudah dinilai lagi",
    TREATED_WAITING: "Usaha dengan terapi ini yang belum dinilai lagi",
    TREATED_GONE: "Usaha dengan terapi ini yang tutup atau berhenti sebelum dinilai lagi",
    OTHERS: "Usaha dengan temuan yang sama tanpa terapi ini",
    OTHERS_WAITING: "Usaha tanpa terapi ini yang belum dinilai lagi",
    OTHERS_GONE: "Usaha tanpa terapi ini yang tutup atau berhenti sebelum dinilai lagi",
    COST: "Usaha yang terapinya selesai",
    OUT: "Usaha yang pernah sakit dan sudah keluar dari sakit",
    STILL_SICK: "Usaha yang masih sakit pada penilaian terakhir",
    SICK_GONE: "Usaha yang tutup atau berhenti ketika masih sakit",
}
SICK_PARTS = (OUT, STILL_SICK, SICK_GONE)
# Of points and classes one can ask for those that improved.
COMPARED_PARTS = (TREATED, OTHERS, COST)
