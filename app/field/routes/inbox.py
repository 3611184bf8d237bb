"""The inbox of the office: two values for one field, and reports that somebody must look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import InvalidInput, PulihError
from app.core.permissions import Permission
from app.core.sealing import SealBroken
from app.db import db
from app.db.transaction import transaction
from app.field.forms import DecideForm
from app.field.models import InboxItem, SyncOperation
from app.field.queries.inbox import PAGE, InboxLine, inbox_line, inbox_lines, open_items
from app.field.rules import CLOSED, OPEN
from app.field.rules.shown import sent_lines, sent_value
from app.field.rules.typed import typed_value
from app.field.services.deciding import choices_for, decide, values_in
from app.field.services.taking import said_in
from app.web.errors import status_of

blueprint = Blueprint(
    "field_inbox", __name__, url_prefix="/kiriman", template_folder="../templates"
)
CONFLICTS, REVIEWS = "bentrok", "tinjau"
_DEEPEST = 100_000


@blueprint.get("/bentrok")
@requires(Permission.FIELD_MANAGE)
def conflicts() -> ResponseReturnValue:
    """Fields into which two people wrote."""
    return _list(CONFLICTS)


@blueprint.get("/tinjau")
@requires(Permission.FIELD_MANAGE)
def reviews() -> ResponseReturnValue:
    """Reports of phones that count only after somebody looked, or should be looked at."""
    return _list(REVIEWS)


@blueprint.get("/bentrok/<uuid:item_id>")
@requires(Permission.FIELD_MANAGE)
def conflict(item_id: UUID) -> ResponseReturnValue:
    """One conflict: what stood there, what stands there, what was sent."""
    return _item(CONFLICTS, item_id, DecideForm(formdata=None))


@blueprint.get("/tinjau/<uuid:item_id>")
@requires(Permission.FIELD_MANAGE)
def review(item_id: UUID) -> ResponseReturnValue:
    """One report, and why somebody must look."""
    return _item(REVIEWS, item_id, DecideForm(formdata=None))


@blueprint.post("/bentrok/<uuid:item_id>")
@requires(Permission.FIELD_MANAGE)
def settle_conflict(item_id: UUID) -> ResponseReturnValue:
    """Close a conflict."""
    return _decide(CONFLICTS, item_id)


@blueprint.post("/tinjau/<uuid:item_id>")
@requires(Permission.FIELD_MANAGE)
def settle_review(item_id: UUID) -> ResponseReturnValue:
    """Take a report, or don't."""
    return _decide(REVIEWS, item_id)


def _list(kind: str) -> str:
    scope = current_scope()
    state = CLOSED if request.args.get("keadaan") == CLOSED else OPEN
    begin = min(max(request.args.get("mulai", 0, type=int), 0), _DEEPEST)
    lines = inbox_lines(scope, kind, state, begin=begin)
    return render_template(
        "field/inbox.html",
        kind=kind,
        lines=lines[:PAGE],
        waiting=open_items(scope, kind),
        is_open=state == OPEN,
        page_of=_PAGES[kind],
        list_of=_LISTS[kind],
        previous_url=_address(kind, state, max(begin - PAGE, 0)) if begin else None,
        next_url=_address(kind, state, begin + PAGE) if len(lines) > PAGE else None,
    )


def _address(kind: str, state: str, begin: int) -> str:
    shown = CLOSED if state == CLOSED else None
    return url_for(_LISTS[kind], mulai=begin or None, keadaan=shown)


def _item(kind: str, item_id: UUID, form: DecideForm) -> str:
    line = inbox_line(current_scope(), kind, item_id)
    row = db.session.get_one(InboxItem, item_id)
    form.offer(choices_for(row))
    if form.version.data is None:
        form.version.data = str(line.version)
    return render_template(
        "field/inbox_item.html",
        line=line,
        form=form,
        kind=kind,
        values=_values(row),
        said=_said(line, row),
        list_of=_LISTS[kind],
    )


def _decide(kind: str, item_id: UUID) -> ResponseReturnValue:
    line = inbox_line(current_scope(), kind, item_id)
    form = DecideForm()
    form.offer(choices_for(db.session.get_one(InboxItem, item_id)))
    if not form.validate_on_submit():
        return _item(kind, item_id, form), 422
    try:
        typed = form.typed()
        with transaction():
            decide(
                scope=current_scope(),
                item_id=item_id,
                version=form.seen_version,
                decision=form.decision.data,
                by=current_account_id(),
                note=form.note.data,
                value=None if typed is None else typed_value(line.field or "", typed),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _item(kind, item_id, form), status_of(refusal)
    flash("Keputusan tersimpan. Pendamping diberi tahu lewat ponselnya.", "success")
    return redirect(url_for(_LISTS[kind]), code=303)


def _values(row: InboxItem) -> dict[str, str]:
    """The three values of a conflict in words."""
    if row.kind != CONFLICTS or row.field is None:
        return {}
    kept = _kept(row)
    return {name: sent_value(row.field, kept.get(name)) for name in ("base", "server", "incoming")}


def _kept(row: InboxItem) -> dict[str, Any]:
    try:
        return values_in(row)
    except SealBroken:
        return {}


def _said(line: InboxLine, row: InboxItem) -> tuple[tuple[str, str], ...]:
    """What the report says, as far as it is still kept."""
    if row.kind == CONFLICTS:
        return ()
    other: Any = _kept(row).get("incoming")
    if isinstance(other, dict):
        return sent_lines(str(other.get("type") or line.op_type), other.get("data") or {})
    try:
        operation = said_in(db.session.get_one(SyncOperation, row.op_id))
    except (LookupError, SealBroken, InvalidInput):
        # Gone, or of a secret that nobody has any more: the rest can still be told.
        return ()
    return sent_lines(operation.type, operation.data)


_LISTS = {CONFLICTS: "field_inbox.conflicts", REVIEWS: "field_inbox.reviews"}
_PAGES = {CONFLICTS: "field_inbox.conflict", REVIEWS: "field_inbox.review"}
