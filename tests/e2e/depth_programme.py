"""A figure that the office typed, and a decree that waits: what a fresh demo lacks."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from app.core.clock import local_today
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.decrees.services import draft_decree
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import in_area
from app.programme.services import OfficeFigure, type_figure


def tell_of_places(area_code, *, officer_id) -> None:
    """A typed figure of an area, and a draft that would part one of its villages."""
    figure = OfficeFigure(
        value=Decimal(3),
        out_of=None,
        unit="unit",
        counted_on=local_today(),
        source="Laporan pokja",
        note="",
    )
    village = db.session.scalars(
        select(Enterprise.village_code).where(in_area(area_code)).limit(1)
    ).one()
    db.session.rollback()
    with transaction():
        type_figure(
            area_code=area_code,
            item="keluaran-4",
            figure=figure,
            scope=everywhere(),
            by=officer_id,
        )
    with transaction():
        draft_decree(
            number="Perda 12/2026",
            decided_on=local_today(),
            source="Lembaran Daerah",
            lines=f"{village}; {village}\n{village}; {village[:9]}2999; Desa Baru; dusun: Karang",
            by=officer_id,
        )
