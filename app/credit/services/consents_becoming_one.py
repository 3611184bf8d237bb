"""Two owners become one: of two words for one lender that hold, the kept owner's stays."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.credit.models import LenderConsent
from app.db import db
from app.db.belongings import Pair, settling


@settling
def drop_twice_given_words(pair: Pair) -> None:
    """Of two consents to one lender that were not taken back, the kept owner's stays."""
    if pair.kept_owner_id == pair.gone_owner_id:
        return
    is_open = LenderConsent.withdrawn_at.is_(None)
    given = db.session.scalars(
        select(LenderConsent.lender_id).where(is_open, LenderConsent.owner_id == pair.kept_owner_id)
    ).all()
    db.session.execute(
        delete(LenderConsent).where(
            is_open,
            LenderConsent.owner_id == pair.gone_owner_id,
            LenderConsent.lender_id.in_(given),
        )
    )
