"""What is said when money is asked for, lent, and does not come back."""

from __future__ import annotations

from app.credit.rules.affordability import ORDER, STOCK, TOOL

PURPOSE_NOTES = {
    STOCK: (
        "Bahan baku untuk dua bulan, dibeli langsung dari pemasok supaya lebih murah.",
        "Menambah dagangan yang sering habis sebelum akhir minggu.",
        "Bahan dan kemasan untuk pesanan warung langganan.",
    ),
    TOOL: (
        "Mesin pengemas bekas, supaya tidak lagi menumpang di tetangga.",
        "Kompor dan wajan besar, yang lama sudah bocor.",
        "Etalase dan rak untuk warung.",
    ),
    ORDER: (
        "Pesanan hajatan bulan depan, uang muka sudah diterima sebagian.",
        "Pesanan toko oleh-oleh, dibayar sesudah barang dikirim.",
    ),
}
SENT_BACK = (
    "Nota harga barang yang akan dibeli belum ada. Lengkapi, lalu ajukan lagi.",
    "Jumlahnya lebih besar dari harga barangnya. Sesuaikan, lalu ajukan lagi.",
)
CALLED_OFF = (
    "Pemilik mendapat bahan dari pemasok dengan bayar belakangan.",
    "Pesanannya batal, jadi uangnya belum diperlukan.",
)
EXCEPTIONS = (
    "Buku kasnya belum lengkap, tetapi simpanannya rutin dan dagangannya sudah dilihat langsung.",
    "Usaha dikunjungi dua kali, pesanannya nyata. Angsuran dijemput tiap bulan oleh petugas.",
    "Simpanan wajibnya tidak pernah putus. Pendamping ikut membantu mencatat kas tiap kunjungan.",
)
REFUSALS = {
    "sakit": "Usahanya perlu dipulihkan dahulu bersama pendamping. Ajukan lagi sesudah membaik.",
    "berat": "Jumlahnya terlalu besar untuk catatan yang ada. Isi buku kas tiga bulan, lalu ajukan "
    "lagi yang lebih kecil.",
}
NEW_TERMS = (
    "Penjualan turun separuh selama dua bulan. Angsuran dikecilkan, waktunya diperpanjang.",
    "Pemilik sakit sebulan dan usahanya tutup sementara. Sekarang sudah berjualan lagi.",
)
WRITTEN_OFF_FOR = {
    "tutup": "Usahanya sudah berhenti dan pemiliknya tidak lagi tinggal di desa.",
    "macet": "Lebih dari enam bulan tidak dibayar walau sudah didatangi empat kali.",
}
MISTYPED = ("Tertulis dua kali lipat, dicatat ulang.", "Salah hitung, jumlahnya dicatat ulang.")
ANSWERED_LATE = ("", "", "Dijemput di rumah", "Menunggu bayaran warung")
