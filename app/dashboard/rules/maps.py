"""What the map can show: which numbers of a village, and how its share is told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.day_words import short_day
from app.core.distance import Place
from app.dashboard.rules.overview import CLASSES, FAIR, HEALTHY, OVERDUE, SICK, TOTAL, Counted
from app.enterprises.rules.list_filter import SERVED, ListFilter

DUE_WITHIN_DAYS = 7
DUE_SOON = "jatuh_tempo"
HELD, IDLE = "dipegang", "menganggur"
VISITS, TOOLS, EACH = "kunjungan", "alat", "usaha"
# More villages than these are told by the areas above them.
MOST_PLACES = 250
# A page with so many stays below 100 kB on its first load.
MOST_PREMISES = 300
# The lengths of codes, village first.
LEVELS = {13: "Desa", 8: "Kecamatan", 5: "Kabupaten atau kota", 2: "Provinsi"}
_QUARTER, _HALF = 0.25, 0.5
BANDS = (
    "0%",
    "sampai 25%",
    "lebih dari 25% sampai 50%",
    "lebih dari 50%",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFigure:
    """One figure that can be chosen: `part` as a share of `whole`, which are sums of counts."""

    key: str
    label: str
    part: str
    whole: tuple[str, ...]
    # The heading of the share, what it is of, and what is said where there is none of it.
    share_label: str
    of: str
    none: str
    is_good: bool = False


def _share_of(key: str, label: str, *, is_good: bool = False) -> MapFigure:
    return MapFigure(
        key=key,
        label=label,
        part=key,
        whole=(HEALTHY, FAIR, SICK),
        share_label=label.replace(" usaha", ""),
        of="usaha yang penilaiannya berlaku",
        none="belum ada penilaian yang berlaku",
        is_good=is_good,
    )


FIGURES = {
    one.key: one
    for one in (
        _share_of(SICK, "Bagian usaha sakit"),
        _share_of(FAIR, "Bagian usaha kurang sehat"),
        _share_of(HEALTHY, "Bagian usaha sehat", is_good=True),
        MapFigure(
            key=VISITS,
            label="Kunjungan jatuh tempo",
            part=DUE_SOON,
            whole=(TOTAL.key,),
            share_label="Bagian jatuh tempo",
            of="usaha yang didampingi",
            none="tidak ada usaha",
        ),
        MapFigure(
            key=TOOLS,
            label="Alat menganggur lebih dari 60 hari",
            part=IDLE,
            whole=(HELD,),
            share_label="Bagian menganggur",
            of="alat yang dipegang usaha",
            none="tidak ada alat",
        ),
    )
}
CHOICES = {**{key: one.label for key, one in FIGURES.items()}, EACH: "Titik tiap usaha"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """One number and the list that it counts: an endpoint with the words of its address."""

    key: str
    label: str
    value: int
    endpoint: str
    words: Mapping[str, str]
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """The numbers of one place; `lies` says what its point is, empty where there is none."""

    code: str
    name: str
    cells: Sequence[MapCell]
    share: float | None
    band: int | None
    weight: int
    place: Place | None = None
    lies: str = ""

    @property
    def headings(self) -> list[str | tuple[str, str]]:
        """The headings of its numbers, as the table wants them."""
        return [(cell.label, "angka") for cell in self.cells]

    @property
    def row(self) -> str:
        """The id of its line in the table."""
        return f"baris-{self.code.replace('.', '-')}"


def counted_of(figure: MapFigure, today: date) -> tuple[Counted, ...]:
    """The columns of a figure that are filters of the list of enterprises."""
    if figure.key == TOOLS:
        return ()
    if figure.key != VISITS:
        return (TOTAL, *CLASSES)
    until = today + timedelta(days=DUE_WITHIN_DAYS)
    due = ListFilter(due_until=until, life_cycle=SERVED)
    label = f"Jatuh tempo sampai {short_day(until)}"
    return (TOTAL, Counted(key=DUE_SOON, label=label, wanted=due, tone="warn"), OVERDUE)


def map_line(
    figure: MapFigure, *, code: str, name: str, counts: Mapping[str, int], today: date
) -> MapLine:
    """The line of a place: each number with its list."""
    whole = sum(counts[key] for key in figure.whole)
    share = counts[figure.part] / whole if whole else None
    return MapLine(
        code=code,
        name=name,
        cells=[_cell(one, counts, code) for one in counted_of(figure, today)]
        or _tool_cells(counts, code),
        share=share,
        band=band_of(share),
        weight=whole,
    )


def band_of(share: float | None) -> int | None:
    """In which of `BANDS` a share lies."""
    if share is None:
        return None
    if not share:
        return 0
    return 1 if share <= _QUARTER else 2 if share <= _HALF else 3


def level_for(codes: Sequence[str], area: str) -> int:
    """How long the codes are by which an area is told: the lowest level with few enough places."""
    lengths = [length for length in LEVELS if length > len(area)] or [max(LEVELS)]
    for length in lengths:
        if len({code[:length] for code in codes}) <= MOST_PLACES:
            return length
    return lengths[-1]


def summed(rows: Mapping[str, Mapping[str, int]], length: int) -> dict[str, dict[str, int]]:
    """The counts of villages added up by the first signs of their codes, in the order of codes."""
    found: dict[str, dict[str, int]] = {}
    for code in sorted(rows):
        sums = found.setdefault(code[:length], dict.fromkeys(rows[code], 0))
        for key, value in rows[code].items():
            sums[key] += value
    return found


def _cell(counted: Counted, counts: Mapping[str, int], code: str) -> MapCell:
    return MapCell(
        key=counted.key,
        label=counted.label,
        value=counts[counted.key],
        endpoint="enterprises.index",
        words=replace(counted.wanted, area=code).address(),
        tone=counted.tone,
    )


def _tool_cells(counts: Mapping[str, int], code: str) -> list[MapCell]:
    labels = {HELD: "Alat dipegang usaha", IDLE: "Menganggur lebih dari 60 hari"}
    return [
        MapCell(
            key=key,
            label=label,
            value=counts[key],
            endpoint="aid.tools",
            words={"keadaan": key, **({"wilayah": code} if code else {})},
            tone="bad" if key == IDLE else "",
        )
        for key, label in labels.items()
    ]
