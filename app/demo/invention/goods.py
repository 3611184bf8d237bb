"""What each product line is as a product: what is in it, how it keeps, what it costs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goods:
    """One product: `net` is grams, millilitres or pieces, `shelf_days` how long it keeps."""

    kind: str
    food_type: str | None
    ingredients: tuple[str, ...]
    net: int
    unit: str
    shelf_days: int | None
    price: int
    flags: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    storage: str = "ruang"


_DRY, _SERVED, _THING = "pangan_kering", "pangan_siap_saji", "non_pangan"
_FRIED = ("pengeringan",)
_ALLERGEN, _MEAT = ("alergen",), ("hewani", "hewani_halal")


def _dry(
    food_type: str,
    ingredients: str,
    net: int,
    shelf_days: int,
    price: int,
    flags: tuple[str, ...] = (),
    processes: tuple[str, ...] = _FRIED,
) -> Goods:
    names = tuple(ingredients.split(", "))
    return Goods(_DRY, food_type, names, net, "g", shelf_days, price, flags, processes)


def _served(ingredients: str, price: int, flags: tuple[str, ...] = ()) -> Goods:
    return Goods(_SERVED, None, tuple(ingredients.split(", ")), 1, "buah", 1, price, flags)


def _thing(materials: str, price: int) -> Goods:
    return Goods(_THING, None, tuple(materials.split(", ")), 1, "buah", None, price)


GOODS: dict[str, Goods] = {
    "Keripik singkong": _dry("15", "singkong, minyak goreng, garam, bawang putih", 200, 120, 12000),
    "Keripik tempe": _dry(
        "15", "tempe, tepung beras, minyak goreng, bawang putih, garam", 150, 120, 13000, _ALLERGEN
    ),
    "Keripik pisang": _dry("14", "pisang, minyak goreng, gula, garam", 200, 120, 14000),
    "Rengginang dan peyek": _dry(
        "06", "beras ketan, kacang tanah, minyak goreng, garam", 250, 90, 15000, _ALLERGEN
    ),
    "Kerupuk ikan": _dry("02", "tepung tapioka, ikan, garam, gula", 250, 180, 16000, _ALLERGEN),
    "Abon sapi dan ayam": _dry(
        "01", "daging, gula merah, bawang, ketumbar", 100, 180, 32000, _MEAT
    ),
    "Abon ikan": _dry("02", "ikan, gula merah, bawang, ketumbar", 100, 180, 27000, _ALLERGEN),
    "Gula semut dan gula kelapa": _dry("09", "nira kelapa", 500, 365, 18000, (), ("pemanisan",)),
    "Nopia dan mino": _dry("06", "tepung terigu, gula merah, minyak", 250, 60, 15000, _ALLERGEN),
    "Kue kering dan roti": _dry(
        "06", "tepung terigu, gula, mentega, telur", 300, 60, 28000, _ALLERGEN
    ),
    "Dodol dan jenang": _dry(
        "09", "tepung ketan, gula merah, santan", 300, 30, 22000, (), ("pemanisan",)
    ),
    "Kopi bubuk": _dry("10", "kopi", 150, 365, 20000),
    "Sambal kemasan dan bumbu": _dry(
        "11", "cabai, bawang merah, terasi, minyak, gula", 150, 90, 18000, _ALLERGEN
    ),
    "Jamu serbuk dan wedang": _dry("13", "jahe, gula aren, serai", 200, 365, 17000),
    "Tempe": _dry("15", "kedelai, ragi", 300, 3, 6000, _ALLERGEN, ("fermentasi",)),
    "Ikan asin": _dry("02", "ikan, garam", 250, 90, 20000, _ALLERGEN, ("penggaraman",)),
    "Manisan carica": _dry("14", "carica, gula, air", 250, 180, 15000, (), ("pemanisan",)),
    "Dodol rumput laut": _dry(
        "09", "rumput laut, gula, santan", 250, 90, 20000, (), ("pemanisan",)
    ),
    "Kacang mete": _dry("15", "mete, garam", 250, 180, 42000, _ALLERGEN),
    "Jagung titi dan emping jagung": _dry("15", "jagung, garam", 200, 90, 14000),
    "Se'i dan daging babi": _dry(
        "01", "daging babi, garam, lada", 200, 90, 45000, ("babi_atau_alkohol",), ("pengasapan",)
    ),
    "Nasi rames dan sayur matang": _served("beras, sayur, tempe, ayam", 12000, _MEAT),
    "Bakso dan mi ayam": _served("daging sapi, mi, sawi", 13000, _MEAT),
    "Gorengan dan jajanan pasar": _served("tepung, tahu, tempe, sayur", 1500),
    "Pecel dan gado-gado": _served("sayur, kacang tanah, cabai", 10000, _ALLERGEN),
    "Soto": _served("ayam, soun, tauge, beras", 13000, _MEAT),
    "Ayam goreng dan lalapan": _served("ayam, beras, cabai", 17000, _MEAT),
    "Es buah dan minuman": _served("buah, gula, susu", 8000, _ALLERGEN),
    "Katering hajatan": _served("beras, ayam, sayur", 25000, _MEAT),
    "Kopi dan roti bakar": _served("kopi, roti, mentega", 12000, _ALLERGEN),
    "Ayam taliwang": _served("ayam, cabai, beras", 25000, _MEAT),
    "Ikan bakar": _served("ikan, cabai, beras", 28000, _ALLERGEN),
    "Masakan babi": _served("daging babi, beras, sayur", 25000, ("babi_atau_alkohol",)),
    "Batik tulis dan cap": _thing("kain katun, malam, pewarna", 175000),
    "Anyaman bambu": _thing("bambu, tali", 45000),
    "Konveksi pakaian": _thing("kain, benang", 85000),
    "Kerajinan kayu": _thing("kayu, pelitur", 60000),
    "Sulaman dan bordir": _thing("kain, benang", 95000),
    "Sapu dan keset": _thing("sabut, bambu, tali", 18000),
    "Tenun ikat": _thing("benang, pewarna", 350000),
}
# Where such goods are sold: kind, name, share kept in permille, days until it pays, consignment.
OUTLETS: tuple[tuple[str, str, int, int, bool], ...] = (
    ("warung", "Warung {name}", 100, 7, True),
    ("toko_oleh_oleh", "Oleh-oleh {name}", 200, 30, True),
    ("koperasi_bumdes", "Toko BUMDes {name}", 100, 14, True),
    ("pasar", "Pasar {name}", 0, 0, False),
    ("marketplace", "Toko daring {name}", 60, 7, False),
    ("toko_modern", "Swalayan {name}", 250, 45, True),
)
OUTLET_NAMES = (
    "Sari Rasa", "Bu Tin", "Pak Slamet", "Makmur", "Sumber Jaya", "Guyub", "Lumintu", "Rahayu",
    "Sregep", "Tentrem",
)  # fmt: skip
