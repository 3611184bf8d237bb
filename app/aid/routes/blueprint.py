"""Where the pages of equipment aid belong."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("aid", __name__, template_folder="../templates")
