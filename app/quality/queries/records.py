"""What is compared when doubles are looked for."""

from __future__ import annotations

from sqlalchemy import select

from app.core.scope import Scope
from app.core.text import search_text
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.quality.rules.matching import Record


def records_within(scope: Scope) -> list[Record]:
    """All enterprises that a scope reaches. One statement; no sealed number is opened."""
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.owner_id,
            Enterprise.search_name,
            Owner.search_name.label("owner_name"),
            Enterprise.village_code,
            Owner.nik_index,
            Owner.phone_index,
            Owner.born_on,
            Owner.sex,
            Enterprise.sector,
            Enterprise.product_line,
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(within(scope), Owner.erased_on.is_(None))
        .order_by(Enterprise.id)
    )
    return [
        Record(
            id=row.id,
            owner_id=row.owner_id,
            name=row.search_name,
            owner_name=row.owner_name,
            village_code=row.village_code,
            nik_index=row.nik_index,
            phone_index=row.phone_index,
            born_on=row.born_on,
            sex=row.sex,
            sector=row.sector,
            product=search_text(row.product_line or ""),
        )
        for row in rows
    ]
