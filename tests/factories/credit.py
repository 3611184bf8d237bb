"""Lenders, who works for them, their members, consents and loans."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.text import search_text
from app.credit.models import Lender, LenderConsent, LenderOfficer, Loan, Member
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Consent, Enterprise
from app.enterprises.queries.consents import open_consent
from app.enterprises.rules.consents import texts_on
from tests.factories import accounts as account_factory
from tests.factories.enterprises import VILLAGE, village_rows

_NUMBERS = count(1)
_GENERAL = "lembaga_keuangan"


def lender(*, name: str | None = None, village_code: str = VILLAGE, **values: Any) -> Lender:
    """A lender in a village: a cooperative, unless said otherwise."""
    village_rows(village_code)
    name = name or f"Koperasi Maju Bersama {next(_NUMBERS)}"
    created_by = values.pop("created_by", None) or account_factory.account().id
    return _saved(
        Lender(
            id=values.pop("id", None) or new_id(),
            kind=values.pop("kind", "koperasi"),
            name=name,
            search_name=search_text(name),
            village_code=village_code,
            created_by=created_by,
            created_at=utc_now(),
            **values,
        )
    )


def lender_officer(
    lender: Lender, *, account: Account | None = None, duty: str = "petugas", **values: Any
) -> Account:
    """Somebody who works for a lender; gives their account (a new one unless given)."""
    lender_id = lender.id
    person = account or account_factory.account(
        role=Role.COOPERATIVE_OFFICER, area=lender.village_code[:5]
    )
    account_id = person.id
    _saved(
        LenderOfficer(
            id=new_id(),
            lender_id=lender_id,
            account_id=account_id,
            duty=duty,
            from_on=values.pop("from_on", date(2025, 1, 1)),
            set_by=account_id,
            set_at=utc_now(),
            **values,
        )
    )
    return db.session.get_one(Account, account_id)


def lender_consent(owner_id: Any, lender_id: Any, *, general: bool = True) -> LenderConsent:
    """An owner's word for one lender, and (unless `general` is False) for lenders at large."""
    by, today = account_factory.account().id, local_today()
    version = texts_on(today).version
    told = {"owner_id": owner_id, "text_version": version, "way": "tanda_tangan"}
    if general and open_consent(owner_id, _GENERAL) is None:
        _saved(
            Consent(
                id=new_id(),
                purpose=_GENERAL,
                given_on=today,
                recorded_by=by,
                recorded_at=utc_now(),
                **told,
            )
        )
    return _saved(
        LenderConsent(
            id=new_id(),
            lender_id=lender_id,
            given_on=today,
            recorded_by=by,
            recorded_at=utc_now(),
            **told,
        )
    )


def member(lender: Lender, owner_id: Any, *, is_consented: bool = True, **values: Any) -> Member:
    """A member of a lender, who lets it see the business unless `is_consented` is False."""
    lender_id, number = lender.id, lender.next_member_number
    if is_consented:
        lender_consent(owner_id, lender_id)
    with transaction():
        db.session.get_one(Lender, lender_id).next_member_number = number + 1
    return _saved(
        Member(
            id=values.pop("id", None) or new_id(),
            lender_id=lender_id,
            owner_id=owner_id,
            number=number,
            joined_on=values.pop("joined_on", date(2025, 1, 2)),
            recorded_by=values.pop("recorded_by", None) or account_factory.account().id,
            recorded_at=utc_now(),
            **values,
        )
    )


def loan(lender: Lender, enterprise: Enterprise, **values: Any) -> Loan:
    """A loan of an enterprise with a lender: a draft, unless said otherwise; without schedule."""
    told = {
        "state": "draf",
        "amount": 5_000_000,
        "method": "flat",
        "count": 10,
        "every": "bulan",
        "rate": 1800,
        "purpose": "barang",
        "state_on": local_today(),
        "judged": {},
        **values,
    }
    keys = {"lender_id": lender.id, "enterprise_id": enterprise.id, "owner_id": enterprise.owner_id}
    made_by = told.pop("made_by", None) or account_factory.account().id
    return _saved(
        Loan(
            id=told.pop("id", None) or new_id(), made_by=made_by, made_at=utc_now(), **keys, **told
        )
    )


def _saved(row: Any) -> Any:
    key, kind = row.id, type(row)
    with transaction():
        db.session.add(row)
    return db.session.get(kind, key)
