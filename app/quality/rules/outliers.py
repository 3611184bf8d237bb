"""Values far from what is usual among the neighbours, told with the neighbours' range.

"Far" is a robust z of more than 3.5 (Iglewicz and Hoaglin, 1993): the distance from the median in
units of the median absolute deviation, of the logarithm for money and people.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.distance import kilometres
from app.core.money import format_rupiah
from app.enterprises.rules.labels import SECTOR_LABELS
from app.enterprises.rules.size import total_workers
from app.quality.rules.facts import (
    ANY_SECTOR,
    ENTERPRISE,
    OUTLIER,
    Around,
    Facts,
    Rule,
    Seen,
    Side,
)
from app.quality.rules.sides import kilometres_text, own, point_text

FAR_Z = 3.5
# Fewer neighbours tell nothing.
LEAST_NEIGHBOURS = 20
LEAST_PREMISES = 5
# However much alike the others are, twice or half of that is nothing unusual, nor are eight people
# where most work alone (of a logarithm); and nobody lives on one spot (km).
LEAST_SPREAD = 0.25
LEAST_SPREAD_OF_PEOPLE = 0.6
LEAST_KM = 5.0

SALES, CAPITAL, WORKERS, SALES_A_HEAD = "omzet", "modal", "pekerja", "omzet_per_orang"


def sales(facts: Facts) -> int | None:
    """The yearly sales."""
    return facts.yearly_sales


def capital(facts: Facts) -> int | None:
    """The capital."""
    return facts.capital


def workers(facts: Facts) -> int | None:
    """All who work, the owner among them."""
    return total_workers(facts.workers)


def sales_a_head(facts: Facts) -> int | None:
    """The yearly sales for each who works."""
    heads = total_workers(facts.workers)
    return round(facts.yearly_sales / heads) if facts.yearly_sales and heads else None


MEASURES: dict[str, Callable[[Facts], int | None]] = {
    SALES: sales,
    CAPITAL: capital,
    WORKERS: workers,
    SALES_A_HEAD: sales_a_head,
}


def least_spread(measure: str) -> float:
    """The least spread of a measure, however much alike the neighbours are."""
    return LEAST_SPREAD_OF_PEOPLE if measure == WORKERS else LEAST_SPREAD


def _people(count: float) -> str:
    return f"{max(count, 1):.0f} orang"


def _money(amount: float) -> str:
    # To three digits: the bounds of a range are no exact sums.
    digits = max(0, len(str(int(amount))) - 3)
    return format_rupiah(round(int(amount), -digits))


def _far_value(
    facts: Facts, around: Around, measure: str, label: str, words: Callable[[float], str]
) -> Seen | None:
    value, sector = MEASURES[measure](facts), facts.sector or ANY_SECTOR
    if value is None or value <= 0:
        return None
    usual = around.usual.get((measure, sector))
    if usual is None:
        usual, sector = around.usual.get((measure, ANY_SECTOR)), ANY_SECTOR
    if usual is None or usual.low <= value <= usual.high:
        return None
    whose = SECTOR_LABELS.get(sector, "semua sektor").lower()
    text = (
        f"{words(usual.low)} sampai {words(usual.high)}, tengahnya {words(usual.middle)}; "
        f"{usual.count} usaha {whose} di kabupaten/kota ini"
    )
    exact = words(value) if words is _people else format_rupiah(value)
    return own(facts, label, exact), Side(label="Biasanya", text=text, counts=False)


def _far_sales(facts: Facts, around: Around) -> Seen | None:
    return _far_value(facts, around, SALES, "Omzet setahun", _money)


def _far_capital(facts: Facts, around: Around) -> Seen | None:
    return _far_value(facts, around, CAPITAL, "Modal", _money)


def _far_workers(facts: Facts, around: Around) -> Seen | None:
    return _far_value(facts, around, WORKERS, "Yang bekerja", _people)


def _far_sales_a_head(facts: Facts, around: Around) -> Seen | None:
    return _far_value(facts, around, SALES_A_HEAD, "Omzet setahun tiap pekerja", _money)


def _far_premises(facts: Facts, around: Around) -> Seen | None:
    middle = around.middles.get(facts.village_code)
    if facts.place is None or middle is None:
        return None
    far = kilometres(facts.place, middle.place)
    if far <= middle.limit_km:
        return None
    text = (
        f"{kilometres_text(far)} dari tengah {middle.count} tempat usaha di desa ini; "
        f"biasanya paling jauh {kilometres_text(middle.limit_km)}"
    )
    return (
        own(facts, "Titik tempat usaha", point_text(facts.place.lat, facts.place.lng)),
        Side(label="Jaraknya", text=text, counts=False),
    )


_COUNT_ZEROS = "Periksa banyaknya nol, dan apakah angkanya setahun, bukan sehari atau sebulan."

OUTLIER_RULES = (
    Rule(
        code="omzet_jauh",
        kind=OUTLIER,
        name="Omzet jauh dari usaha sejenis",
        why="Omzetnya di luar yang biasa bagi usaha satu sektor di kabupaten/kota ini.",
        advice=_COUNT_ZEROS,
        mend=ENTERPRISE,
        look=_far_sales,
        rests_on_others=True,
    ),
    Rule(
        code="modal_jauh",
        kind=OUTLIER,
        name="Modal jauh dari usaha sejenis",
        why="Modalnya di luar yang biasa bagi usaha satu sektor di kabupaten/kota ini.",
        advice="Periksa banyaknya nol. Tanah dan bangunan tidak dihitung sebagai modal.",
        mend=ENTERPRISE,
        look=_far_capital,
        rests_on_others=True,
    ),
    Rule(
        code="pekerja_jauh",
        kind=OUTLIER,
        name="Jumlah pekerja jauh dari usaha sejenis",
        why="Jumlahnya di luar yang biasa bagi usaha satu sektor di kabupaten/kota ini.",
        advice="Hitung lagi yang bekerja di usaha ini, bukan anggota kelompok atau pelanggan.",
        mend=ENTERPRISE,
        look=_far_workers,
        rests_on_others=True,
    ),
    Rule(
        code="omzet_orang_jauh",
        kind=OUTLIER,
        name="Omzet tiap pekerja jauh dari usaha sejenis",
        why="Omzet dibagi yang bekerja di luar yang biasa bagi usaha satu sektor.",
        advice="Periksa omzet dan jumlah pekerja: salah satunya mungkin keliru.",
        mend=ENTERPRISE,
        look=_far_sales_a_head,
        weight=1,
        rests_on_others=True,
    ),
    Rule(
        code="titik_jauh",
        kind=OUTLIER,
        name="Titik tempat usaha jauh dari desanya",
        why="Titiknya jauh dari tempat usaha lain di desa yang sama.",
        advice="Ambil titik lagi di tempat usaha, atau betulkan desanya.",
        mend=ENTERPRISE,
        look=_far_premises,
        weight=3,
        rests_on_others=True,
    ),
)
