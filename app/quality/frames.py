"""What is usual among neighbours: medians and median absolute deviations of a regency."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import median_abs_deviation

from app.core.distance import EARTH_RADIUS_KM, Place
from app.quality.rules.facts import ANY_SECTOR, Around, Facts, Middle, Usual
from app.quality.rules.outliers import (
    FAR_Z,
    LEAST_KM,
    LEAST_NEIGHBOURS,
    LEAST_PREMISES,
    MEASURES,
    least_spread,
)


def around(facts: Iterable[Facts]) -> Around:
    """The neighbours of the enterprises of one regency."""
    rows = list(facts)
    values = pd.DataFrame(
        {
            "sector": [one.sector or ANY_SECTOR for one in rows],
            **{name: [measure(one) for one in rows] for name, measure in MEASURES.items()},
        }
    )
    usual: dict[tuple[str, str], Usual] = {}
    for name in MEASURES:
        known = values[["sector", name]].dropna()
        known = known[known[name] > 0]
        for sector, part in known.groupby("sector")[name]:
            _add(usual, name, str(sector), part.to_numpy(dtype=float))
        _add(usual, name, ANY_SECTOR, known[name].to_numpy(dtype=float))
    return Around(usual=usual, middles=dict(_middles(rows)))


def _add(usual: dict[tuple[str, str], Usual], name: str, sector: str, values: np.ndarray) -> None:
    if len(values) < LEAST_NEIGHBOURS:
        return
    logs = np.log(values)
    middle = float(np.median(logs))
    spread = max(float(median_abs_deviation(logs, scale="normal")), least_spread(name))
    usual[name, sector] = Usual(
        count=len(values),
        middle=float(np.exp(middle)),
        low=float(np.exp(middle - FAR_Z * spread)),
        high=float(np.exp(middle + FAR_Z * spread)),
    )


def _middles(rows: list[Facts]) -> Iterable[tuple[str, Middle]]:
    placed = pd.DataFrame(
        [(one.village_code, one.place.lat, one.place.lng) for one in rows if one.place],
        columns=["village", "lat", "lng"],
    )
    for village, part in placed.groupby("village"):
        if len(part) < LEAST_PREMISES:
            continue
        lat, lng = float(part["lat"].median()), float(part["lng"].median())
        far = _ways(part["lat"].to_numpy(), part["lng"].to_numpy(), lat, lng)
        spread = float(median_abs_deviation(far, scale="normal"))
        limit = max(LEAST_KM, float(np.median(far)) + FAR_Z * spread)
        yield str(village), Middle(place=Place(lat=lat, lng=lng), count=len(part), limit_km=limit)


def _ways(lats: np.ndarray, lngs: np.ndarray, lat: float, lng: float) -> np.ndarray:
    """Kilometres from many points to one (haversine)."""
    rise = np.sin(np.radians(lats - lat) / 2) ** 2
    run = np.sin(np.radians(lngs - lng) / 2) ** 2
    inside = rise + np.cos(np.radians(lats)) * np.cos(np.radians(lat)) * run
    found: np.ndarray = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, inside)))
    return found
