"""What owners of the demo write to the office from their own page, and what it answers."""

from __future__ import annotations

# Kind and topic as the page offers them, what was written beside the tap, the answer.
MESSAGES = (
    (
        "minta_bantuan",
        "bahan",
        "Mesin peniris rusak, sudah seminggu tidak bisa produksi.",
        "Teknisi BLK datang hari Kamis. Mesinnya jangan dibongkar dulu.",
    ),
    (
        "minta_bantuan",
        "izin",
        "NIB sudah ada, sertifikat halal belum tahu caranya.",
        "Pendaftaran gratis dibuka bulan depan. Nama Ibu sudah kami catat.",
    ),
    (
        "minta_bantuan",
        "jualan",
        "",
        "Ada bazar di kecamatan tanggal 12. Meja untuk usaha Anda sudah disiapkan.",
    ),
    (
        "minta_bantuan",
        "uang",
        "Toko belum membayar tiga kiriman.",
        "Pendamping koperasi akan ikut menagih. Siapkan catatan kirimannya.",
    ),
    (
        "tidak_datang",
        "lama",
        "",
        "Maaf, pendamping sakit dua pekan. Penggantinya datang pekan ini.",
    ),
    (
        "tidak_datang",
        "janji",
        "Sudah ditunggu dari pagi sampai sore.",
        "Sudah kami tanyakan. Kunjungan diganti hari Senin.",
    ),
)
