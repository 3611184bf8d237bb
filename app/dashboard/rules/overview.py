"""What the overview counts: every count is a filter of the list of enterprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.period import Period
from app.enterprises.rules.list_filter import (
    ABSENT,
    EXPIRED,
    LONG_SICK_DAYS,
    NOBODY,
    NOT_ASSESSABLE,
    SERVED,
    STOPPED,
    UNASSESSED,
    ListFilter,
)

HEALTHY, FAIR, SICK = "sehat", "kurang_sehat", "sakit"


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
COUNT_KEYS = (*(counted.key for counted in COUNTED), VISITED, DUE)
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
    Counted(
        key="pendamping_berhenti",
        label="Pendampingnya sudah berhenti",
        wanted=ListFilter(mentor=ABSENT, life_cycle=SERVED),
        tone="bad",
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
class Overview:
    """An area and the areas below it, in one period."""

    period: Period
    whole: AreaLine
    lines: Sequence[AreaLine]


def overview_of(*, code: str, name: str, period: Period, lines: Sequence[AreaLine]) -> Overview:
    """The overview of an area: its numbers are the sums of its parts."""
    sums = {key: sum(line.counts[key] for line in lines) for key in COUNT_KEYS}
    return Overview(period=period, whole=AreaLine(code=code, name=name, counts=sums), lines=lines)
