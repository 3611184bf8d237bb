"""Whom the office may put forward for a people's business credit (KUR), and why not the others.

Sources: reference of the domain, chapters 6.1 and 6.2 (rules of KUR and of affordability).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.months import add_months

LEAST_MONTHS = 6
MOST_LATE = 30
ACTIVE, SICK = "aktif", "sakit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of one enterprise; `has_proof` None: there is no book."""

    has_consented: bool
    life_cycle: str
    has_nik: bool
    has_nib: bool
    started_on: date | None
    health_class: str | None
    is_expired: bool
    has_proof: bool | None
    late_days: int


def reasons(one: Asked, *, on: date) -> tuple[str, ...]:
    """What stands against it, in words; nothing: it may be put forward."""
    found = (*_of_papers(one), *_of_business(one, on))
    return tuple(word for word, stands in found if stands)


def _of_papers(one: Asked) -> tuple[tuple[str, bool], ...]:
    return (
        ("pemilik belum mengizinkan datanya untuk koperasi atau bank", not one.has_consented),
        ("NIK belum dicatat", not one.has_nik),
        ("NIB belum ada", not one.has_nib),
    )


def _of_business(one: Asked, on: date) -> tuple[tuple[str, bool], ...]:
    is_known = one.started_on is not None
    is_young = is_known and one.started_on > add_months(on, -LEAST_MONTHS)  # type: ignore[operator]
    is_rated = one.health_class is not None and not one.is_expired
    return (
        ("usaha tidak sedang aktif", one.life_cycle != ACTIVE),
        ("tanggal mulai usaha belum dicatat", not is_known),
        (f"usaha belum berjalan {LEAST_MONTHS} bulan", is_young),
        ("belum ada penilaian kesehatan yang berlaku", not is_rated),
        ("usaha sedang sakit", is_rated and one.health_class == SICK),
        ("belum punya buku kas", one.has_proof is None),
        ("buku kas belum terisi separuh hari buka selama tiga bulan", one.has_proof is False),
        (f"menunggak lebih dari {MOST_LATE} hari", one.late_days > MOST_LATE),
    )
