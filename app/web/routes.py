"""The blueprint that carries the shared templates."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("web", __name__, template_folder="templates")
blueprints = [blueprint]
