"""Two enterprises become one: of each month one word of the diary stands."""

from __future__ import annotations

from sqlalchemy import select, update

from app.cashbook.models import DiaryMonth
from app.db import db
from app.db.belongings import Pair, settling


@settling
def keep_one_word_a_month(pair: Pair) -> None:
    """Of a month that both told, the kept enterprise's word stands; the other goes on lying by."""
    told = select(DiaryMonth.month).where(
        DiaryMonth.enterprise_id == pair.kept_id, DiaryMonth.is_current
    )
    db.session.execute(
        update(DiaryMonth)
        .where(
            DiaryMonth.enterprise_id == pair.gone_id,
            DiaryMonth.is_current,
            DiaryMonth.month.in_(told),
        )
        .values(is_current=False)
        .execution_options(synchronize_session=False)
    )
