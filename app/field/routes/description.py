"""The description of the requests of phones."""

from __future__ import annotations

from flask import jsonify
from flask.typing import ResponseReturnValue

from app.accounts.guards import open_to_all
from app.field.routes.blueprint import api
from app.field.rules.openapi import description


@api.get("/openapi.json")
@open_to_all
def openapi() -> ResponseReturnValue:
    """All requests under /api/v1, by OpenAPI 3.1."""
    return jsonify(description())
