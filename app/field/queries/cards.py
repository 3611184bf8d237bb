"""The card of an enterprise: all that a mentor's phone holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.scope import Scope
from app.credit.queries.arrears import next_due_of
from app.db import db
from app.enterprises.models import Enterprise
from app.field.queries.care_parts import (
    practice_parts,
    promise_parts,
    therapy_parts,
    visit_parts,
)
from app.field.queries.credit_parts import collecting_parts
from app.field.queries.health_parts import health_parts
from app.field.queries.known_parts import book_parts, known_parts
from app.field.queries.market_parts import certificate_parts, channel_parts, product_parts
from app.field.rules.reading import day_text
from app.health.rules.protocol import next_visit_due
from app.mentoring.queries.visits import visit_facts
from app.places.queries import path_labels

Card = dict[str, Any]
# What the form of an enterprise asks for, but numbers that name somebody, and money.
_FIELDS = (
    "name",
    "product_line",
    "sector",
    "kbli_code",
    "kbli_version",
    "hamlet",
    "address",
    "village_code",
    "lat",
    "lng",
    "life_cycle",
    "has_equipment",
    "declared_non_halal",
    "sold_outside_home",
    "is_seasonal",
    "season_months",
    "workers_paid_male",
    "workers_paid_female",
    "workers_family_male",
    "workers_family_female",
)
_DAYS = ("started_on", "last_visit_on", "next_visit_due_on")


def cards(ids: Iterable[UUID], *, collector: Scope | None = None) -> dict[UUID, Card]:
    """The cards of enterprises that the caller has found in the reach of their mentor.

    `collector`: who may take in money for lenders that they work for. The same number of
    statements however many there are.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    rows = _rows(wanted)
    labels = path_labels(row.village_code for row in rows.values())
    health = health_parts(rows)
    visits, promises = visit_parts(wanted), promise_parts(wanted)
    therapies, practices = therapy_parts(wanted), practice_parts(wanted)
    known, books = known_parts(wanted), book_parts(wanted)
    products, channels = product_parts(wanted), channel_parts(wanted)
    certificates, unpaid = certificate_parts(wanted), next_due_of(wanted)
    collecting = {} if collector is None else collecting_parts(collector, wanted)
    return {
        key: {
            **_own(row, labels[row.village_code], unpaid.get(key)),
            "health": health.get(key),
            "visits": visits.get(key, []),
            "promises": promises.get(key, []),
            "therapies": therapies.get(key, []),
            "practices": practices.get(key, []),
            "known": known.get(key, []),
            "book": books.get(key),
            "products": products.get(key, []),
            "channels": channels.get(key, []),
            "certificates": certificates.get(key, []),
            "collecting": collecting.get(key),
        }
        for key, row in rows.items()
    }


def _rows(ids: Sequence[UUID]) -> dict[UUID, Enterprise]:
    found = db.session.scalars(
        select(Enterprise)
        .where(Enterprise.id.in_(ids))
        .options(joinedload(Enterprise.owner))
        .order_by(Enterprise.id)
    )
    return {row.id: row for row in found}


def _own(row: Enterprise, village_label: str, unpaid_since: date | None) -> Card:
    days = {name: day_text(getattr(row, name)) for name in _DAYS}
    return {
        "id": str(row.id),
        "version": row.version,
        **{name: getattr(row, name) for name in _FIELDS},
        **days,
        # The last day by the rhythm of the class; what was agreed may come before it.
        "visit_by": day_text(next_visit_due(visit_facts(row))),
        "village_label": village_label,
        # A day and no sum: the phone counts the days itself.
        "unpaid_since": day_text(unpaid_since),
        "owner": {
            "id": str(row.owner.id),
            "version": row.owner.version,
            "name": row.owner.name,
            "phone": row.owner.phone,
            "sex": row.owner.sex,
        },
    }
