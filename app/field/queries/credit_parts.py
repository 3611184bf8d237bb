"""For what a mentor may take in money, as cards of their phone show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.scope import Scope
from app.credit.queries.collecting import due_loans, savers
from app.credit.queries.reach import own_lenders
from app.credit.rules.savings import SAVING_KINDS
from app.field.rules.reading import day_text


def collecting_parts(scope: Scope, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Loans and memberships of lenders that the mentor works for and the owner agreed to.

    What is due next and no more: neither what is owed in all, nor what was saved. An enterprise
    without any has no part.
    """
    if not own_lenders(scope):
        return {}
    found: dict[UUID, dict[str, Any]] = {}
    for loan in due_loans(scope, ids):
        _part(found, loan.enterprise_id)["loans"].append(
            {
                "id": str(loan.id),
                "lender": loan.lender_name,
                "due_on": day_text(loan.due_on),
                "amount": loan.amount,
            }
        )
    for one in savers(scope, ids):
        _part(found, one.enterprise_id)["members"].append(
            {
                "id": str(one.id),
                "lender": one.lender_name,
                "number": one.number,
                "kinds": list(SAVING_KINDS),
            }
        )
    return found


def _part(found: dict[UUID, dict[str, Any]], key: UUID) -> dict[str, Any]:
    return found.setdefault(key, {"loans": [], "members": []})
