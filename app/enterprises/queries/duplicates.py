"""Who or what may already be in the register.

Looked for in the whole register, because a person who moves is still one person; what lies outside
the scope is only said to exist, without who or where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select

from app.core import settings
from app.core.errors import InvalidInput
from app.core.identity import parse_nik, parse_phone
from app.core.scope import Scope
from app.core.sealing import blind_index
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.reach import owner_within, within
from app.enterprises.rules.phones import phone_index
from app.enterprises.rules.similar import near_names

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """One thing that may be the same; names and ids are given within the scope only.

    `kind` is "nik", "phone" or "name".
    """

    kind: str
    owner_id: UUID | None = None
    owner_name: str | None = None
    enterprise_id: UUID | None = None
    enterprise_name: str | None = None

    @property
    def is_within(self) -> bool:
        """Whether the person who asks may open it."""
        return self.owner_id is not None

    @property
    def message(self) -> str:
        """What to say of it."""
        texts = {
            "nik": ("NIK ini milik {owner}.", "NIK ini sudah terdaftar. Hubungi admin Disnaker."),
            "phone": (
                "Nomor HP ini dipakai {owner}.",
                "Nomor HP ini sudah terdaftar pada pemilik lain. Hubungi admin bila ragu.",
            ),
            "name": (
                "Mirip dengan {enterprise} milik {owner} di desa yang sama.",
                "Usaha dengan nama mirip sudah terdaftar di desa ini. Hubungi admin bila ragu.",
            ),
        }
        text = texts[self.kind][0 if self.is_within else 1]
        return text.format(owner=self.owner_name, enterprise=self.enterprise_name)


def duplicates(
    scope: Scope,
    *,
    name: str | None = None,
    village_code: str | None = None,
    phone: str | None = None,
    nik: str | None = None,
    except_owner: UUID | None = None,
    except_enterprise: UUID | None = None,
) -> list[Duplicate]:
    """What may be the same: NIK exactly, phone exactly, a near name in the same village."""
    found = []
    if nik:
        found += holders_of_nik(scope, nik, except_owner=except_owner)
    if phone:
        found += _holders_of_phone(scope, phone, except_owner)
    if name and village_code:
        found += _near_in_village(scope, name, village_code, except_enterprise)
    return found


def holders_of_nik(scope: Scope, nik: str, *, except_owner: UUID | None = None) -> list[Duplicate]:
    """The owner who has this NIK: at most one; none for what is no NIK."""
    try:
        value = parse_nik(nik).value
    except InvalidInput:
        return []
    index = blind_index(value, settings.current().nik_index_key)
    return _owners(scope, "nik", Owner.nik_index == index, except_owner)


def _holders_of_phone(scope: Scope, phone: str, except_owner: UUID | None) -> list[Duplicate]:
    try:
        value = parse_phone(phone).value
    except InvalidInput:
        return []
    return _owners(scope, "phone", Owner.phone_index == phone_index(value), except_owner)


def _owners(
    scope: Scope, kind: str, condition: ColumnElement[bool], except_owner: UUID | None
) -> list[Duplicate]:
    statement = (
        select(Owner.id, Owner.name, owner_within(scope).label("is_within"))
        .where(condition)
        .order_by(Owner.search_name, Owner.id)
        .limit(_SHOWN + 1)
    )
    return [
        Duplicate(kind=kind, owner_id=row.id, owner_name=row.name)
        if row.is_within
        else Duplicate(kind=kind)
        for row in db.session.execute(statement)
        if row.id != except_owner
    ][:_SHOWN]


def _near_in_village(
    scope: Scope, name: str, village_code: str, except_enterprise: UUID | None
) -> list[Duplicate]:
    statement = (
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.search_name,
            Enterprise.owner_id,
            Owner.name.label("owner_name"),
            within(scope).label("is_within"),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(Enterprise.village_code == village_code)
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    rows = [row for row in db.session.execute(statement) if row.id != except_enterprise]
    nearest = near_names(name, (row.search_name for row in rows), limit=_SHOWN)
    return [_near(rows[near.place]) for near in nearest]


def _near(row: Row[*tuple[Any, ...]]) -> Duplicate:
    if not row.is_within:
        return Duplicate(kind="name")
    return Duplicate(
        kind="name",
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        enterprise_id=row.id,
        enterprise_name=row.name,
    )
