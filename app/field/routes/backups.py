"""Backups of phones that are handed in, at the office or from another phone of the same person."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.core.scope import Scope
from app.db.transaction import transaction
from app.field.forms.backups import BackupForm
from app.field.guards import for_devices
from app.field.importing import receive
from app.field.queries.handed_in import is_closed
from app.field.queries.uploads import received_of
from app.field.routes.blueprint import api, json_body
from app.field.rules import SAFE
from app.field.rules.batch import MOST_OPERATIONS, parse_batch
from app.field.services.backups import (
    LARGEST,
    Backup,
    check_handed_in,
    open_backup,
    pieces,
)
from app.field.services.uploads import remove_parts, take_piece
from app.web.errors import status_of

blueprint = Blueprint(
    "field_backups", __name__, url_prefix="/kiriman/cadangan", template_folder="../templates"
)
_TOLD = 5


@blueprint.get("")
@requires(Permission.FIELD_MANAGE)
def index() -> ResponseReturnValue:
    """Where a backup of a phone is handed in."""
    return _page(BackupForm(formdata=None))


@blueprint.post("")
@requires(Permission.FIELD_MANAGE)
def hand_in() -> ResponseReturnValue:
    """Take what a phone saved, under the name of who did it."""
    form = BackupForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        results = _taken(_read(form.content()), current_scope())
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(form), status_of(refusal)
    _tell(results)
    return redirect(url_for(".index"), code=303)


def _page(form: BackupForm) -> str:
    return render_template("field/backups.html", form=form)


def _tell(results: list[dict[str, Any]]) -> None:
    refused = [one for one in results if one["status"] not in SAFE]
    flash(f"{len(results) - len(refused)} dari {len(results)} kiriman sudah tersimpan.", "success")
    for one in refused[:_TOLD]:
        flash(f"Satu kiriman ditolak: {one['pesan']}", "warning")


@api.post("/backups")
@for_devices
def hand_in_own() -> ResponseReturnValue:
    """Take what another phone of the same person saved."""
    own = Scope(account_id=current_account_id(), mentor_account_id=current_account_id())
    return jsonify({"results": _taken(open_backup(json_body(LARGEST)), own)})


def _read(content: bytes) -> Backup:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    return open_backup(said)


def _taken(backup: Backup, scope: Scope) -> list[dict[str, Any]]:
    """What became of each operation; the photos follow."""
    with transaction():
        device_id = check_handed_in(backup, scope=scope, by=current_account_id()).id
    results: list[dict[str, Any]] = []
    for said in backup.batches(MOST_OPERATIONS):
        told = receive(
            parse_batch(said),
            account_id=backup.account_id,
            device_id=device_id,
            is_closed=is_closed(backup.account_id),
        )
        results += told.results
    for file_id, content in backup.files:
        _take_file(file_id, content, backup.account_id)
    return results


def _take_file(file_id: UUID, content: bytes, account_id: UUID) -> None:
    """Put a photo where it was announced, from where the phone itself had come; one that nobody
    expects any more is left out."""
    try:
        for start, piece in pieces(content, received=received_of(account_id, file_id)):
            with transaction():
                taken = take_piece(
                    upload_id=file_id, account_id=account_id, offset=start, piece=piece
                )
            remove_parts([taken.done] if taken.done else [])
    except PulihError:
        return
