"""The requests of phones, and the pages about them."""

from app.field.routes import devices, push, shell
from app.field.routes.blueprint import api

blueprints = (api, shell.blueprint)

__all__ = ["blueprints", "devices", "push", "shell"]
