"""Outlines of areas, for maps. They are public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.core.outlines import Ring
from app.db import db
from app.places.models import Area, AreaOutline

# Bound values of one statement are limited on both engines.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline of an area, and who drew it."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    source: str


def outlines(codes: Iterable[str]) -> list[Outline]:
    """The known outlines of some areas, by code."""
    wanted = sorted(codes)
    found: list[Outline] = []
    for start in range(0, len(wanted), _AT_ONCE):
        statement = (
            select(AreaOutline, Area.name)
            .join(Area, Area.code == AreaOutline.code)
            .where(AreaOutline.code.in_(wanted[start : start + _AT_ONCE]))
            .order_by(AreaOutline.code)
        )
        found += [
            Outline(code=row.code, name=name, rings=_rings(row.rings), source=row.source)
            for row, name in db.session.execute(statement)
        ]
    return found


def _rings(stored: list[list[float]]) -> tuple[Ring, ...]:
    return tuple(tuple(zip(flat[::2], flat[1::2], strict=True)) for flat in stored)
