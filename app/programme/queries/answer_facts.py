"""What assessments say: the last one until each of two days, and the classes of those days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, and_, case, null, or_, select
from sqlalchemy.orm import aliased

from app.enterprises.models import Enterprise
from app.health.models import ClassSpan, HealthAssessment
from app.health.queries.instruments import published_instruments
from app.health.rules.instrument import Instrument
from app.programme.queries.fact_tables import Around, Fact, FactTable, served

_First = aliased(HealthAssessment, name="first_assessment")
_Last = aliased(HealthAssessment, name="last_assessment")
_FirstSpan = aliased(ClassSpan, name="first_span")
_LastSpan = aliased(ClassSpan, name="last_span")
_RANKS = {"sakit": 0, "kurang_sehat": 1, "sehat": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Questions that must all be answered with at least so many points."""

    words: str
    points: dict[str, int]
    is_food: bool = False


MEASURES = {
    "keuangan": Measure(
        words="Mencatat di buku kas dan memisahkan uang usaha", points={"MNJ1": 3, "KEU4": 3}
    ),
    "bersih": Measure(words="Memenuhi 4 atau 5 butir kebersihan", points={"PRD3": 3}, is_food=True),
    "darurat": Measure(words="Punya dana darurat 2 minggu atau lebih", points={"SDM3": 2}),
    "pinjaman": Measure(words="Pinjamannya dari sumber yang aman", points={"MDL3": 3}),
    "sisa": Measure(words="Ada sisa penjualan yang cukup", points={"KEU1": 2}),
    "penjualan": Measure(words="Penjualannya naik lebih dari 10%", points={"PSR1": 4}),
    "terampil": Measure(words="Menerapkan pelatihan", points={"SDM1": 3}),
    "kemasan": Measure(words="Kemasannya rapat dan bahannya sesuai", points={"KMS1": 3}),
    "saluran": Measure(words="Saluran jual terbesarnya paling banyak 60%", points={"PSR3": 3}),
    "stok": Measure(words="Kehabisan stok paling banyak sekali", points={"PRD2": 3}),
}
_ASKED = sorted({code for one in MEASURES.values() for code in one.points})


def _latest(day: date) -> ScalarSelect[UUID]:
    """The id of the last assessment until a day; of one day the one that was received last."""
    return (
        select(HealthAssessment.id)
        .where(HealthAssessment.enterprise_id == Enterprise.id, HealthAssessment.assessed_on <= day)
        .order_by(
            HealthAssessment.assessed_on.desc(),
            HealthAssessment.received_at.desc(),
            HealthAssessment.id.desc(),
        )
        .limit(1)
        .correlate(Enterprise)
        .scalar_subquery()
    )


def _points(
    assessment: Any, code: str, instruments: Sequence[Instrument]
) -> ColumnElement[int | None]:
    """The points of a question, wherever the assessment's version of the instrument has it."""
    known = [
        (assessment.instrument_version == instrument.version, assessment.points[place].as_integer())
        for instrument in instruments
        for place in _places(instrument, code)
    ]
    return case(*known, else_=null()) if known else null().cast(Integer)


def _places(instrument: Instrument, code: str) -> Iterable[int]:
    return [one.position for one in instrument.indicators if one.code == code]


def _rows(around: Around) -> Select[*tuple[Any, ...]]:
    first_on, last_on = around.period.from_on, around.period.until_on
    versions = published_instruments()
    return (
        select(
            Enterprise.id,
            _Last.sector.label("sector"),
            and_(_First.id.is_not(None), _Last.id != _First.id).label("is_again"),
            _FirstSpan.health_class.label("first_class"),
            _LastSpan.health_class.label("last_class"),
            *(_points(_First, code, versions).label(f"first_{code}") for code in _ASKED),
            *(_points(_Last, code, versions).label(f"last_{code}") for code in _ASKED),
        )
        .select_from(Enterprise)
        .join(_Last, _Last.id == _latest(last_on))
        .outerjoin(_First, _First.id == _latest(first_on))
        .outerjoin(_FirstSpan, _is_current(_FirstSpan, first_on))
        .outerjoin(_LastSpan, _is_current(_LastSpan, last_on))
        .where(served(around))
    )


