"""Stored values of this feature and their wording."""

from __future__ import annotations

MET = "bertemu"
NOT_MET = "tidak_bisa_dikunjungi"
# Honest ends of a way: the owner will not be recorded, or asks for something in return.
REFUSED = "menolak_didata"
ASKED_REWARD = "minta_imbalan"
OUTCOME_LABELS = {
    MET: "Bertemu",
    NOT_MET: "Tidak bisa dikunjungi",
    REFUSED: "Menolak didata",
    ASKED_REWARD: "Minta imbalan",
}
OUTCOMES = tuple(OUTCOME_LABELS)
# What is said openly costs the mentor nothing: no signs, and no count among what went wrong.
HONEST_OUTCOMES = (REFUSED, ASKED_REWARD)

OWNER_CONFIRMATIONS = {
    "paraf": "Paraf pemilik di buku kunjungan",
    "pesan": "Balasan pesan dari pemilik",
}

WAITING = "menunggu"
ACCEPTED = "diterima"
RETURNED = "dikembalikan"
ANSWERED = "dijawab"
CHECK_STATES = {
    WAITING: "Menunggu diperiksa",
    ACCEPTED: "Diterima",
    RETURNED: "Dikembalikan dengan catatan",
    ANSWERED: "Sudah dijawab, menunggu diperiksa",
}
TO_CHECK = (WAITING, ANSWERED)

OPEN = "terbuka"
KEPT = "ditepati"
BROKEN = "tidak_ditepati"
PROMISE_STATES = {OPEN: "Belum ditepati", KEPT: "Ditepati", BROKEN: "Tidak ditepati"}

MEETING_PLACES = {
    "tempat_usaha": "Tempat usaha",
    "rumah": "Rumah pemilik",
    "balai_desa": "Balai desa",
    "pasar": "Pasar atau tempat jualan",
    "telepon": "Lewat telepon",
    "lain": "Tempat lain",
}

SKILLS = {
    "pencatatan": "Pencatatan dan keuangan",
    "pemasaran": "Pemasaran dan penjualan",
    "produksi": "Produksi dan mutu",
    "kemasan": "Kemasan dan label",
    "perizinan": "Perizinan dan sertifikat halal",
    "permodalan": "Permodalan dan koperasi",
    "pertanian": "Pertanian, ternak, dan ikan",
    "digital": "Jualan lewat internet",
}
