"""Which permit and which halal scheme fits a product, and why.

Source: domain reference 4.2, "What SPP-IRT may cover" and "Halal self-declare criteria".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.money import format_rupiah
from app.market.rules import products as p

SPP_IRT, MD, HYGIENE = "spp_irt", "md", "laik_higiene"
SELF_DECLARED, REGULAR = "halal_sd", "halal_reguler"
# Beside the tracks: nothing is asked, the record says too little, or a label instead of a
# certificate.
NONE, UNKNOWN, NOT_HALAL = "tidak_perlu", "belum_tahu", "keterangan_tidak_halal"
SCHEME_WORDS = {
    SPP_IRT: "SPP-IRT",
    MD: "Izin edar BPOM MD",
    HYGIENE: "Laik higiene",
    SELF_DECLARED: "Halal pernyataan pelaku usaha",
    REGULAR: "Halal reguler",
    NONE: "Tidak perlu",
    UNKNOWN: "Belum dapat ditentukan",
    NOT_HALAL: "Keterangan tidak halal di kemasan",
}

SHELF_LIFE = "spp_irt_simpan_lebih_dari_hari"
MOST_SALES = "halal_sd_omzet_paling_banyak"
MOST_PLACES = "halal_sd_tempat_produksi_paling_banyak"
MOST_OUTLETS = "halal_sd_gerai_paling_banyak"
MOST_KEEPING = "halal_sd_pengawetan_paling_banyak"
SCHEME_RULES = (SHELF_LIFE, MOST_SALES, MOST_PLACES, MOST_OUTLETS, MOST_KEEPING)

# Powders, coffee and tea are dry food though one drinks them.
_DRY_DRINKS = frozenset({"10", "13"})
_SMALL = frozenset({"mikro", "kecil"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTold:
    """What the rules ask of a product and its enterprise; None is not known."""

    kind: str
    food_type: str | None = None
    flags: Collection[str] = ()
    processes: Collection[str] = ()
    shelf_life_days: int | None = None
    storage: str | None = None
    declared_non_halal: bool = False
    yearly_sales: int | None = None
    size_class: str | None = None
    production_places: int | None = None
    outlets: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What fits, why, and what a person must still look at before."""

    code: str
    reasons: tuple[str, ...]
    to_check: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The scheme in words."""
        return SCHEME_WORDS[self.code]


def permit_scheme(told: ProductTold, limits: Mapping[str, Any]) -> Scheme:
    """The permit under which a product may be sold; `limits` are the dated rules in force."""
    if told.kind not in p.FOOD_KINDS:
        return Scheme(code=NONE, reasons=("Bukan pangan.",))
    if told.kind == p.SERVED_FOOD:
        return Scheme(code=HYGIENE, reasons=("Makanan siap saji memakai laik higiene.",))
    never = tuple(_never_household(told))
    if never and _is_frozen_or_special(told):
        return Scheme(code=MD, reasons=never)
    days = limits[SHELF_LIFE]
    if told.shelf_life_days is not None and told.shelf_life_days <= days:
        return Scheme(
            code=HYGIENE,
            reasons=(f"Masa simpan {told.shelf_life_days} hari, tidak lebih dari {days} hari.",),
        )
    if never:
        return Scheme(code=MD, reasons=never)
    if told.shelf_life_days is None:
        return Scheme(code=UNKNOWN, reasons=("Isi masa simpan produk ini.",))
    return _household(told, days)


def halal_scheme(told: ProductTold, limits: Mapping[str, Any]) -> Scheme:
    """The way to a halal certificate; `limits` are the dated rules in force."""
    if told.kind not in p.FOOD_KINDS:
        return Scheme(code=NONE, reasons=("Bukan makanan, minuman, atau hasil sembelihan.",))
    if told.declared_non_halal or p.FORBIDDEN in told.flags:
        why = "Dinyatakan tidak halal." if told.declared_non_halal else "Memakai babi atau alkohol."
        return Scheme(code=NOT_HALAL, reasons=(why, "Kemasan wajib memuat “tidak halal”."))
    beyond = tuple(_beyond_declaring(told, limits))
    if beyond:
        return Scheme(code=REGULAR, reasons=beyond)
    return Scheme(
        code=SELF_DECLARED,
        reasons=("Tidak ada yang melewati batas pernyataan pelaku usaha.",),
        to_check=tuple(_to_check(told, limits)),
    )


def _is_frozen_or_special(told: ProductTold) -> bool:
    return _is_frozen(told) or p.SPECIAL_DIET in told.flags


def _is_frozen(told: ProductTold) -> bool:
    return told.kind == p.FROZEN_FOOD or told.storage == "beku" or p.FROZEN in told.processes


_NEVER = {
    p.STERILISED: "Pangan steril komersial tidak boleh memakai SPP-IRT.",
    p.PASTEURISED: "Pangan yang dipasteurisasi tidak boleh memakai SPP-IRT.",
    p.FACTORY: "SPP-IRT hanya untuk alat manual sampai semi otomatis.",
    p.OUTSIDE_HOME: "SPP-IRT hanya untuk produksi di rumah tempat tinggal.",
}


def _never_household(told: ProductTold) -> Iterator[str]:
    """Why a product may never carry a P-IRT number, however long it keeps."""
    if _is_frozen(told):
        yield "Pangan beku tidak boleh memakai SPP-IRT."
    if p.SPECIAL_DIET in told.flags:
        yield "Pangan untuk bayi, ibu hamil, atau diet khusus tidak boleh memakai SPP-IRT."
    yield from (reason for process, reason in _NEVER.items() if process in told.processes)
    if told.kind == p.DRINK and told.food_type not in _DRY_DRINKS:
        yield "Minuman cair yang tahan lama tidak boleh memakai SPP-IRT."
    if told.storage == "dingin":
        yield "SPP-IRT hanya untuk pangan yang tahan di suhu ruang."


def _household(told: ProductTold, days: int) -> Scheme:
    reasons = (f"Pangan kering, tahan lebih dari {days} hari di suhu ruang, dibuat di rumah.",)
    to_check = ["Bukan perseroan terbatas (PT)", "Kemasan tanpa pernyataan khasiat"]
    if told.food_type is None:
        to_check.insert(0, "Jenis pangan ada di daftar BPOM; isi jenis pangan produk ini")
    return Scheme(code=SPP_IRT, reasons=reasons, to_check=tuple(to_check))


def _beyond_declaring(told: ProductTold, limits: Mapping[str, Any]) -> Iterator[str]:
    """Why the owner's own declaration is not enough."""
    if told.size_class is not None and told.size_class not in _SMALL:
        yield "Bukan usaha mikro atau kecil."
    keeping = sum(code in p.KEEPING for code in set(told.processes))
    counted: tuple[tuple[int | None, str, str], ...] = (
        (told.production_places, MOST_PLACES, "Tempat produksi lebih dari"),
        (told.outlets, MOST_OUTLETS, "Gerai lebih dari"),
        (keeping, MOST_KEEPING, "Cara pengawetan lebih dari"),
    )
    if (told.yearly_sales or 0) > limits[MOST_SALES]:
        yield f"Penjualan setahun lebih dari {format_rupiah(limits[MOST_SALES])}."
    for count, rule, words in counted:
        if (count or 0) > limits[rule]:
            yield f"{words} {limits[rule]}."
    if p.FACTORY in told.processes:
        yield "Dibuat dengan mesin pabrik otomatis."
    yield from _doubtful_meat(told)


def _doubtful_meat(told: ProductTold) -> Iterator[str]:
    if p.SLAUGHTERED_HALAL in told.flags:
        return
    if p.SLAUGHTERED in told.flags:
        yield "Daging sembelihan belum dari pemotong bersertifikat halal."
    if p.ANIMAL_FAT in told.flags:
        yield "Lemak atau gelatin hewan perlu diperiksa lembaga pemeriksa halal."


def _to_check(told: ProductTold, limits: Mapping[str, Any]) -> Iterator[str]:
    if told.yearly_sales is None:
        yield f"Penjualan setahun paling banyak {format_rupiah(limits[MOST_SALES])}"
    if told.production_places is None or told.outlets is None:
        yield (
            f"Paling banyak {limits[MOST_PLACES]} tempat produksi dan {limits[MOST_OUTLETS]} gerai"
        )
    yield "Jenis produknya ada di daftar BPJPH"
    yield "Semua bahan pasti halal dan tidak berbahaya"
    yield "Tempat dan alat tidak tersentuh bahan tidak halal"
    yield "Pemilik bersedia diperiksa pendamping halal dan mengucapkan ikrar"
