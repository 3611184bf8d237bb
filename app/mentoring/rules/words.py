"""Stored values of this feature and their wording."""

from __future__ import annotations

MET = "bertemu"
NOT_MET = "tidak_bisa_dikunjungi"
OUTCOMES = (MET, NOT_MET)
OUTCOME_LABELS = {MET: "Bertemu", NOT_MET: "Tidak bisa dikunjungi"}

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
