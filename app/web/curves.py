"""A falling curve with its band, as plain numbers for the SVG component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.charts import Figures, Mark, Tick
from app.web.filters import persen

_WIDTH, _HEIGHT = 420, 230
_LEFT, _TOP, _BOTTOM, _RIGHT = 44, 14, 26, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From `day` on: a share with the bounds of its interval."""

    day: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart:
    """A step curve, for `components/curve_chart.html`."""

    id: str
    title: str
    path: str
    band: str
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    figures: Figures
    width: int = _WIDTH
    height: int = _HEIGHT
    left: int = _LEFT
    axis_x: int = _LEFT - 4
    foot_y: int = _HEIGHT - 4


def curve_chart(
    *, chart_id: str, title: str, steps: Sequence[Step], tick_days: int, figures: Figures
) -> CurveChart:
    """The curve over days from 0 to the last step, which begins at the whole."""
    last = max((step.day for step in steps), default=0) or 1
    across = [_x(step.day, last) for step in steps]
    upper = _stairs(across, [_y(step.high) for step in steps])
    lower = _stairs(across, [_y(step.low) for step in steps])
    return CurveChart(
        id=chart_id,
        title=title,
        path=_written(_stairs(across, [_y(step.share) for step in steps])),
        band=_written([*upper, *reversed(lower)]),
        marks=[Mark(y=_y(share), label_y=_y(share) + 4, label=persen(share)) for share in _SHARES],
        ticks=[
            Tick(x=_x(day, last), label=f"{day // tick_days}", anchor="middle")
            for day in _tick_days(last, tick_days)
        ],
        figures=figures,
    )


_SHARES = (0.0, 0.5, 1.0)
_MOST_TICKS = 9


def _tick_days(last: int, tick_days: int) -> list[int]:
    count = last // tick_days
    every = max(1, -(-count // _MOST_TICKS))
    return [number * tick_days for number in range(0, count + 1, every)]


def _x(day: int, last: int) -> int:
    return _LEFT + round((_WIDTH - _LEFT - _RIGHT) * day / last)


def _y(share: float) -> int:
    return _TOP + round((_HEIGHT - _TOP - _BOTTOM) * (1 - share))


def _stairs(across: Sequence[int], down: Sequence[int]) -> list[tuple[int, int]]:
    """A value holds until the next one: first along, then down."""
    points: list[tuple[int, int]] = []
    for x, y in zip(across, down, strict=True):
        if points:
            points.append((x, points[-1][1]))
        points.append((x, y))
    return points


def _written(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
