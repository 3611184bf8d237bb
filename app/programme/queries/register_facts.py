"""What the register knows of enterprises, their owners and their workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, select

from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.labels import (
    CATEGORY_LABELS,
    EDUCATION_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
)
from app.programme.queries.fact_tables import Amount, Around, Fact, FactTable, is_alive, is_true
from app.programme.rules import AGES, UNKNOWN
from app.programme.rules.kinds import CAPITAL, MENTOR, WORKERS

_WORKERS = {
    "dibayar_perempuan": Enterprise.workers_paid_female,
    "dibayar_laki": Enterprise.workers_paid_male,
    "keluarga_perempuan": Enterprise.workers_family_female,
    "keluarga_laki": Enterprise.workers_family_male,
}
_WORKER_WORDS = {
    "dibayar_perempuan": "Pekerja dibayar, perempuan",
    "dibayar_laki": "Pekerja dibayar, laki-laki",
    "keluarga_perempuan": "Keluarga yang membantu, perempuan",
    "keluarga_laki": "Keluarga yang membantu, laki-laki",
}
_PAID = ("dibayar_perempuan", "dibayar_laki")
# Column of the rows, words, labels.
_PARTED = {
    "kelamin": ("Jenis kelamin pemilik", SEX_LABELS),
    "pendidikan": ("Pendidikan pemilik", EDUCATION_LABELS),
    "usia": ("Usia pemilik", {key: one[0] for key, one in AGES.items()}),
    "hubungan": ("Hubungan pemilik dengan migrasi", CATEGORY_LABELS),
    "sektor": ("Sektor", SECTOR_LABELS),
}


def _rows(around: Around) -> Select[*tuple[Any, ...]]:
    period = around.period
    first, last = is_alive(period.from_on), is_alive(period.until_on)
    return (
        select(
            Enterprise.id,
            first.label("at_start"),
            last.label("at_end"),
            and_(
                Enterprise.started_on.is_not(None),
                Enterprise.started_on.between(period.from_on, period.until_on),
            ).label("began"),
            func.coalesce(Owner.sex, UNKNOWN).label("kelamin"),
            func.coalesce(Owner.education, UNKNOWN).label("pendidikan"),
            _age(period.until_on).label("usia"),
            func.coalesce(Owner.category, UNKNOWN).label("hubungan"),
            func.coalesce(Enterprise.sector, UNKNOWN).label("sektor"),
            Enterprise.product_line.label("produk"),
            Enterprise.mentor_id,
            Enterprise.capital,
            *(column.label(name) for name, column in _WORKERS.items()),
        )
        .select_from(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(around.reached, or_(first, last))
    )


def _age(day: date) -> ColumnElement[str]:
    born: Any = Owner.born_on
    groups = [
        (born > _years_before(day, last + 1), key)
        for key, (_, _, last) in AGES.items()
        if last is not None
    ]
    oldest = next(key for key, (_, _, last) in AGES.items() if last is None)
    return case((born.is_(None), UNKNOWN), *groups, else_=literal(oldest))


def _years_before(day: date, years: int) -> date:
    # Who was born on 29 February is a year older on 1 March.
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _people(c: Any) -> ColumnElement[int]:
    total: Any = literal(0)
    for name in _WORKERS:
        total = total + func.coalesce(c[name], 0)
    return total  # type: ignore[no-any-return]


def _any_known(c: Any) -> ColumnElement[bool]:
    return and_(c.at_end, or_(*(c[name].is_not(None) for name in _WORKERS)))


def _workers(words: str, holds: Callable[[Any], ColumnElement[bool]]) -> Amount:
    return Amount(words=words, kind=WORKERS, holds=holds, summed=_people)


def _workers_in(name: str, words: str) -> Amount:
    return Amount(
        words=words,
        kind=WORKERS,
        holds=is_true("at_end"),
        summed=lambda c: func.coalesce(c[name], 0),
    )


def _parts() -> dict[str, Fact]:
    facts = {}
    for column, (words, labels) in _PARTED.items():
        for code, label in {**labels, UNKNOWN: "belum diketahui"}.items():
            facts[f"{column}-{code}"] = Fact(
                words=f"{words}: {label}", holds=_served_with(column, code)
            )
    return facts


def _served_with(column: str, code: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda c: and_(c.at_end, c[column] == code)


REGISTER = FactTable(
    rows=_rows,
    facts={
        "usaha": Fact(words="Didampingi pada akhir masa", holds=is_true("at_end")),
        "usaha_awal": Fact(words="Didampingi pada awal masa", holds=is_true("at_start")),
        "usaha_bertahan": Fact(
            words="Didampingi pada awal dan akhir masa", holds=is_true("at_start", "at_end")
        ),
        "usaha_baru": Fact(
            words="Baru dalam masa ini", holds=lambda c: and_(c.at_end, not_(c.at_start))
        ),
        "usaha_berhenti": Fact(
            words="Berhenti dalam masa ini", holds=lambda c: and_(c.at_start, not_(c.at_end))
        ),
        "usaha_mulai": Fact(
            words="Mulai berusaha dalam masa ini", holds=is_true("at_end", "began")
        ),
        "pekerja_tercatat": Fact(words="Pekerjanya tercatat", holds=_any_known),
        "berpekerja_dibayar": Fact(
            words="Punya pekerja dibayar",
            holds=lambda c: and_(c.at_end, or_(*(c[name] > 0 for name in _PAID))),
        ),
        "berpendamping": Fact(
            words="Punya pendamping", holds=lambda c: and_(c.at_end, c.mentor_id.is_not(None))
        ),
        "bermodal": Fact(
            words="Modalnya tercatat", holds=lambda c: and_(c.at_end, c.capital.is_not(None))
        ),
        **_parts(),
    },
    amounts={
        "pekerja": _workers("Orang yang bekerja", is_true("at_end")),
        "pekerja_baru": _workers(
            "Orang yang bekerja di usaha baru",
            lambda c: and_(c.at_end, not_(c.at_start)),
        ),
        "modal": Amount(
            words="Modal sendiri yang tercatat",
            kind=CAPITAL,
            holds=lambda c: and_(c.at_end, c.capital.is_not(None)),
            summed=lambda c: c.capital,
        ),
        "pendamping": Amount(
            words="Pendamping usaha yang didampingi",
            kind=MENTOR,
            holds=lambda c: and_(c.at_end, c.mentor_id.is_not(None)),
            each="mentor_id",
        ),
        **{name: _workers_in(name, words) for name, words in _WORKER_WORDS.items()},
        **{
            f"pekerja-{code}": _workers(
                f"Orang yang bekerja: {label}", _served_with("sektor", code)
            )
            for code, label in SECTOR_LABELS.items()
        },
    },
)


def _products(around: Around) -> Select[*tuple[Any, ...]]:
    return select(Enterprise.id, Enterprise.product_line.label("produk")).where(
        around.reached, is_alive(around.period.until_on)
    )


PRODUCTS = FactTable(rows=_products, facts={}, named={"produk": "Produk atau jasa"})
