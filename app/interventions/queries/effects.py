"""Stored counts of what therapies achieved, and the enterprises behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, true

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.health.queries import indicator_name
from app.interventions.models import EffectCase, EffectReport
from app.interventions.rules import current_catalogue
from app.interventions.rules.effect_lists import (
    COMPARED_PARTS,
    COST_LINES,
    PART_LABELS,
    SICK_LINE,
    SICK_PARTS,
)
from app.interventions.rules.effect_words import (
    VERDICT_LABELS,
    points_between,
    verdict_tone,
    warning_words,
)
from app.places.queries import AreaRow, children, path_labels
from app.places.queries import area as area_named

_COUNTRY = "Indonesia"
_CLASS_NAMES = ("Sakit", "Kurang sehat", "Sehat")
CASES_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One group; `line` and the parts lead to its lists."""

    line: int
    part: str
    count: int
    improved: int
    before: float | None
    after: float | None
    waiting: int
    gone: int

    @property
    def share(self) -> float | None:
        """The share that improved."""
        return self.improved / self.count if self.count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """One comparison in words."""

    number: int
    therapy_code: str
    therapy: str
    provider: str
    measure: str
    is_class: bool
    gap: int
    treated: SideView
    others: SideView
    evened: float | None
    difference: int | None
    between: str
    verdict: str
    verdict_tone: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """The money of one kind of therapy, and what a move up has cost."""

    number: int
    therapy_code: str
    therapy: str
    provider: str
    count: int
    money: int
    unstated: int
    enterprises: int
    moved: int
    per_mover: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPage:
    """The report of an area; `made_at` is None when nothing was counted yet."""

    area_code: str
    area_name: str
    areas: tuple[AreaRow, ...]
    made_at: datetime | None
    report_id: UUID | None
    enterprise_count: int
    assessment_count: int
    lines: tuple[ComparedView, ...]
    costs: tuple[CostView, ...]
    sick: Mapping[str, Any]

    @property
    def sick_line(self) -> int:
        """The line of the sick times, for their lists."""
        return SICK_LINE

    @property
    def overall(self) -> tuple[ComparedView, ...]:
        """The comparisons over all who delivered."""
        return tuple(line for line in self.lines if not line.provider)

    @property
    def overall_costs(self) -> tuple[CostView, ...]:
        """The costs over all who delivered."""
        return tuple(cost for cost in self.costs if not cost.provider)

    def of_therapy(self, code: str) -> tuple[ComparedView, ...]:
        """The comparisons of one therapy."""
        return tuple(line for line in self.lines if line.therapy_code == code)

    def costs_of(self, code: str) -> tuple[CostView, ...]:
        """The costs of one therapy."""
        return tuple(cost for cost in self.costs if cost.therapy_code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One enterprise behind a figure, with its value before and after, as words."""

    enterprise_id: UUID
    enterprise_name: str
    village: str
    before: str
    after: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """A page of the enterprises behind a figure."""

    title: str
    about: str
    area_code: str
    unit: str
    lines: tuple[CaseLine, ...]
    total: int
    next_number: int | None


def effect_area(scope: Scope, asked: str | None) -> str:
    """The area that a report is shown of: the one asked for, else one's own.

    Raises:
        NotFound: it does not lie within the scope.
    """
    code = asked if asked is not None else _own_area(scope)
    if not scope.covers_area(code):
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    return code


def effect_page(scope: Scope, area_code: str) -> EffectPage:
    """The latest report of an area that the scope covers."""
    report = _report(scope, area_code)
    figures: Mapping[str, Any] = {} if report is None else report.figures
    return EffectPage(
        area_code=area_code,
        area_name=_area_name(area_code),
        areas=tuple(children(area_code)) if len(area_code) < _VILLAGE else (),
        made_at=None if report is None else report.made_at,
        report_id=None if report is None else report.id,
        enterprise_count=figures.get("enterprise_count", 0),
        assessment_count=figures.get("assessment_count", 0),
        lines=tuple(_line(one) for one in figures.get("lines", ())),
        costs=tuple(_cost(one) for one in figures.get("costs", ())),
        sick=figures.get("sick", {}),
    )


def effect_cases(
    scope: Scope,
    report_id: UUID,
    *,
    line: int,
    part: str,
    improved: bool,
    after: int = -1,
    most: int | None = CASES_SIZE,
) -> CaseList:
    """The enterprises behind one figure, `most` of them; None is all, for a file.

    Raises:
        NotFound: no such report within the scope, or no such list.
    """
    report = _report_by_id(scope, report_id)
    if part not in PART_LABELS or (improved and part not in COMPARED_PARTS):
        raise NotFound("list_unknown", message="Daftar ini tidak ditemukan.")
    what, unit = _what(report, line, part)
    chosen = (
        EffectCase.report_id == report_id,
        EffectCase.line == line,
        EffectCase.part == part,
        _improved() if improved else true(),
        within(scope),
    )
    found = _cases((*chosen, EffectCase.number > after), most)
    shown = found[:most]
    villages = path_labels(row[2] for row in shown)
    return CaseList(
        title=f"{PART_LABELS[part]}{': yang membaik' if improved else ''}",
        about=what,
        area_code=report.area_code,
        unit=unit,
        lines=tuple(_case(row[0], row[1], villages[row[2]], unit) for row in shown),
        total=_count(chosen),
        next_number=shown[-1][0].number if len(found) > len(shown) else None,
    )


def _cases(
    chosen: tuple[ColumnElement[bool], ...], most: int | None
) -> Sequence[Row[EffectCase, str, str]]:
    """One more than `most`, to know whether the list goes on."""
    return db.session.execute(
        select(EffectCase, Enterprise.name, Enterprise.village_code)
        .join(Enterprise, Enterprise.id == EffectCase.enterprise_id)
        .where(*chosen)
        .order_by(EffectCase.number)
        .limit(None if most is None else most + 1)
    ).all()


_VILLAGE = 13
_POINTS, _CLASSES, DAYS = "poin", "kelas", "hari"


def _own_area(scope: Scope) -> str:
    return scope.areas[0] if scope.areas else WHOLE_COUNTRY


def _area_name(code: str) -> str:
    return _COUNTRY if code == WHOLE_COUNTRY else area_named(code).name


def _report_by_id(scope: Scope, report_id: UUID) -> EffectReport:
    report = db.session.get(EffectReport, report_id)
    if report is None or report.made_at is None or not scope.covers_area(report.area_code):
        raise NotFound("report_unknown", message="Hitungan ini tidak ada lagi. Buka yang terbaru.")
    return report


def _count(chosen: tuple[ColumnElement[bool], ...]) -> int:
    statement = (
        select(func.count())
        .select_from(EffectCase)
        .join(Enterprise, Enterprise.id == EffectCase.enterprise_id)
        .where(*chosen)
    )
    return db.session.scalar(statement) or 0


def _report(scope: Scope, area_code: str) -> EffectReport | None:
    if not scope.covers_area(area_code):
        return None
    return db.session.scalars(
        select(EffectReport)
        .where(EffectReport.area_code == area_code, EffectReport.made_at.is_not(None))
        .order_by(EffectReport.made_at.desc(), EffectReport.id.desc())
        .limit(1)
    ).one_or_none()


def _improved() -> ColumnElement[bool]:
    return EffectCase.after > EffectCase.before


def _line(one: Mapping[str, Any]) -> ComparedView:
    treated = _side(one["treated"], one["number"], "terapi")
    others = _side(one["others"], one["others_line"], "lain")
    shares = (treated.share, others.share)
    difference = None if None in shares else round(((shares[0] or 0) - (shares[1] or 0)) * 100)
    return ComparedView(
        number=one["number"],
        therapy_code=one["therapy"],
        therapy=_therapy(one["therapy"]),
        provider=one["provider"],
        measure=_measure(one["measure"]),
        is_class=_is_class(one["measure"]),
        gap=one["gap"],
        treated=treated,
        others=others,
        evened=one["evened"],
        difference=difference,
        between=points_between(one["low"], one["high"]),
        verdict=VERDICT_LABELS[one["verdict"]],
        verdict_tone=verdict_tone(one["verdict"], one["warnings"]),
        warnings=warning_words(one["warnings"], one["unlike"]),
    )


def _side(one: Mapping[str, Any], line: int, part: str) -> SideView:
    return SideView(line=line, part=part, **one)


def _cost(one: Mapping[str, Any]) -> CostView:
    code = one["therapy"]
    rest = {name: value for name, value in one.items() if name != "therapy"}
    name = _therapy(code) if code else "Semua terapi"
    return CostView(therapy_code=code, therapy=name, **rest)


def _therapy(code: str) -> str:
    return current_catalogue().therapies[code].name


def _is_class(measure: str) -> bool:
    return measure == "KELAS"


def _measure(code: str) -> str:
    return "Kelas kesehatan" if _is_class(code) else indicator_name(code)


def _what(report: EffectReport, line: int, part: str) -> tuple[str, str]:
    """What a list is about, and what its values are."""
    if line == SICK_LINE and part in SICK_PARTS:
        return "Lama sakit", DAYS
    kind, place = ("costs", line - COST_LINES) if line >= COST_LINES else ("lines", line)
    found = report.figures.get(kind, [])
    if not 0 <= place < len(found) or (kind == "costs") != (part == "biaya") or part in SICK_PARTS:
        raise NotFound("list_unknown", message="Daftar ini tidak ditemukan.")
    one = found[place]
    name = _therapy(one["therapy"]) if one["therapy"] else "Semua terapi"
    words = [name, _measure(one["measure"]) if kind == "lines" else "", one["provider"]]
    is_class = kind == "costs" or _is_class(one["measure"])
    return ", ".join(word for word in words if word), _CLASSES if is_class else _POINTS


def _case(row: EffectCase, name: str, village: str, unit: str) -> CaseLine:
    return CaseLine(
        enterprise_id=row.enterprise_id,
        enterprise_name=name,
        village=village,
        before=_value(row.before, unit),
        after=_value(row.after, unit),
        number=row.number,
    )


def _value(value: int | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == _CLASSES:
        return _CLASS_NAMES[value]
    return f"{value} hari" if unit == DAYS else str(value)
