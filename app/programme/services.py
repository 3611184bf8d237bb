"""Keeping the figures that an office types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.places.queries import area
from app.programme.models import TypedFigure
from app.programme.rules import ITEMS
from app.programme.rules.typed import check_figure

register_actions(
    {
        "typed_figure.added": "Angka kantor ditulis",
        "typed_figure.corrected": "Angka kantor dikoreksi",
    }
)
register_fields(
    "typed_figure",
    {
        "item": FieldWording(label="Tentang", say=lambda key: ITEMS[key].title),
        "value": FieldWording(label="Angka"),
        "counted_on": FieldWording(label="Tanggal angka"),
        "source": FieldWording(label="Sumber"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFigure:
    """What somebody types: a number with at most two decimals, its unit, day and source."""

    value: Decimal
    out_of: Decimal | None
    unit: str
    counted_on: date
    source: str
    note: str


def must_type(area_code: str, item: str, scope: Scope) -> None:
    """Refuse an area outside the scope, and an item that has no place for a figure; both as
    unknown.

    Raises:
        NotFound: see above.
    """
    if not area_code or not scope.covers_area(area_code):
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    area(area_code)
    if item not in ITEMS or not ITEMS[item].asks_office:
        raise NotFound("figure_unknown", message="Angka ini tidak ditemukan.")


def type_figure(
    *,
    area_code: str,
    item: str,
    figure: OfficeFigure,
    corrects_id: UUID | None = None,
    scope: Scope,
    by: UUID,
) -> TypedFigure:
    """Keep a figure of the office, or one that corrects an earlier one of the same item.

    Raises:
        NotFound: see `must_type`; or what is corrected isn't one of this item and area.
        InvalidInput: the day lies ahead, or the part is larger than the whole.
        Conflict: it was corrected before.
    """
    must_type(area_code, item, scope)
    check_figure(
        value=figure.value, out_of=figure.out_of, counted_on=figure.counted_on, today=local_today()
    )
    before = None if corrects_id is None else _corrected(area_code, item, corrects_id)
    row = TypedFigure(
        id=new_id(),
        area_code=area_code,
        item=item,
        value=_hundredths(figure.value),
        out_of=None if figure.out_of is None else _hundredths(figure.out_of),
        unit=figure.unit,
        counted_on=figure.counted_on,
        source=figure.source,
        note=figure.note,
        corrects_id=corrects_id,
        typed_by=by,
        typed_at=utc_now(),
    )
    db.session.add(row)
    db.session.flush()
    _note(row, before, by)
    return row


def _corrected(area_code: str, item: str, corrects_id: UUID) -> TypedFigure:
    row = db.session.get(TypedFigure, corrects_id)
    if row is None or (row.area_code, row.item) != (area_code, item):
        raise NotFound("figure_unknown", message="Angka ini tidak ditemukan.")
    taken = select(TypedFigure.id).where(TypedFigure.corrects_id == corrects_id)
    if db.session.scalar(taken) is not None:
        raise Conflict(
            "figure_corrected",
            message="Angka ini baru saja dikoreksi orang lain. Muat ulang halamannya.",
        )
    return row


def _note(row: TypedFigure, before: TypedFigure | None, by: UUID) -> None:
    def said(figure: TypedFigure | None, name: str) -> str | None:
        if figure is None:
            return None
        if name == "value":
            return f"{Decimal(figure.value) / 100:f} {figure.unit}".replace(".", ",")
        return str(getattr(figure, name))

    record(
        subject_type="typed_figure",
        subject_id=row.id,
        area_code=row.area_code,
        action="typed_figure.added" if before is None else "typed_figure.corrected",
        by=by,
        changes={
            name: [said(before, name), said(row, name)]
            for name in ("item", "value", "counted_on", "source")
            if said(before, name) != said(row, name)
        },
    )


def _hundredths(value: Decimal) -> int:
    exact = value * 100
    if exact != exact.to_integral_value():
        raise InvalidInput(
            "figure_too_fine",
            field="value",
            message="Tulis paling banyak dua angka di belakang koma.",
        )
    return int(exact)
