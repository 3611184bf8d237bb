"""Where somebody begins who works for lenders: each of these with its figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.scope import Scope
from app.credit.queries.members import Counted, counted
from app.credit.queries.reach import LenderRow, own_lenders
from app.credit.rules.lenders import DUTIES
from app.places.queries import path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """One lender of the caller."""

    lender: LenderRow
    duty: str
    place: str
    counted: Counted


def home_page(scope: Scope) -> tuple[HomePart, ...]:
    """The lenders that the caller works for, by name."""
    rows = own_lenders(scope)
    places = path_labels({row.village_code for row in rows})
    return tuple(
        HomePart(
            lender=row,
            duty=DUTIES.get(row.duty or "", ""),
            place=places.get(row.village_code, ""),
            counted=counted(scope, row.id),
        )
        for row in rows
    )
