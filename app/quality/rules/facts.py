"""What is known of one enterprise when its data are looked through, and how a doubt is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.core.distance import Place
from app.core.identity import Nik
from app.health.rules.instrument import Code, Instrument, Points

CONTRADICTION, OUTLIER = "pertentangan", "tidak_biasa"
KIND_LABELS = {CONTRADICTION: "Saling bertentangan", OUTLIER: "Jauh dari yang biasa"}
# Where a value stands, and where it is put right; the routes know the addresses.
ENTERPRISE, OWNER, LIFE_CYCLE, HEALTH = "usaha", "pemilik", "keadaan", "kesehatan"
ASSESSMENT, VISIT, THERAPY, TOOL = "penilaian", "kunjungan", "terapi", "alat"
ANY_SECTOR = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The newest assessment: answers by the code of their question."""

    id: UUID
    assessed_on: date
    instrument: Instrument
    sector: str
    points: tuple[Points, ...]
    evidence: tuple[str | None, ...]
    context: Mapping[str, Any]

    def answer(self, code: Code) -> Points:
        """The points of an answer, None where it is missing."""
        return self.points[self.instrument.indicator(code).position]

    def said(self, code: Code) -> str:
        """An answer in words."""
        points = self.answer(code)
        if points is None:
            return "belum dijawab"
        return self.instrument.indicator(code).options_for(self.sector).get(points, str(points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something of a day that has a page: a visit, an assessment, a therapy, a tool."""

    id: UUID
    on: date | None = None
    name: str = ""
    place: Place | None = None
    days_used: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One enterprise with its owner and what other features last knew of it. None is unknown."""

    enterprise_id: UUID
    owner_id: UUID
    village_code: str
    today: date
    sector: str | None = None
    started_on: date | None = None
    capital: int | None = None
    yearly_sales: int | None = None
    # Paid men, paid women, family men, family women.
    workers: tuple[int | None, ...] = (None, None, None, None)
    size_class: str | None = None
    is_ultra_micro: bool | None = None
    nib: str | None = None
    npwp: str | None = None
    life_cycle: str = "aktif"
    life_cycle_on: date | None = None
    has_equipment: bool = False
    is_seasonal: bool = False
    place: Place | None = None
    # Codes of doubts that a person has confirmed in a form.
    confirmed: frozenset[str] = frozenset()
    sex: str | None = None
    born_on: date | None = None
    nik: Nik | None = None
    category: str | None = None
    returned_on: date | None = None
    years_abroad: int | None = None
    phone_index: str | None = None
    # How many other owners have the same number.
    same_phone: int = 0
    first_assessed_on: date | None = None
    assessment: Assessed | None = None
    # The newest of each.
    visit_after_end: Happened | None = None
    visit_with_place: Happened | None = None
    open_therapy: Happened | None = None
    tool: Happened | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is usual among neighbours: their number, the middle, and from where to where."""

    count: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """The middle of a village's premises, and how far away one is still usual, in km."""

    place: Place
    count: int
    limit_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The neighbours: what is usual by measure and sector, and the middle of each village.

    The sector `ANY_SECTOR` stands for all together, where one alone has too few.
    """

    usual: Mapping[tuple[str, str], Usual] = field(default_factory=dict)
    middles: Mapping[str, Middle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two values: its label, itself in words, and the page where it stands.

    What is only there to compare with (the neighbours' range) does not count: a decision that was
    taken holds while that changes. `stamp` stands for a value that is not shown.
    """

    label: str
    text: str
    page: str = ""
    subject_id: UUID | None = None
    counts: bool = True
    stamp: str = ""


Seen = tuple[Side, Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can't be, or hardly be, what to do about it, and where.

    `look` gives the two values, or nothing. `rests_on_others`: it may cease without a change of
    the enterprise itself. Rules of more weight are shown first.
    """

    code: str
    kind: str
    name: str
    why: str
    advice: str
    mend: str
    look: Callable[[Facts, Around], Seen | None]
    weight: int = 2
    rests_on_others: bool = False
