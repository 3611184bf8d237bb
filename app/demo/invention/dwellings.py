"""Hamlets, addresses and points of invented enterprises in real villages."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Floats, Ints
from app.demo.villages import DEMO_VILLAGES

# Word and names for a part of a village, by province; the names are invented.
_HAMLETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "32": ("Blok", ("Karanganyar", "Pasar", "Kulon", "Wetan", "Sukamaju", "Babakan")),
    "33": ("Dusun", ("Krajan", "Karangsari", "Kalitengah", "Sidamulya", "Gunungsari", "Tegalrejo")),
    "35": ("Dusun", ("Krajan", "Sumberejo", "Ngadirejo", "Kedungrejo", "Tambakrejo", "Bulurejo")),
    "52": ("Dusun", ("Lendang", "Montong", "Karang Bajo", "Gubuk Baru", "Leong", "Paok")),
    "53": ("Dusun", ("Tengah", "Pantai", "Lama", "Baru", "Bukit", "Muara")),
}
_ROADS = ("Jalan Raya", "Jalan Desa", "Gang Masjid", "Jalan Balai Desa", "Gang Mawar")
_ROADS_EAST = ("Jalan Raya", "Jalan Desa", "Jalan Gereja", "Jalan Pantai", "Jalan Sekolah")
# A village is a few kilometres wide; points lie around its centre [A].
_SPREAD_DEGREES = 0.006


def draw_hamlets(rng: Generator, village: Ints) -> tuple[list[str], list[str]]:
    """A hamlet with RT and RW, and an address, per enterprise."""
    draws = rng.integers(0, 1 << 20, (len(village), 4)).tolist()
    hamlets, addresses = [], []
    for index, (part, road, rt, number) in zip(village.tolist(), draws, strict=True):
        place = DEMO_VILLAGES[index]
        word, names = _HAMLETS[place.code[:2]]
        hamlet = f"{word} {names[part % len(names)]}"
        roads = _ROADS_EAST if place.code.startswith("53") else _ROADS
        rt_rw = f"RT {rt % 6 + 1:02d}/RW {part % len(names) + 1:02d}"
        hamlets.append(hamlet)
        addresses.append(f"{roads[road % len(roads)]} No. {number % 90 + 1}, {rt_rw}, {hamlet}")
    return hamlets, addresses


def draw_points(rng: Generator, village: Ints) -> tuple[Floats, Floats]:
    """Latitude and longitude near the centre of each village; NaN where nobody measured yet."""
    lat = np.array([place.lat for place in DEMO_VILLAGES])[village]
    lng = np.array([place.lng for place in DEMO_VILLAGES])[village]
    lat = np.round(lat + rng.normal(0, _SPREAD_DEGREES, len(village)), 6)
    lng = np.round(lng + rng.normal(0, _SPREAD_DEGREES, len(village)), 6)
    is_unknown = rng.random(len(village)) < 0.12
    return np.where(is_unknown, np.nan, lat), np.where(is_unknown, np.nan, lng)
