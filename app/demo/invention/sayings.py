"""What mentors write down at visits, what is promised, and why something did not happen."""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, ...]] = {
    "sakit": (
        "Sudah dua minggu hampir tidak ada pembeli, stok lama masih menumpuk.",
        "Uang belanja bahan terpakai untuk kebutuhan rumah. Produksi berhenti beberapa hari.",
        "Cicilan ke dua tempat menunggak. Pemilik minta dibantu bicara dengan koperasi.",
        "Catatan belum ada. Omzet hanya diingat, laba belum bisa dihitung.",
        "Harga bahan naik, harga jual belum berani dinaikkan.",
        "Pembeli utama berhenti mengambil barang. Belum ada pembeli lain.",
    ),
    "kurang_sehat": (
        "Pesanan ada, tetapi uang dari toko baru diterima setelah sebulan.",
        "Buku kas diisi sebagian. Uang usaha dan rumah masih sering tercampur.",
        "Kemasan sudah rapi, label belum lengkap.",
        "Penjualan bergantung pada satu toko di pasar kecamatan.",
        "Bahan habis dua kali bulan ini karena belanja tidak direncanakan.",
        "HPP belum dihitung ulang setelah harga minyak naik.",
    ),
    "sehat": (
        "Buku kas terisi tiap hari, sisa laba dipakai menambah bahan.",
        "Pesanan tetap dari tiga toko, produksi lancar.",
        "Tempat usaha bersih, alat terawat. Anak sudah bisa menggantikan.",
        "Mulai menawarkan lewat pesan singkat, ada pembeli baru dari desa tetangga.",
        "Cicilan lancar, tabungan cadangan cukup untuk dua bulan.",
    ),
}
PROMISES = (
    "Mengisi buku kas setiap hari",
    "Menghitung HPP produk utama",
    "Memisahkan uang usaha di amplop",
    "Menagih uang dari toko",
    "Menawarkan ke satu toko baru",
    "Menyiapkan foto KTP dan alamat untuk NIB",
    "Memperbaiki label kemasan",
    "Bertanya jadwal penyuluhan ke puskesmas",
    "Menyisihkan uang cadangan tiap minggu",
    "Mencatat barang yang kembali tidak laku",
)
NOT_MET_REASONS = (
    "Pemilik sedang ke rumah saudara di luar kota",
    "Rumah terkunci, tetangga tidak tahu kapan pulang",
    "Pemilik sakit, minta diatur ulang",
    "Hujan lebat, jalan ke dusun putus",
    "Ada hajatan keluarga",
)
OPENING_PROBLEMS = (
    "Modal belanja bahan kurang",
    "Pembeli sedikit",
    "Belum tahu cara menjual lewat internet",
    "Harga bahan sering naik",
    "Alat sering rusak",
    "Uang dari toko lama cair",
    "Belum punya izin",
    "Tidak ada yang membantu",
)
CLOSED_REASONS = (
    "Modal habis dan tidak ada pembeli",
    "Pindah kerja ke pabrik",
    "Merawat orang tua yang sakit",
    "Harga bahan tidak terkejar",
    "Tempat usaha tidak bisa disewa lagi",
)
REFUSED_REASONS = (
    "Tidak mau usahanya didata",
    "Pernah didata, merasa tidak mendapat apa-apa",
    "Khawatir datanya dipakai untuk pajak",
    "Meminta imbalan untuk didata",
)
LEFT_REASONS = (
    "Tabungan habis, berangkat kerja lagi",
    "Mendapat kontrak baru di luar negeri",
    "Ikut ajakan teman kerja lama",
)
DORMANT_REASONS = ("Berhenti sementara karena belum ada bahan", "Libur produksi, pemilik sakit")
TURNED_DOWN = (
    "Pemilik belum bersedia",
    "Dana triwulan ini sudah habis",
    "Belum perlu, masalah utama lain",
)
RESULT_NOTES: dict[str, tuple[str, ...]] = {
    "berhasil": ("Sudah dijalankan sendiri oleh pemilik", "Ukuran keberhasilan tercapai"),
    "sebagian": ("Dijalankan, tetapi belum rutin", "Baru untuk satu produk"),
    "tidak": ("Tidak dilanjutkan pemilik", "Kebiasaan lama kembali"),
    "belum_terukur": ("Menunggu penilaian berikutnya",),
}
SUBSTITUTES = ("Pendamping lama pindah tugas", "Pembagian wilayah diatur ulang")
QUESTIONS = (
    "Lokasinya agak jauh dari tempat usaha. Bertemu di mana?",
    "Belum ada paraf pemilik. Apakah buku kunjungan dibawa?",
    "Tolong jelaskan hasil pembicaraannya lebih rinci.",
)
ANSWERS = (
    "Bertemu di kebun belakang rumah, sinyal baru dapat di jalan besar.",
    "Buku kunjungan tertinggal, pemilik bisa ditelepon untuk memastikan.",
)
# Kind, what for, and least and most in thousands of rupiah.
SPENDINGS = (
    ("transport", "Bensin keliling dusun", 15, 50),
    ("transport", "Ojek ke dusun atas", 20, 60),
    ("pulsa", "Pulsa data", 25, 60),
    ("bahan", "Fotokopi lembar buku kas", 5, 25),
    ("konsumsi", "Air minum pertemuan kelompok", 10, 40),
)
NO_PROOF = ("Ojek tidak memberi nota", "Warung tidak punya nota", "Nota basah terkena hujan")
DANGERS = (
    "Ada anjing galak di halaman. Telepon dulu sebelum masuk.",
    "Datang berdua. Penagih utang pernah marah-marah di rumah ini.",
    "Jangan datang setelah magrib, jalan ke rumah gelap dan longsor.",
)
