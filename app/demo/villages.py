"""The real Desmigratif villages in which the invented enterprises stand.

Codes are those of Kepmendagri 300.2.2-2430/2025; the years are those that press releases, village
sites and journals give (2016-2021), None where they give none. 41 of the 402 villages are known by
name. Weights are ours: Kabupaten Banyumas, where the story is set, gets about a third.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVillage:
    """One village; `lat` and `lng` are its centre."""

    code: str
    name: str
    district: str
    regency: str
    since: int | None
    lat: float
    lng: float
    weight: float

    @property
    def regency_code(self) -> str:
        """The code of its regency."""
        return self.code[:5]


def _village(line: Mapping[str, str]) -> DemoVillage:
    return DemoVillage(
        code=line["code"],
        name=line["name"],
        district=line["district"],
        regency=line["regency"],
        since=int(line["since"]) if line["since"] else None,
        lat=float(line["lat"]),
        lng=float(line["lng"]),
        weight=float(line["weight"]),
    )


_TABLE = Path(__file__).with_name("villages.tsv")
DEMO_VILLAGES: tuple[DemoVillage, ...] = tuple(
    map(_village, csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
)
