"""The eleven outcome and four benefit indicators of the programme (domain, chapter 7)."""

from __future__ import annotations

from app.programme.rules.items import (
    AT_START,
    BENEFIT,
    BETWEEN,
    FULL,
    MONEY,
    OUTCOME,
    OUTSIDE,
    PART,
    TODAY,
    Asked,
    Item,
)
from app.programme.rules.outputs import COORDINATION

_ALL = "usaha"
_OUTSIDE = "Tidak ada data tentang ini dalam pendampingan usaha."


def _compared(fact: str, what: str) -> tuple[Asked, ...]:
    """All that were asked, and those that were asked again in the period, on both days."""
    return (
        Asked(label=f"{what}, semua yang dinilai", fact=f"{fact}-akhir", out_of=f"{fact}-terjawab"),
        Asked(
            label=f"{what}, usaha yang sama: awal",
            fact=f"{fact}-sama_awal",
            out_of=f"{fact}-sama",
            when=AT_START,
        ),
        Asked(
            label=f"{what}, usaha yang sama: akhir",
            fact=f"{fact}-sama_akhir",
            out_of=f"{fact}-sama",
        ),
    )


_SAME = (
    " “Usaha yang sama” adalah usaha yang dinilai sebelum masa ini dan dinilai lagi di dalamnya; "
    "yang dipakai penilaian terakhir sampai tiap tanggal."
)


def _outside(number: int, name: str, group: str = OUTCOME) -> Item:
    return Item(
        key=f"{group}-{number}",
        group=group,
        number=number,
        name=name,
        coverage=OUTSIDE,
        how=_OUTSIDE,
    )


