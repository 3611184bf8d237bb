"""What phones send."""

from __future__ import annotations

from flask import Response, abort, jsonify, make_response
from flask.typing import ResponseReturnValue

from app.core.errors import InvalidInput, NotAllowed
from app.field.guards import current_device_id, for_devices
from app.field.importing import receive
from app.field.queries.epochs import check_epoch, present_epoch
from app.field.routes.blueprint import api, json_body
from app.field.rules.batch import (
    MOST_BYTES,
    MOST_OPERATIONS,
    Batch,
    parse_batch,
    versions_of,
)
from app.web.access import current_account_id

_RETRY_SECONDS = "600"


@api.post("/sync/push")
@for_devices
def push() -> ResponseReturnValue:
    """Take a batch of operations; an answer for each."""
    try:
        batch = parse_batch(json_body(MOST_BYTES))
    except InvalidInput:
        abort(400)
    if len(batch.operations) > MOST_OPERATIONS:
        abort(413)
    other_version = _other_version(batch)
    if other_version is not None:
        return other_version
    if batch.device_id != current_device_id():
        raise NotAllowed("ponsel_lain", message="Masuk lagi di ponsel ini, lalu kirim.")
    check_epoch(batch.epoch)
    received = receive(batch, account_id=current_account_id(), device_id=batch.device_id)
    return jsonify(
        {
            "epoch": present_epoch(),
            "server_time": received.at.isoformat(),
            "results": list(received.results),
            "gaps": list(received.gaps),
        }
    )


def _other_version(batch: Batch) -> Response | None:
    """The answer to an app that is too old, or newer than this server; it keeps everything."""
    is_old, is_new = versions_of(batch.operations)
    if is_old:
        return _kept(426, "aplikasi_lama", "Perbarui aplikasi. Kiriman Anda tetap aman di ponsel.")
    if is_new:
        return _kept(503, "server_lama", "Server sedang diperbarui. Ponsel mengirim lagi nanti.")
    return None


def _kept(status: int, code: str, pesan: str) -> Response:
    answer = make_response(jsonify({"code": code, "pesan": pesan, "field": None}), status)
    if status == 503:
        answer.headers["Retry-After"] = _RETRY_SECONDS
    return answer
