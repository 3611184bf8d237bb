"""Looking for doubles and for doubtful data, which takes minutes in a province."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.accounts.queries import scope_of
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.core.scope import Scope, everywhere
from app.db.slices import slices
from app.db.transaction import transaction
from app.jobs import Progress, daily, enqueue, job
from app.quality.frames import around
from app.quality.queries.facts import crowded_phones, facts_of, mark_of, regencies
from app.quality.queries.findings import mark_kept
from app.quality.queries.records import records_within
from app.quality.rules.checks import doubts
from app.quality.rules.matching import likely_pairs
from app.quality.services.checking import CHECK_JOB, keep_doubts, keep_mark
from app.quality.services.finding import FIND_JOB, forget_open_pairs, keep_pairs
from app.quality.services.undoing import forget_old_rows

Tell = Callable[[int, int, str], None]


@job(FIND_JOB)
def find_doubles(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Compare the enterprises that a person reaches now; keep the likely pairs."""
    scope = scope_of(UUID(payload["account_id"]), Permission.QUALITY_MANAGE)
    return {"url": "/mutu", "pairs": compare_all(scope, progress.step)}


def compare_all(scope: Scope, tell: Tell) -> int:
    """Compare all enterprises of a scope with each other; gives how many likely pairs."""
    records = records_within(scope)
    tell(0, 3, f"Membandingkan {len(records)} usaha")
    pairs = likely_pairs(records)
    tell(1, 3, "Menyimpan pasangan yang mirip")
    with transaction():
        for part in slices([record.id for record in records]):
            forget_open_pairs(part)
    tell(2, 3, "Menyimpan pasangan yang mirip")
    for some in slices(pairs):
        with transaction():
            keep_pairs(some)
    tell(3, 3, "Selesai")
    return len(pairs)


@job(CHECK_JOB)
def check_data(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Look through the data of every regency that a person reaches, or of all.

    A regency in which nothing changed since it was looked through is passed over.
    """
    account_id = payload.get("account_id")
    scope = scope_of(UUID(account_id), Permission.QUALITY_MANAGE) if account_id else everywhere()
    return {"url": "/mutu/periksa", **look_through(scope, progress.step)}


def look_through(scope: Scope, tell: Tell) -> dict[str, int]:
    """Look through the regencies of a scope; gives how many enterprises, and what was found."""
    codes = regencies(scope)
    phones = crowded_phones()
    enterprises = looked = found = 0
    for done, regency in enumerate(codes):
        tell(done, len(codes), f"Memeriksa kabupaten/kota {done + 1} dari {len(codes)}")
        mark, count = mark_of(regency)
        enterprises += count
        if mark_kept(regency) == mark:
            continue
        found += _check_regency(regency, phones, mark, count)
        looked += count
    tell(len(codes), len(codes), "Selesai")
    return {"enterprises": enterprises, "looked_through": looked, "open": found}


def _check_regency(regency: str, phones: dict[str, int], mark: str, count: int) -> int:
    facts = facts_of(regency, phones=phones)
    neighbours = around(facts)
    found = 0
    for part in slices(facts):
        doubted = [doubt for one in part for doubt in doubts(one, neighbours)]
        with transaction():
            found += keep_doubts([one.enterprise_id for one in part], doubted)
    with transaction():
        keep_mark(regency, mark, count)
    return found


@daily
def forget_old_mergers() -> None:
    """Forget the rows of mergers that can't be undone any more: they hold data of people."""
    with transaction():
        forget_old_rows(utc_now())


@daily
def check_data_nightly() -> None:
    """Ask for today's look through all data; a second worker that asks too finds it asked for."""
    with transaction():
        enqueue(CHECK_JOB, key=f"{CHECK_JOB}:{local_today()}", payload={}, by=None)
