"""The ten identification activities of a Desmigratif village (domain reference, chapter 7)."""

from __future__ import annotations

from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    EDUCATION_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
)
from app.programme.rules.items import ACTIVITY, FULL, OUTSIDE, PART, TODAY, Asked, Item

# Years of age, the first and the last of each group; None is open.
AGES: dict[str, tuple[str, int | None, int | None]] = {
    "sampai_24": ("Sampai 24 tahun", None, 24),
    "25_34": ("25 sampai 34 tahun", 25, 34),
    "35_44": ("35 sampai 44 tahun", 35, 44),
    "45_54": ("45 sampai 54 tahun", 45, 54),
    "55_lebih": ("55 tahun atau lebih", 55, None),
}
UNKNOWN = "kosong"
_ALL = "usaha"


def _parts(prefix: str, labels: dict[str, str], unknown: str) -> tuple[Asked, ...]:
    known = [
        Asked(label=label, fact=f"{prefix}-{code}", out_of=_ALL) for code, label in labels.items()
    ]
    return (*known, Asked(label=unknown, fact=f"{prefix}-{UNKNOWN}", out_of=_ALL))


def _workers() -> tuple[Asked, ...]:
    return tuple(
        Asked(label=f"Orang yang bekerja: {label}", fact=f"pekerja-{code}", when=TODAY)
        for code, label in SECTOR_LABELS.items()
    )


ACTIVITIES = (
    Item(
        key="identifikasi-1",
        group=ACTIVITY,
        number=1,
        name="Karakter masyarakat",
        coverage=PART,
        how="Usaha yang didampingi menurut jenis kelamin, pendidikan, dan usia pemiliknya.",
        missing="Warga yang tidak punya usaha tidak tercatat di sini.",
        lines=(
            *_parts("kelamin", SEX_LABELS, "Jenis kelamin belum diisi"),
            *_parts("pendidikan", EDUCATION_LABELS, "Pendidikan belum diisi"),
            *_parts("usia", {key: one[0] for key, one in AGES.items()}, "Usia belum diketahui"),
        ),
    ),
    Item(
        key="identifikasi-2",
        group=ACTIVITY,
        number=2,
        name="Ketenagakerjaan menurut sektor",
        coverage=PART,
        how="Orang yang bekerja di usaha yang didampingi: pekerja dibayar dan keluarga.",
        missing="Pekerja di luar usaha yang didampingi tidak tercatat di sini.",
        lines=(
            Asked(label="Usaha yang pekerjanya tercatat", fact="pekerja_tercatat", out_of=_ALL),
            *_workers(),
            Asked(label="Orang yang bekerja: semua sektor", fact="pekerja", when=TODAY),
        ),
    ),
    Item(
        key="identifikasi-3",
        group=ACTIVITY,
        number=3,
        name="Calon PMI, PMI aktif, PMI purna, dan keluarga",
        coverage=PART,
        how="Usaha yang didampingi menurut hubungan pemiliknya dengan migrasi.",
        missing="PMI dan keluarga yang tidak punya usaha tidak tercatat di sini.",
        lines=_parts("hubungan", CATEGORY_LABELS, "Hubungan belum diisi"),
    ),
    Item(
        key="identifikasi-4",
        group=ACTIVITY,
        number=4,
        name="Sarana dan prasarana",
        coverage=PART,
        how="Alat bantuan yang sedang dipegang usaha di desa, menurut cek terakhirnya.",
        missing="Jalan, listrik, air, jaringan, dan gedung desa tidak tercatat di sini.",
        lines=(
            Asked(
                label="Usaha yang memegang alat bantuan",
                fact="alat_dipegang",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(
                label="Usaha yang alatnya dipakai 9 hari sebulan atau lebih",
                fact="alat_dipakai",
                out_of="alat_dipegang",
                when=TODAY,
            ),
            Asked(
                label="Usaha yang alatnya menganggur",
                fact="alat_menganggur",
                out_of="alat_dipegang",
                when=TODAY,
            ),
            Asked(label="Alat bantuan", fact="alat", when=TODAY),
            Asked(label="Nilai alat bantuan", fact="alat_nilai", when=TODAY, unit="rupiah"),
        ),
    ),
    Item(
        key="identifikasi-5",
        group=ACTIVITY,
        number=5,
        name="Potensi desa",
        coverage=OUTSIDE,
        how="Bahan baku yang dipakai usaha belum dicatat, jadi potensi desa belum dapat dihitung.",
    ),
    Item(
        key="identifikasi-6",
        group=ACTIVITY,
        number=6,
        name="Produk unggulan",
        coverage=FULL,
        how="Usaha menurut sektor dan produknya; kemasan, saluran jual, dan kelancaran produksi "
        "menurut penilaian terakhir sampai tanggal itu.",
        missing="Nama bahan baku belum dicatat.",
        lines=(
            *_parts("sektor", SECTOR_LABELS, "Sektor belum ditentukan"),
            Asked(
                label="Kemasannya rapat dan bahannya sesuai",
                fact="kemasan-akhir",
                out_of="kemasan-terjawab",
            ),
            Asked(
                label="Saluran jual terbesarnya paling banyak 60% dari penjualan",
                fact="saluran-akhir",
                out_of="saluran-terjawab",
            ),
            Asked(
                label="Kehabisan stok paling banyak sekali dalam 3 bulan",
                fact="stok-akhir",
                out_of="stok-terjawab",
            ),
        ),
        named=(("produk", "Produk atau jasa"),),
        asks_office=False,
    ),
    Item(
        key="identifikasi-7",
        group=ACTIVITY,
        number=7,
        name="Pemangku kepentingan",
        coverage=PART,
        how="Pelaksana terapi yang disetujui, berjalan, atau selesai, dengan banyaknya usaha.",
        missing="Lembaga yang tidak melaksanakan terapi tidak tercatat di sini.",
        named=(("pelaksana", "Pelaksana terapi"),),
    ),
    Item(
        key="identifikasi-8",
        group=ACTIVITY,
        number=8,
        name="Mitra lokal",
        coverage=PART,
        how="Mitra yang disebut pada terapi yang disetujui, berjalan, atau selesai, dan kantor "
        "yang menerima rujukan, dengan banyaknya usaha.",
        missing="Toko dan koperasi yang tidak disebut pada terapi atau rujukan tidak tercatat.",
        named=(("mitra", "Mitra terapi"), ("kantor", "Kantor yang dirujuk")),
    ),
    Item(
        key="identifikasi-9",
        group=ACTIVITY,
        number=9,
        name="Petugas desa dan pengelola",
        coverage=PART,
        how="Pendamping usaha di desa hari ini, dan akun petugas yang berlaku hari ini.",
        missing="Pengurus pokja dan perangkat desa tanpa akun tidak tercatat di sini.",
        lines=(
            Asked(
                label="Usaha yang punya pendamping",
                fact="berpendamping",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(label="Pendamping", fact="pendamping", when=TODAY),
            Asked(label="Akun petugas desa", fact="akun_petugas_desa", when=TODAY),
            Asked(label="Akun petugas koperasi", fact="akun_petugas_koperasi", when=TODAY),
        ),
    ),
    Item(
        key="identifikasi-10",
        group=ACTIVITY,
        number=10,
        name="Isu dan permasalahan",
        coverage=PART,
        how="Sepuluh hal yang paling sering bernilai rendah (0 atau 1 dari 4) pada penilaian "
        "terakhir usaha sampai tanggal itu, dari semua usaha yang menjawabnya.",
        missing="Masalah di luar usaha, misalnya keluarga dan lingkungan, tidak tercatat di sini.",
    ),
)
