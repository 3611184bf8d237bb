"""Tools, what they are for, and what is said at the gates of their aid."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolKind:
    """A tool with its price in rupiah, and the step of work that is stuck without it."""

    name: str
    value: int
    need: str


# By sector, as the register's sectors run: packed food, ready food, crafts, services, trade, farm.
TOOLS: dict[str, tuple[ToolKind, ...]] = {
    "A": (
        ToolKind("Alat penutup kemasan", 2_400_000, "Menutup kemasan dengan lilin 3 jam sehari"),
        ToolKind("Alat cetak tanggal kemasan", 1_800_000, "Tanggal ditulis tangan, luntur"),
        ToolKind("Oven listrik besar", 3_800_000, "Sekali panggang hanya sepertiga pesanan"),
    ),
    "B": (
        ToolKind("Lemari pendingin bahan", 3_500_000, "Bahan sisa terbuang setiap sore"),
        ToolKind("Kompor dua tungku besar", 1_600_000, "Pesanan 50 kotak tidak sanggup sekaligus"),
    ),
    "C": (
        ToolKind("Mesin jahit kecepatan tinggi", 4_500_000, "Pesanan seragam antre 3 minggu"),
        ToolKind("Mesin obras", 3_600_000, "Obras dititipkan ke kota, 2 hari setiap pesanan"),
    ),
    "D": (
        ToolKind("Genset 1.000 watt", 3_300_000, "Kerja berhenti setiap listrik padam"),
        ToolKind("Komputer jinjing", 4_200_000, "Pesanan dan nota ditulis tangan, sering hilang"),
    ),
    "E": (
        ToolKind("Etalase kaca", 1_900_000, "Barang di lantai rusak dan tidak terlihat"),
        ToolKind("Alat kasir sederhana", 2_800_000, "Antrean panjang, uang kembali sering salah"),
    ),
    "F": (
        ToolKind("Mesin pencacah pakan", 5_200_000, "Mencacah rumput 2 jam setiap pagi"),
        ToolKind("Pompa air", 2_100_000, "Menyiram dengan ember, setengah lahan kering"),
    ),
}
OLD_TOOLS = tuple(kind for kinds in TOOLS.values() for kind in kinds)
# What was found at each gate, and how anybody can see it.
FINDINGS_AT_GATES = {
    "hambatan": ("Satu langkah kerja menahan pesanan", "Catatan kerja seminggu"),
    "permintaan": ("Dua pembeli tetap minta lebih banyak", "Catatan pesanan"),
    "tempat": ("Listrik 900 VA dan ruang cukup, pemilik menjalankan sendiri", "Foto ruang"),
    "biaya": ("Biaya jalan lebih kecil dari hematnya, servis ada di kabupaten", "Hitungan biaya"),
    "pilihan_lain": ("Alat bersama sudah ditanya, antre dua minggu", "Catatan kunjungan"),
    "sumbangan": ("Pemilik menyiapkan meja dan stopkontak", "Foto tempat"),
    "kesediaan": ("Setuju alat menganggur dipindahkan", "Surat pernyataan pemilik"),
}
REFUSALS = ("Listrik di tempat usaha belum cukup", "Anggaran tahun ini sudah habis")
CANCELS = ("Pemilik membeli alat sendiri", "Pemilik memilih menyewa")
