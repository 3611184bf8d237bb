"""Putting a certificate into a state, with what its paper says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.identity import Doubt
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules.numbers import ask_about
from app.enterprises.services import set_nib
from app.market.models import Certificate, Product
from app.market.queries.certificates_reach import is_number_elsewhere, limits_on
from app.market.rules.certificate_numbers import Around, NumberRead, read_number
from app.market.rules.certificates import check_days, check_given, due_on, expiry
from app.market.rules.facts import COMMITTED
from app.market.rules.tracks import EXPIRES, ISSUED, NUMBER, State, Track, tracks

NIB = "nib"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a paper says, as it was typed."""

    number: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None

    @property
    def names(self) -> frozenset[str]:
        """What was given at all."""
        said = {NUMBER: self.number, ISSUED: self.issued_on, EXPIRES: self.expires_on}
        return frozenset(name for name, value in said.items() if value)


def enter(
    row: Certificate,
    enterprise: Enterprise,
    target: State,
    on: date,
    given: Given,
    confirmed: Sequence[str],
    *,
    by: UUID | None,
    scope: Scope,
) -> dict[str, list[Any]]:
    """Put the certificate into a state, with what its paper says; gives what changed."""
    renews = tracks()[row.track].states[row.state].is_renewal
    known = frozenset() if renews else _known(row, enterprise)
    check_given(target, given.names | known)
    changes: dict[str, list[Any]] = {}
    if given.names & target.takes:
        changes = _take_over(row, enterprise, target, given, confirmed, by=by, scope=scope)
    if row.track == NIB and target.is_final:
        set_nib(scope=scope, enterprise_id=enterprise.id, nib=None, by=by)
    row.state, row.state_on = target.code, on
    row.due_on, row.is_open = due_on(target, on), not target.is_final
    if target.standing != COMMITTED:
        row.committed_on = None
    elif row.committed_on is None:
        row.committed_on = row.issued_on or on
    row.updated_at = utc_now()
    row.version += 1
    return changes


def _known(row: Certificate, enterprise: Enterprise) -> frozenset[str]:
    number = enterprise.nib if row.track == NIB else row.number
    said = {NUMBER: number, ISSUED: row.issued_on, EXPIRES: row.expires_on}
    return frozenset(name for name, value in said.items() if value)


def _take_over(
    row: Certificate,
    enterprise: Enterprise,
    target: State,
    given: Given,
    confirmed: Sequence[str],
    *,
    by: UUID | None,
    scope: Scope,
) -> dict[str, list[Any]]:
    of, today = tracks()[row.track], local_today()
    limits = limits_on(given.issued_on or today)
    doubts = check_days(
        of, issued_on=given.issued_on, expires_on=given.expires_on, today=today, limits=limits
    )
    read: NumberRead | None = None
    if given.number:
        read = _read(row, of, target, given, today)
        doubts += read.doubts + _elsewhere(row, read)
    ask_about(doubts, confirmed=confirmed)
    row.confirmed_warnings = sorted({one.code for one in doubts})
    before = (row.number, row.issued_on, row.expires_on)
    if read is not None and row.track == NIB:
        set_nib(scope=scope, enterprise_id=enterprise.id, nib=read.value, by=by)
    elif read is not None:
        row.number = read.value
    row.issued_on = given.issued_on or row.issued_on
    if EXPIRES in target.takes:
        _expire(row, of, given, read, limits)
    after = (row.number, row.issued_on, row.expires_on)
    names = ("number", "issued_on", "expires_on")
    return {
        name: [_plain(old), _plain(new)]
        for name, old, new in zip(names, before, after, strict=True)
        if old != new
    }


def _expire(
    row: Certificate,
    of: Track,
    given: Given,
    read: NumberRead | None,
    limits: dict[str, Any],
) -> None:
    found = expiry(
        of,
        issued_on=given.issued_on,
        said=given.expires_on,
        number_year=None if read is None else read.expires_year,
        limits=limits,
    )
    if found is None:
        return
    # What a paper said is not undone by what is worked out, unless the paper is a newer one.
    is_said = row.expires_on is not None and not row.expires_is_estimate
    is_renewed = tracks()[row.track].states[row.state].is_renewal
    if not found.is_estimate or not is_said or is_renewed:
        row.expires_on, row.expires_is_estimate = found.on, found.is_estimate


def _read(row: Certificate, of: Track, target: State, given: Given, today: date) -> NumberRead:
    product = None if row.product_id is None else db.session.get_one(Product, row.product_id)
    return read_number(
        of.number_kind,
        given.number or "",
        Around(
            today=today,
            issued_on=given.issued_on,
            food_type=None if product is None else product.food_type,
            pack_kind=None if product is None else product.pack_kind,
            shape=target.number_shape,
        ),
    )


def _elsewhere(row: Certificate, read: NumberRead) -> tuple[Doubt, ...]:
    if row.track == NIB or not is_number_elsewhere(
        read.value, track=row.track, enterprise_id=row.enterprise_id
    ):
        return ()
    message = "Nomor ini tercatat di usaha lain. Periksa nomor dan usahanya."
    return (Doubt(code="number_elsewhere", message=message),)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
