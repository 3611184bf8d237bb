"""Accounts of officers, in force today: those whose own area is reached and lies in this one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Account, Membership
from app.accounts.queries import in_force
from app.core.permissions import Role
from app.db.areas import lies_in_any
from app.programme.queries.fact_tables import Amount, Around, FactTable, equal
from app.programme.rules.kinds import ACCOUNT


def _accounts(around: Around) -> Select[*tuple[Any, ...]]:
    inside = around.scope.narrowed_to(around.area).areas
    return (
        select(Account.id, Account.name, Membership.role, Membership.area_code)
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Account.is_active,
            in_force(around.today),
            lies_in_any(Membership.area_code, inside),
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
