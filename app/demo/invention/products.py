"""What the villages' enterprises make, sell and do, with KBLI 2020 codes.

Product lines are those that dinas lists and studies of Desmigratif villages name most often;
brands are made up from them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """A product line; `names` are patterns with {call} (Bu Sri) and {brand}; `regions` limit it."""

    line: str
    kbli: str
    names: tuple[str, ...]
    weight: int = 2
    regions: tuple[str, ...] = ()


BRANDS = (
    "Berkah", "Barokah", "Sumber Rejeki", "Rizki", "Mekar Sari", "Sari Rasa", "Dua Putri",
    "Karya Mandiri", "Tunas Jaya", "Maju Lancar", "Cahaya", "Melati", "Kenanga", "Anugerah",
    "Amanah", "Sejahtera", "Bina Karya", "Lestari", "Mitra Desa", "Pelita", "Kartika", "Puspita",
    "Tiga Saudara", "Mugi Lancar", "Ngudi Rejeki", "Guyub Rukun", "Mandiri Jaya", "Putra Desa",
)  # fmt: skip
_PACKED = ("Keripik {call}", "{brand}", "{brand} Snack")

PRODUCTS: dict[str, tuple[Product, ...]] = {
    "A": (
        Product("Keripik singkong", "10794", _PACKED, 5),
        Product("Keripik tempe", "10794", ("Keripik Tempe {call}", "Tempe Kripik {brand}"), 4),
        Product("Keripik pisang", "10794", _PACKED, 4),
        Product("Rengginang dan peyek", "10794", ("Peyek {call}", "Rengginang {brand}"), 3),
        Product("Kerupuk ikan", "10794", ("Kerupuk {call}", "Kerupuk {brand}"), 3),
        Product("Abon sapi dan ayam", "10130", ("Abon {call}", "Abon {brand}"), 2),
        Product("Abon ikan", "10219", ("Abon Ikan {call}", "Abon Ikan {brand}"), 2),
        Product(
            "Gula semut dan gula kelapa",
            "10722",
            ("Gula Semut {brand}", "Gula {call}"),
            4,
            ("33.02", "33.07"),
        ),
        Product("Nopia dan mino", "10710", ("Nopia {call}", "Nopia {brand}"), 2, ("33.02",)),
        Product("Kue kering dan roti", "10710", ("Roti {brand}", "Kue {call}"), 4),
        Product("Dodol dan jenang", "10796", ("Jenang {call}", "Dodol {brand}"), 2),
        Product("Kopi bubuk", "10761", ("Kopi {brand}", "Kopi {call}"), 2),
        Product("Sambal kemasan dan bumbu", "10772", ("Sambal {call}", "Bumbu {brand}"), 2),
        Product("Jamu serbuk dan wedang", "10762", ("Jamu {call}", "Wedang {brand}"), 2),
        Product("Tempe", "10391", ("Tempe {call}",), 3, ("32", "33", "35", "52")),
        Product("Ikan asin", "10211", ("Ikan Asin {call}",), 3, ("32.09", "32.12", "35.24", "53")),
        Product("Manisan carica", "10733", ("Carica {brand}",), 4, ("33.07",)),
        Product("Dodol rumput laut", "10796", ("Dodol {brand}",), 3, ("52",)),
        Product("Kacang mete", "10793", ("Mete {call}", "Mete {brand}"), 3, ("52", "53")),
        Product("Jagung titi dan emping jagung", "10799", ("Jagung Titi {call}",), 4, ("53",)),
    ),
    "B": (
        Product("Nasi rames dan sayur matang", "56102", ("Warung Makan {call}", "WM {brand}"), 5),
        Product("Bakso dan mi ayam", "56103", ("Bakso {call}", "Mi Ayam {brand}"), 5),
        Product(
            "Gorengan dan jajanan pasar", "56104", ("Gorengan {call}", "Jajan Pasar {call}"), 4
        ),
        Product("Pecel dan gado-gado", "56103", ("Pecel {call}",), 3, ("33", "35")),
        Product("Soto", "56102", ("Soto {call}",), 3, ("33", "35")),
        Product("Ayam goreng dan lalapan", "56103", ("Lalapan {call}", "Ayam Goreng {brand}"), 3),
        Product("Es buah dan minuman", "56304", ("Es {call}", "Kedai Es {brand}"), 3),
        Product("Katering hajatan", "56210", ("Katering {brand}", "Katering {call}"), 2),
        Product("Kopi dan roti bakar", "56303", ("Kedai {brand}",), 2),
        Product("Ayam taliwang", "56102", ("Ayam Taliwang {call}",), 3, ("52",)),
        Product("Ikan bakar", "56102", ("Ikan Bakar {call}",), 3, ("53", "35.24", "32.12")),
    ),
    "C": (
        Product(
            "Batik tulis dan cap", "13134", ("Batik {call}", "Batik {brand}"), 4, ("32", "33", "35")
        ),
        Product("Anyaman bambu", "16291", ("Anyaman {brand}", "Anyaman {call}"), 4),
        Product("Konveksi pakaian", "14111", ("Konveksi {brand}",), 4),
        Product("Kerajinan kayu", "16293", ("Ukir {brand}",), 2),
        Product("Mebel kayu", "31001", ("Mebel {brand}", "Mebel {call}"), 3),
        Product("Batu bata", "23921", ("Bata {call}",), 2),
        Product("Sulaman dan bordir", "13912", ("Bordir {call}", "Bordir {brand}"), 2),
        Product("Sapu dan keset", "32909", ("Sapu {call}", "Keset {brand}"), 2),
        Product("Tenun ikat", "13122", ("Tenun {call}", "Tenun {brand}"), 9, ("52", "53")),
    ),
    "D": (
        Product("Jahit pakaian", "14120", ("Jahit {call}", "Penjahit {brand}"), 6),
        Product("Bengkel sepeda motor", "45407", ("Bengkel {call}", "Bengkel {brand}"), 5),
        Product("Salon dan rias", "96112", ("Salon {brand}", "Rias {call}"), 4),
        Product("Cuci pakaian", "96200", ("Laundry {brand}", "Cuci {call}"), 3),
        Product("Pangkas rambut", "96111", ("Pangkas Rambut {brand}",), 2),
        Product("Servis elektronik", "95210", ("Servis {call}",), 2),
        Product("Fotokopi dan cetak", "82190", ("Fotokopi {brand}",), 2),
        Product("Bimbingan belajar", "85495", ("Bimbel {brand}",), 1),
    ),
    "E": (
        Product(
            "Kelontong dan sembako", "47112", ("Warung {call}", "Toko {brand}", "Toko {call}"), 12
        ),
        Product("Sayur dan lauk mentah", "47213", ("Sayur {call}", "Warung Sayur {call}"), 5),
        Product("Pulsa dan aksesori HP", "47414", ("Konter {brand}", "{brand} Cell"), 4),
        Product("Pakaian dan kerudung", "47711", ("Busana {brand}", "Toko Baju {call}"), 4),
        Product("Gas elpiji dan air galon", "47772", ("Pangkalan {brand}",), 2),
        Product("Beras", "47241", ("Beras {call}", "UD {brand}"), 2),
        Product("Pupuk dan obat tani", "47763", ("Kios Tani {brand}",), 2),
        Product("Jajan dan kue di pasar", "47822", ("Jajan {call}",), 3),
        Product("Buah", "47212", ("Buah {call}",), 2),
        Product("Dagang daring", "47919", ("{brand} Shop",), 2),
        Product("Alat tulis dan mainan", "47611", ("Toko {brand}",), 1),
    ),
    "F": (
        Product("Kambing", "01442", ("Kambing {call}", "Ternak {brand}"), 5),
        Product("Ayam kampung", "01464", ("Ayam Kampung {call}", "Unggas {brand}"), 5),
        Product("Ayam petelur", "01462", ("Telur {call}", "Telur {brand}"), 3),
        Product("Bebek dan telur asin", "01465", ("Bebek {call}",), 3),
        Product("Lele", "03221", ("Lele {call}", "Kolam {brand}"), 4),
        Product("Sapi potong", "01411", ("Sapi {call}",), 2),
        Product("Jamur tiram", "01136", ("Jamur {brand}", "Jamur {call}"), 2),
        Product("Sayur daun", "01131", ("Kebun Sayur {call}",), 3),
        Product("Cabai", "01283", ("Cabai {call}",), 2),
        Product("Madu", "01493", ("Madu {brand}",), 1),
        Product("Rumput laut", "03217", ("Rumput Laut {call}",), 4, ("53",)),
    ),
}
# Those who may be declared not halal, where that is asked.
NON_HALAL = Product("Se'i dan daging babi", "10130", ("Se'i {call}",))
NON_HALAL_COOKED = Product("Masakan babi", "56102", ("Warung {call}",))


def products_for(sector: str, area_code: str, *, is_non_halal: bool) -> tuple[Product, ...]:
    """The product lines of a sector that are at home in the area."""
    if is_non_halal and area_code.startswith("53"):
        return (NON_HALAL,) if sector == "A" else (NON_HALAL_COOKED,)
    return tuple(
        product
        for product in PRODUCTS[sector]
        if not product.regions or area_code.startswith(product.regions)
    )
