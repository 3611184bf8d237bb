"""Reads instruments from YAML: the first version, which is part of the program, and later ones.

Later versions are published by an office and kept in the database (`health.queries.instruments`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.health.rules.instrument import (
    Code,
    Dimension,
    HealthClass,
    Indicator,
    Instrument,
    KnockoutLimits,
    KnockoutRule,
    RawScale,
    ScreeningQuestion,
)
from app.market.rules.dated_rules import HALAL_DUTY, first_rule

FOLDER = Path(__file__).parents[1] / "instruments"
FIRST_NAME, FIRST_VERSION = "iku-dm", 1


@lru_cache(maxsize=1)
def first_instrument() -> Instrument:
    """The version that the program brings along; it counts until an office publishes another."""
    return instrument_of_text(first_text())


@lru_cache(maxsize=1)
def first_text() -> str:
    """The YAML text of the first version."""
    return (FOLDER / f"{FIRST_NAME}-v{FIRST_VERSION}.yaml").read_text("utf-8")


def instrument_of_text(text: str, *, version: int | None = None) -> Instrument:
    """The instrument of a YAML text, with the first value of the rules that decrees may move.

    `version` goes before the number in the text, which a draft doesn't have yet. What counts now
    is put into it by `with_halal_duty`.
    """
    source = read_yaml(text)
    if version is not None:
        source = {**source, "versi": version}
    halal = first_rule(HALAL_DUTY)
    return parse_instrument(
        source, dated={HALAL_DUTY: {"mulai": halal.value, "sumber": halal.source}}
    )


@lru_cache(maxsize=64)
def with_halal_duty(instrument: Instrument, start: date, source: str) -> Instrument:
    """The instrument with the day from which halal is a duty; the same value for the same day."""
    if (instrument.halal_required_from, instrument.halal_source) == (start, source):
        return instrument
    return replace(instrument, halal_required_from=start, halal_source=source)


def read_yaml(text: str) -> dict[str, Any]:
    """What a YAML text of our own says."""
    # The C loader reads the same safe subset seven times faster, which a command feels.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506
    return parsed


def parse_instrument(source: Mapping[str, Any], *, dated: Mapping[str, Any]) -> Instrument:
    """The instrument of a parsed file; a rule in `dated` goes before the file's own."""
    sectors: dict[str, str] = dict(source["sektor"])
    dimensions = _dimensions(source, frozenset(sectors))
    coverage, bounds = source["cakupan"], source["batas_kelas"]
    evidence = source["bukti"]
    halal = {**source["aturan_bertanggal"], **dated}["halal_wajib_mulai"]
    return Instrument(
        name=source["instrumen"],
        version=source["versi"],
        title=source["nama"],
        sectors=sectors,
        dimensions=dimensions,
        indicators=tuple(one for dimension in dimensions for one in dimension.indicators),
        screening=_screening(source["penyaring"], frozenset(sectors)),
        healthy_tenths=_tenths(bounds["sehat"]),
        less_healthy_tenths=_tenths(bounds["kurang_sehat"]),
        dimension_coverage=_share(coverage["dimensi_min"]),
        final_coverage=_share(coverage["final"]),
        provisional_coverage=_share(coverage["sementara"]),
        required=tuple(coverage["wajib"]),
        valid_days={HealthClass(key): days for key, days in source["masa_berlaku_hari"].items()},
        startup_months=source["rintisan_bulan"],
        evidence_kinds=evidence["jenis"],
        strong_evidence=_share(evidence["keandalan"]["kuat"]),
        medium_evidence=_share(evidence["keandalan"]["sedang"]),
        knockouts=_knockout_rules(source["aturan_batas"]),
        limits=_limits(source["aturan_batas"]),
        halal_required_from=halal["mulai"],
        halal_source=halal["sumber"],
    )


