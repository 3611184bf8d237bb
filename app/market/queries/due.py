"""What certificates ask for today: what waits too long, what ends, what must be met."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from app.core.months import add_months
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import may_use, within
from app.enterprises.rules.consents import BASE
from app.market.models import Certificate, Product
from app.market.queries.certificates_reach import limits_on
from app.market.queries.dated_rules import value
from app.market.rules.certificates import (
    Limits,
    commitments_due,
    review_on,
    shown_state,
)
from app.market.rules.facts import COMMITTED, IN_FORCE
from app.market.rules.reminders import (
    COMMITMENT,
    COMMITMENT_DAYS,
    EXPIRING,
    LAPSED,
    REVIEW,
    STUCK,
    is_for_today,
    message,
    reminder_words,
    whatsapp_address,
)
from app.market.rules.tracks import COMMITMENT as COMMITMENT_RULE
from app.market.rules.tracks import REVIEW as REVIEW_RULE
from app.market.rules.tracks import tracks

REMINDERS = "pengingat_hari"
_MONTHS = 12
_NIB = "nib"
_RENEW = "Ajukan perpanjangan sebelum habis."
# Those whose enterprise goes on: nobody hurries a permit of what was given up.
_GOES_ON = Enterprise.life_cycle.not_in(["tutup", "berangkat_lagi", "menolak_didata"])


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One certificate that asks for something; `days` are left, or have passed (stuck, lapsed).

    `on` is the day that counts: the end, the deadline, or since when it is stuck.
    """

    certificate_id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village_code: str
    track: str
    name: str
    about: str
    state: str
    kind: str
    days: int
    on: date
    is_estimate: bool
    words: str
    next_step: str
    is_for_today: bool
    whatsapp: str


def certificate_lines(
    scope: Scope, *, on: date, only_for_today: bool = False, limit: int = 500
) -> list[DueLine]:
    """What is due within a reach: what is stuck, ends or must be met, the most urgent first.

    Owners who withdrew are left out. A certificate that asks twice stands twice.
    """
    steps, limits = value(REMINDERS, on=on), limits_on(on)
    wanted = or_(*(condition(kind, on=on, limits=limits, steps=steps) for kind in _KINDS))
    rows = db.session.execute(
        select(
            Certificate,
            Enterprise.name,
            Enterprise.village_code,
            Owner,
            Product.name.label("about"),
        )
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .outerjoin(Product, Product.id == Certificate.product_id)
        .where(within(scope), may_use(BASE), _GOES_ON, wanted)
        .order_by(*stuck_first(), Certificate.id)
        .limit(limit)
    )
    lines = [line for row in rows for line in _lines(row, on, limits, steps)]
    if only_for_today:
        lines = [line for line in lines if line.is_for_today]
    return sorted(lines, key=lambda line: (_URGENCY[line.kind], line.on, line.certificate_id))


def stuck_first() -> tuple[Any, ...]:
    """The order of lists: stuck longest first, then what ends first; without either at the end."""
    nothing = case((Certificate.due_on.is_(None), 1), else_=0)
    endless = case((Certificate.expires_on.is_(None), 1), else_=0)
    return (nothing, Certificate.due_on, endless, Certificate.expires_on)


def condition(kind: str, *, on: date, limits: Limits, steps: Sequence[int]) -> ColumnElement[bool]:
    """Which certificates stand in a list as of a day."""
    found = {
        STUCK: lambda: and_(Certificate.due_on < on, not_(_is_nib_known())),
        EXPIRING: lambda: and_(
            Certificate.expires_on.between(on, on + timedelta(days=max(steps))), _is_issued()
        ),
        LAPSED: lambda: and_(Certificate.expires_on < on, _is_issued()),
        COMMITMENT: lambda: _since(
            Certificate.committed_on,
            COMMITMENT_RULE,
            1,
            on + timedelta(days=COMMITMENT_DAYS),
            limits,
        ),
        REVIEW: lambda: _since(
            Certificate.issued_on, REVIEW_RULE, _MONTHS, on + timedelta(days=max(steps)), limits
        ),
    }[kind]()
    return and_(Certificate.is_open, found)


