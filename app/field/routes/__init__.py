"""The requests of phones, and the pages about them."""

from app.field.routes import devices
from app.field.routes.blueprint import api

blueprints = (api,)

__all__ = ["blueprints", "devices"]
