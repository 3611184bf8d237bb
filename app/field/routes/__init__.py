"""The requests of phones, and the pages about them."""

from app.field.routes import backups, description, devices, files, inbox, phones, pull, push, shell
from app.field.routes.blueprint import api

blueprints = (api, shell.blueprint, inbox.blueprint, phones.blueprint, backups.blueprint)

__all__ = [
    "backups",
    "blueprints",
    "description",
    "devices",
    "files",
    "inbox",
    "phones",
    "pull",
    "push",
    "shell",
]
