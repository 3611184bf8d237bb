"""Figures across features, and the lists behind them: each number comes from one statement."""

from app.dashboard.queries.movement import (
    enterprise_count,
    enterprises,
    file_row_count,
    left_out_count,
    list_rows,
    listed,
    movement,
)
from app.dashboard.queries.overview import overview, work_lists
from app.dashboard.queries.states import state_on
from app.places.queries import VILLAGE_LENGTH, home_area, reached_area, trail

__all__ = [
    "VILLAGE_LENGTH",
    "enterprise_count",
    "enterprises",
    "file_row_count",
    "home_area",
    "left_out_count",
    "list_rows",
    "listed",
    "movement",
    "overview",
    "reached_area",
    "state_on",
    "trail",
    "work_lists",
]
