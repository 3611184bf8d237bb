"""Where owners worked, as what, for how long, with which schooling."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools

# Placements 2007-2024 in thousands (KP2MI, through the press, 20-12-2024); share of women [A].
COUNTRIES: dict[str, tuple[float, float]] = {
    "Malaysia": (1407.5, 0.50),
    "Taiwan": (1044.2, 0.75),
    "Hong Kong": (1028.0, 0.99),
    "Arab Saudi": (462.3, 0.90),
    "Singapura": (338.2, 0.98),
    "Uni Emirat Arab": (180.0, 0.90),
    "Korea Selatan": (120.2, 0.08),
    "Brunei Darussalam": (97.7, 0.55),
    "Qatar": (77.2, 0.75),
    "Oman": (63.3, 0.90),
}
# Kabupaten Banyumas 2017, persons placed (Muslihudin et al. 2021, Society 9(1), table 1).
BANYUMAS: dict[str, tuple[float, float]] = {
    "Taiwan": (796, 0.80),
    "Malaysia": (636, 0.75),
    "Hong Kong": (516, 0.99),
    "Singapura": (435, 0.98),
    "Korea Selatan": (253, 0.10),
    "Brunei Darussalam": (8, 0.60),
    "Uni Emirat Arab": (7, 0.80),
    "Jepang": (6, 0.40),
}
# Lombok and Flores send mostly to Malaysia; the factor is ours.
MALAYSIA_FACTOR_EAST = 6.0

WORK_WOMAN = ("Penata laksana rumah tangga", "Pengasuh lansia", "Pekerja pabrik", "Pengasuh anak")
WORK_MAN = ("Buruh perkebunan", "Pekerja pabrik", "Pekerja bangunan", "Awak kapal ikan", "Sopir")
# Indonesia 2022-2024 (BP2MI): SMA 44, SMP 31, SD 22, diploma 2, degree 1 %.
EDUCATION_SHARES = {"sma": 0.44, "smp": 0.31, "sd": 0.22, "diploma": 0.02, "sarjana": 0.01}
# Returned, family of a migrant, abroad (family runs it), about to leave [A].
CATEGORY_SHARES = {"purna": 0.68, "keluarga": 0.24, "aktif": 0.03, "calon": 0.05}
RELATION_SHARES = {"suami_istri": 0.55, "orang_tua": 0.27, "anak": 0.18}


def draw_countries(rng: Generator, area_codes: list[str], is_woman: Bools) -> list[str]:
    """A country per person, by region and sex."""
    draws = rng.random(len(area_codes))
    tables: dict[tuple[str, bool], tuple[list[str], list[float]]] = {}
    chosen = []
    for code, woman, draw in zip(area_codes, is_woman.tolist(), draws.tolist(), strict=True):
        region = code[:5] if code.startswith("33.02") else code[:2]
        key = (region, woman)
        if key not in tables:
            tables[key] = _table(region, woman)
        names, edges = tables[key]
        chosen.append(names[int(np.searchsorted(edges, draw))])
    return chosen


def _table(region: str, woman: bool) -> tuple[list[str], list[float]]:
    source = BANYUMAS if region == "33.02" else COUNTRIES
    weights = []
    for name, (count, women) in source.items():
        factor = MALAYSIA_FACTOR_EAST if name == "Malaysia" and region in ("52", "53") else 1.0
        weights.append(count * factor * (women if woman else 1 - women))
    total = sum(weights)
    edges = np.cumsum(weights) / total
    edges[-1] = 1.0
    return list(source), [float(edge) for edge in edges]


def draw_shares(rng: Generator, shares: dict[str, float], size: int) -> list[str]:
    """One of the names per person, by its share."""
    names = list(shares)
    picks = rng.choice(
        len(names), size=size, p=np.array(list(shares.values())) / sum(shares.values())
    )
    return [names[pick] for pick in picks.tolist()]
