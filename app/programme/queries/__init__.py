"""Reading the programme: figures, the lists behind them, what the office typed."""

from app.programme.queries.answers import LISTED, area_lines, indicators, profile
from app.programme.queries.fact_tables import Around
from app.programme.queries.lists import FigureList, figure_list
from app.programme.queries.typed import TypedLine, newest_typed, typed_history

__all__ = [
    "LISTED",
    "Around",
    "FigureList",
    "TypedLine",
    "area_lines",
    "figure_list",
    "indicators",
    "newest_typed",
    "profile",
    "typed_history",
]