def _is_current(span: Any, day: date) -> ColumnElement[bool]:
    return and_(span.enterprise_id == Enterprise.id, span.from_on <= day, span.until_on >= day)


def _meets(measure: Measure, which: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda c: and_(
        *(c[f"{which}_{code}"] >= points for code, points in measure.points.items()),
        *_of_food(measure, c),
    )


def _answered(measure: Measure, which: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda c: and_(
        *(c[f"{which}_{code}"].is_not(None) for code in measure.points), *_of_food(measure, c)
    )


def _of_food(measure: Measure, c: Any) -> list[ColumnElement[bool]]:
    return [c.sector.in_(("A", "B"))] if measure.is_food else []


def _facts_of(key: str, measure: Measure) -> dict[str, Fact]:
    words = measure.words
    both = _answered(measure, "first"), _answered(measure, "last")

    def again(c: Any) -> ColumnElement[bool]:
        return and_(c.is_again, *(one(c) for one in both))

    def again_with(which: str) -> Callable[[Any], ColumnElement[bool]]:
        return lambda c: and_(again(c), _meets(measure, which)(c))

    return {
        f"{key}-terjawab": Fact(words=f"Sudah dinilai tentang: {words}", holds=both[1]),
        f"{key}-akhir": Fact(words=words, holds=_meets(measure, "last")),
        f"{key}-sama": Fact(words=f"Dinilai dua kali tentang: {words}", holds=again),
        f"{key}-sama_awal": Fact(
            words=f"{words}, pada awal, dari yang dinilai dua kali", holds=again_with("first")
        ),
        f"{key}-sama_akhir": Fact(
            words=f"{words}, pada akhir, dari yang dinilai dua kali", holds=again_with("last")
        ),
    }


def _moved(c: Any, *, up: bool) -> ColumnElement[bool]:
    moves = [
        and_(c.first_class == start, c.last_class == end)
        for start, low in _RANKS.items()
        for end, high in _RANKS.items()
        if (high > low if up else high < low)
    ]
    return or_(*moves)


def _changed(c: Any, *, up: bool) -> ColumnElement[bool]:
    first, last = c.first_KEU1, c.last_KEU1
    return and_(c.is_again, last > first if up else last < first)


ANSWERS = FactTable(
    rows=_rows,
    facts={
        **{
            name: fact
            for key, measure in MEASURES.items()
            for name, fact in _facts_of(key, measure).items()
        },
        "kelas_dua_kali": Fact(
            words="Penilaiannya berlaku pada awal dan akhir",
            holds=lambda c: and_(c.first_class.is_not(None), c.last_class.is_not(None)),
        ),
        "kelas_membaik": Fact(words="Kelasnya membaik", holds=lambda c: _moved(c, up=True)),
        "kelas_memburuk": Fact(words="Kelasnya memburuk", holds=lambda c: _moved(c, up=False)),
        "sisa_naik": Fact(
            words="Sisa penjualannya naik golongan", holds=lambda c: _changed(c, up=True)
        ),
        "sisa_turun": Fact(
            words="Sisa penjualannya turun golongan", holds=lambda c: _changed(c, up=False)
        ),
    },
)


def issues() -> FactTable:
    """Every question: who answered it, and who answered it with 0 or 1."""
    versions = published_instruments()
    names = {
        one.code: one.name for instrument in reversed(versions) for one in instrument.indicators
    }

    def rows(around: Around) -> Select[*tuple[Any, ...]]:
        return (
            select(
                Enterprise.id,
                *(_points(_Last, code, versions).label(f"p_{code}") for code in names),
            )
            .select_from(Enterprise)
            .join(_Last, _Last.id == _latest(around.period.until_on))
            .where(served(around))
        )

    return FactTable(
        rows=rows,
        facts={
            **{
                f"masalah-{code}": Fact(words=f"Bernilai rendah: {name}", holds=_at_most(code))
                for code, name in names.items()
            },
            **{
                f"ditanya-{code}": Fact(words=f"Sudah dinilai: {name}", holds=_is_known(code))
                for code, name in names.items()
            },
        },
    )


def _at_most(code: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda c: c[f"p_{code}"] <= 1


def _is_known(code: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda c: c[f"p_{code}"].is_not(None)
