"""Accounts of officers, in force today: those whose own area is reached and lies in this one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from app.accounts.models import Account, Membership
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY, range_of
from app.programme.queries.fact_tables import Amount, Around, FactTable, equal
from app.programme.rules.kinds import ACCOUNT


def _accounts(around: Around) -> Select[*tuple[Any, ...]]:
    area_code: Any = Membership.area_code
    inside: list[ColumnElement[bool]] = [false()]
    for area in around.scope.narrowed_to(around.area).areas:
        first, last = range_of(area)
        below = and_(area_code >= first, area_code < last)
        inside.append(true() if area == WHOLE_COUNTRY else or_(area_code == area, below))
    return (
        select(Account.id, Account.name, Membership.role, Membership.area_code)
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Account.is_active,
            Membership.from_on <= around.today,
            or_(Membership.until_on.is_(None), Membership.until_on >= around.today),
            or_(*inside),
        )
    )


def _officers(words: str, role: Role) -> Amount:
    return Amount(words=words, kind=ACCOUNT, holds=equal("role", role), each="id")


# Its rows begin with the account's id: nothing is counted by enterprise.
ACCOUNTS = FactTable(
    rows=_accounts,
    amounts={
        "akun_petugas_desa": _officers("Akun petugas desa", Role.VILLAGE_OFFICER),
        "akun_petugas_koperasi": _officers("Akun petugas koperasi", Role.COOPERATIVE_OFFICER),
    },
)
