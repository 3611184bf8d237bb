"""The nine output indicators of the programme (domain reference, chapter 7)."""

from __future__ import annotations

from app.programme.rules.items import BETWEEN, FULL, OUTPUT, OUTSIDE, PART, TODAY, Asked, Item

_ALL = "usaha"
_OUTSIDE = "Tidak ada data tentang ini dalam pendampingan usaha."

COORDINATION = (
    Asked(label="Usaha yang dirujuk ke kantor lain", fact="dirujuk", out_of=_ALL, when=BETWEEN),
    Asked(
        label="Usaha yang rujukannya dijawab",
        fact="dirujuk_dijawab",
        out_of="dirujuk",
        when=BETWEEN,
    ),
    Asked(label="Usaha yang terapinya bermitra", fact="bermitra", out_of=_ALL, when=TODAY),
    Asked(
        label="Usaha yang dibiayai dari dua sumber dana atau lebih",
        fact="dana_bersama",
        out_of=_ALL,
        when=TODAY,
    ),
    Asked(label="Kantor dan lembaga pelaksana terapi", fact="pelaksana_lembaga", when=TODAY),
)

OUTPUTS = (
    Item(
        key="keluaran-1",
        group=OUTPUT,
        number=1,
        name="Sarana informasi dan layanan di balai desa",
        coverage=OUTSIDE,
        how=_OUTSIDE,
    ),
    Item(
        key="keluaran-2",
        group=OUTPUT,
        number=2,
        name="Pemberdayaan: pelatihan, pendampingan, bantuan alat, pemasaran",
        coverage=FULL,
        how="Usaha yang didampingi dan, dalam masa ini, dikunjungi dan bertemu, ikut pelatihan, "
        "menyelesaikan terapi, atau menerima alat. Pemakaian alat menurut cek terakhir hari ini.",
        lines=(
            Asked(label="Usaha yang dikunjungi", fact="dikunjungi", out_of=_ALL, when=BETWEEN),
            Asked(label="Kunjungan yang bertemu", fact="kunjungan", when=BETWEEN),
            Asked(label="Usaha yang ikut pelatihan", fact="berlatih", out_of=_ALL, when=BETWEEN),
            Asked(
                label="Usaha yang menerapkan hasil pelatihan",
                fact="praktik_diterapkan",
                out_of="praktik_dilihat",
                when=BETWEEN,
            ),
            Asked(
                label="Usaha dengan terapi yang selesai",
                fact="terapi_selesai",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(label="Terapi yang selesai", fact="terapi_selesai_banyak", when=BETWEEN),
            Asked(
                label="Usaha dengan terapi pemasaran atau kemasan yang selesai",
                fact="terapi_pasar",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(label="Usaha yang menerima alat", fact="alat_masa", out_of=_ALL, when=BETWEEN),
            Asked(
                label="Usaha yang alatnya dipakai 9 hari sebulan atau lebih",
                fact="alat_dipakai",
                out_of="alat_dipegang",
                when=TODAY,
            ),
        ),
        asks_office=False,
    ),
    Item(
        key="keluaran-3",
        group=OUTPUT,
        number=3,
        name="Sarana pelatihan dan LPKS",
        coverage=PART,
        how="Penyelenggara pelatihan yang diikuti usaha di wilayah ini dalam masa ini.",
        missing="Gedung, alat latih, dan izin LPKS tidak tercatat di sini.",
        lines=(
            Asked(label="Penyelenggara pelatihan", fact="penyelenggara", when=BETWEEN),
            Asked(label="Pelatihan yang diikuti", fact="pelatihan", when=BETWEEN),
        ),
    ),
    Item(
        key="keluaran-4",
        group=OUTPUT,
        number=4,
        name="Rumah belajar",
        coverage=OUTSIDE,
        how=_OUTSIDE,
    ),
    Item(
        key="keluaran-5",
        group=OUTPUT,
        number=5,
        name="Koperasi terbentuk dan berkembang",
        coverage=FULL,
        how="Usaha dengan terapi membentuk kelompok atau koperasi, usaha yang dirujuk ke koperasi "
        "dalam masa ini, dan akun petugas koperasi yang berlaku hari ini.",
        missing="Koperasinya sendiri belum dicatat di sini: tahap pembentukan, anggota, dan "
        "kesehatannya. Tulis angka kantor sampai bagian koperasi tersedia.",
        lines=(
            Asked(
                label="Usaha yang sedang membentuk kelompok atau koperasi",
                fact="kelompok_berjalan",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(
                label="Usaha yang terapi kelompok atau koperasinya selesai",
                fact="kelompok_selesai",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(
                label="Usaha yang dirujuk ke koperasi",
                fact="dirujuk_koperasi",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(label="Akun petugas koperasi", fact="akun_petugas_koperasi", when=TODAY),
        ),
    ),
    Item(
        key="keluaran-6",
        group=OUTPUT,
        number=6,
        name="Koordinasi pemangku kepentingan",
        coverage=PART,
        how="Rujukan dalam masa ini, dan terapi yang disetujui, berjalan, atau selesai: mitranya, "
        "sumber dananya, dan pelaksananya.",
        missing="Rapat, nota kesepahaman, dan rencana bersama tidak tercatat di sini.",
        lines=COORDINATION,
    ),
    Item(
        key="keluaran-7",
        group=OUTPUT,
        number=7,
        name="Pemahaman prosedur migrasi",
        coverage=OUTSIDE,
        how=_OUTSIDE,
    ),
    Item(
        key="keluaran-8",
        group=OUTPUT,
        number=8,
        name="Usaha produktif tumbuh",
        coverage=FULL,
        how="Usaha yang sama dibandingkan pada awal dan akhir masa: masih didampingi atau "
        "berhenti, pindah kelas kesehatan (hanya yang penilaiannya berlaku pada kedua tanggal), "
        "dan arah penjualan menurut penilaian terakhir.",
        lines=(
            Asked(label="Usaha baru dalam masa ini", fact="usaha_baru", out_of=_ALL, when=BETWEEN),
            Asked(
                label="Usaha yang bertahan dari awal sampai akhir",
                fact="usaha_bertahan",
                out_of="usaha_awal",
                when=BETWEEN,
            ),
            Asked(
                label="Usaha yang berhenti",
                fact="usaha_berhenti",
                out_of="usaha_awal",
                when=BETWEEN,
            ),
            Asked(
                label="Kelasnya membaik",
                fact="kelas_membaik",
                out_of="kelas_dua_kali",
                when=BETWEEN,
            ),
            Asked(
                label="Kelasnya memburuk",
                fact="kelas_memburuk",
                out_of="kelas_dua_kali",
                when=BETWEEN,
            ),
            Asked(
                label="Penjualannya naik lebih dari 10%",
                fact="penjualan-akhir",
                out_of="penjualan-terjawab",
            ),
        ),
        asks_office=False,
    ),
    Item(
        key="keluaran-9",
        group=OUTPUT,
        number=9,
        name="Pengasuhan anak",
        coverage=OUTSIDE,
        how=_OUTSIDE,
    ),
)
