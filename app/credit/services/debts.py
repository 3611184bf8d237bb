"""Keeping debts that were told to the mentor. What was told once is never changed: who tells it
anew names what was told before."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.credit.models import InformalDebt
from app.credit.queries.debts import told_debt
from app.credit.rules.debts import ToldDebt, check_debt
from app.db import db
from app.db.once import kept_or_free
from app.db.turns import take_turn
from app.enterprises.models import Enterprise
from app.enterprises.queries import check_allowed
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.consents import BASE
from app.history.rules import register_actions
from app.history.services import record

SUBJECT = "informal_debt"
# Neither to whom nor how much: who may read the history may not always read of debts.
register_actions(
    {
        "debt.told": "Catatan utang diisi",
        "debt.corrected": "Catatan utang diperbarui",
        "debt.over": "Catatan utang diakhiri",
    }
)


def record_debt(
    *,
    scope: Scope,
    by: UUID,
    enterprise_id: UUID,
    told: ToldDebt,
    debt_id: UUID | None = None,
    corrects_id: UUID | None = None,
) -> InformalDebt:
    """Keep what was told of a debt, once for each `debt_id`; a known debt is told anew by naming
    what stands of it (`corrects_id`).

    Raises:
        NotFound: the enterprise is unknown or outside the scope, or has no such debt.
        InvalidInput: what can't be a debt. Conflict: it was told anew meanwhile.
        WrongState: the owner withdrew their consent.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    said = asdict(told)
    known, key = kept_or_free(
        InformalDebt,
        debt_id or new_id(),
        enterprise_id=enterprise_id,
        corrects_id=corrects_id,
        **said,
    )
    if known is not None:
        return known
    check_debt(told, today=local_today())
    if corrects_id is not None:
        _step_back(enterprise_id, corrects_id)
    row = InformalDebt(id=key, corrects_id=corrects_id, **said)
    action = "debt.told" if corrects_id is None else "debt.corrected"
    return _keep(row, enterprise, action, by=by)


def end_debt(*, scope: Scope, by: UUID, enterprise_id: UUID, debt_id: UUID) -> InformalDebt:
    """Note that a debt is paid back, or was none. Ending it twice is ending it once.

    Raises:
        NotFound: the enterprise is unknown or outside the scope, or has no such debt.
        Conflict: it was told anew meanwhile. WrongState: the owner withdrew their consent.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    check_allowed(enterprise.owner_id, BASE)
    before = told_debt(enterprise_id, debt_id)
    if before.is_over:
        return before
    _step_back(enterprise_id, debt_id)
    row = InformalDebt(
        id=new_id(),
        corrects_id=debt_id,
        kind=before.kind,
        amount=0,
        monthly=0,
        overdue_days=None,
        told_on=local_today(),
        is_over=True,
    )
    return _keep(row, enterprise, "debt.over", by=by)


def _keep(row: InformalDebt, enterprise: Enterprise, action: str, *, by: UUID) -> InformalDebt:
    row.enterprise_id, row.is_current = enterprise.id, True
    row.recorded_by, row.recorded_at = by, utc_now()
    db.session.add(row)
    db.session.flush()
    record(
        subject_type=SUBJECT,
        subject_id=row.id,
        enterprise_id=enterprise.id,
        area_code=enterprise.village_code,
        action=action,
        by=by,
    )
    return row


def _step_back(enterprise_id: UUID, corrects_id: UUID) -> None:
    """Let what stands of a debt make room; only what the sender saw is replaced."""
    take_turn(f"debts {enterprise_id}")
    before = told_debt(enterprise_id, corrects_id)
    if before.is_over:
        raise NotFound("debt_unknown", message="Utang ini tidak ditemukan.")
    if not before.is_current:
        raise Conflict(
            "debt_told_meanwhile", message="Utang ini baru saja diubah. Muat ulang halamannya."
        )
    before.is_current = False
    db.session.flush()
