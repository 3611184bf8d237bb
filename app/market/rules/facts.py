"""What the market knows about an enterprise on a day: what a diagnosis, a card and a list read.

Each part is what its own tables say; a part that nobody has written down is None and never a
guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

# How a certificate stands, whatever its track: not begun, under way, issued with commitments
# open, decreed but not yet on paper, in force, and no longer in force.
NOT_BEGUN, UNDER_WAY, COMMITTED = "belum", "proses", "komitmen"
DECREED, IN_FORCE, LAPSED = "ketetapan", "aktif", "habis"
STANDINGS = (NOT_BEGUN, UNDER_WAY, COMMITTED, DECREED, IN_FORCE, LAPSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelShare:
    """How many of the label elements that apply the last check found."""

    present: int
    applicable: int
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandAndContact:
    """Whether the last label check found a brand, and a way to order, on the pack."""

    has_brand: bool
    has_contact: bool
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """What the main product says (without one: the only active product).

    `unit_cost_on` is the day of the newest cost per piece that is written down.
    """

    main_product_id: UUID | None = None
    label_share: LabelShare | None = None
    brand_and_contact: BrandAndContact | None = None
    unit_cost_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFact:
    """One certificate of the enterprise (`product_id` None) or of one product.

    `standing` is one of STANDINGS as of the asked day; a number in force through its last day
    `expires_on` is in force on that day.
    """

    track: str
    product_id: UUID | None
    state: str
    standing: str
    expires_on: date | None
    number: str | None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """What deliveries, counts, payments and returns say; None for an enterprise without any.

    `active_channels_30d` are channels with a movement in the 30 days up to the asked day,
    `largest_share` the largest one's part of their sales, `days_to_payment` the days from
    delivery to payment weighted by value (what is unpaid counts up to the asked day),
    `return_rate` the value returned unpaid over the value delivered, both of those 30 days.
    Behind them: `waited` is rupiah times days and `waited_amount` its rupiah, `sold` what each
    active channel sold, `falls_due` what is open of goods that were sold outright, with its day.
    """

    active_channels_30d: int
    largest_share: Fraction | None
    days_to_payment: int | None
    return_rate: Fraction | None
    waited: int = 0
    waited_amount: int = 0
    sold: tuple[tuple[UUID, int], ...] = ()
    falls_due: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketFacts:
    """All that the market knows about one enterprise on a day."""

    on: date
    products: ProductFacts = field(default_factory=ProductFacts)
    certificates: tuple[CertificateFact, ...] = ()
    channels: ChannelFacts | None = None
    nib: str | None = None
    npwp: str | None = None
