"""Pages that owners open themselves, and the handing out of their cards."""

from app.portal.routes.book import blueprint as book
from app.portal.routes.business_cards import blueprint as business_cards
from app.portal.routes.card_door import blueprint as card_door
from app.portal.routes.diary import blueprint as diary
from app.portal.routes.help import blueprint as own_help
from app.portal.routes.home import blueprint as portal
from app.portal.routes.inbox import blueprint as owner_inbox
from app.portal.routes.own_months import blueprint as own_months
from app.portal.routes.owner_cards import blueprint as owner_cards
from app.portal.routes.pins import blueprint as own_pin

__all__ = ["blueprints"]

blueprints = (
    business_cards,
    own_months,
    book,
    card_door,
    diary,
    owner_cards,
    own_pin,
    portal,
    own_help,
    owner_inbox,
)
