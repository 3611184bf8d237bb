"""Keeping what somebody found that no record tells."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import register_actions
from app.history.services import record
from app.market.models import CurationCheck
from app.market.queries.reach import product as product_within
from app.market.rules.curation import ASKED

register_actions({"product.curation_checked": "Kesiapan kurasi diperiksa"})
_WORDS = frozenset({"ya", "tidak"})


def check_curation(
    *,
    product_id: UUID,
    answers: Mapping[str, str],
    note: str,
    scope: Scope,
    by: UUID | None,
    key: UUID | None = None,
) -> CurationCheck:
    """Keep the answers, once for each key; earlier ones stay. What was not answered is left out.

    Raises:
        NotFound: the product is unknown, or outside the scope.
        InvalidInput: nothing was answered.
    """
    product = product_within(scope, product_id)
    said = {one.code: answers[one.code] for one in ASKED if answers.get(one.code) in _WORDS}
    if not said:
        raise InvalidInput("nothing_answered", message="Jawab sekurangnya satu pertanyaan.")
    values = {"product_id": product.id, "answers": said, "note": note or None}
    known, key = kept_or_free(CurationCheck, key or new_id(), **values)
    if known is not None:
        return known
    row = CurationCheck(id=key, checked_on=local_today(), checked_by=by, at=utc_now(), **values)
    db.session.add(row)
    db.session.flush()
    record(
        subject_type="curation_check",
        subject_id=row.id,
        enterprise_id=product.enterprise_id,
        action="product.curation_checked",
        by=by,
        note=row.note,
    )
    return row
