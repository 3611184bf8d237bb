"""Noting what buyers ask for, changing and closing it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import BuyerRequest
from app.market.rules.certificates_of import DEMANDS

register_actions(
    {
        "buyer_request.noted": "Permintaan pembeli dicatat",
        "buyer_request.changed": "Permintaan pembeli diubah",
        "buyer_request.closed": "Permintaan pembeli ditutup",
    }
)
register_fields(
    "buyer_request",
    {
        "buyer_name": FieldWording(label="Pembeli"),
        "wanted": FieldWording(label="Yang dicari"),
        "pieces_per_month": FieldWording(label="Jumlah sebulan"),
        "open_until": FieldWording(label="Berlaku sampai"),
    },
)
_TOLD = ("buyer_name", "wanted", "pieces_per_month", "open_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a buyer asks for."""

    buyer_name: str
    wanted: str
    pieces_per_month: int
    open_until: date
    contact: str | None = None
    kind: str | None = None
    food_type: str | None = None
    price_most: int | None = None
    ready_in_days: int | None = None
    demands: tuple[str, ...] = ()
    note: str | None = None


def note_request(
    *, area_code: str, asked: Asked, scope: Scope, by: UUID | None, key: UUID | None = None
) -> BuyerRequest:
    """Note a request for an area, once for each key.

    Raises:
        NotFound: the area lies outside the scope.
        InvalidInput: it is over already, or asks for papers that nobody knows.
    """
    if not scope.covers_area(area_code):
        raise NotFound("area_unknown", message="Wilayah ini tidak ditemukan.")
    values = _checked(asked)
    known, key = kept_or_free(
        BuyerRequest,
        key or new_id(),
        area_code=area_code,
        buyer_name=asked.buyer_name,
        wanted=asked.wanted,
    )
    if known is not None:
        return known
    row = BuyerRequest(
        id=key, area_code=area_code, version=1, made_by=by, made_at=utc_now(), **values
    )
    db.session.add(row)
    db.session.flush()
    _note(row, "buyer_request.noted", by, {name: [None, _plain(values[name])] for name in _TOLD})
    return row


def change_request(
    *, request_id: UUID, version: int, asked: Asked, scope: Scope, by: UUID | None
) -> BuyerRequest:
    """Note what a buyer asks for now.

    Raises:
        NotFound: unknown, or its area lies outside the scope.
        WrongState: it was closed.
        Conflict: somebody changed it since.
        InvalidInput: as for a new one.
    """
    row = _locked(request_id, version, scope)
    values = _checked(asked)
    changes = {
        name: [_plain(getattr(row, name)), _plain(values[name])]
        for name in _TOLD
        if getattr(row, name) != values[name]
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    _note(row, "buyer_request.changed", by, changes)
    return row


def close_request(
    *, request_id: UUID, version: int, reason: str, scope: Scope, by: UUID | None
) -> BuyerRequest:
    """Close a request: it is served, or not wanted any more. Raises as `change_request`."""
    row = _locked(request_id, version, scope)
    row.closed_at, row.closed_reason = utc_now(), reason
    row.version += 1
    _note(row, "buyer_request.closed", by, {}, reason)
    return row


def _locked(request_id: UUID, version: int, scope: Scope) -> BuyerRequest:
    row = db.session.get(BuyerRequest, request_id, with_for_update=True)
    if row is None or not scope.covers_area(row.area_code):
        raise NotFound("buyer_request_unknown", message="Permintaan ini tidak ditemukan.")
    if row.closed_at is not None:
        raise WrongState("buyer_request_closed", message="Permintaan ini sudah ditutup.")
    if row.version != version:
        raise Conflict(
            "version_stale",
            message="Permintaan ini baru saja diubah orang lain. Buka lagi halamannya.",
        )
    return row


def _checked(asked: Asked) -> dict[str, Any]:
    if asked.open_until < local_today():
        raise InvalidInput(
            "open_until_past", field="open_until", message="Tanggal ini sudah lewat."
        )
    if not set(asked.demands) <= set(DEMANDS):
        raise InvalidInput("demand_unknown", field="demands", message="Pilih dari yang tersedia.")
    return asdict(asked) | {"demands": list(asked.demands)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _note(
    row: BuyerRequest, action: str, by: UUID | None, changes: dict[str, Any], note: str = ""
) -> None:
    record(
        subject_type="buyer_request",
        subject_id=row.id,
        area_code=row.area_code,
        action=action,
        by=by,
        changes=changes,
        note=note or None,
    )
