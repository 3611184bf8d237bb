"""Money month by month as plain numbers for the SVG component; a month not told breaks the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.day_words import long_month, short_month
from app.web.cash_lines import short_money
from app.web.charts import Dot, Figures, Line, LineChart, Mark, Tick
from app.web.filters import rupiah

_WIDTH, _HEIGHT = 420, 230
_LEFT, _TOP, _BOTTOM, _RIGHT = 58, 18, 28, 14
# The last name ends at its place; the others stand around theirs.
_TICK_ROOM, _LAST_ROOM, _LABEL_ROOM = 68, 100, 14
NOT_TOLD = "belum diisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneySeries:
    """One line: an amount a month; None is a month of which nothing is known."""

    label: str
    amounts: Sequence[int | None]
    tone: str = "main"


def month_chart(
    *, chart_id: str, title: str, months: Sequence[date], series: Sequence[MoneySeries]
) -> LineChart:
    """Lines over months (ascending); where nothing is known the line stops and begins anew."""
    known = [value for one in series for value in one.amounts if value is not None]
    low, high = min(0, *known, 0), max(0, *known, 0)
    across = [_x(place, len(months)) for place in range(len(months))]
    return LineChart(
        id=chart_id,
        title=title,
        lines=list(_apart([line for one in series for line in _lines(one, across, low, high)])),
        marks=[
            Mark(y=_y(value, low, high), label_y=_y(value, low, high) + 4, label=short_money(value))
            for value in sorted({low, 0, high})
        ],
        ticks=_ticks(months, across),
        figures=Figures(
            headings=("Bulan", *(one.label for one in series)),
            rows=[
                (long_month(month), *(_told(one.amounts[place]) for one in series))
                for place, month in enumerate(months)
            ],
        ),
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        axis_x=_LEFT - 4,
        foot_y=_HEIGHT - 6,
    )


def _told(amount: int | None) -> str:
    return NOT_TOLD if amount is None else rupiah(amount)


def _lines(one: MoneySeries, across: Sequence[int], low: int, high: int) -> Iterator[Line]:
    """The stretches of a line between its gaps; the last one bears its word."""
    stretches: list[list[Dot]] = [[]]
    for x, amount in zip(across, one.amounts, strict=True):
        if amount is None:
            stretches.append([])
        else:
            stretches[-1].append(Dot(x=x, y=_y(amount, low, high)))
    filled = [dots for dots in stretches if dots]
    for place, dots in enumerate(filled, start=1):
        yield Line(
            label=one.label if place == len(filled) else "",
            tone=one.tone,
            points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
            dots=dots,
            end_x=dots[-1].x,
            end_y=max(dots[-1].y - 8, 12),
        )


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The words at the ends, moved so that none lies on another."""
    taken: list[int] = []
    for line in lines:
        y = line.end_y
        while line.label and any(abs(y - other) < _LABEL_ROOM for other in taken):
            y += _LABEL_ROOM
        if line.label:
            taken.append(y)
        yield Line(
            label=line.label,
            tone=line.tone,
            points=line.points,
            dots=line.dots,
            end_x=line.end_x,
            end_y=y,
        )


def _x(place: int, count: int) -> int:
    room = _WIDTH - _LEFT - 2 * _RIGHT
    return _LEFT + _RIGHT + round(room * place / max(1, count - 1))


def _y(amount: int, low: int, high: int) -> int:
    room = _HEIGHT - _TOP - _BOTTOM
    return _TOP + round(room * (high - amount) / ((high - low) or 1))


def _ticks(months: Sequence[date], across: Sequence[int]) -> list[Tick]:
    """The last month and, going back, every month that has room for its name."""
    chosen: list[int] = []
    for place in range(len(months) - 1, -1, -1):
        room = _LAST_ROOM if len(chosen) == 1 else _TICK_ROOM
        if not chosen or across[chosen[-1]] - across[place] >= room:
            chosen.append(place)
    return [
        Tick(
            x=across[place],
            label=short_month(months[place]),
            anchor="end" if place == len(months) - 1 else "middle",
        )
        for place in reversed(chosen)
    ]
