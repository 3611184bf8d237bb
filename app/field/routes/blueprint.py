"""The blueprint that the requests of phones share, and what each of them must bring along."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from app.core.errors import NotAllowed
from app.field.guards import FIELD_HEADER, SAFE_METHODS, renew_token
from app.field.routes.patience import in_time
from app.field.rules.strict_json import Malformed, parse

LARGEST_REQUEST = 4096
JSON = "application/json"
BYTES = "application/octet-stream"
api = Blueprint("field_api", __name__, url_prefix="/api/v1")
api.after_request(renew_token)


@api.before_request
def ask_for_header() -> None:
    """Refuse what a form of another site could have sent."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get(FIELD_HEADER) != "1":
        raise NotAllowed("header_missing", message="Permintaan ini bukan dari aplikasi lapangan.")
    wanted = BYTES if request.method == "PATCH" else JSON
    if request.method in {"POST", "PATCH"} and request.mimetype != wanted:
        abort(415)
    # What unpacks to a thousand times its size is refused before it is read.
    if request.content_encoding not in (None, "", "identity"):
        abort(415)


def json_body(largest: int = LARGEST_REQUEST) -> Any:
    """The value of the JSON text that was sent; what can't be meant in it is a `Flaw`."""
    request.max_content_length = largest
    try:
        with in_time():
            return parse(request.get_data(cache=False))
    except Malformed:
        abort(400)
