"""The catalogue of therapies as frozen values, read from a published YAML file.

Source: domain reference, chapter 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

Code = str
FOLDER = Path(__file__).parents[1] / "catalogue"
CURRENT_VERSION = 1
# Most therapies serve the programme's second pillar, productive enterprise.
_COMMON_PILLAR = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapy:
    """One therapy. `rank` is its place in the order of therapies, `follow_up_days` when to look
    again after it has ended."""

    code: Code
    name: str
    purpose: str
    providers: tuple[str, ...]
    duration: str
    success_measure: str
    follow_up: str
    follow_up_days: tuple[int, ...]
    costs_money: bool
    gates: tuple[str, ...]
    pillar: str
    rank: int
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A therapy for an indicator whose answer has at most `max_points`, in these sectors."""

    therapy: Code
    max_points: int
    sectors: frozenset[str] | None

    def fits(self, *, points: int, sector: str) -> bool:
        """Whether this option is meant for such an answer in such a sector."""
        return points <= self.max_points and (self.sectors is None or sector in self.sectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockoutTherapy:
    """The therapy that a knock-out rule asks for; `rank` where it is more urgent than usual."""

    therapy: Code
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One published version."""

    version: int
    therapies: Mapping[Code, Therapy]
    options: Mapping[Code, tuple[Option, ...]]
    knockouts: Mapping[Code, KnockoutTherapy]
    unassessed: Mapping[Code, Code]
    by_class: Mapping[str, Code]
    reminders: Mapping[Code, str]
    gate_texts: Mapping[str, str]
    confirmable_gates: frozenset[str]
    limits: Mapping[str, int]
    protocols: Mapping[str, str]
    pillars: Mapping[str, str]

    def limit_for(self, health_class: str | None) -> int:
        """How many therapies may be approved or running at once."""
        return self.limits.get(health_class or "", max(self.limits.values()))


def current_catalogue() -> Catalogue:
    """The version by which therapies are proposed now."""
    return published_catalogue(CURRENT_VERSION)


@lru_cache(maxsize=4)
def published_catalogue(version: int) -> Catalogue:
    """One published version.

    Raises:
        FileNotFoundError: there is no such version.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (FOLDER / f"terapi-v{version}.yaml").read_text("utf-8")
    return parse_catalogue(yaml.load(text, Loader=loader))  # noqa: S506


def parse_catalogue(source: Mapping[str, Any]) -> Catalogue:
    """The catalogue of a parsed file."""
    ranks, stages, first_of_stage = _order(source["tahap"])
    return Catalogue(
        version=source["versi"],
        therapies={
            code: _therapy(code, fields, ranks[code], stages[code])
            for code, fields in source["terapi"].items()
        },
        options={
            indicator: tuple(_option(entry, source["poin"]) for entry in entries)
            for indicator, entries in source["indikator"].items()
        },
        knockouts={
            code: KnockoutTherapy(
                therapy=fields["terapi"], rank=first_of_stage.get(fields.get("tahap", ""))
            )
            for code, fields in source["pembatas"].items()
        },
        unassessed=source["belum_dinilai"],
        by_class=source["kelas"],
        reminders=source["pengingat"],
        gate_texts=source["syarat"],
        confirmable_gates=frozenset(source["diperiksa_petugas"]),
        limits=source["batas"],
        protocols=source["protokol"],
        pillars=source["pilar"],
    )


def _order(stages: list[dict[str, Any]]) -> tuple[dict[Code, int], dict[Code, str], dict[str, int]]:
    """Rank and stage name of each therapy, and the first rank of each stage."""
    ranks: dict[Code, int] = {}
    names: dict[Code, str] = {}
    first: dict[str, int] = {}
    for number, stage in enumerate(stages):
        first[stage["kode"]] = number * 100
        for place, code in enumerate(stage["terapi"]):
            ranks[code] = number * 100 + place
            names[code] = stage["nama"]
    return ranks, names, first


def _therapy(code: Code, fields: Mapping[str, Any], rank: int, stage: str) -> Therapy:
    return Therapy(
        code=code,
        name=fields["nama"],
        purpose=fields["untuk"],
        providers=tuple(fields["pelaksana"]),
        duration=fields["lama"],
        success_measure=fields["hasil"],
        follow_up=fields["tindak_lanjut"],
        follow_up_days=tuple(fields["hari"]),
        costs_money=fields.get("bayar", False),
        gates=tuple(fields.get("syarat", ())),
        pillar=fields.get("pilar", _COMMON_PILLAR),
        rank=rank,
        stage=stage,
    )


def _option(entry: str | Mapping[str, Any], max_points: int) -> Option:
    fields: Mapping[str, Any] = {"terapi": entry} if isinstance(entry, str) else entry
    sectors = fields.get("sektor")
    return Option(
        therapy=fields["terapi"],
        max_points=fields.get("poin", max_points),
        sectors=None if sectors is None else frozenset(sectors),
    )
