"""What the overview counts, between which days, and how movement between classes adds up.

Every count is a filter of the list of enterprises, so a number and the list behind it are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.errors import InvalidInput
from app.enterprises.rules.list_filter import (
    EXPIRED,
    NOBODY,
    NOT_ASSESSABLE,
    SERVED,
    STOPPED,
    UNASSESSED,
    ListFilter,
)

USUAL_DAYS = 91
LONGEST_DAYS = 5 * 366
LONG_SICK_DAYS = 14

HEALTHY, FAIR, SICK = "sehat", "kurang_sehat", "sakit"
ABSENT = "belum_terdaftar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `from_on` to `until_on`, both included."""

    from_on: date
    until_on: date

    def address(self) -> dict[str, str]:
        """The period as the words of an address."""
        return {"dari": self.from_on.isoformat(), "sampai": self.until_on.isoformat()}


def period_of(from_on: date | None, until_on: date | None, *, today: date) -> Period:
    """The period that is meant; what was left empty is today and the quarter before it.

    Raises:
        InvalidInput: the days stand in the wrong order, or too far apart.
    """
    until = until_on or today
    start = from_on or until - timedelta(days=USUAL_DAYS)
    if start > until:
        raise InvalidInput(
            "period_reversed",
            field="dari",
            message="Tanggal awal harus sebelum tanggal akhir.",
        )
    if (until - start).days > LONGEST_DAYS:
        raise InvalidInput(
            "period_long", field="dari", message="Masa yang dibandingkan paling lama lima tahun."
        )
    return Period(from_on=start, until_on=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One column of the overview; `tone` colours its number."""

    key: str
    label: str
    wanted: ListFilter
    tone: str = ""


def _class(key: str, label: str, tone: str) -> Counted:
    wanted = ListFilter(health=key, is_current=True, life_cycle=SERVED)
    return Counted(key=key, label=label, wanted=wanted, tone=tone)


TOTAL = Counted(key="total", label="Usaha didampingi", wanted=ListFilter(life_cycle=SERVED))
# These part the total: each enterprise that is looked after stands in exactly one of them.
CLASSES = (
    _class(HEALTHY, "Sehat", "good"),
    _class(FAIR, "Kurang sehat", "warn"),
    _class(SICK, "Sakit", "bad"),
    Counted(
        key=EXPIRED,
        label="Kedaluwarsa",
        wanted=ListFilter(health=EXPIRED, life_cycle=SERVED),
    ),
    Counted(
        key=NOT_ASSESSABLE,
        label="Belum dapat dinilai",
        wanted=ListFilter(health=NOT_ASSESSABLE, life_cycle=SERVED),
    ),
    Counted(
        key=UNASSESSED,
        label="Belum dinilai",
        wanted=ListFilter(health=UNASSESSED, life_cycle=SERVED),
    ),
)
OVERDUE = Counted(
    key="terlambat",
    label="Kunjungan terlambat",
    wanted=ListFilter(is_overdue=True),
    tone="bad",
)
GONE = Counted(key="berhenti", label="Tidak lagi didampingi", wanted=ListFilter(life_cycle=STOPPED))
COUNTED = (TOTAL, *CLASSES, OVERDUE, GONE)
# Counted from visits in the period, which the list of enterprises doesn't know.
VISITED, DUE = "dikunjungi", "perlu_dikunjungi"
_COUNT_KEYS = (*(counted.key for counted in COUNTED), VISITED, DUE)
VISIT_LABELS = {VISITED: "Sudah dikunjungi", DUE: "Perlu dikunjungi"}

LATE_WITHOUT_PLAN = "sakit_lama_tanpa_rencana"
WORK_LISTS = (
    Counted(
        key=LATE_WITHOUT_PLAN,
        label=f"Sakit lebih dari {LONG_SICK_DAYS} hari tanpa rencana terapi",
        wanted=ListFilter(
            health=SICK, is_without_plan=True, sick_days=LONG_SICK_DAYS, life_cycle=SERVED
        ),
        tone="bad",
    ),
    Counted(
        key="sakit_tanpa_rencana",
        label="Sakit tanpa rencana terapi",
        wanted=ListFilter(health=SICK, is_without_plan=True, life_cycle=SERVED),
    ),
    Counted(
        key="tanpa_pendamping",
        label="Belum punya pendamping",
        wanted=ListFilter(mentor=NOBODY, life_cycle=SERVED),
    ),
    OVERDUE,
    Counted(
        key=EXPIRED,
        label="Penilaian kedaluwarsa",
        wanted=ListFilter(health=EXPIRED, life_cycle=SERVED),
    ),
    Counted(
        key=UNASSESSED,
        label="Belum pernah dinilai",
        wanted=ListFilter(health=UNASSESSED, life_cycle=SERVED),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number and the filter of the list that it counts."""

    key: str
    label: str
    value: int
    wanted: ListFilter
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """The numbers of one area."""

    code: str
    name: str
    counts: Mapping[str, int]

    def number(self, counted: Counted) -> Number:
        """One number of the area, with its list."""
        return Number(
            key=counted.key,
            label=counted.label,
            value=self.counts[counted.key],
            wanted=replace(counted.wanted, area=self.code),
            tone=counted.tone,
        )

    @property
    def total(self) -> Number:
        """All that are looked after."""
        return self.number(TOTAL)

    @property
    def classes(self) -> list[Number]:
        """The parts of the total."""
        return [self.number(counted) for counted in CLASSES]

    @property
    def overdue(self) -> Number:
        """Those whose next visit is late."""
        return self.number(OVERDUE)

    @property
    def gone(self) -> Number:
        """Those that are no longer looked after."""
        return self.number(GONE)

    @property
    def visited(self) -> int:
        """Those with a visit in the period."""
        return self.counts[VISITED]

    @property
    def due(self) -> int:
        """Those that a visit in the period was or is due for."""
        return self.counts[DUE]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many enterprises of an area are alike in all that the overview tells of them.

    `standing` is the key of a class or of those that are gone; the flags are 0 or 1.
    """

    code: str
    name: str
    standing: str
    is_overdue: int
    is_visited: int
    is_due: int
    number: int


def area_lines(groups: Iterable[GroupCount]) -> list[AreaLine]:
    """The numbers of each area, in the order in which the areas come."""
    lines: dict[str, tuple[str, dict[str, int]]] = {}
    for group in groups:
        _, counts = lines.setdefault(group.code, (group.name, dict.fromkeys(_COUNT_KEYS, 0)))
        if group.standing in counts:
            counts[group.standing] += group.number
        if group.standing != GONE.key:
            counts[TOTAL.key] += group.number
        counts[OVERDUE.key] += group.number * group.is_overdue
        counts[VISITED] += group.number * group.is_visited
        counts[DUE] += group.number * (group.is_visited or group.is_due)
    return [AreaLine(code=code, name=name, counts=counts) for code, (name, counts) in lines.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An area and the areas below it, in one period."""

    period: Period
    whole: AreaLine
    lines: Sequence[AreaLine]


def overview_of(*, code: str, name: str, period: Period, lines: Sequence[AreaLine]) -> Overview:
    """The overview of an area: its numbers are the sums of its parts."""
    sums = {key: sum(line.counts[key] for line in lines) for key in _COUNT_KEYS}
    return Overview(period=period, whole=AreaLine(code=code, name=name, counts=sums), lines=lines)


# States of an enterprise on a day, as movement counts them, in the order of rows and columns.
STATE_LABELS: dict[str, str] = {
    HEALTHY: "Sehat",
    FAIR: "Kurang sehat",
    SICK: "Sakit",
    EXPIRED: "Kedaluwarsa",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list behind a number of a period asks for; an empty word asks for anything.

    `start` and `end` are states of the matrix, `turn` is "membaik" or "memburuk", `visits` is
    "dikunjungi" or "perlu_dikunjungi".
    """

    area: str = ""
    period: Period
    start: str = ""
    end: str = ""
    turn: str = ""
    visits: str = ""

    def address(self) -> dict[str, str]:
        """The list as the words of an address."""
        words = {
            "wilayah": self.area,
            **self.period.address(),
            "awal": self.start,
            "akhir": self.end,
            "arah": self.turn,
            "kunjungan": self.visits,
        }
        return {name: word for name, word in words.items() if word}

    def described(self, area_name: str) -> list[tuple[str, str]]:
        """The list in words, as (what, which)."""
        lines = [
            ("Wilayah", area_name),
            (_day("Keadaan pada", self.period.from_on), STATE_LABELS.get(self.start, "")),
            (_day("Keadaan pada", self.period.until_on), STATE_LABELS.get(self.end, "")),
            ("Perpindahan kelas", TURN_LABELS.get(self.turn, "")),
            ("Kunjungan", VISIT_LABELS.get(self.visits, "")),
        ]
        return [(what, which) for what, which in lines if which]


def wanted_of(words: Mapping[str, str], period: Period) -> Wanted:
    """The list of an address; a word that means nothing asks for anything."""
    return Wanted(
        area=words.get("wilayah", ""),
        period=period,
        start=_known(words.get("awal", ""), STARTS),
        end=_known(words.get("akhir", ""), ENDS),
        turn=_known(words.get("arah", ""), tuple(TURN_LABELS)),
        visits=_known(words.get("kunjungan", ""), tuple(VISIT_LABELS)),
    )


def _known(word: str, known: Sequence[str]) -> str:
    return word if word in known else ""


def _day(what: str, day: date) -> str:
    return f"{what} {day:%d-%m-%Y}"
