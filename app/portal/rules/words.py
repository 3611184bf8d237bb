"""What an assessment found, in the short words of the owner's page.

Each sentence has at most twelve words; none blames anybody. A question that has no words here yet
is told by the name of its part.
"""

from __future__ import annotations

from collections.abc import Iterable

MOST_REASONS = 3
CLASS_WORDS = {"sakit": "sakit", "kurang_sehat": "kurang sehat", "sehat": "sehat"}
CLASS_ORDER = ("sakit", "kurang_sehat", "sehat")

REASONS = {
    "KEU1": "Sisa uang dari penjualan masih tipis.",
    "KEU2": "Uang untuk tagihan bulan ini belum cukup.",
    "KEU3": "Uang usaha banyak dipakai untuk rumah.",
    "KEU4": "Uang usaha dan uang rumah masih tercampur.",
    "PSR1": "Penjualan belum naik dibanding bulan-bulan lalu.",
    "PSR2": "Sudah agak lama tidak ada penjualan.",
    "PSR3": "Tempat menjual masih sedikit.",
    "PSR4": "Uang dari pembeli lama baru diterima.",
    "PRD1": "Takaran atau ukuran belum tetap.",
    "PRD2": "Bahan atau barang kadang habis.",
    "PRD3": "Tempat kerja perlu lebih bersih dan aman.",
    "PRD4": "Masih ada barang rusak atau kembali.",
    "PRD5": "Alat belum dipakai penuh.",
    "KMS1": "Kemasan bisa dibuat lebih kuat dan rapi.",
    "KMS2": "Tulisan di label belum lengkap.",
    "KMS3": "Merek atau nomor telepon belum ada di kemasan.",
    "LGL1": "NIB belum ada.",
    "LGL2": "Izin makanan belum selesai.",
    "LGL3": "Sertifikat halal belum selesai.",
    "LGL4": "NPWP atau merek belum diurus.",
    "MNJ1": "Buku kas belum diisi tiap hari.",
    "MNJ2": "Biaya tiap produk belum dihitung.",
    "MNJ3": "Target penjualan belum ada.",
    "MNJ4": "Promosi belum rutin.",
    "MDL1": "Cicilan terasa berat untuk usaha ini.",
    "MDL2": "Ada cicilan yang belum dibayar.",
    "MDL3": "Pinjaman perlu dari tempat yang lebih aman.",
    "MDL4": "Uang cadangan belum cukup bila pembeli lambat membayar.",
    "SDM1": "Ilmu dari pelatihan belum banyak dipakai.",
    "SDM2": "Belum ada yang bisa menggantikan Anda.",
    "SDM3": "Tabungan darurat belum ada.",
    "SDM4": "Rencana ke depan belum pasti.",
}
CAPS = {
    "KO-1": "Sudah lama tidak ada penjualan.",
    "KO-2": "Tiga bulan ini biaya lebih besar dari penjualan.",
    "KO-3": "Ada cicilan yang sudah lama belum dibayar.",
    "KO-4": "Cicilan lebih berat dari sisa usaha.",
    "KO-5": "Izin makanan atau halal belum diurus.",
    "KO-6": "Ada urusan keamanan makanan yang belum selesai.",
    "KO-7": "Uang untuk tagihan bulan ini belum cukup.",
    "KO-8": "Catatan usaha belum ada.",
    "KO-9": "Keuangan, penjualan, atau modal masih lemah.",
}

# How a permit stands.
PERMIT_WORDS = {
    "belum": "belum diurus",
    "proses": "sedang diurus",
    "komitmen": "terbit, masih ada syarat",
    "ketetapan": "hampir terbit",
    "aktif": "berlaku",
    "habis": "sudah habis, perlu diperpanjang",
}


def reasons(caps: Iterable[str], pulls: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The weightiest reasons in short words: rules that fired first, then what cost most points.

    `pulls` are codes of questions with the names that the instrument gives them.
    """
    told = [CAPS[code] for code in caps if code in CAPS]
    told += [REASONS.get(code, f"{name}: bisa lebih baik.") for code, name in pulls]
    return tuple(dict.fromkeys(told))[:MOST_REASONS]


def way_of(before: str | None, now: str) -> str:
    """Whether a class is better or worse than the one before it: naik, turun, or nothing.

    >>> way_of("sakit", "kurang_sehat"), way_of("sehat", "sakit"), way_of(None, "sehat")
    ('naik', 'turun', '')
    """
    if before is None or before == now:
        return ""
    return "naik" if CLASS_ORDER.index(now) > CLASS_ORDER.index(before) else "turun"
