"""Whether a product is ready for the shelves of others: what shops, PLUT and fairs ask about.

A demand is met by what the record tells, or by what somebody found and said. Legal demands are all
needed; of the whole nine tenths make it ready, seven tenths nearly so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

READY, NEARLY, NOT_YET = "siap", "hampir", "belum"
VERDICTS: dict[str, str] = {READY: "Siap", NEARLY: "Hampir siap", NOT_YET: "Belum siap"}
_READY_FROM, _NEARLY_FROM = Fraction(9, 10), Fraction(7, 10)
LEGAL = "Legalitas"
GROUPS = (LEGAL, "Produk", "Kemasan", "Kapasitas", "Keuangan", "Cerita", "Layanan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that is asked for; `is_asked` when no record tells it, so that somebody must."""

    code: str
    group: str
    label: str
    advice: str
    is_asked: bool = False


def _told(code: str, group: str, label: str, advice: str) -> Demand:
    return Demand(code=code, group=group, label=label, advice=advice)


def _asked(code: str, group: str, label: str, advice: str) -> Demand:
    return Demand(code=code, group=group, label=label, advice=advice, is_asked=True)


DEMANDS: tuple[Demand, ...] = (
    _told("nib", LEGAL, "NIB", "Urus NIB di OSS, gratis."),
    _told("npwp", LEGAL, "NPWP", "Aktifkan NPWP pemilik, lalu catat di data usaha."),
    _told("izin", LEGAL, "Izin produk pangan berlaku", "Urus izinnya di bagian Izin."),
    _told("halal", LEGAL, "Sertifikat halal berlaku", "Urus sertifikat halal di bagian Izin."),
    _asked("merek_bebas", LEGAL, "Merek bukan milik orang lain", "Cek mereknya di PDKI."),
    _asked("rasa", "Produk", "Rasa atau mutu sudah dicoba orang lain", "Minta 10 orang mencoba."),
    _asked("mutu", "Produk", "Mutu sama setiap kali membuat", "Pakai takaran dan resep baku."),
    _asked("masa_simpan", "Produk", "Masa simpan sudah diuji", "Simpan contoh, catat kapan rusak."),
    _asked("harga", "Produk", "Harga bisa bersaing", "Bandingkan dengan tiga produk di toko."),
    _asked("rapat", "Kemasan", "Kemasan tertutup rapat", "Pakai alat penutup atau kemasan klip."),
    _told("label", "Kemasan", "Semua unsur label ada", "Lihat yang kurang di bagian Label."),
    _asked("kode_batang", "Kemasan", "Kode batang ada bila diminta", "Tanyakan ke pembeli dulu."),
    _asked("karton", "Kemasan", "Ada karton untuk pengiriman", "Siapkan karton dengan isi tetap."),
    _told("kapasitas", "Kapasitas", "Kesanggupan sebulan tercatat", "Isi di data produk."),
    _told("waktu", "Kapasitas", "Lama menyiapkan pesanan tercatat", "Isi di data produk."),
    _asked("stok", "Kapasitas", "Stok cukup untuk dua kali kirim", "Siapkan stok sebelum mulai."),
    _asked("rekening", "Keuangan", "Punya rekening", "Buka rekening atas nama pemilik."),
    _told("daftar_harga", "Keuangan", "Harga dan biaya sudah dihitung", "Hitung biaya dulu."),
    _told("titip_jual", "Keuangan", "Kanal sudah diuji, tidak merah", "Uji dulu di bagian Pasar."),
    _told("tahan", "Keuangan", "Tetap bisa produksi bila uang terlambat sebulan", "Siapkan modal."),
    _told("foto", "Cerita", "Ada foto produk", "Tambah foto di bagian Foto."),
    _told("cerita", "Cerita", "Ada cerita produk dan asal desa", "Isi cerita di data produk."),
    _told("setuju", "Cerita", "Pemilik setuju kisahnya dimuat", "Catat persetujuan publikasi."),
    _asked("jawab", "Layanan", "Pesan dijawab dalam sehari", "Tunjuk siapa yang menjawab."),
    _asked("retur", "Layanan", "Ada cara menerima barang kembali", "Sepakati dengan toko."),
)
ASKED = tuple(one for one in DEMANDS if one.is_asked)
_OF_FOOD = frozenset({"izin", "halal", "masa_simpan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLine:
    """A demand with whether it is met; None where nobody said yet."""

    demand: Demand
    is_met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How far a product is: what is met of what applies, and the verdict."""

    verdict: str
    met: int
    applicable: int
    lines: tuple[DemandLine, ...]

    @property
    def missing(self) -> tuple[DemandLine, ...]:
        """What is not met, legal demands first."""
        open_lines = [line for line in self.lines if not line.is_met]
        return tuple(sorted(open_lines, key=lambda line: GROUPS.index(line.demand.group)))

    @property
    def label(self) -> str:
        """The verdict in words."""
        return VERDICTS[self.verdict]


def applicable(*, is_food: bool, declared_non_halal: bool, needs_label: bool) -> tuple[Demand, ...]:
    """The demands that apply to a product."""
    left_out = set() if is_food else set(_OF_FOOD)
    left_out |= {"halal"} if declared_non_halal else set()
    left_out |= set() if needs_label else {"label"}
    return tuple(one for one in DEMANDS if one.code not in left_out)


def readiness(demands: Iterable[Demand], met: dict[str, bool | None]) -> Readiness:
    """How far a product is; what nobody said is not met.

    >>> everything = dict.fromkeys((one.code for one in DEMANDS), True)
    >>> readiness(DEMANDS, everything).verdict
    'siap'
    >>> readiness(DEMANDS, everything | {"nib": False}).verdict
    'hampir'
    """
    lines = tuple(DemandLine(demand=one, is_met=met.get(one.code)) for one in demands)
    count = sum(1 for line in lines if line.is_met)
    share = Fraction(count, len(lines)) if lines else Fraction(0)
    is_legal = all(line.is_met for line in lines if line.demand.group == LEGAL)
    verdict = NEARLY if share >= _NEARLY_FROM else NOT_YET
    if share >= _READY_FROM and is_legal:
        verdict = READY
    return Readiness(verdict=verdict, met=count, applicable=len(lines), lines=lines)