def _dimensions(source: Mapping[str, Any], sectors: frozenset[str]) -> tuple[Dimension, ...]:
    dimensions = []
    position = 0
    for code, entry in source["dimensi"].items():
        indicators = []
        for indicator_code, fields in entry["indikator"].items():
            indicators.append(_indicator(indicator_code, fields, code, position, sectors))
            position += 1
        dimensions.append(
            Dimension(
                code=code,
                name=entry["nama"],
                weight=source["bobot_dimensi"][code],
                indicators=tuple(indicators),
            )
        )
    return tuple(dimensions)


def _indicator(
    code: Code, fields: Mapping[str, Any], dimension: Code, position: int, sectors: frozenset[str]
) -> Indicator:
    return Indicator(
        code=code,
        dimension=dimension,
        position=position,
        weight=fields["bobot"],
        sectors=frozenset(fields.get("sektor", sectors)),
        condition=fields.get("bila"),
        name=fields["nama"],
        question=fields["tanya"],
        help=fields.get("bantuan", ""),
        options=dict(sorted(fields["pilihan"].items())),
        prefilled_from=fields.get("otomatis", ""),
        raw=_raw_scale(fields.get("angka")),
        questions_by_sector=fields.get("tanya_sektor", {}),
        options_by_sector={
            sector: dict(sorted(options.items()))
            for sector, options in fields.get("pilihan_sektor", {}).items()
        },
        items=tuple(fields.get("butir", ())),
        items_by_sector={
            sector: tuple(items) for sector, items in fields.get("butir_sektor", {}).items()
        },
    )


def _raw_scale(fields: Mapping[str, Any] | None) -> RawScale | None:
    if fields is None:
        return None
    return RawScale(
        name=fields["dari"],
        question=fields["tanya"],
        at_most=_bounds(fields.get("paling_banyak", {})),
        at_least=_bounds(fields.get("paling_sedikit", {})),
    )


def _bounds(entries: Mapping[int, Any]) -> tuple[tuple[int, Decimal], ...]:
    return tuple((points, Decimal(str(bound))) for points, bound in entries.items())


def _screening(
    source: Mapping[str, Mapping[str, Any]], sectors: frozenset[str]
) -> tuple[ScreeningQuestion, ...]:
    return tuple(
        ScreeningQuestion(
            code=code,
            question=fields["tanya"],
            help=fields.get("bantuan", ""),
            sectors=frozenset(fields.get("sektor", sectors)),
        )
        for code, fields in source.items()
    )


def _knockout_rules(source: Mapping[str, Mapping[str, Any]]) -> dict[Code, KnockoutRule]:
    return {
        code: KnockoutRule(
            code=code,
            name=fields["nama"],
            way_out=fields["jalan_keluar"],
            effect=_class(fields.get("kelas")),
            startup_effect=_class(fields.get("kelas_rintisan")),
        )
        for code, fields in source.items()
    }


def _class(value: str | None) -> HealthClass | None:
    return None if value is None else HealthClass(value)


def _limits(source: Mapping[str, Mapping[str, Any]]) -> KnockoutLimits:
    return KnockoutLimits(
        no_sale_days=source["KO-1"]["hari"],
        off_season_days=source["KO-1"]["hari_luar_musim"],
        loss_months=source["KO-2"]["bulan_rugi"],
        book_coverage=Decimal(str(source["KO-2"]["cakupan_buku"])),
        arrears_cap_days=source["KO-3"]["hari_kurang_sehat"],
        arrears_sick_days=source["KO-3"]["hari_sakit"],
        debt_service_cap=Decimal(str(source["KO-4"]["rasio_kurang_sehat"])),
        debt_service_sick=Decimal(str(source["KO-4"]["rasio_sakit"])),
        quick_ratio=Decimal(str(source["KO-7"]["rasio"])),
        floor_dimensions=tuple(source["KO-9"]["dimensi"]),
        floor_tenths=_tenths(source["KO-9"]["nilai"]),
    )


def _share(value: float) -> Fraction:
    # The decimal as it is written in the file, not the nearest binary number.
    return Fraction(str(value))


def _tenths(value: float) -> int:
    return int(Fraction(str(value)) * 10)
