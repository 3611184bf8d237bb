"""Months of mentors: what they spent, what they handed in, and what they are afraid of."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.core import settings
from app.core.sealing import seal
from app.demo.invention.sayings import DANGERS, NO_PROOF, SPENDINGS
from app.demo.loading.shelf import at_work, key_at
from app.mentoring.models import Expense, MonthlyReport, SafetyNote
from app.mentoring.queries.safety import bound_to
from app.mentoring.rules.monthly import (
    REPORT_ACCEPTED,
    REPORT_RETURNED,
    SUBMITTED,
    month_of,
)

EXPENSE, REPORT, SAFETY = Expense.__table__, MonthlyReport.__table__, SafetyNote.__table__
AFRAID_SHARE = 0.02
RETURNED_SHARE = 0.15
LATE_SHARE = 0.2


def expense_rows(mentor_id: UUID, *, last_on: date, chance: Random) -> list[dict[str, Any]]:
    """Some expenses of this month and of the one before, none with a photo."""
    rows = []
    for month in (month_of(last_on), month_of(last_on).before):
        for _ in range(chance.choice((2, 3, 4))):
            days = (min(month.last, last_on) - month.first).days
            spent_on = month.first + timedelta(days=chance.randrange(days + 1))
            at = at_work(chance, spent_on)
            kind, what, least, most = chance.choice(SPENDINGS)
            rows.append(
                {
                    "id": key_at(chance, at),
                    "mentor_id": mentor_id,
                    "spent_on": spent_on,
                    "kind": kind,
                    "what": what,
                    "amount": chance.randrange(least, most) * 1000,
                    "photo_id": None,
                    "no_proof_reason": chance.choice(NO_PROOF),
                    "created_at": at,
                }
            )
    return rows


def report_rows(
    mentor_id: UUID, *, officer: UUID, last_on: date, chance: Random
) -> list[dict[str, Any]]:
    """The two months before this one: the older accepted, the newer handed in by most."""
    newer = month_of(last_on).before
    rows = [_report(mentor_id, newer.before.first, REPORT_ACCEPTED, officer, last_on, chance)]
    if chance.random() >= LATE_SHARE:
        is_returned = chance.random() < RETURNED_SHARE
        state = REPORT_RETURNED if is_returned else SUBMITTED
        rows.append(_report(mentor_id, newer.first, state, officer, last_on, chance))
    return rows


def _report(
    mentor_id: UUID, first: date, state: str, officer: UUID, last_on: date, chance: Random
) -> dict[str, Any]:
    handed_in = at_work(chance, min(first + timedelta(days=33), last_on))
    is_decided = state != SUBMITTED
    return {
        "id": key_at(chance, handed_in),
        "mentor_id": mentor_id,
        "month": first,
        "state": state,
        "mentor_note": None,
        "submitted_at": handed_in,
        "decided_by": officer if is_decided else None,
        "decided_at": handed_in + timedelta(hours=20) if is_decided else None,
        "decision_note": "Tolong lengkapi alasan pengeluaran yang tanpa bukti."
        if state == REPORT_RETURNED
        else None,
    }


def safety_rows(enterprise_id: UUID, mentor_id: UUID, *, on: date) -> list[dict[str, Any]]:
    """A note about safety for few enterprises, from their key alone."""
    chance = Random(f"safety-{enterprise_id}")
    if chance.random() >= AFRAID_SHARE:
        return []
    at = at_work(chance, on)
    key = key_at(chance, at)
    note = {
        "id": key,
        "enterprise_id": enterprise_id,
        "written_by": mentor_id,
        "text_sealed": seal(chance.choice(DANGERS), settings.current().nik_key, bound_to(key)),
        "created_at": at,
        "closed_by": None,
        "closed_at": None,
    }
    return [note]
