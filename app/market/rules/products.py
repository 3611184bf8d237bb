"""Words for what a product is."""

from __future__ import annotations

import re

# Kinds that decide which permit and which questions apply.
DRY_FOOD, FROZEN_FOOD, SERVED_FOOD = "pangan_kering", "pangan_beku", "pangan_siap_saji"
DRINK, NON_FOOD, SERVICE = "minuman", "non_pangan", "jasa"
KINDS: dict[str, str] = {
    DRY_FOOD: "Makanan kering atau kemasan",
    FROZEN_FOOD: "Makanan beku",
    SERVED_FOOD: "Makanan siap saji",
    DRINK: "Minuman",
    NON_FOOD: "Barang bukan makanan",
    SERVICE: "Jasa",
}
FOOD_KINDS = frozenset({DRY_FOOD, FROZEN_FOOD, SERVED_FOOD, DRINK})

# Digits 2 and 3 of a P-IRT number (PerBPOM 22/2018, annex; 11 to 15 as still seen in use).
FOOD_TYPES: dict[str, str] = {
    "01": "Hasil olahan daging kering",
    "02": "Hasil olahan ikan kering",
    "03": "Hasil olahan unggas kering",
    "04": "Sayur asin dan sayur kering",
    "05": "Hasil olahan kelapa",
    "06": "Tepung dan hasil olahannya",
    "07": "Minyak dan lemak",
    "08": "Selai, jeli, dan sejenisnya",
    "09": "Gula, kembang gula, dan madu",
    "10": "Kopi, teh, dan cokelat kering",
    "11": "Bumbu",
    "12": "Rempah-rempah",
    "13": "Minuman serbuk",
    "14": "Hasil olahan buah",
    "15": "Hasil olahan biji, kacang, dan umbi",
}

# Digit 1 of a P-IRT number.
PACK_KINDS: dict[str, str] = {
    "1": "Gelas atau kaca",
    "2": "Plastik",
    "3": "Karton atau kertas",
    "4": "Kaleng",
    "5": "Aluminium foil",
    "6": "Lain-lain",
    "7": "Komposit",
    "8": "Ganda",
}

# What is kept: kilograms and litres are typed and shown, and kept as grams and millilitres.
NET_UNITS: dict[str, str] = {"g": "gram", "ml": "ml", "buah": "buah"}
STORAGES: dict[str, str] = {
    "ruang": "Suhu ruang",
    "dingin": "Lemari pendingin",
    "beku": "Lemari pembeku",
}

# What the rules about permits and labels need to know of what is in it.
SLAUGHTERED, SLAUGHTERED_HALAL, ANIMAL_FAT = "hewani", "hewani_halal", "lemak_gelatin"
FORBIDDEN, ADDITIVE, ALLERGEN = "babi_atau_alkohol", "btp", "alergen"
MODIFIED, IRRADIATED, SPECIAL_DIET = "gmo", "iradiasi", "diet_khusus"
INGREDIENT_FLAGS: dict[str, str] = {
    SLAUGHTERED: "Daging hewan sembelihan (sapi, kambing, ayam)",
    SLAUGHTERED_HALAL: "Dagingnya dari pemotong bersertifikat halal",
    ANIMAL_FAT: "Lemak atau gelatin dari hewan",
    FORBIDDEN: "Babi atau alkohol",
    ADDITIVE: "Bahan tambahan pangan: pengawet, pewarna, pemanis buatan, penyedap",
    ALLERGEN: "Bahan yang bisa memicu alergi: kacang, kedelai, susu, telur, tepung terigu, "
    "ikan, udang",
    MODIFIED: "Bahan hasil rekayasa genetika",
    IRRADIATED: "Bahan yang diiradiasi",
    SPECIAL_DIET: "Dibuat untuk bayi, ibu hamil, atau diet khusus",
}
# What is said of a product: the examples that help to tick would read as if all were in it.
FLAGS_TOLD = {code: re.split(r": | \(", label)[0] for code, label in INGREDIENT_FLAGS.items()}

# How it is made to keep. The last two are no ways of keeping, but decide about permits too.
STERILISED, PASTEURISED, FROZEN = "steril_komersial", "pasteurisasi", "pembekuan"
FACTORY, OUTSIDE_HOME = "mesin_pabrik", "bukan_rumah"
KEEPING: dict[str, str] = {
    "pengeringan": "Dikeringkan atau digoreng sampai kering",
    "penggaraman": "Digarami atau diasinkan",
    "pemanisan": "Diberi gula banyak (manisan, selai)",
    "pengasapan": "Diasap",
    "fermentasi": "Difermentasi",
    "pengawet": "Diberi pengawet",
    PASTEURISED: "Dipasteurisasi",
    STERILISED: "Disterilkan dalam kaleng atau botol",
    FROZEN: "Dibekukan",
}
PROCESSES: dict[str, str] = KEEPING | {
    FACTORY: "Dibuat dengan mesin pabrik otomatis",
    OUTSIDE_HOME: "Dibuat di tempat produksi yang terpisah dari rumah",
}

_THOUSAND = 1000
_LARGE_UNITS = {"g": "kg", "ml": "liter"}
MAX_INGREDIENTS = 60
MAX_INGREDIENT_LENGTH = 120


def net_words(amount: int | None, unit: str | None) -> str:
    """How much is in a pack, as a label writes it.

    >>> net_words(100, "g"), net_words(1500, "ml"), net_words(12, "buah")
    ('100 g', '1,5 liter', '12 buah')
    """
    if amount is None or unit is None:
        return ""
    if unit in _LARGE_UNITS and amount >= _THOUSAND:
        whole, rest = divmod(amount, _THOUSAND)
        fraction = f",{rest:03d}".rstrip("0") if rest else ""
        return f"{whole}{fraction} {_LARGE_UNITS[unit]}"
    return f"{amount} {unit}"


def ingredients_of(text: str) -> list[str]:
    """The ingredients in what somebody typed: one on each line, or one line with commas.

    Commas within brackets belong to the ingredient. Nothing is named twice.

    >>> ingredients_of("Tempe, tepung, bumbu (garam, bawang), tempe")
    ['Tempe', 'tepung', 'bumbu (garam, bawang)']
    """
    lines = [line for line in text.splitlines() if line.strip()]
    parts = lines if len(lines) > 1 else [part for line in lines for part in _parted(line)]
    found: dict[str, str] = {}
    for part in parts:
        name = " ".join(part.strip(" ,;.•*-\t").split())
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _parted(line: str) -> list[str]:
    parts, depth = [""], 0
    for sign in line:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign in ",;" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
