"""Whether two names may mean the same enterprise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.core.text import search_text

# Words that say what kind of enterprise it is and not which one.
GENERIC_WORDS = frozenset(
    [
        "ud",
        "cv",
        "pt",
        "usaha",
        "toko",
        "warung",
        "kios",
        "depot",
        "rumah",
        "produksi",
        "home",
        "industri",
        "kelompok",
        "umkm",
        "ukm",
        "ikm",
        "bu",
        "ibu",
        "pak",
        "bapak",
        "mbak",
        "mas",
        "bunda",
    ]
)
NEAR = 86.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NearName:
    """A known name and how near it is, 0 to 100."""

    place: int
    nearness: float


def near_names(name: str, known: Iterable[str], *, limit: int = 5) -> list[NearName]:
    """The places in `known` of the names that may mean the same, nearest first.

    `known` are names as `search_text` makes them.
    """
    wanted = search_text(name)
    if not wanted:
        return []
    found = [
        NearName(place=place, nearness=nearness)
        for place, other in enumerate(known)
        if (nearness := name_nearness(wanted, other)) >= NEAR
    ]
    return sorted(found, key=lambda near: (-near.nearness, near.place))[:limit]


def name_nearness(first: str, second: str) -> float:
    """How alike two searched names are, 0 to 100; order of words and generic words don't count.

    >>> name_nearness("warung bu sri", "sri"), name_nearness("toko jaya", "toko maju") < NEAR
    (100.0, True)
    """
    return float(fuzz.token_sort_ratio(_telling(first), _telling(second)))


def _telling(name: str) -> str:
    words = [word for word in name.split() if word not in GENERIC_WORDS]
    return " ".join(words) or name
