"""Pages of products, certificates and channels."""

from app.market.routes.batches import blueprint as certificate_batches
from app.market.routes.buyers import blueprint as buyers
from app.market.routes.calendar_feeds import blueprint as calendar_feeds
from app.market.routes.cards import blueprint as cards
from app.market.routes.certificate_board import blueprint as certificate_board
from app.market.routes.certificates import blueprint as certificates
from app.market.routes.channels import blueprint as channels
from app.market.routes.curation import blueprint as curation
from app.market.routes.dated_rules import blueprint as dated_rules
from app.market.routes.events import blueprint as events
from app.market.routes.labels import blueprint as labels
from app.market.routes.ledger import blueprint as ledger
from app.market.routes.market import blueprint as market
from app.market.routes.photos import blueprint as photos
from app.market.routes.products import blueprint as products
from app.market.routes.trials import blueprint as trials
from app.market.routes.unit_costs import blueprint as unit_costs

__all__ = ["blueprints"]

blueprints = (
    buyers,
    calendar_feeds,
    cards,
    certificate_batches,
    certificate_board,
    certificates,
    channels,
    curation,
    dated_rules,
    events,
    labels,
    ledger,
    market,
    photos,
    products,
    trials,
    unit_costs,
)
