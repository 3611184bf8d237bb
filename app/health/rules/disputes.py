"""Words and days of objections and of classes that two people settle on.

An objection has to be answered: the day is a proposal of ours, as no rule names one for it; it
takes the fourteen days that Law 25/2009 gives public offices to finish a complaint at first level.
"""

from __future__ import annotations

from datetime import date, timedelta

ANSWER_DAYS = 14
WAY_LABELS = {
    "lisan": "Disampaikan langsung",
    "telepon": "Telepon atau pesan",
    "tertulis": "Surat",
    "halaman": "Halaman pemilik",
}
OUTCOME_LABELS = {
    "diterima": "Diterima: usaha dinilai ulang",
    "diterima_sebagian": "Diterima sebagian",
    "ditolak": "Tidak diterima",
}
STATE_LABELS = {
    "diusulkan": "menunggu orang kedua",
    "disetujui": "disetujui",
    "tidak": "tidak disetujui",
}


def answer_due(received_on: date) -> date:
    """The day by which an objection should have its answer."""
    return received_on + timedelta(days=ANSWER_DAYS)
