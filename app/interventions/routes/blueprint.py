"""The blueprint that the pages of therapy share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("interventions", __name__, template_folder="../templates")
