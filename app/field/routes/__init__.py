"""The requests of phones, and the pages about them."""

from app.field.routes import backups, devices, files, inbox, phones, pull, push, shell
from app.field.routes.blueprint import api

blueprints = (api, shell.blueprint, inbox.blueprint, phones.blueprint, backups.blueprint)

__all__ = ["backups", "blueprints", "devices", "files", "inbox", "phones", "pull", "push", "shell"]
