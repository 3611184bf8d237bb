"""Many enterprises of one province, made without the simulator: rows to measure on, not to read.

Every one is assessed and visited, so that no case is easier than the real one. Rows are written in
slices and the indexes made afterwards, so that a world of millions of rows takes minutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from app.accounts.models import Account, Membership
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import range_of
from app.core.text import search_text
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy
from app.enterprises.models import Enterprise, Owner
from app.health.models import ClassSpan, HealthAssessment
from app.health.rules.evidence import EvidenceStrength
from app.mentoring.models import Visit
from app.places.models import Area

PROVINCE = "33"
PRODUCTS = ("Keripik Singkong", "Bakso Ikan", "Batik Tulis", "Jahit Baju", "Warung Sembako",
            "Gula Semut", "Tempe Mendoan", "Ternak Kambing", "Salon", "Bengkel Motor")  # fmt: skip
GIVEN = ("Sri", "Siti", "Wahyu", "Tri", "Nur", "Dwi", "Eko", "Rini", "Yuli", "Agus", "Endang")
FAMILY = ("Rahayu", "Lestari", "Wati", "Santoso", "Utami", "Setiawan", "Hidayah", "Purnomo")
CLASSES = ("sakit", "kurang_sehat", "sehat")
SHARES = (30, 45, 25)
SCORES = {"sakit": 380, "kurang_sehat": 610, "sehat": 810}
MENTORS = 50
VALID_DAYS, QUARTER_DAYS = 180, 91
SLICE = 5_000


def fill(count: int, *, seed: int = 1, rounds: int = 1) -> UUID:
    """Store `count` enterprises with owners, visits and `rounds` assessments each, the last ones
    within half a year, those before a quarter apart; gives the officer."""
    chance = random.Random(seed)
    villages = villages_of_province()
    with transaction():
        officer, mentors = new_people()
    with without_indexes((Owner, Enterprise, HealthAssessment, ClassSpan, Visit)):
        for start in range(0, count, SLICE):
            numbers = range(start, min(start + SLICE, count))
            with transaction():
                _slice(chance, numbers, villages, mentors, rounds)
    refresh_statistics()
    return officer


def villages_of_province() -> list[str]:
    """The codes of all villages of the province."""
    low, high = range_of(PROVINCE)
    return list(
        db.session.scalars(
            select(Area.code)
            .where(Area.level == "desa", Area.code >= low, Area.code < high)
            .order_by(Area.code)
        )
    )


def _slice(
    chance: random.Random, numbers: range, villages: list[str], mentors: list[UUID], rounds: int
) -> None:
    owners = [_owner(chance, number) for number in numbers]
    enterprises = [_enterprise(chance, owner, villages, mentors) for owner in owners]
    _write(Owner, owners)
    _write(Enterprise, enterprises)
    assessments = [_assessments(chance, one, rounds) for one in enterprises]
    _write(HealthAssessment, chain.from_iterable(assessments))
    _write(ClassSpan, chain.from_iterable(map(_spans, assessments)))
    _write(Visit, _visits(chance, enterprises))


def _write(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    table: Table = model.__table__
    usual = {
        column.name: _usual(column.default) for column in table.columns if column.computed is None
    }
    bulk_copy(table, ({**usual, **row} for row in rows))


def _usual(default: Any) -> Any:
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


@contextmanager
def without_indexes(models: Sequence[Any]) -> Iterator[None]:
    """Indexes of these tables are made when all rows are there."""
    indexes = [index for model in models for index in model.__table__.indexes]
    for index in indexes:
        index.drop(db.engine)
    yield
    for index in indexes:
        index.create(db.engine)


def refresh_statistics() -> None:
    """As the engines do by themselves after a while."""
    statement = "VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)


def new_people() -> tuple[UUID, list[UUID]]:
    """An officer of the province, and the mentors."""
    now = utc_now()
    accounts = [
        Account(
            id=new_id(),
            name=f"Orang {number}",
            email=f"orang{number}@contoh.test",
            password_hash="-",
            created_at=now,
        )
        for number in range(MENTORS + 1)
    ]
    db.session.add_all(accounts)
    db.session.flush()
    officer, mentors = accounts[0].id, [one.id for one in accounts[1:]]
    roles = [(officer, Role.LABOUR_OFFICER), *((one, Role.MENTOR) for one in mentors)]
    db.session.add_all(
        Membership(
            id=new_id(), account_id=one, role=role, area_code=PROVINCE, from_on=date(2024, 1, 1)
        )
        for one, role in roles
    )
    db.session.flush()
    return officer, mentors


def _owner(chance: random.Random, number: int) -> dict[str, Any]:
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {number}"
    now = utc_now()
    return {
        "id": new_id(),
        "name": name,
        "search_name": search_text(name),
        "sex": chance.choice("LP"),
        "category": "purna",
        "country": chance.choice(("Hong Kong", "Taiwan", "Malaysia")),
        "created_at": now,
        "updated_at": now,
    }


def _enterprise(
    chance: random.Random, owner: dict[str, Any], villages: list[str], mentors: list[UUID]
) -> dict[str, Any]:
    product = chance.choice(PRODUCTS)
    name = f"{product} {owner['name'].split()[1]} {chance.randrange(10_000)}"
    health_class = chance.choices(CLASSES, SHARES)[0]
    today = local_today()
    assessed_on = today - timedelta(days=chance.randrange(200))
    last_visit_on = today - timedelta(days=chance.randrange(120))
    return {
        "id": new_id(),
        "owner_id": owner["id"],
        "name": name,
        "search_name": search_text(name),
        "search_words": search_text(f"{name} {owner['name']} {product}"),
        "product_line": product,
        "sector": chance.choice("ABCDEF"),
        "hamlet": f"Dusun {chance.randrange(1, 6)}",
        "village_code": chance.choice(villages),
        "capital": chance.randrange(1, 40) * 500_000,
        "yearly_sales": chance.randrange(5, 200) * 1_000_000,
        "size_class": "mikro",
        "life_cycle": "aktif",
        "life_cycle_on": today,
        "mentor_id": chance.choice(mentors),
        "health_class": health_class,
        "health_score": SCORES[health_class] + chance.randrange(-90, 90),
        "health_status": "final",
        "assessed_on": assessed_on,
        "health_valid_until": assessed_on + timedelta(days=VALID_DAYS),
        "sick_since_on": assessed_on if health_class == "sakit" else None,
        "has_plan": chance.random() < 0.4,
        "last_visit_on": last_visit_on,
        "next_visit_due_on": last_visit_on + timedelta(days=30),
        "created_at": owner["created_at"] - timedelta(minutes=chance.randrange(500_000)),
        "updated_at": owner["updated_at"],
    }


def _assessments(
    chance: random.Random, enterprise: dict[str, Any], rounds: int
) -> list[dict[str, Any]]:
    """All of an enterprise, the newest first: what its row says."""
    made = [_assessment(enterprise, enterprise["assessed_on"], enterprise["health_class"])]
    for number in range(1, rounds):
        assessed_on = enterprise["assessed_on"] - timedelta(days=QUARTER_DAYS * number)
        made.append(_assessment(enterprise, assessed_on, chance.choices(CLASSES, SHARES)[0]))
    return made


def _assessment(enterprise: dict[str, Any], assessed_on: date, health_class: str) -> dict[str, Any]:
    score = SCORES[health_class]
    return {
        "id": new_id(),
        "enterprise_id": enterprise["id"],
        "assessed_on": assessed_on,
        "instrument": "iku-dm",
        "instrument_version": 1,
        "sector": enterprise["sector"],
        "points": [2] * 32,
        "answer_states": ["answered"] * 32,
        "evidence": [0] * 32,
        "context": {},
        "score": score,
        "coverage": 1000,
        "low": score,
        "high": score,
        **dict.fromkeys(("score_class", "final_class", "low_class", "high_class"), health_class),
        "status": "final",
        "knockouts": [],
        "dimension_values": {},
        "evidence_strength": EvidenceStrength.MEDIUM,
        "valid_until": assessed_on + timedelta(days=VALID_DAYS),
        "created_at": enterprise["updated_at"],
        "received_at": enterprise["updated_at"],
    }


def _spans(assessments: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    following: date | None = None
    for one in assessments:
        until = one["valid_until"]
        yield {
            "enterprise_id": one["enterprise_id"],
            "from_on": one["assessed_on"],
            "until_on": min(until, following - timedelta(days=1)) if following else until,
            "health_class": one["final_class"],
            "status": one["status"],
            "assessment_id": one["id"],
        }
        following = one["assessed_on"]


def _visits(chance: random.Random, enterprises: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for enterprise in enterprises:
        for months_ago in range(chance.randrange(4)):
            yield {
                "id": new_id(),
                "enterprise_id": enterprise["id"],
                "mentor_id": enterprise["mentor_id"],
                "outcome": "bertemu",
                "visited_on": enterprise["last_visit_on"] - timedelta(days=30 * months_ago),
                "received_at": enterprise["updated_at"],
                "content_sha256": "0" * 64,
            }