def _is_nib_known() -> ColumnElement[bool]:
    # The number ends the way, by whichever door it came.
    return and_(Certificate.track == _NIB, Enterprise.nib.is_not(None))


def _is_issued() -> ColumnElement[bool]:
    return or_(*(_in_states(code, (IN_FORCE, COMMITTED)) for code in tracks()))


def _in_states(code: str, standings: Collection[str]) -> ColumnElement[bool]:
    states = [one.code for one in tracks()[code].states.values() if one.standing in standings]
    return and_(Certificate.track == code, Certificate.state.in_(states))


def _since(
    column: Any, rule: str, months_each: int, until: date, limits: Limits
) -> ColumnElement[bool]:
    """Those for which so long after a day a limit is reached by `until`."""
    wanted = {COMMITMENT_RULE: COMMITTED, REVIEW_RULE: IN_FORCE}[rule]
    found = [
        and_(
            _in_states(one.code, (wanted,)),
            column <= add_months(until, -limits[one.rules[rule]] * months_each),
        )
        for one in tracks().values()
        if rule in one.rules
    ]
    return or_(*found)


_KINDS = (STUCK, LAPSED, COMMITMENT, EXPIRING, REVIEW)
_URGENCY = {kind: place for place, kind in enumerate(_KINDS)}


def due_count(scope: Scope, kind: str, *, on: date) -> int:
    """How many certificates stand in one list."""
    wanted = condition(kind, on=on, limits=limits_on(on), steps=value(REMINDERS, on=on))
    statement = (
        select(func.count())
        .select_from(Certificate)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(within(scope), wanted)
    )
    return int(db.session.scalar(statement) or 0)


def _lines(row: Any, on: date, limits: Limits, steps: Sequence[int]) -> list[DueLine]:
    one: Certificate = row.Certificate
    of, state = tracks()[one.track], shown_state(one, on=on, limits=limits)
    lines = []
    for kind, day, days in _reasons(one, on, limits, steps):
        words = reminder_words(kind, days=days, on=day)
        left = days if kind in (EXPIRING, REVIEW) else 0
        about, name = row.about or "", of.name
        next_step = state.next_step or (_RENEW if kind in (EXPIRING, LAPSED) else "")
        said = message(
            owner=row.Owner.name, certificate=name, about=about, words=words,
            next_step=next_step,
        )  # fmt: skip
        lines.append(
            DueLine(
                certificate_id=one.id,
                enterprise_id=one.enterprise_id,
                enterprise_name=row.name,
                village_code=row.village_code,
                track=one.track,
                name=name,
                about=about,
                state=state.name,
                kind=kind,
                days=days,
                on=day,
                is_estimate=one.expires_is_estimate and kind in (EXPIRING, LAPSED),
                words=words,
                next_step=next_step,
                is_for_today=is_for_today(left, steps),
                whatsapp=whatsapp_address(row.Owner.phone, said),
            )
        )
    return lines


def _reasons(
    one: Certificate, on: date, limits: Limits, steps: Sequence[int]
) -> list[tuple[str, date, int]]:
    found: list[tuple[str, date, int]] = []
    if one.due_on is not None and one.due_on < on:
        found.append((STUCK, one.due_on, (on - one.due_on).days))
    is_issued = tracks()[one.track].states[one.state].standing in (IN_FORCE, COMMITTED)
    if one.expires_on is not None and is_issued:
        left = (one.expires_on - on).days
        if left < 0:
            found.append((LAPSED, one.expires_on, -left))
        elif left <= max(steps):
            found.append((EXPIRING, one.expires_on, left))
    due = commitments_due(one, limits=limits)
    if due is not None and (due - on).days <= COMMITMENT_DAYS:
        found.append((COMMITMENT, due, (due - on).days))
    review = review_on(one, limits=limits)
    if review is not None and (review - on).days <= max(steps):
        found.append((REVIEW, review, (review - on).days))
    return found
