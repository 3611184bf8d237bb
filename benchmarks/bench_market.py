"""The board of certificates and the ageing of what channels owe, at 100,000 products."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.scope import Scope, range_of
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy
from app.enterprises.models import Enterprise
from app.market.models import Certificate, Delivery, Product, Receivable, SalesChannel
from app.market.queries import market_desk
from app.market.queries.certificate_board import Wanted, board, board_lines
from app.market.queries.due import certificate_lines
from benchmarks.measure import Line, milliseconds, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill, refresh_statistics

COUNT = 100_000
# Products an enterprise; of each product a permit, of every fourth a channel that owes.
PRODUCTS = 5
CHANNEL_EVERY, OWED = 4, 3
STATES = ("cek_kelayakan", "nib_ok", "diajukan_oss", "terbit_komitmen", "aktif", "aktif", "aktif")
SLICE = 20_000
GOAL = 3.0


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine):
            officer = fill(max(1, options.count // PRODUCTS))
            stock(officer)
            scope = Scope(account_id=officer, areas=(PROVINCE,))
            worst = max(worst, report(f"{options.count:,} products, {engine}", measured(scope)))
    return worst


def measured(scope: Scope) -> list[Line]:
    """Each page against the bare statement that answers the same."""
    states, owed = milliseconds(_bare_states, times=5), milliseconds(_bare_ages, times=5)
    page, late = milliseconds(_bare_page, times=5), milliseconds(_bare_owing, times=5)
    lines: list[Any] = [
        ("board: counts by state, village", lambda: board(scope), states),
        ("board: stuck longest first", lambda: board_lines(scope, Wanted(stand="macet")), page),
        ("ages and kinds of what is owed", lambda: market_desk.overview(scope), owed),
        (
            "owing longest first",
            lambda: market_desk.desk_lines(scope, market_desk.DeskFilter()),
            late,
        ),
    ]
    found = [
        Line(name=name, ours=milliseconds(work, times=5), floor=floor, goal=GOAL)
        for name, work, floor in lines
    ]
    mentor = db.session.scalars(select(Enterprise.mentor_id).limit(1)).one()
    own = Scope(account_id=mentor, mentor_account_id=mentor)
    due = milliseconds(lambda: certificate_lines(own, on=local_today()), times=5)
    return [*found, Line(name="what is due for one mentor", ours=due, floor=page)]


def _bare_states() -> None:
    db.session.execute(
        select(Enterprise.village_code, Certificate.track, Certificate.state, func.count())
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(_in_province())
        .group_by(Enterprise.village_code, Certificate.track, Certificate.state)
    ).all()


def _in_province() -> Any:
    low, high = range_of(PROVINCE)
    return and_(Enterprise.village_code >= low, Enterprise.village_code < high)


def _bare_page() -> None:
    db.session.execute(
        select(Certificate, Enterprise.name)
        .join(Enterprise, Enterprise.id == Certificate.enterprise_id)
        .where(Certificate.due_on < local_today())
        .order_by(Certificate.due_on, Certificate.id)
        .limit(51)
    ).all()
    db.session.expunge_all()


def _bare_ages() -> None:
    db.session.execute(
        select(SalesChannel.kind, Receivable.delivered_on, func.sum(Receivable.amount))
        .join(SalesChannel, SalesChannel.id == Receivable.channel_id)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(_in_province())
        .group_by(SalesChannel.kind, Receivable.delivered_on)
    ).all()


def _bare_owing() -> None:
    db.session.execute(
        select(
            Receivable.channel_id, func.min(Receivable.delivered_on), func.sum(Receivable.amount)
        )
        .join(SalesChannel, SalesChannel.id == Receivable.channel_id)
        .join(Enterprise, Enterprise.id == SalesChannel.enterprise_id)
        .where(_in_province())
        .group_by(Receivable.channel_id)
        .order_by(func.min(Receivable.delivered_on))
        .limit(51)
    ).all()


def stock(officer: UUID) -> None:
    """Give every enterprise its products, permits and channels."""
    chance = random.Random(1)
    keys = list(db.session.scalars(select(Enterprise.id).order_by(Enterprise.id)))
    for start in range(0, len(keys), SLICE // PRODUCTS):
        products = [
            _product(key, number)
            for key in keys[start : start + SLICE // PRODUCTS]
            for number in range(PRODUCTS)
        ]
        channels = [_channel(one, officer) for one in products[::CHANNEL_EVERY]]
        deliveries = [row for one in channels for row in _deliveries(chance, one, officer)]
        with transaction():
            for table, rows in (
                (Product, products),
                (Certificate, [_certificate(chance, one) for one in products]),
                (SalesChannel, channels),
                (Delivery, deliveries),
                (Receivable, [_receivable(one) for one in deliveries]),
            ):
                _write(table, rows)
    refresh_statistics()


def _write(model: Any, rows: list[dict[str, Any]]) -> None:
    blank = dict.fromkeys(column.name for column in model.__table__.columns)
    bulk_copy(model.__table__, [{**blank, **row} for row in rows])


def _product(enterprise_id: UUID, number: int) -> dict[str, Any]:
    now = utc_now()
    return {
        "id": new_id(),
        "enterprise_id": enterprise_id,
        "kind": "pangan_kering",
        "name": f"Keripik {number}",
        "search_name": f"keripik {number}",
        "food_type": "15",
        "ingredients": ["singkong"],
        "ingredient_flags": [],
        "processes": [],
        "is_main": number == 0,
        "is_active": True,
        "declared_non_halal": False,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def _certificate(chance: random.Random, product: dict[str, Any]) -> dict[str, Any]:
    state, today, now = chance.choice(STATES), local_today(), utc_now()
    since = today - timedelta(days=chance.randrange(1, 400))
    is_issued = state in ("terbit_komitmen", "aktif")
    expires_on = today + timedelta(days=chance.randrange(-100, 1800))
    return {
        "id": new_id(),
        "enterprise_id": product["enterprise_id"],
        "product_id": product["id"],
        "track": "spp_irt",
        "state": state,
        "state_on": since,
        "opened_at": now,
        "due_on": None if state == "aktif" else since + timedelta(days=14),
        "expires_on": max(expires_on, since + timedelta(days=1)) if is_issued else None,
        "committed_on": since if state == "terbit_komitmen" else None,
        "confirmed_warnings": [],
        "expires_is_estimate": False,
        "is_open": True,
        "updated_at": now,
        "version": 1,
    }


def _channel(product: dict[str, Any], officer: UUID) -> dict[str, Any]:
    now = utc_now()
    return {
        "id": new_id(),
        "enterprise_id": product["enterprise_id"],
        "kind": "toko_oleh_oleh",
        "name": "Toko Sari Rasa",
        "is_consignment": True,
        "returns_accepted": True,
        "payment_days": 30,
        "listing_fee": 0,
        "note": "",
        "tied_up": OWED * 100_000,
        "opened_on": local_today() - timedelta(days=400),
        "version": 1,
        "created_by": officer,
        "created_at": now,
        "updated_at": now,
    }


def _deliveries(
    chance: random.Random, channel: dict[str, Any], officer: UUID
) -> Iterator[dict[str, Any]]:
    for _ in range(OWED):
        day = local_today() - timedelta(days=chance.randrange(0, 120))
        yield {
            "id": new_id(),
            "channel_id": channel["id"],
            "is_void": False,
            "note": "",
            "recorded_by": officer,
            "recorded_at": utc_now(),
            "delivered_on": day,
            "pieces": 10,
            "value": 100_000,
        }


def _receivable(delivery: dict[str, Any]) -> dict[str, Any]:
    return {
        "delivery_id": delivery["id"],
        "channel_id": delivery["channel_id"],
        "delivered_on": delivery["delivered_on"],
        "due_on": delivery["delivered_on"] + timedelta(days=30),
        "amount": delivery["value"],
    }


if __name__ == "__main__":
    sys.exit(main())
