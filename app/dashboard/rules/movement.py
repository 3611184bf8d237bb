"""Where enterprises stood and stand: the matrix of movement between classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.period import Period
from app.dashboard.rules.overview import FAIR, GONE, HEALTHY, SICK
from app.enterprises.rules.list_filter import EXPIRED, NOT_ASSESSABLE, UNASSESSED

ABSENT = "belum_terdaftar"
# States of an enterprise on a day, as movement counts them, in the order of rows and columns.
STATE_LABELS: dict[str, str] = {
    HEALTHY: "Sehat",
    FAIR: "Kurang sehat",
    SICK: "Sakit",
    EXPIRED: "Kedaluwarsa",
    NOT_ASSESSABLE: "Belum dapat dinilai",
    UNASSESSED: "Belum dinilai",
    GONE.key: "Tidak lagi didampingi",
    ABSENT: "Belum terdaftar",
}
STARTS = tuple(STATE_LABELS)
ENDS = tuple(state for state in STATE_LABELS if state != ABSENT)
_RANKS = {SICK: 0, FAIR: 1, HEALTHY: 2}
BETTER, WORSE = "membaik", "memburuk"
TURN_LABELS = {BETTER: "Membaik", WORSE: "Memburuk"}


def turns(turn: str) -> list[tuple[str, str]]:
    """The moves (from, to) between classes that are a turn for the better or the worse."""
    tone = {BETTER: "good", WORSE: "bad"}[turn]
    return [(start, end) for start in _RANKS for end in _RANKS if _tone(start, end) == tone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many went from one state to another; `tone` says better, worse or neither."""

    start: str
    end: str
    value: int
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """All that were in one state when the period began."""

    start: str
    label: str
    cells: Sequence[Cell]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Where enterprises stood when a period began and when it ended."""

    period: Period
    rows: Sequence[MovementRow]
    ends: Sequence[Cell]
    total: int
    better: int
    worse: int

    @property
    def headings(self) -> list[str]:
        """Words of the columns of states."""
        return [STATE_LABELS[end] for end in ENDS]

    @property
    def columns(self) -> list[str | tuple[str, str]]:
        """Words of all columns of the table, those of numbers marked."""
        numbers = [(word, "angka") for word in (*self.headings, "Jumlah")]
        return ["Dari / ke", *numbers]


def movement_of(period: Period, pairs: Iterable[tuple[str, str, int]]) -> Movement:
    """The matrix of (state at the start, state at the end, number)."""
    numbers = {(start, end): value for start, end, value in pairs}
    rows = []
    for start in STARTS:
        cells = [
            Cell(
                start=start,
                end=end,
                value=numbers.get((start, end), 0),
                tone=_tone(start, end),
            )
            for end in ENDS
        ]
        rows.append(
            MovementRow(
                start=start,
                label=STATE_LABELS[start],
                cells=cells,
                total=sum(cell.value for cell in cells),
            )
        )
    every = [cell for row in rows for cell in row.cells]
    return Movement(
        period=period,
        rows=rows,
        ends=[
            Cell(start="", end=end, value=sum(one.value for one in every if one.end == end))
            for end in ENDS
        ],
        total=sum(cell.value for cell in every),
        better=sum(cell.value for cell in every if cell.tone == "good"),
        worse=sum(cell.value for cell in every if cell.tone == "bad"),
    )


def _tone(start: str, end: str) -> str:
    if start not in _RANKS or end not in _RANKS or start == end:
        return ""
    return "good" if _RANKS[end] > _RANKS[start] else "bad"
