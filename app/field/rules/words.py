"""The words of the protocol, and how people read them."""

from __future__ import annotations

# What the history calls a phone.
FIELD_SUBJECT = "field_device"

# What is told to the phone about one operation.
OK = "ok"
DUPLICATE = "duplicate"
MERGED = "merged"
CONFLICT = "conflict"
REVIEW = "review"
HELD = "held"
REJECTED = "rejected"
RETRY = "retry"

# Other content came under the id of an operation that is known.
ID_REUSED = "id_reused"

# Stored by the server: the phone may forget it.
SAFE = frozenset({OK, DUPLICATE, MERGED, CONFLICT, REVIEW, HELD})
# What is kept of an operation; a duplicate is no state, and what must come again leaves no row.
STATUSES = {
    OK: "tercatat",
    MERGED: "tercatat bersama perubahan lain",
    CONFLICT: "bertentangan, menunggu keputusan",
    REVIEW: "menunggu diperiksa",
    HELD: "menunggu data yang mendahuluinya",
    REJECTED: "ditolak",
}

OPERATION_TYPES = {
    "enterprise.register": "usaha baru",
    "enterprise.edit": "perubahan data usaha",
    "visit.create": "kunjungan",
    "assessment.create": "penilaian kesehatan",
    "therapy.report": "laporan terapi",
    "certificate.step": "langkah izin",
    "label.check": "pemeriksaan label",
    "channel.delivery": "barang dititipkan",
    "channel.count": "barang terjual di kanal",
    "channel.payment": "pembayaran dari kanal",
    "channel.return": "barang kembali dari kanal",
    "visit.confirm": "PIN pemilik untuk kunjungan",
    "cash.entry": "catatan buku kas",
    "cash.take_back": "pembatalan catatan buku kas",
    "cash.count": "hitungan kas",
    "diary.month": "catatan bulanan",
    "loan.repay": "angsuran pinjaman",
    "saving.save": "setoran simpanan",
}

# Two people typed into the same field; or somebody must look before it counts.
INBOX_KINDS = {"bentrok": "Isian yang bertentangan", "tinjau": "Kiriman yang perlu diperiksa"}
OPEN = "terbuka"
CLOSED = "selesai"
INBOX_STATES = {OPEN: "belum diputuskan", CLOSED: "sudah diputuskan"}
DECISIONS = {
    "pakai_tercatat": "Data yang sudah tercatat dipakai",
    "pakai_kiriman": "Kiriman dari ponsel dipakai",
    "isi_lain": "Diisi dengan yang lain",
    "catat_keduanya": "Keduanya disimpan sebagai catatan",
    "terima": "Diterima",
    "tolak": "Tidak diterima",
}
