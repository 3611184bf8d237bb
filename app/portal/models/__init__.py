"""What the owner's own page keeps."""

from app.db.belongings import MOVES, RENEWED, register_belongings
from app.portal.models.business_cards import BusinessCard
from app.portal.models.cards import OwnerCard
from app.portal.models.messages import OwnerMessage

__all__ = ["BusinessCard", "OwnerCard", "OwnerMessage"]

# The living card moves where the owner who stays has none (services/becoming_one).
register_belongings({"business_card": MOVES, "owner_card": RENEWED, "owner_message": MOVES})
