"""Twenty made-up products and the schemes that an expert would choose."""

from __future__ import annotations

from typing import Any

import pytest

from app.market.rules.dated_rules import rule_kinds
from app.market.rules.schemes import ProductTold, halal_scheme, permit_scheme
from app.market.rules.tracks import tracks

LIMITS = {code: kind.first for code, kind in rule_kinds().items()}
DRY = {"kind": "pangan_kering", "shelf_life_days": 90, "storage": "ruang", "food_type": "15"}
FRIED = ("pengeringan",)
MEAT, HALAL_MEAT = ("hewani",), ("hewani", "hewani_halal")

# Product, what is said of it, permit, halal, words that a reason must hold.
PRODUCTS: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("keripik tempe", {**DRY, "processes": FRIED}, "spp_irt", "halal_sd", "kering"),
    ("kue basah 3 hari", {**DRY, "shelf_life_days": 3}, "laik_higiene", "halal_sd", "3 hari"),
    ("roti 7 hari", {**DRY, "shelf_life_days": 7}, "laik_higiene", "halal_sd", "7 hari"),
    ("roti 8 hari", {**DRY, "shelf_life_days": 8}, "spp_irt", "halal_sd", "kering"),
    (
        "nugget beku",
        {"kind": "pangan_beku", "shelf_life_days": 180, "flags": HALAL_MEAT},
        "md",
        "halal_sd",
        "beku",
    ),
    (
        "siomay beku 5 hari",
        {**DRY, "shelf_life_days": 5, "storage": "beku", "processes": ("pembekuan",)},
        "md",
        "halal_sd",
        "beku",
    ),
    ("nasi kotak", {"kind": "pangan_siap_saji"}, "laik_higiene", "halal_sd", "siap saji"),
    (
        "ayam bakar dari jagal biasa",
        {"kind": "pangan_siap_saji", "flags": MEAT},
        "laik_higiene",
        "halal_reguler",
        "siap saji",
    ),
    (
        "rendang kaleng",
        {**DRY, "processes": ("steril_komersial",), "flags": HALAL_MEAT},
        "md",
        "halal_sd",
        "steril",
    ),
    (
        "susu pasteurisasi",
        {"kind": "minuman", "shelf_life_days": 14, "processes": ("pasteurisasi",)},
        "md",
        "halal_sd",
        "pasteurisasi",
    ),
    (
        "jamu segar 2 hari",
        {"kind": "minuman", "shelf_life_days": 2, "storage": "dingin"},
        "laik_higiene",
        "halal_sd",
        "2 hari",
    ),
    (
        "sirup botol",
        {"kind": "minuman", "shelf_life_days": 200, "storage": "ruang"},
        "md",
        "halal_sd",
        "Minuman cair",
    ),
    (
        "kopi bubuk",
        {"kind": "minuman", "food_type": "10", "shelf_life_days": 365, "storage": "ruang"},
        "spp_irt",
        "halal_sd",
        "kering",
    ),
    (
        "bubur bayi kering",
        {**DRY, "flags": ("diet_khusus",)},
        "md",
        "halal_sd",
        "bayi",
    ),
    (
        "abon, jagal tanpa sertifikat",
        {**DRY, "food_type": "01", "flags": MEAT},
        "spp_irt",
        "halal_reguler",
        "kering",
    ),
    (
        "dendeng babi",
        {**DRY, "food_type": "01", "flags": ("hewani", "babi_atau_alkohol")},
        "spp_irt",
        "keterangan_tidak_halal",
        "kering",
    ),
    (
        "keripik dari pabrik",
        {**DRY, "processes": ("mesin_pabrik", "bukan_rumah")},
        "md",
        "halal_reguler",
        "semi otomatis",
    ),
    (
        "ikan asap asin, dua cara awet",
        {**DRY, "food_type": "02", "processes": ("penggaraman", "pengasapan")},
        "spp_irt",
        "halal_reguler",
        "kering",
    ),
    (
        "keripik dengan omzet 16 miliar",
        {**DRY, "processes": FRIED, "yearly_sales": 16_000_000_000},
        "spp_irt",
        "halal_reguler",
        "kering",
    ),
    ("tas anyaman", {"kind": "non_pangan"}, "tidak_perlu", "tidak_perlu", "Bukan pangan"),
]


@pytest.mark.parametrize(
    ("told", "permit", "halal", "why"),
    [one[1:] for one in PRODUCTS],
    ids=[one[0] for one in PRODUCTS],
)
def test_the_scheme_is_the_experts(told: dict[str, Any], permit: str, halal: str, why: str) -> None:
    product = ProductTold(**told)

    chosen = permit_scheme(product, LIMITS)

    assert (chosen.code, halal_scheme(product, LIMITS).code) == (permit, halal)
    assert why in " ".join(chosen.reasons)
    assert halal_scheme(product, LIMITS).reasons


@pytest.mark.parametrize("days", [1, 7, 8, 400, None])
@pytest.mark.parametrize("food_type", [None, "01", "15"])
def test_frozen_food_never_gets_a_household_permit(days: int | None, food_type: str | None) -> None:
    for frozen in (
        {"kind": "pangan_beku"},
        {"kind": "pangan_kering", "storage": "beku"},
        {"kind": "minuman", "processes": ("pembekuan",)},
    ):
        told: dict[str, Any] = {**frozen, "shelf_life_days": days, "food_type": food_type}

        assert permit_scheme(ProductTold(**told), LIMITS).code == "md"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"yearly_sales": 15_000_000_000}, "halal_sd"),
        ({"yearly_sales": 15_000_000_001}, "halal_reguler"),
        ({"production_places": 1, "outlets": 1}, "halal_sd"),
        ({"production_places": 2}, "halal_reguler"),
        ({"outlets": 2}, "halal_reguler"),
        ({"size_class": "menengah"}, "halal_reguler"),
        ({"size_class": "kecil"}, "halal_sd"),
        ({"flags": ("lemak_gelatin",)}, "halal_reguler"),
        ({"flags": ("lemak_gelatin", "hewani_halal")}, "halal_sd"),
        ({"declared_non_halal": True}, "keterangan_tidak_halal"),
    ],
)
def test_each_limit_of_declaring_counts_by_itself(change: dict[str, Any], code: str) -> None:
    assert halal_scheme(ProductTold(**{**DRY, **change}), LIMITS).code == code


def test_limits_are_those_of_the_rules_in_force() -> None:
    told = ProductTold(**{**DRY, "shelf_life_days": 8, "yearly_sales": 600_000_000})
    stricter = {
        **LIMITS,
        "spp_irt_simpan_lebih_dari_hari": 10,
        "halal_sd_omzet_paling_banyak": 500_000_000,
    }

    assert permit_scheme(told, stricter).code == "laik_higiene"
    assert halal_scheme(told, stricter).reasons == ("Penjualan setahun lebih dari Rp 500.000.000.",)


def test_what_is_not_known_is_asked_for_and_never_guessed() -> None:
    unknown = permit_scheme(ProductTold(kind="pangan_kering"), LIMITS)

    assert unknown.code == "belum_tahu"
    assert any("Penjualan" in one for one in halal_scheme(ProductTold(**DRY), LIMITS).to_check)
    assert {"spp_irt", "md", "laik_higiene", "halal_sd"} <= set(tracks())
