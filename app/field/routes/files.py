"""Photos, which follow their text in pieces."""

from __future__ import annotations

from uuid import UUID

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from app.db.transaction import transaction
from app.field.guards import for_devices
from app.field.queries.uploads import upload_of
from app.field.routes.blueprint import JSON, api
from app.field.routes.patience import in_time
from app.field.rules.files import BROKEN, EXPIRED, NOT_KEPT, PIECE_BYTES, offset_of
from app.field.services.uploads import Taken, remove_parts, take_piece
from app.web.access import current_account_id

_OFFSET, _LENGTH = "Upload-Offset", "Upload-Length"
_STATUSES = {EXPIRED: 410, BROKEN: 409}


@api.route("/files/<uuid:file_id>", methods=["HEAD"])
@for_devices
def how_far(file_id: UUID) -> ResponseReturnValue:
    """How much of a file has arrived."""
    row = upload_of(current_account_id(), file_id)
    answer = _empty(410 if row.refusal == EXPIRED else 200)
    received = row.size if row.refusal == NOT_KEPT else row.received
    answer.headers[_OFFSET], answer.headers[_LENGTH] = str(received), str(row.size)
    return answer


@api.patch("/files/<uuid:file_id>")
@for_devices
def take(file_id: UUID) -> ResponseReturnValue:
    """Take the next piece of a file."""
    offset = offset_of(request.headers.get(_OFFSET))
    request.max_content_length = PIECE_BYTES
    with in_time():
        piece = request.get_data(cache=False)
    with transaction():
        taken = take_piece(
            upload_id=file_id, account_id=current_account_id(), offset=offset, piece=piece
        )
    remove_parts([taken.done] if taken.done else [])
    return _told(taken)


def _told(taken: Taken) -> Response:
    if taken.refusal is None:
        answer = _empty(204)
    else:
        body = {"code": taken.refusal, "pesan": taken.message, "field": None}
        answer = make_response(jsonify(body), _STATUSES.get(taken.refusal, 422))
    answer.headers[_OFFSET] = str(taken.received)
    return answer


def _empty(status: int) -> Response:
    answer = make_response("", status)
    answer.mimetype = JSON
    return answer
