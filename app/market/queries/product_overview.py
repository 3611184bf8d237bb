"""What is known of a product at a glance: cost, label, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.scope import Scope
from app.market.queries.curation import CurationPage, curation_page
from app.market.queries.photos import PhotoPage, photo_page
from app.market.queries.product_labels import LabelPage, label_page
from app.market.queries.products import ProductPage, product_page
from app.market.queries.unit_costs import CostLine, cost_page


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOverview:
    """One product with the newest of all that hangs on it."""

    product: ProductPage
    cost: CostLine | None
    label: LabelPage
    photos: PhotoPage
    curation: CurationPage


def product_overview(scope: Scope, product_id: UUID) -> ProductOverview:
    """One product at a glance.

    Raises:
        NotFound: unknown, or outside the scope.
    """
    costs = cost_page(scope, product_id)
    return ProductOverview(
        product=product_page(scope, product_id),
        cost=costs.counts[0] if costs.counts else None,
        label=label_page(scope, product_id),
        photos=photo_page(scope, product_id),
        curation=curation_page(scope, product_id),
    )
