"""Numbers of owners under new keys: sealed and indexed again, where they are not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select, update

from app.core import settings
from app.core.identity import mask_nik
from app.core.sealing import SealBroken, blind_index, seal, unseal
from app.db import db
from app.enterprises.models import Owner
from app.enterprises.rules.phones import phone_index, phone_seal_bound_to

AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What became of some owners; `last` is the key after which the next slice begins."""

    read: int
    renewed: int
    closed: int
    last: UUID | None


def renew_numbers(*, after: UUID | None) -> Slice:
    """Seal and index the numbers of the next owners with the present keys, where they are not.

    What no key of this environment opens is left as it is and counted as closed. Neither version
    nor day of an owner moves: nothing about them changed.
    """
    rows = _next(after)
    renewed = closed = 0
    for row in rows:
        try:
            values = {**_nik(row), **_phone(row)}
        except SealBroken:
            closed += 1
            continue
        if values:
            renewed += 1
            db.session.execute(update(Owner).where(Owner.id == row.id).values(**values))
    return Slice(
        read=len(rows),
        renewed=renewed,
        closed=closed,
        last=rows[-1].id if len(rows) == AT_ONCE else None,
    )


def _next(after: UUID | None) -> list[Row[Any]]:
    statement = (
        select(Owner.id, Owner.nik_sealed, Owner.nik_index, Owner.phone_sealed, Owner.phone_index)
        .where(or_(Owner.nik_sealed.is_not(None), Owner.phone_sealed.is_not(None)))
        .order_by(Owner.id)
        .limit(AT_ONCE)
        .with_for_update()
    )
    if after is not None:
        statement = statement.where(Owner.id > after)
    rows: list[Row[Any]] = [*db.session.execute(statement)]
    return rows


def _nik(row: Row[Any]) -> dict[str, Any]:
    if row.nik_sealed is None:
        return {}
    number, sealed = _opened(row.nik_sealed, row.id.bytes)
    index = blind_index(number, settings.current().nik_index_key)
    if sealed is None and index == row.nik_index:
        return {}
    return {
        "nik_sealed": sealed or row.nik_sealed,
        "nik_index": index,
        "nik_masked": mask_nik(number),
    }


def _phone(row: Row[Any]) -> dict[str, Any]:
    if row.phone_sealed is None:
        return {}
    number, sealed = _opened(row.phone_sealed, phone_seal_bound_to(row.id))
    index = phone_index(number)
    if sealed is None and index == row.phone_index:
        return {}
    return {"phone_sealed": sealed or row.phone_sealed, "phone_index": index}


def _opened(sealed: bytes, bound_to: bytes) -> tuple[str, bytes | None]:
    """The number, and its new seal where an earlier key made the present one."""
    keys = settings.current()
    try:
        return unseal(sealed, (keys.nik_key,), bound_to), None
    except SealBroken:
        number = unseal(sealed, keys.nik_key_fallbacks, bound_to)
        return number, seal(number, keys.nik_key, bound_to)
