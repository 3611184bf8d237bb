"""Writing products, certificates and channels in the caller's transaction; none commits."""

from app.market.services.becoming_one import keep_one_main_product

__all__ = ["keep_one_main_product"]
