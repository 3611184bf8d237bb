"""Ratios of cash books: 100,000 enterprises with 24 months of entries, against one GROUP BY."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, text

from app.cashbook.models import CashEntry
from app.cashbook.queries.facts import cash_facts
from app.cashbook.queries.runway import runway_lines
from app.cashbook.rules.entries import DIRECTION_OF
from app.core.clock import local_today, utc_now
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from benchmarks.measure import Line, milliseconds, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import fill, refresh_statistics, without_indexes

COUNT = 100_000
MONTHS = 24
# Lines of one month, by day: what an owner writes who writes once or twice a week.
MONTH = (
    (2, "penjualan", 900_000),
    (9, "bahan", 400_000),
    (16, "penjualan", 700_000),
    (24, "prive", 300_000),
)
# Every so many months a sale is owed, and paid twenty days later.
OWED_EVERY = 4
GOAL = 3.0
_KEY = {
    "sqlite": "substr(id, 1, 26) || printf('%06x', {n})",
    "postgresql": (
        "CAST(substr(replace(CAST(id AS text), '-', ''), 1, 26)"
        " || lpad(to_hex({n}), 6, '0') AS uuid)"
    ),
}
_WRITE = """
INSERT INTO cash_entry (id, enterprise_id, happened_on, direction, category, amount, is_owed,
    settles_id, note, way, is_void, is_current, recorded_by, recorded_at)
SELECT {key}, id, :on, :direction, :category, :amount, :is_owed, {settles}, '', 'pendamping',
    :no, :yes, :by, :at
FROM enterprise ORDER BY id
"""


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            begun = time.process_time()
            officer = fill(options.count)
            rows = write_books(officer, local_today())
            print(f"{rows:,} lines written in {time.process_time() - begun:.0f} s", flush=True)
            title = f"{options.count:,} enterprises, {rows:,} lines, {engine}"
            worst = max(worst, report(title, measured(everywhere(officer))))
    return worst


def measured(scope: Scope) -> list[Line]:
    """All ratios of all books against one sum over the same lines."""
    keys = list(db.session.scalars(select(Enterprise.id).order_by(Enterprise.id)))
    today = local_today()
    floor = milliseconds(_bare_sums, times=1)
    ratios = milliseconds(lambda: cash_facts(keys, on=today), times=1)
    few = milliseconds(lambda: cash_facts(keys[:50], on=today), times=5)
    thin = milliseconds(lambda: runway_lines(scope, on=today), times=1)
    return [
        Line(name="every ratio of every book", ours=ratios, floor=floor, goal=GOAL),
        Line(name="whose cash lasts less than 14 days, all", ours=thin, floor=floor),
        Line(name="the 50 books of one mentor", ours=few, floor=floor),
    ]


def _bare_sums() -> None:
    db.session.execute(
        select(CashEntry.enterprise_id, CashEntry.category, func.sum(CashEntry.amount))
        .where(CashEntry.is_current)
        .group_by(CashEntry.enterprise_id, CashEntry.category)
    ).all()


def write_books(officer: UUID, today: date) -> int:
    """Give every enterprise a line of each day of `MONTH`, month by month as time goes."""
    dialect = db.engine.dialect.name
    kinds = CashEntry.__table__.c
    values = ("happened_on", "is_owed", "is_void", "is_current", "recorded_by", "recorded_at")
    types = dict(zip(("on", "is_owed", "no", "yes", "by", "at"), values, strict=True))
    count = 0
    with without_indexes([CashEntry]), transaction():
        for n, (day, category, amount, is_owed, settles) in enumerate(_lines(today)):
            statement = text(
                _WRITE.format(
                    key=_KEY[dialect].format(n=n),
                    settles="NULL" if settles is None else _KEY[dialect].format(n=settles),
                )
            )
            said: dict[str, Any] = {
                "on": day,
                "is_owed": is_owed,
                "no": False,
                "yes": True,
                "by": officer,
                "at": utc_now(),
                "direction": DIRECTION_OF[category],
                "category": category,
                "amount": amount + n,
            }
            bound = statement.bindparams(
                *(bindparam(name, type_=kinds[column].type) for name, column in types.items())
            )
            count += db.session.execute(bound, said).rowcount
    refresh_statistics()
    return count


def _lines(today: date) -> Iterator[tuple[date, str, int, bool, int | None]]:
    n = 0
    for back in range(MONTHS, 0, -1):
        start = today - timedelta(days=30 * back)
        for day, category, amount in MONTH:
            is_owed = category == "penjualan" and day == MONTH[0][0] and back % OWED_EVERY == 0
            yield start + timedelta(days=day), category, amount, is_owed, None
            n += 1
            if is_owed:
                yield start + timedelta(days=day + 20), category, amount, False, n - 1
                n += 1


if __name__ == "__main__":
    sys.exit(main())
