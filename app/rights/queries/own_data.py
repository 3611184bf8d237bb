"""What owners see of their own data: what is held, who looked, what they asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names, roles_of
from app.core.clock import local_date, local_today, utc_now
from app.core.errors import NotFound
from app.core.permissions import ROLE_LABELS
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.history.queries.readings import files_that_name, readings_of
from app.rights.queries.holdings import held_on, photo_ids
from app.rights.rules.held_groups import Group, groups

# Who looked is told for a year; files with many people for a quarter.
LOOKED_FOR = timedelta(days=366)
FILES_FOR = timedelta(days=92)
_LOOKS_SHOWN = 50
_WAYS = {
    "page": "membuka data Anda",
    "list": "melihat daftar",
    "nik": "membuka NIK Anda",
    "search": "mencari dengan NIK",
    "export": "mengunduh data",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody who saw data of the owner on a day, and how often."""

    on: date
    name: str
    role: str
    what: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Everything that the page of one owner tells beside consents and requests."""

    owner_name: str
    groups: tuple[Group, ...]
    photo_count: int
    last_look_on: date | None
    look_count: int


def own_owner(scope: Scope) -> Owner:
    """The owner who has this account.

    Raises:
        NotFound: the account is no owner's, or they were erased.
    """
    found = None
    if scope.owner_account_id is not None:
        found = db.session.scalars(
            select(Owner).where(
                Owner.account_id == scope.owner_account_id, Owner.erased_on.is_(None)
            )
        ).first()
    if found is None:
        raise NotFound("owner_unknown", message="Data Anda belum tercatat di sini.")
    return found


def own_data(scope: Scope) -> OwnData:
    """What is held on the owner who calls.

    Raises:
        NotFound: the account is no owner's.
    """
    owner = own_owner(scope)
    held = held_on(owner.id)
    looks = own_looks(scope)
    return OwnData(
        owner_name=owner.name,
        groups=tuple(groups({one.table.name: one.rows for one in held}, today=local_today())),
        photo_count=len(photo_ids(held)),
        last_look_on=looks[0].on if looks else None,
        look_count=len(looks),
    )


def own_looks(scope: Scope) -> list[Look]:
    """Who saw data of the owner who calls, newest first, their own log-ins left out.

    Raises:
        NotFound: the account is no owner's.
    """
    owner, now = own_owner(scope), utc_now()
    own = list(db.session.scalars(select(Enterprise.id).where(Enterprise.owner_id == owner.id)))
    opened = readings_of([owner.id, *own], since=now - LOOKED_FOR)
    taken = files_that_name([owner.id, *own], since=now - FILES_FOR)
    seen: Counter[tuple[date, UUID, str]] = Counter()
    known: set[UUID] = set()
    for reading in (*opened, *taken):
        if reading.account_id != scope.owner_account_id and reading.id not in known:
            known.add(reading.id)
            seen[local_date(reading.at), reading.account_id, reading.kind] += 1
    newest = sorted(seen, key=lambda one: (one[0], str(one[1]), one[2]), reverse=True)
    return _looks(newest[:_LOOKS_SHOWN], seen)


def _looks(keys: list[tuple[date, UUID, str]], seen: Counter[tuple[date, UUID, str]]) -> list[Look]:
    people = names(account_id for _, account_id, _ in keys)
    roles = {account_id: _role_of(account_id) for _, account_id, _ in keys}
    return [
        Look(
            on=day,
            name=people.get(account_id, "Akun yang sudah dihapus"),
            role=roles[account_id],
            what=_WAYS[kind],
            times=seen[day, account_id, kind],
        )
        for day, account_id, kind in keys
    ]


def _role_of(account_id: UUID) -> str:
    return ", ".join(sorted(ROLE_LABELS[role] for role in roles_of(account_id))) or "tanpa tugas"
