"""Trends as numbers for the SVG templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.health.queries import Trend
from app.web.charts import Dot, LineChart, Series, line_chart

# Lines need two points; a single assessment has no trend.
_LEAST = 2
_WIDTH, _HEIGHT, _EDGE = 80, 32, 4
_FULL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionTrend:
    """One dimension over time: a small line, its newest value and the change since the one before.

    `last` and `moved` are tenths; `dated` pairs days with values for the table.
    """

    name: str
    points: str
    end: Dot
    last: int
    direction: str
    moved: int
    dated: Sequence[tuple[date, int | None]]


def total_chart(trend: Trend) -> LineChart | None:
    """The total over time; none before the second assessment."""
    if len(trend.days) < _LEAST:
        return None
    totals = [None if value is None else value / 10 for value in trend.totals]
    return line_chart(
        chart_id="skor",
        title="Skor kesehatan dari waktu ke waktu",
        days=trend.days,
        series=[Series(label="Skor", values=totals)],
    )


def dimension_trends(trend: Trend) -> list[DimensionTrend]:
    """A small line for each dimension that has at least two values."""
    found = []
    for name, values in trend.dimensions:
        known = [
            (day, value) for day, value in zip(trend.days, values, strict=True) if value is not None
        ]
        if len(known) >= _LEAST:
            found.append(_trend(name, known, list(zip(trend.days, values, strict=True))))
    return found


def _trend(
    name: str, known: list[tuple[date, int]], dated: list[tuple[date, int | None]]
) -> DimensionTrend:
    change = known[-1][1] - known[-2][1]
    dots = [Dot(x=_x(day, known), y=_y(value)) for day, value in known]
    return DimensionTrend(
        name=name,
        points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        end=dots[-1],
        last=known[-1][1],
        direction="naik" if change > 0 else "turun" if change < 0 else "tetap",
        moved=abs(change),
        dated=dated,
    )


def _x(day: date, known: list[tuple[date, int]]) -> int:
    first, last = known[0][0], known[-1][0]
    room = _WIDTH - 2 * _EDGE
    return _EDGE + round(room * (day - first).days / max(1, (last - first).days))


def _y(value: int) -> int:
    room = _HEIGHT - 2 * _EDGE
    return _EDGE + round(room * (_FULL - value) / _FULL)
