"""What phones fetch: changes of their enterprises, and what they must know beside them."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app.db.moment import read_one_moment
from app.field.guards import current_device_id, for_devices
from app.field.queries.changes import Changes, changes_since, first_cursor
from app.field.queries.devices import missing_elsewhere
from app.field.queries.epochs import check_epoch, present_epoch
from app.field.queries.reference import reference as reference_of
from app.field.routes.blueprint import api
from app.field.rules.cursors import PullCursor, decode_pull_cursor, encode_pull_cursor
from app.field.rules.limits import MOST_CHANGES, page_limit
from app.history.responses import note_taken
from app.web.access import current_account_id, current_scope


@api.get("/sync/pull")
@for_devices
def pull() -> ResponseReturnValue:
    """A page of what changed since the cursor; without one, of everything."""
    read_one_moment()
    scope, limit = current_scope(), page_limit(request.args.get("limit", str(MOST_CHANGES)))
    page = changes_since(scope, _cursor(), limit=limit)
    if page.shown:
        note_taken(page.shown)
    return jsonify(_told(page))


@api.get("/sync/reference")
@for_devices
def reference() -> ResponseReturnValue:
    """The instrument, words, villages and rules, with their version."""
    read_one_moment()
    return jsonify(reference_of(current_scope()))


def _cursor() -> PullCursor:
    given = request.args.get("cursor")
    if not given:
        return first_cursor(present_epoch())
    cursor = decode_pull_cursor(given)
    check_epoch(cursor.epoch, n=cursor.n)
    return cursor


def _told(page: Changes) -> dict[str, object]:
    told: dict[str, object] = {
        "epoch": page.cursor.epoch,
        "changes": page.changes,
        "cursor": encode_pull_cursor(page.cursor),
        "has_more": page.has_more,
    }
    if page.has_more:
        return told
    return {
        **told,
        "scope_count": page.count,
        "scope_hash": page.digest,
        "reference": {"version": reference_of(current_scope())["version"]},
        "missing_elsewhere": missing_elsewhere(current_account_id(), current_device_id()),
    }
