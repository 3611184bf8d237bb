"""The requests of phones, and the pages about them."""

from app.field.routes import devices, files, pull, push, shell
from app.field.routes.blueprint import api

blueprints = (api, shell.blueprint)

__all__ = ["blueprints", "devices", "files", "pull", "push", "shell"]
