"""Whether data of an owner may be used for a purpose: what every processing asks first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, select
from sqlalchemy.orm.util import AliasedClass

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound, WrongState
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Consent, Enterprise, Owner
from app.enterprises.queries.reach import owner as owner_within_reach
from app.enterprises.rules.consents import Purpose, purpose, purposes, text_of, texts_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """One purpose as the page of an owner shows it; `row` is its latest word."""

    purpose: Purpose
    is_given: bool
    row: Consent | None
    text: str
    recorded_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentProof:
    """One consent with all that proves it."""

    row: Consent
    purpose: Purpose
    owner_name: str
    text: str | None
    recorded_by: str | None
    withdrawn_by: str | None


def may_use(key: str) -> ColumnElement[bool]:
    """The condition on `Owner` that their data may be used for a purpose now.

    Nothing is used of who restricted their data or was erased. What the office does by duty goes
    on until it is withdrawn; everything else needs a consent that holds.
    """
    if purpose(key).is_duty:
        return is_free(Owner)
    holds = exists().where(
        Consent.owner_id == Owner.id, Consent.purpose == key, Consent.withdrawn_on.is_(None)
    )
    return and_(is_free(Owner), holds)


def is_free(of: type[Owner] | AliasedClass[Owner]) -> ColumnElement[bool]:
    """The condition on owners that they neither restricted their data, nor withdrew, nor were
    erased."""
    return and_(of.restricted_on.is_(None), of.erased_on.is_(None), of.objected_on.is_(None))


def is_allowed(owner_id: UUID, key: str) -> bool:
    """Whether data of one owner may be used for a purpose now."""
    found = select(Owner.id).where(Owner.id == owner_id, may_use(key))
    return db.session.scalars(found).one_or_none() is not None


def not_allowed(enterprise_ids: Iterable[UUID], key: str) -> set[UUID]:
    """Those of some enterprises whose owners' data may not be used for a purpose now."""
    wanted = set(enterprise_ids)
    if not wanted:
        return set()
    return set(
        db.session.scalars(
            select(Enterprise.id)
            .join(Owner, Owner.id == Enterprise.owner_id)
            .where(Enterprise.id.in_(wanted), not_(may_use(key)))
        )
    )


def check_allowed(owner_id: UUID, key: str) -> None:
    """Refuse to use data of an owner for a purpose that they did not agree to.

    Raises:
        WrongState: code "consent_missing".
    """
    if not is_allowed(owner_id, key):
        raise WrongState(
            "consent_missing",
            message="Pemilik belum menyetujui, menarik persetujuan, atau membatasi datanya untuk: "
            f"{purpose(key).label}.",
        )


def consent_lines(scope: Scope, owner_id: UUID) -> tuple[ConsentLine, ...]:
    """Every purpose with the owner's latest word.

    Raises:
        NotFound: unknown or outside the scope.
    """
    owner_within_reach(scope, owner_id)
    latest: dict[str, Consent] = {}
    for row in consents_of(owner_id):
        latest.setdefault(row.purpose, row)
    people = names([row.recorded_by for row in latest.values() if row.recorded_by])
    return tuple(_line(one, latest.get(one.key), people) for one in purposes())


def consents_of(owner_id: UUID) -> list[Consent]:
    """All words of an owner, the one that holds or the latest first."""
    statement = (
        select(Consent)
        .where(Consent.owner_id == owner_id)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return list(db.session.scalars(statement))


def open_consent(owner_id: UUID, key: str) -> Consent | None:
    """The consent for a purpose that holds."""
    return db.session.scalars(
        select(Consent).where(
            Consent.owner_id == owner_id, Consent.purpose == key, Consent.withdrawn_on.is_(None)
        )
    ).one_or_none()


def consent_proof(scope: Scope, owner_id: UUID, consent_id: UUID) -> ConsentProof:
    """One consent of an owner with its text.

    Raises:
        NotFound: unknown, or of an owner outside the scope.
    """
    owner = owner_within_reach(scope, owner_id)
    row = db.session.scalars(
        select(Consent).where(Consent.id == consent_id, Consent.owner_id == owner_id)
    ).one_or_none()
    if row is None:
        raise NotFound("consent_unknown", message="Persetujuan ini tidak ditemukan.")
    people = names([key for key in (row.recorded_by, row.withdrawal_recorded_by) if key])
    return ConsentProof(
        row=row,
        purpose=purpose(row.purpose),
        owner_name=owner.name,
        text=text_of(row.text_version, row.purpose),
        recorded_by=people.get(row.recorded_by) if row.recorded_by else None,
        withdrawn_by=people.get(row.withdrawal_recorded_by) if row.withdrawal_recorded_by else None,
    )


def _line(one: Purpose, row: Consent | None, people: dict[UUID, str]) -> ConsentLine:
    is_given = row is not None and row.withdrawn_on is None
    version = row.text_version if row is not None and is_given else None
    today: date = local_today()
    return ConsentLine(
        purpose=one,
        is_given=is_given,
        row=row,
        text=text_of(version, one.key) or texts_on(today).texts[one.key],
        recorded_by=people.get(row.recorded_by) if row is not None and row.recorded_by else None,
    )
