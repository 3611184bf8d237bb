"""How far a scope reaches into what enterprises sell."""

from __future__ import annotations

from uuid import UUID

from app.core.errors import NotFound
from app.core.scope import Scope
from app.enterprises.queries import row_within
from app.market.models import Product


def product(scope: Scope, product_id: UUID, *, locked: bool = False) -> Product:
    """One product; `locked` holds its row until the transaction ends.

    Raises:
        NotFound: unknown, or of an enterprise outside the scope: the answer is the same.
    """
    unknown = NotFound("product_unknown", message="Produk ini tidak ditemukan.")
    return row_within(scope, Product, product_id, unknown=unknown, locked=locked)
