"""Figures that the office typed: the newest of each item, and all of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.scope import Scope
from app.db import db
from app.programme.models import TypedFigure

_Correction = aliased(TypedFigure, name="correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """One typed figure, as shown; `is_corrected` says that a later one stands for it."""

    id: UUID
    item: str
    value: Decimal
    out_of: Decimal | None
    unit: str
    counted_on: date
    source: str
    note: str
    typed_by: str
    typed_at: datetime
    is_corrected: bool

    @property
    def share(self) -> Decimal | None:
        """The part of the whole, where a whole was typed."""
        return None if self.out_of is None else self.value / self.out_of


def newest_typed(scope: Scope, area_code: str) -> dict[str, TypedLine]:
    """The figure that holds for each item of an area: of the latest day, typed last.

    None where the area isn't wholly within the scope.
    """
    found: dict[str, TypedLine] = {}
    for line in _lines(scope, area_code, _select().where(TypedFigure.area_code == area_code)):
        if not line.is_corrected:
            found.setdefault(line.item, line)
    return found


def typed_history(scope: Scope, area_code: str, item: str) -> list[TypedLine]:
    """All figures typed for one item of an area, the newest day first."""
    statement = _select().where(TypedFigure.area_code == area_code, TypedFigure.item == item)
    return list(_lines(scope, area_code, statement))


def _select() -> Select[*tuple[Any, ...]]:
    corrected = exists().where(_Correction.corrects_id == TypedFigure.id)
    return (
        select(TypedFigure, Account.name, corrected.label("is_corrected"))
        .join(Account, Account.id == TypedFigure.typed_by)
        .order_by(TypedFigure.counted_on.desc(), TypedFigure.typed_at.desc(), TypedFigure.id.desc())
    )


def _lines(
    scope: Scope, area_code: str, statement: Select[*tuple[Any, ...]]
) -> Iterable[TypedLine]:
    if not scope.covers_area(area_code):
        return []
    return [_line(row) for row in db.session.execute(statement)]


def _line(row: Row[*tuple[Any, ...]]) -> TypedLine:
    typed: TypedFigure = row[0]
    return TypedLine(
        id=typed.id,
        item=typed.item,
        value=Decimal(typed.value) / 100,
        out_of=None if typed.out_of is None else Decimal(typed.out_of) / 100,
        unit=typed.unit,
        counted_on=typed.counted_on,
        source=typed.source,
        note=typed.note,
        typed_by=row[1],
        typed_at=typed.typed_at,
        is_corrected=row[2],
    )