OUTCOMES = (
    _outside(1, "Penempatan non-prosedural turun"),
    Item(
        key="hasil-2",
        group=OUTCOME,
        number=2,
        name="Wirausaha produktif naik",
        coverage=FULL,
        how="Usaha yang terdaftar dan tidak tutup, tidak ditinggal berangkat lagi, dan tidak "
        "menolak didata, pada awal dan akhir masa.",
        lines=(
            Asked(label="Usaha didampingi pada awal", fact="usaha_awal", when=AT_START),
            Asked(label="Usaha didampingi pada akhir", fact=_ALL),
            Asked(label="Di antaranya ada pada kedua tanggal", fact="usaha_bertahan", out_of=_ALL),
            Asked(
                label="Di antaranya mulai berusaha dalam masa ini", fact="usaha_mulai", out_of=_ALL
            ),
        ),
        asks_office=False,
    ),
    _outside(3, "Kontrol sosial terhadap anak"),
    _outside(4, "Kesadaran orang tua"),
    Item(
        key="hasil-5",
        group=OUTCOME,
        number=5,
        name="Perilaku hidup bersih dan sehat",
        coverage=PART,
        how="Usaha pangan yang memenuhi 4 atau 5 butir kebersihan." + _SAME,
        missing="Perilaku di rumah tangga dan di luar usaha pangan tidak tercatat di sini.",
        lines=_compared("bersih", "Memenuhi 4 atau 5 butir kebersihan"),
    ),
    Item(
        key="hasil-6",
        group=OUTCOME,
        number=6,
        name="Kesadaran pengelolaan keuangan",
        coverage=FULL,
        how="Usaha yang mencatat lebih dari separuh hari bukanya di buku kas, dan juga memisahkan "
        "uang usaha dari uang rumah tangga." + _SAME,
        lines=_compared("keuangan", "Mencatat dan memisahkan uang"),
        asks_office=False,
    ),
    Item(
        key="hasil-7",
        group=OUTCOME,
        number=7,
        name="Permodalan naik",
        coverage=PART,
        how="Dana darurat paling sedikit 2 minggu pengeluaran, dan pinjaman utama yang bukan dari "
        "rentenir, pinjaman daring, atau tengkulak (atau tanpa pinjaman); terapi modal dan "
        "tabungan yang selesai; modal sendiri yang tercatat." + _SAME,
        missing="Saldo tabungan dan sisa pinjaman belum dicatat di sini.",
        lines=(
            *_compared("darurat", "Punya dana darurat"),
            *_compared("pinjaman", "Pinjamannya dari sumber yang aman"),
            Asked(
                label="Usaha yang terapi modal kerja atau tabungannya selesai",
                fact="terapi_modal",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(label="Usaha yang modalnya tercatat", fact="bermodal", out_of=_ALL, when=TODAY),
            Asked(label="Modal sendiri tercatat", fact="modal", when=TODAY, unit=MONEY),
        ),
    ),
    Item(
        key="hasil-8",
        group=OUTCOME,
        number=8,
        name="Pemanfaat koperasi naik",
        coverage=FULL,
        how="Usaha yang terapi koperasi atau lembaga keuangannya sedang berjalan atau selesai, "
        "dan usaha yang rujukannya diterima koperasi dalam masa ini.",
        missing="Anggota, peminjam, dan besar pinjaman koperasi belum dicatat di sini. Tulis "
        "angka kantor sampai bagian koperasi tersedia.",
        lines=(
            Asked(
                label="Usaha dengan terapi koperasi yang berjalan",
                fact="koperasi_berjalan",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(
                label="Usaha dengan terapi koperasi yang selesai",
                fact="koperasi_selesai",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(
                label="Usaha yang utangnya dialihkan atau diringankan",
                fact="utang_ringan",
                out_of=_ALL,
                when=BETWEEN,
            ),
            Asked(
                label="Usaha yang rujukannya diterima koperasi",
                fact="koperasi_menerima",
                out_of="dirujuk_koperasi",
                when=BETWEEN,
            ),
        ),
    ),
    Item(
        key="hasil-9",
        group=OUTCOME,
        number=9,
        name="Koordinasi naik",
        coverage=PART,
        how="Dihitung seperti Keluaran 6: rujukan, mitra, sumber dana, dan pelaksana.",
        missing="Rapat, nota kesepahaman, dan rencana bersama tidak tercatat di sini.",
        lines=COORDINATION,
    ),
    _outside(10, "Anak PMI bersekolah"),
    Item(
        key="hasil-11",
        group=OUTCOME,
        number=11,
        name="Tenaga terampil",
        coverage=PART,
        how="Usaha yang ikut pelatihan dalam masa ini, dan usaha yang menerapkan pelatihan dalam "
        "24 bulan terakhir menurut penilaiannya." + _SAME,
        missing="Pelatihan tiap orang, sertifikat, dan warga tanpa usaha tidak tercatat di sini.",
        lines=(
            Asked(label="Usaha yang ikut pelatihan", fact="berlatih", out_of=_ALL, when=BETWEEN),
            *_compared("terampil", "Menerapkan pelatihan"),
        ),
    ),
)

BENEFITS = (
    _outside(1, "Masalah penempatan dan perdagangan orang turun", BENEFIT),
    Item(
        key="manfaat-2",
        group=BENEFIT,
        number=2,
        name="Pendapatan dan daya beli naik",
        coverage=PART,
        how="Usaha yang menyisakan 10% atau lebih dari penjualan sesudah semua biaya (perdagangan: "
        "3% atau lebih), dan usaha yang golongan sisa penjualannya naik atau turun." + _SAME,
        missing="Sisa usaha dalam rupiah belum dicatat di sini, jadi nilai tengahnya belum dapat "
        "dihitung.",
        lines=(
            *_compared("sisa", "Ada sisa penjualan yang cukup"),
            Asked(
                label="Sisa penjualannya naik golongan",
                fact="sisa_naik",
                out_of="sisa-sama",
                when=BETWEEN,
            ),
            Asked(
                label="Sisa penjualannya turun golongan",
                fact="sisa_turun",
                out_of="sisa-sama",
                when=BETWEEN,
            ),
        ),
    ),
    _outside(3, "Ketahanan keluarga dan hak anak", BENEFIT),
    Item(
        key="manfaat-4",
        group=BENEFIT,
        number=4,
        name="Kesempatan kerja di desa naik",
        coverage=FULL,
        how="Orang yang bekerja di usaha yang didampingi menurut catatan hari ini, dibayar dan "
        "keluarga, perempuan dan laki-laki; di antaranya yang dibawa oleh usaha baru dalam masa "
        "ini. Perubahan jumlah orang di usaha lama tidak dihitung.",
        lines=(
            Asked(
                label="Usaha yang pekerjanya tercatat",
                fact="pekerja_tercatat",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(
                label="Usaha yang punya pekerja dibayar",
                fact="berpekerja_dibayar",
                out_of=_ALL,
                when=TODAY,
            ),
            Asked(
                label="Pekerja dibayar, perempuan",
                fact="dibayar_perempuan",
                out_of="pekerja",
                when=TODAY,
            ),
            Asked(
                label="Pekerja dibayar, laki-laki",
                fact="dibayar_laki",
                out_of="pekerja",
                when=TODAY,
            ),
            Asked(
                label="Keluarga yang membantu, perempuan",
                fact="keluarga_perempuan",
                out_of="pekerja",
                when=TODAY,
            ),
            Asked(
                label="Keluarga yang membantu, laki-laki",
                fact="keluarga_laki",
                out_of="pekerja",
                when=TODAY,
            ),
            Asked(
                label="Orang yang bekerja di usaha baru",
                fact="pekerja_baru",
                out_of="pekerja",
                when=BETWEEN,
            ),
        ),
        asks_office=False,
    ),
)
