"""Proposals that wait for the office, each with what speaks for it and what stands against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core.clock import local_date, local_today
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.labels import HEALTH_LABELS
from app.enterprises.rules.shown import is_expired
from app.interventions.models import Intervention
from app.interventions.queries.facts import needs_of_many
from app.interventions.queries.items import reasons_of
from app.interventions.queries.offers import Offer, offer_from
from app.interventions.rules import current_catalogue
from app.interventions.rules.states import PROPOSED, STATE_LABELS
from app.places.queries import path_labels
from app.web.paging import Cursor, Page, decode_cursor, encode_cursor

QUEUE_SIZE = 20
CLASS_CHOICES = HEALTH_LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which proposals are looked at; an empty word asks for all."""

    health_class: str = ""
    therapy_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One proposal, with all that a decision rests on."""

    id: UUID
    version: int
    state: str
    enterprise_id: UUID
    enterprise_name: str
    village: str
    health_class: str | None
    is_expired: bool
    health_score: int | None
    therapy: str
    purpose: str
    reasons: tuple[str, ...]
    proposed_by: str
    proposed_on: date
    responsible: str
    offer: Offer

    @property
    def is_proposed(self) -> bool:
        """Whether it still waits."""
        return self.state == PROPOSED

    @property
    def state_label(self) -> str:
        """The word for its state."""
        return STATE_LABELS[self.state]

    @property
    def is_plain(self) -> bool:
        """Whether it can be approved as it stands: no gate is closed and there is room."""
        return self.offer.room > 0 and not self.offer.closed


def queue(scope: Scope, wanted: QueueFilter, *, cursor: str | None) -> Page[QueueRow]:
    """A page of proposals, oldest first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    place = decode_cursor(cursor, key_count=2)
    statement = (
        select(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.state == PROPOSED, within(scope), _wanted(wanted), _after(place))
        .order_by(Intervention.proposed_at, Intervention.id)
        .limit(QUEUE_SIZE + 1)
    )
    found = list(db.session.scalars(statement))
    shown = found[:QUEUE_SIZE]
    last = shown[-1] if len(found) > QUEUE_SIZE else None
    return Page(
        rows=_rows(scope, shown),
        next_cursor=None
        if last is None
        else encode_cursor(last.proposed_at.isoformat(), str(last.id)),
    )


def queue_rows(scope: Scope, intervention_ids: Collection[UUID]) -> list[QueueRow]:
    """These therapies, in whatever state they are now, oldest first; foreign ones are left out."""
    statement = (
        select(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.id.in_(intervention_ids), within(scope))
        .order_by(Intervention.proposed_at, Intervention.id)
    )
    return _rows(scope, list(db.session.scalars(statement)))


def waiting_count(scope: Scope, wanted: QueueFilter) -> int:
    """How many proposals wait."""
    statement = (
        select(func.count())
        .select_from(Intervention)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.state == PROPOSED, within(scope), _wanted(wanted))
    )
    return db.session.scalar(statement) or 0


def proposal_count(scope: Scope) -> int:
    """How many proposals wait, whatever they are about."""
    return waiting_count(scope, QueueFilter())


def waiting_therapies(scope: Scope) -> list[tuple[str, str]]:
    """The therapies of which proposals wait, as choices in the order of therapies."""
    statement = (
        select(Intervention.therapy_code)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.state == PROPOSED, within(scope))
        .distinct()
    )
    therapies = current_catalogue().therapies
    codes = sorted(db.session.scalars(statement), key=lambda code: (therapies[code].rank, code))
    return [(code, therapies[code].name) for code in codes]


def _wanted(wanted: QueueFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.health_class:
        parts.append(Enterprise.health_class == wanted.health_class)
    if wanted.therapy_code:
        parts.append(Intervention.therapy_code == wanted.therapy_code)
    return and_(*parts)


def _after(place: Cursor | None) -> ColumnElement[bool]:
    if place is None:
        return true()
    try:
        at, key = _instant(str(place.keys[0])), UUID(str(place.keys[1]))
    except ValueError as broken:
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        ) from broken
    return or_(
        Intervention.proposed_at > at,
        and_(Intervention.proposed_at == at, Intervention.id > key),
    )


def _instant(word: str) -> datetime:
    instant = datetime.fromisoformat(word)
    if instant.tzinfo is None or not 1900 <= instant.year <= 2200:
        raise ValueError(word)
    return instant


def _rows(scope: Scope, found: list[Intervention]) -> list[QueueRow]:
    enterprises = {
        one.id: one
        for one in db.session.scalars(
            select(Enterprise)
            .where(Enterprise.id.in_({row.enterprise_id for row in found}), within(scope))
            .options(joinedload(Enterprise.owner))
        )
    }
    needs = needs_of_many(enterprises.values())
    villages = path_labels(one.village_code for one in enterprises.values())
    names = _names(found, enterprises.values())
    rows = []
    for row in found:
        enterprise = enterprises[row.enterprise_id]
        its_needs = needs[enterprise.id]
        therapy = current_catalogue().therapies[row.therapy_code]
        rows.append(
            QueueRow(
                id=row.id,
                version=row.version,
                state=row.state,
                enterprise_id=enterprise.id,
                enterprise_name=enterprise.name,
                village=villages[enterprise.village_code],
                health_class=its_needs.diagnosis.health_class,
                is_expired=is_expired(enterprise.health_valid_until, local_today()),
                health_score=enterprise.health_score,
                therapy=therapy.name,
                purpose=therapy.purpose,
                reasons=reasons_of(row, its_needs.diagnosis.points),
                proposed_by=names.get(row.proposed_by, "Sistem, dari penilaian"),
                proposed_on=local_date(row.proposed_at),
                responsible=_responsible(row, enterprise, names),
                offer=offer_from(enterprise, its_needs, row.therapy_code, row),
            )
        )
    return rows


def _responsible(row: Intervention, enterprise: Enterprise, names: Mapping[Any, str]) -> str:
    """Who would answer for it: as said already, else the mentor."""
    said = row.responsible_name or names.get(row.responsible_id)
    return said or names.get(enterprise.mentor_id) or "penanggung jawab belum ada"


def _names(rows: Iterable[Intervention], enterprises: Iterable[Enterprise]) -> Mapping[Any, str]:
    account_ids = {key for row in rows for key in (row.proposed_by, row.responsible_id)}
    account_ids |= {one.mentor_id for one in enterprises}
    account_ids.discard(None)
    found = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {row.id: row.name for row in found}
