"""Sales and surplus as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from app.cashbook.queries.charts import MonthPoint
from app.web.charts import LineChart
from app.web.month_lines import MoneySeries, month_chart


def course_chart(points: Sequence[MonthPoint]) -> LineChart | None:
    """The lines over the months; None where nothing is known of any."""
    if not any(point.source for point in points):
        return None
    return month_chart(
        chart_id="jalannya",
        title="Penjualan dan surplus tiap bulan, rupiah",
        months=[point.month for point in points],
        series=[
            MoneySeries(label="Penjualan", amounts=[point.sales for point in points]),
            MoneySeries(label="Surplus", amounts=[point.surplus for point in points], tone="good"),
        ],
    )
