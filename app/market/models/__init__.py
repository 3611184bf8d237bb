"""Tables of products, certificates and channels."""

from app.db.belongings import MOVES, register_belongings
from app.market.models.batches import CertificateBatch
from app.market.models.buyers import BuyerRequest
from app.market.models.calendar_feeds import CalendarFeed
from app.market.models.certificates import Certificate, CertificateDocument, CertificateStep
from app.market.models.channels import (
    ChannelCount,
    ChannelPayment,
    ChannelReturn,
    ConsignmentTrial,
    Delivery,
    Receivable,
    SalesChannel,
)
from app.market.models.dated_rules import DatedRuleValue
from app.market.models.events import EventParticipant, MarketEvent
from app.market.models.product_notes import (
    CurationCheck,
    LabelCheck,
    ProductCard,
    ProductPhoto,
    UnitCost,
)
from app.market.models.products import Product

__all__ = [
    "BuyerRequest",
    "CalendarFeed",
    "Certificate",
    "CertificateBatch",
    "CertificateDocument",
    "CertificateStep",
    "ChannelCount",
    "ChannelPayment",
    "ChannelReturn",
    "ConsignmentTrial",
    "CurationCheck",
    "DatedRuleValue",
    "Delivery",
    "EventParticipant",
    "LabelCheck",
    "MarketEvent",
    "Product",
    "ProductCard",
    "ProductPhoto",
    "Receivable",
    "SalesChannel",
    "UnitCost",
]

register_belongings(
    {
        "certificate": MOVES,
        "event_participant": MOVES,
        "product": MOVES,
        "sales_channel": MOVES,
    }
)
