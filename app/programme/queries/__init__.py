"""Reading the programme: figures, the lists behind them, what the office typed."""

from app.programme.queries.amount_lists import (
    AmountLine,
    AmountList,
    amount_list,
    whole_amount_list,
)
from app.programme.queries.answers import LISTED, area_lines, indicators, profile
from app.programme.queries.fact_tables import Around
from app.programme.queries.lists import FigureList, figure_list, whole_figure_list
from app.programme.queries.typed import TypedLine, newest_typed, typed_history

__all__ = [
    "LISTED",
    "AmountLine",
    "AmountList",
    "Around",
    "FigureList",
    "TypedLine",
    "amount_list",
    "area_lines",
    "figure_list",
    "indicators",
    "newest_typed",
    "profile",
    "typed_history",
    "whole_amount_list",
    "whole_figure_list",
]
