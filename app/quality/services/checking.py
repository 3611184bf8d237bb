"""Keeping the doubts that a look through the data found, and what people said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from app.core.clock import utc_now
from app.core.errors import InvalidInput, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.turns import take_turn
from app.db.upsert import bulk_insert, insert_or_update
from app.history.rules import register_actions
from app.jobs import register_titles
from app.quality.models import OPEN, TRUE, CheckedArea, Finding
from app.quality.queries.findings import finding, village_of
from app.quality.rules.checks import RULES, Doubt
from app.quality.services.asking import ask_look
from app.quality.services.notes import note

CHECK_JOB = "quality.check"
LEAST_REASON, MOST_REASON = 5, 300
register_titles({CHECK_JOB: "Memeriksa data usaha"})
register_actions(
    {
        "enterprise.finding_true": "Data yang dipertanyakan dinyatakan benar",
        "enterprise.finding_reopened": "Data dipertanyakan lagi",
    }
)


def ask_check(*, scope: Scope, by: UUID) -> UUID:
    """Have a job look through what the person reaches; gives the job's id."""
    return ask_look(CHECK_JOB, scope=scope, by=by)


def keep_doubts(enterprise_ids: Sequence[UUID], doubts: Iterable[Doubt]) -> int:
    """Keep what was found of these enterprises, forget what is no more; gives how many are open.

    What a person called true stays while its values are the same.
    """
    take_turn("quality.check")
    known = {
        (row.enterprise_id, row.rule): row
        for row in db.session.execute(
            select(
                Finding.id,
                Finding.enterprise_id,
                Finding.rule,
                Finding.fingerprint,
                Finding.state,
                Finding.sides,
            ).where(Finding.enterprise_id.in_(enterprise_ids))
        )
    }
    now = utc_now()
    fresh: list[dict[str, Any]] = []
    open_count = 0
    for doubt in doubts:
        old = known.pop((doubt.enterprise_id, doubt.rule.code), None)
        is_same = old is not None and old.fingerprint == doubt.fingerprint
        open_count += not (is_same and old is not None and old.state == TRUE)
        if old is None:
            fresh.append(_row(doubt, now))
        elif not is_same:
            _write(old.id, doubt, state=OPEN, reason=None, decided_by=None, decided_at=None,
                   found_at=now)  # fmt: skip
        elif old.sides != doubt.stored():
            _write(old.id, doubt)
    bulk_insert(Finding.__table__, fresh)
    gone = [row.id for row in known.values() if not _is_remembered(row)]
    db.session.execute(delete(Finding).where(Finding.id.in_(gone)))
    return open_count


def _is_remembered(row: Any) -> bool:
    """Whether what was called true may come back without a change of the enterprise."""
    rule = RULES.get(row.rule)
    return row.state == TRUE and rule is not None and rule.rests_on_others


def _row(doubt: Doubt, now: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "enterprise_id": doubt.enterprise_id,
        "rule": doubt.rule.code,
        "kind": doubt.rule.kind,
        "weight": doubt.rule.weight,
        "sides": doubt.stored(),
        "fingerprint": doubt.fingerprint,
        "state": OPEN,
        "found_at": now,
    }


def _write(finding_id: UUID, doubt: Doubt, **values: Any) -> None:
    db.session.execute(
        update(Finding)
        .where(Finding.id == finding_id)
        .values(sides=doubt.stored(), fingerprint=doubt.fingerprint, **values)
    )


def keep_mark(regency: str, mark: str, enterprise_count: int) -> None:
    """Remember what the data of a regency looked like when they were looked through."""
    insert_or_update(
        CheckedArea.__table__,
        [
            {
                "area_code": regency,
                "mark": mark,
                "enterprise_count": enterprise_count,
                "checked_at": utc_now(),
            }
        ],
        key=["area_code"],
        update=["mark", "enterprise_count", "checked_at"],
    )


def say_true(*, scope: Scope, finding_id: UUID, fingerprint: str, reason: str, by: UUID) -> None:
    """Keep that a value is right although it is unusual, and why.

    Raises:
        NotFound: unknown, or the enterprise lies outside the scope.
        WrongState: the values changed since the person looked.
        InvalidInput: field "reason": too short or too long.
    """
    told = " ".join(reason.split())
    if not LEAST_REASON <= len(told) <= MOST_REASON:
        raise InvalidInput(
            "reason_length",
            field="reason",
            message=f"Tulis alasannya, {LEAST_REASON} sampai {MOST_REASON} huruf.",
        )
    row = finding(scope, finding_id, for_update=True)
    if row.fingerprint != fingerprint:
        raise WrongState("finding_changed", message="Datanya baru saja berubah. Muat ulang.")
    row.state, row.reason, row.decided_by, row.decided_at = TRUE, told, by, utc_now()
    _note(row, "enterprise.finding_true", by)


def reopen(*, scope: Scope, finding_id: UUID, by: UUID) -> None:
    """Put a doubt back on the list.

    Raises:
        NotFound: unknown, or the enterprise lies outside the scope.
    """
    row = finding(scope, finding_id, for_update=True)
    if row.state == TRUE:
        row.state, row.reason, row.decided_by, row.decided_at = OPEN, None, None, None
        _note(row, "enterprise.finding_reopened", by)


def _note(row: Finding, action: str, by: UUID) -> None:
    rule = RULES.get(row.rule)
    village = village_of(row.enterprise_id)
    note(row.enterprise_id, village, action, by, note=rule.name if rule else None)
