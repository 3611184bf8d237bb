"""Cash at the end of each month as plain numbers for the SVG component."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.charts import Dot, Figures, Line, LineChart, Mark, Tick
from app.web.filters import angka, rupiah

_WIDTH, _HEIGHT = 420, 230
_LEFT, _TOP, _BOTTOM, _RIGHT = 62, 16, 28, 16
_MILLION = 1_000_000


def cash_line(*, chart_id: str, title: str, amounts: Sequence[int]) -> LineChart:
    """A line over months, the first amount being that before the first month; zero is marked."""
    low, high = min(0, *amounts), max(0, *amounts)
    dots = [
        Dot(x=_x(place, len(amounts)), y=_y(amount, low, high))
        for place, amount in enumerate(amounts)
    ]
    return LineChart(
        id=chart_id,
        title=title,
        lines=[
            Line(
                label="",
                tone="bad" if low < 0 else "main",
                points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
                dots=dots,
                end_x=dots[-1].x,
                end_y=dots[-1].y,
            )
        ],
        marks=[_mark(value, low, high) for value in sorted({low, 0, high})],
        ticks=[
            Tick(x=dot.x, label="kini" if place == 0 else f"bln {place}", anchor="middle")
            for place, dot in enumerate(dots)
        ],
        figures=Figures(
            headings=("Akhir bulan ke-", "Kas bebas"),
            rows=[
                ("sekarang" if place == 0 else angka(place), rupiah(amount))
                for place, amount in enumerate(amounts)
            ],
        ),
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        axis_x=_LEFT - 4,
        foot_y=_HEIGHT - 6,
    )


def _x(place: int, count: int) -> int:
    room = _WIDTH - _LEFT - 2 * _RIGHT
    return _LEFT + _RIGHT + round(room * place / max(1, count - 1))


def _y(amount: int, low: int, high: int) -> int:
    room = _HEIGHT - _TOP - _BOTTOM
    return _TOP + round(room * (high - amount) / ((high - low) or 1))


def _mark(amount: int, low: int, high: int) -> Mark:
    y = _y(amount, low, high)
    return Mark(y=y, label_y=y + 4, label=short_money(amount))


def short_money(amount: int) -> str:
    """ "2,9 jt", "-150 rb": an axis has little room."""
    if abs(amount) >= _MILLION:
        return f"{angka(round(amount / _MILLION, 1))} jt"
    return f"{angka(round(amount / 1000))} rb" if amount else "0"
