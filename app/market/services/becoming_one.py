"""Two enterprises become one: it has one main product."""

from __future__ import annotations

from sqlalchemy import select, update

from app.core.clock import utc_now
from app.db import db
from app.db.belongings import Pair, settling
from app.market.models import Product


@settling
def keep_one_main_product(pair: Pair) -> None:
    """Of two main products the kept enterprise's stays the main one."""
    has_main = select(Product.id).where(
        Product.enterprise_id == pair.kept_id, Product.is_main.is_(True)
    )
    if db.session.scalars(has_main.limit(1)).one_or_none() is None:
        return
    db.session.execute(
        update(Product)
        .where(Product.enterprise_id == pair.gone_id, Product.is_main.is_(True))
        .values(is_main=False, version=Product.version + 1, updated_at=utc_now())
    )
