"""Beginning the way of a permit for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.market.models import CertificateBatch
from app.market.queries.batches import main_products
from app.market.rules.batches import BEGUN, MOST_AT_ONCE, NO_PRODUCT, OPEN, UNREACHED
from app.market.rules.certificates import check_day
from app.market.rules.tracks import OF_ENTERPRISE, OF_PRODUCT, Track, track
from app.market.services.certificates import open_track


def begin_many(
    *,
    batch_id: UUID,
    track_code: str,
    enterprise_ids: Sequence[UUID],
    on: date,
    note: str = "",
    by: UUID,
    scope: Scope,
) -> CertificateBatch:
    """Begin a way for each enterprise that can; the others keep a reason, and stop nobody.

    Of a product where the enterprise has one (the main one first). The same session sent twice
    begins each way once.

    Raises:
        NotFound: nobody who was chosen is within reach.
        InvalidInput: no such track, a day ahead, nobody or too many were chosen.
    """
    of = track(track_code)
    check_day(on, since=date.min, today=local_today())
    chosen = _chosen(enterprise_ids)
    known, key = kept_or_free(CertificateBatch, batch_id, track=of.code, begun_on=on, made_by=by)
    if known is not None:
        return known
    outcomes = _outcomes(key, of, chosen, {"on": on, "note": note, "by": by, "scope": scope})
    if all(code == UNREACHED for _, code in outcomes):
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    made = CertificateBatch(
        id=key,
        track=of.code,
        begun_on=on,
        note=note.strip(),
        outcomes=outcomes,
        made_by=by,
        made_at=utc_now(),
    )
    db.session.add(made)
    return made


def _chosen(enterprise_ids: Sequence[UUID]) -> list[UUID]:
    chosen = list(dict.fromkeys(enterprise_ids))
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        message = f"Pilih 1 sampai {MOST_AT_ONCE} usaha."
        raise InvalidInput("batch_size", field="chosen", message=message)
    return chosen


def _outcomes(
    key: UUID, of: Track, chosen: Sequence[UUID], said: dict[str, Any]
) -> list[list[str]]:
    """What becomes of each, as the row of the session keeps it."""
    products = main_products(chosen) if OF_PRODUCT in of.of else {}
    outcomes = []
    for enterprise_id in chosen:
        product = products.get(enterprise_id)
        if product is None and OF_ENTERPRISE not in of.of:
            outcomes.append([str(enterprise_id), NO_PRODUCT])
            continue
        begun = _begin(
            step_id=uuid5(key, str(enterprise_id)),
            enterprise_id=enterprise_id,
            product_id=None if product is None else product.id,
            track_code=of.code,
            **said,
        )
        outcomes.append([str(enterprise_id), begun])
    return outcomes


def _begin(**said: Any) -> str:
    try:
        open_track(**said)
    except Conflict:
        return OPEN
    except NotFound:
        return UNREACHED
    return BEGUN
