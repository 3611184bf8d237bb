"""Words and days of objections and of classes that two people settle on.

An objection has to be answered: the day is a proposal of ours, as no rule names one for it; it
takes the fourteen days that Law 25/2009 gives public offices to finish a complaint at first level.
"""

from __future__ import annotations

from datetime import date, timedelta

ANSWER_DAYS = 14
# Said without the mentor, so it is shown to the office alone.
ON_OWN_PAGE = "halaman"
WAY_LABELS = {
    "lisan": "Disampaikan langsung",
    "telepon": "Telepon atau pesan",
    "tertulis": "Surat",
    ON_OWN_PAGE: "Halaman pemilik",
}
UPHELD = "diterima"
OUTCOME_LABELS = {
    UPHELD: "Diterima: usaha dinilai ulang",
    "diterima_sebagian": "Diterima sebagian",
    "ditolak": "Tidak diterima",
}
STATE_LABELS = {
    "diusulkan": "menunggu orang kedua",
    "disetujui": "disetujui",
    "tidak": "tidak disetujui",
}


SOON_DAYS = 3


def due_words(due_on: date, today: date) -> tuple[str, str]:
    """How much time is left for an answer, in words, and how urgent that is."""
    left = (due_on - today).days
    if left < 0:
        return f"terlambat {-left} hari", "bad"
    if left <= SOON_DAYS:
        return ("hari ini" if left == 0 else f"tinggal {left} hari"), "warn"
    return f"{left} hari lagi", "muted"


def answer_due(received_on: date) -> date:
    """The day by which an objection should have its answer."""
    return received_on + timedelta(days=ANSWER_DAYS)
