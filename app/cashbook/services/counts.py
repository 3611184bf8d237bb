"""Cash at hand, counted on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.cashbook.models import CashCount
from app.cashbook.rules.lines import check_amount, check_day
from app.core.clock import local_today, utc_now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.history.rules import register_actions
from app.history.services import record

SUBJECT = "cash_count"
register_actions({"cash.counted": "Kas dihitung"})


def record_count(
    *,
    scope: Scope,
    by: UUID,
    enterprise_id: UUID,
    counted_on: date,
    amount: int,
    count_id: UUID | None = None,
) -> UUID:
    """Note how much cash is at hand, once for each `count_id`; none at all is a count too.

    Raises:
        NotFound: the enterprise is unknown or outside the scope.
        InvalidInput: below nothing or beyond belief; a day that has not come or is ten years old.
        WrongState: the owner withdrew. Conflict: something else was kept under this id.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    key = count_id or new_id()
    if _is_kept(key, enterprise_id, counted_on, amount):
        return key
    check_amount(amount, least=0)
    check_day(counted_on, today=local_today(), field="counted_on")
    told = {"enterprise_id": enterprise_id, "counted_on": counted_on, "amount": amount}
    db.session.add(CashCount(id=key, recorded_by=by, recorded_at=utc_now(), **told))
    db.session.flush()
    record(
        subject_type=SUBJECT,
        subject_id=key,
        enterprise_id=enterprise_id,
        area_code=enterprise.village_code,
        action="cash.counted",
        by=by,
        # Not how much: who may read the history may not always read the book.
    )
    return key


def _is_kept(key: UUID, enterprise_id: UUID, counted_on: date, amount: int) -> bool:
    take_turn(f"once {key}")
    known = db.session.get(CashCount, key)
    if known is None:
        return False
    if (known.enterprise_id, known.counted_on, known.amount) != (enterprise_id, counted_on, amount):
        raise Conflict(
            "count_said_otherwise",
            message="Hitungan ini sudah tersimpan dengan isi lain. Muat ulang halamannya.",
        )
    return True
