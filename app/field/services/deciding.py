"""Closing what waits for a person: each decision is audited, and none is made twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import InboxItem, SyncOperation
from app.field.queries.inbox_items import item_within
from app.field.rules import CLOSED, DECISIONS, ID_REUSED, OPEN, REJECTED
from app.field.rules.register_data import SENSITIVE, value_of
from app.field.services.apply_edit import change_all, current
from app.field.services.judging import DONE
from app.field.services.reused import settle_other
from app.field.services.sealed_payloads import unsealed
from app.field.services.taking import (
    DECLINED,
    decide_to_take,
    not_applied,
    wait_for_turn,
)
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

KEEP_HERE, TAKE_SENT, OTHER, BOTH = (
    "pakai_tercatat",
    "pakai_kiriman",
    "isi_lain",
    "catat_keduanya",
)
ACCEPT, DECLINE = "terima", "tolak"
CHOICES = {
    "bentrok": (KEEP_HERE, TAKE_SENT, OTHER, BOTH),
    "tinjau": (ACCEPT, DECLINE),
}
register_actions({"sync.decided": "Kiriman ponsel diputuskan"})
register_fields(
    "inbox_item",
    {
        "decision": FieldWording(label="Keputusan"),
        "field": FieldWording(label="Isian"),
    },
)


def decide(
    *,
    scope: Scope,
    item_id: UUID,
    version: int,
    decision: str,
    by: UUID,
    note: str | None = None,
    value: Any = None,
) -> InboxItem:
    """Close an item of the inbox; `version` is the one that the person saw.

    `value` is what was typed instead, for "isi_lain". What was accepted counts from now on, and
    what waited for it is taken too.

    Raises:
        NotFound: unknown, or outside the scope.
        Conflict: somebody decided already.
        InvalidInput: no such choice here, or a value that can't be meant.
        WrongState: what was sent can't be applied as things stand.
    """
    item = item_within(scope, item_id)
    if item.state != OPEN or item.version != version:
        raise Conflict(
            "item_decided", message="Kiriman ini baru saja diputuskan orang lain. Muat ulang."
        )
    if decision not in choices_for(item):
        raise InvalidInput("decision_unknown", field="decision", message="Pilih keputusannya.")
    operation = db.session.get_one(SyncOperation, item.op_id)
    if item.kind == "bentrok":
        _settle_conflict(item, operation, decision, value, scope=scope, by=by)
    else:
        _settle_review(item, operation, decision, words=_declined_words(note))
    item.state, item.decision, item.decision_note = CLOSED, decision, (note or "").strip() or None
    item.decided_by, item.decided_at, item.version = by, utc_now(), version + 1
    _note(item, by)
    return item


def choices_for(item: InboxItem) -> tuple[str, ...]:
    """What may be decided about an item."""
    return CHOICES[item.kind]


def values_in(item: InboxItem) -> dict[str, Any]:
    """The values that an item holds: "base", "server", "incoming"; empty where it holds none."""
    if item.values_sealed is None:
        return {}
    found: dict[str, Any] = unsealed(item.values_sealed, key=item.id)
    return found


def _settle_conflict(
    item: InboxItem,
    operation: SyncOperation,
    decision: str,
    value: Any,
    *,
    scope: Scope,
    by: UUID,
) -> None:
    field = item.field or ""
    if decision == BOTH or (decision == KEEP_HERE and field in SENSITIVE):
        return
    wait_for_turn(operation.enterprise_id)
    row = db.session.get(Enterprise, item.enterprise_id, with_for_update=True)
    if row is None:
        raise WrongState("enterprise_gone", message="Usaha ini sudah tidak ada di sini.")
    kept = values_in(item)
    said = {KEEP_HERE: kept.get("server"), TAKE_SENT: kept.get("incoming"), OTHER: value}[decision]
    chosen = value_of(field, said)
    if current(row, field) != chosen:
        change_all(row, {field: chosen}, areas=scope.areas, by=by, reason=kept.get("reason"))


def _settle_review(item: InboxItem, operation: SyncOperation, decision: str, *, words: str) -> None:
    if item.code == ID_REUSED:
        settle_other(operation, values_in(item), is_accepted=decision == ACCEPT, words=words)
        return
    if operation.status in DONE:
        # It was looked at: what was sent counts already, and can't be unsaid.
        return
    if decision == DECLINE:
        operation.status, operation.settled_at = REJECTED, utc_now()
        operation.answer = {
            "version": None,
            "code": DECLINED,
            "pesan": words,
        }
        return
    decide_to_take(operation)
    if operation.status not in DONE:
        raise not_applied(operation.answer.get("code"), operation.answer.get("pesan", ""))
    if item.enterprise_id is None:
        item.enterprise_id = db.session.get(Enterprise, operation.enterprise_id) and (
            operation.enterprise_id
        )


def _declined_words(note: str | None) -> str:
    """What the sender is told, with the reason that the person gave."""
    reason = (note or "").strip()
    said = "Petugas tidak menerima kiriman ini"
    return f"{said}: {reason}" if reason else f"{said}."


def _note(item: InboxItem, by: UUID) -> None:
    words = DECISIONS[item.decision or ""]
    field = {"field": [None, item.field]} if item.field else {}
    record(
        subject_type="inbox_item",
        subject_id=item.id,
        enterprise_id=item.enterprise_id,
        area_code=item.area_code,
        action="sync.decided",
        by=by,
        changes={"decision": [None, words], **field},
    )
