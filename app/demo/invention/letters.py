"""What offices and owners of the demo write to each other, and figures from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

ASKED = (
    "Mohon jadwal dan syaratnya, pemilik siap datang.",
    "Mohon didampingi sampai selesai, berkasnya sudah lengkap.",
    "Mohon dilihat di tempat usaha bila sedang ke desa ini.",
)
GUESTS = ("Rina Wulandari", "Agus Prasetyo", "Dewi Lestari", "Bambang Susilo")
DECLINED_BECAUSE = (
    "Kuota tahun ini sudah habis, mohon diajukan lagi tahun depan.",
    "Usahanya di luar sasaran program kami.",
    "Pelatihannya baru dibuka semester depan.",
)
OBJECTIONS = (
    "Cicilan sudah lunas bulan lalu, tetapi masih dihitung menunggak.",
    "Waktu ditanya sedang sepi karena musim hujan, biasanya lebih ramai.",
    "Buku kas ada, hanya dipegang anak saat pendamping datang.",
    "Izin rumah tangga pangan sudah terbit, belum sempat ditunjukkan.",
)
# By the outcome of an objection.
ANSWERS = {
    "diterima": "Bukti sudah dilihat. Usaha ini dinilai lagi pada kunjungan berikutnya.",
    "diterima_sebagian": "Sebagian jawaban diperbaiki pada penilaian berikutnya, lainnya tetap.",
    "ditolak": "Jawaban sesuai dengan catatan pada hari penilaian, jadi hasilnya tetap.",
}
CHECKED_BY = ("KTP dilihat di kantor", "Nomor HP yang tercatat dihubungi", "Dikenal pendamping")
# By the kind of a request.
REQUEST_ANSWERS = {
    "salinan": "Salinan dicetak dan diserahkan kepada pemilik.",
    "perbaikan": "Data diperbaiki menurut KTP yang ditunjukkan.",
    "penghapusan": "Masih menerima bantuan alat, jadi datanya wajib disimpan sampai selesai.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A figure that an office knows from elsewhere: least and most, and how much the whole is
    beyond the part where there is a whole."""

    item: str
    unit: str
    source: str
    between: tuple[int, int]
    beyond: tuple[int, int] | None = None


FIGURES = (
    Typed(
        item="hasil-10",
        unit="anak",
        source="Dinas Pendidikan, data pokok pendidikan",
        between=(180, 900),
        beyond=(3, 60),
    ),
    Typed(
        item="keluaran-7",
        unit="orang",
        source="Daftar hadir sosialisasi di balai desa",
        between=(60, 400),
    ),
    Typed(item="keluaran-4", unit="rumah belajar", source="Laporan desa", between=(1, 6)),
    Typed(item="manfaat-1", unit="kasus", source="BP3MI, pengaduan tahun ini", between=(0, 9)),
)
