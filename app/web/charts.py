"""Bars and lines as plain numbers for the SVG components: no drawing in templates, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.web.filters import angka, tanggal_pendek

_WIDTH = 420
_BAR_STEP = 30
_BAR_THICKNESS = 18
_BAR_LEFT = 150
_BAR_VALUE_ROOM = 56
_LINE_HEIGHT = 230
_LINE_LEFT = 34
_LINE_TOP = 14
_LINE_BOTTOM = 26
_LINE_RIGHT = 8
_TICK_ROOM = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The same numbers as a table: headings, and rows whose first word names the row."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; lengths are units of the picture."""

    label: str
    shown: str
    tone: str
    y: int
    text_y: int
    width: int
    value_x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars, for `components/bar_chart.html`."""

    id: str
    title: str
    bars: Sequence[Bar]
    figures: Figures
    height: int
    width: int = _WIDTH
    left: int = _BAR_LEFT
    thickness: int = _BAR_THICKNESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one line, one a day of the chart; None leaves a gap that the line bridges."""

    label: str
    values: Sequence[float | None]
    tone: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value on a line."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; its label stands at its last value when there are several lines."""

    label: str
    tone: str
    points: str
    dots: Sequence[Dot]
    end_x: int
    end_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value of the upright scale."""

    y: int
    label_y: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One day of the lying scale."""

    x: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over days, for `components/line_chart.html`."""

    id: str
    title: str
    lines: Sequence[Line]
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    figures: Figures
    width: int = _WIDTH
    height: int = _LINE_HEIGHT
    left: int = _LINE_LEFT
    axis_x: int = _LINE_LEFT - 4
    foot_y: int = _LINE_HEIGHT - 4


def bar_chart(
    *, chart_id: str, title: str, values: Sequence[tuple[str, float, str]], heading: str = "Jumlah"
) -> BarChart:
    """Bars of (label, value, tone); the longest value fills the picture."""
    most = max((value for _, value, _ in values), default=0) or 1
    room = _WIDTH - _BAR_LEFT - _BAR_VALUE_ROOM
    bars = []
    for place, (label, value, tone) in enumerate(values):
        width = round(room * value / most)
        bars.append(
            Bar(
                label=label,
                shown=angka(value),
                tone=tone,
                y=place * _BAR_STEP + 4,
                text_y=place * _BAR_STEP + 18,
                width=width,
                value_x=_BAR_LEFT + width + 6,
            )
        )
    return BarChart(
        id=chart_id,
        title=title,
        bars=bars,
        height=len(values) * _BAR_STEP + 4,
        figures=Figures(
            headings=("", heading), rows=[(label, angka(value)) for label, value, _ in values]
        ),
    )


def line_chart(
    *,
    chart_id: str,
    title: str,
    days: Sequence[date],
    series: Sequence[Series],
    low: float = 0,
    high: float = 100,
) -> LineChart:
    """Lines over `days` (ascending); `low` and `high` bound the upright scale."""
    across = [_x(day, days) for day in days]
    return LineChart(
        id=chart_id,
        title=title,
        lines=[_line(one, across, low, high, is_named=len(series) > 1) for one in series],
        marks=[_mark(value, low, high) for value in (low, (low + high) / 2, high)],
        ticks=_ticks(days, across),
        figures=Figures(
            headings=("Tanggal", *(one.label for one in series)),
            rows=[
                (tanggal_pendek(day), *(angka(one.values[place]) for one in series))
                for place, day in enumerate(days)
            ],
        ),
    )


def _x(day: date, days: Sequence[date]) -> int:
    room = _WIDTH - _LINE_LEFT - _LINE_RIGHT
    span = (days[-1] - days[0]).days if days else 0
    return _LINE_LEFT + (room // 2 if span == 0 else round(room * (day - days[0]).days / span))


def _y(value: float, low: float, high: float) -> int:
    room = _LINE_HEIGHT - _LINE_TOP - _LINE_BOTTOM
    return _LINE_TOP + round(room * (high - value) / ((high - low) or 1))


def _mark(value: float, low: float, high: float) -> Mark:
    y = _y(value, low, high)
    return Mark(y=y, label_y=y + 4, label=angka(value))


def _line(one: Series, across: Sequence[int], low: float, high: float, *, is_named: bool) -> Line:
    dots = [
        Dot(x=x, y=_y(value, low, high))
        for x, value in zip(across, one.values, strict=True)
        if value is not None
    ]
    last = dots[-1] if dots else Dot(x=_LINE_LEFT, y=_LINE_TOP)
    return Line(
        label=one.label if is_named else "",
        tone=one.tone,
        points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        dots=dots,
        end_x=last.x,
        end_y=max(last.y - 8, 12),
    )


def _ticks(days: Sequence[date], across: Sequence[int]) -> list[Tick]:
    """The last day and, going back, every day that has room for its name."""
    chosen: list[int] = []
    for place in range(len(days) - 1, -1, -1):
        if not chosen or across[chosen[-1]] - across[place] >= _TICK_ROOM:
            chosen.append(place)
    return [
        Tick(
            x=across[place],
            label=tanggal_pendek(days[place]),
            anchor=_anchor(place, len(days)),
        )
        for place in reversed(chosen)
    ]


def _anchor(place: int, count: int) -> str:
    if count > 1 and place == 0:
        return "start"
    return "end" if count > 1 and place == count - 1 else "middle"
