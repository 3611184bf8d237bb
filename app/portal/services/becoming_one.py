"""Two enterprises become one: the card by which its owner comes in goes on opening."""

from __future__ import annotations

from sqlalchemy import update

from app.db import db
from app.db.belongings import Pair, settling
from app.portal.models import OwnerCard
from app.portal.queries.cards import card_of, is_living


@settling
def keep_living_card(pair: Pair) -> None:
    """Where the owner who stays holds no card, that of the other goes on opening.

    Of two the one that stays has its own; the other opens nothing any more.
    """
    if pair.kept_owner_id == pair.gone_owner_id or card_of(pair.kept_owner_id) is not None:
        return
    card = card_of(pair.gone_owner_id)
    if card is not None and is_living(card):
        db.session.execute(
            update(OwnerCard)
            .where(OwnerCard.id == card.id)
            .values(owner_id=pair.kept_owner_id)
            .execution_options(synchronize_session=False)
        )
