"""One enterprise as a list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.clock import local_today
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.conditions import expired, overdue
from app.enterprises.rules.labels import LIFE_CYCLE_LABELS, SIZE_LABELS, sector_label
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.list_filter import LONG_SICK_DAYS, NOT_ASSESSABLE
from app.places.models import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseLine:
    """One enterprise as a list shows it. The score is in tenths."""

    id: UUID
    name: str
    owner_name: str
    product_line: str | None
    sector: str | None
    village_code: str
    village_name: str
    district_name: str
    hamlet: str | None
    mentor_name: str | None
    size_class: str | None
    life_cycle: str
    health_class: str | None
    health_status: str | None
    health_score: int | None
    assessed_on: date | None
    is_expired: bool
    has_plan: bool
    last_visit_on: date | None
    next_visit_due_on: date | None
    is_overdue: bool
    # For how long it has been sick without an approved or running therapy; None where it isn't.
    unplanned_days: int | None

    @property
    def is_left_too_long(self) -> bool:
        """Whether it has been sick for longer than an enterprise may be without a plan."""
        return self.unplanned_days is not None and self.unplanned_days > LONG_SICK_DAYS

    @property
    def place(self) -> str:
        """Village and district."""
        return f"{self.village_name}, {self.district_name}"

    @property
    def sector_label(self) -> str:
        """The sector in words."""
        return sector_label(self.sector)

    @property
    def size_label(self) -> str:
        """The size class in words."""
        return SIZE_LABELS.get(self.size_class or "", "")

    @property
    def life_cycle_label(self) -> str:
        """The state in words."""
        return LIFE_CYCLE_LABELS[self.life_cycle]

    @property
    def is_resting(self) -> bool:
        """Whether nobody visits it for now."""
        return self.life_cycle in RESTING

    @property
    def shown_health(self) -> str | None:
        """What the health component shows: the class, or that it could not be told."""
        if self.health_status == NOT_ASSESSABLE:
            return NOT_ASSESSABLE
        return self.health_class


@lru_cache(maxsize=4)
def line_columns(today: date) -> Select[*tuple[Any, ...]]:
    """The statement for lines, without conditions; kept, because making it costs."""
    village, district = aliased(Area), aliased(Area)
    return (
        select(
            Enterprise.id,
            Enterprise.name,
            Owner.name.label("owner_name"),
            Enterprise.product_line,
            Enterprise.sector,
            Enterprise.village_code,
            village.name.label("village_name"),
            district.name.label("district_name"),
            Enterprise.hamlet,
            Account.name.label("mentor_name"),
            Enterprise.size_class,
            Enterprise.life_cycle,
            Enterprise.health_class,
            Enterprise.health_status,
            Enterprise.health_score,
            Enterprise.assessed_on,
            func.coalesce(expired(today), False).label("is_expired"),
            Enterprise.has_plan,
            Enterprise.last_visit_on,
            Enterprise.next_visit_due_on,
            Enterprise.sick_since_on,
            func.coalesce(overdue(today), False).label("is_overdue"),
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(village, village.code == Enterprise.village_code)
        .join(district, district.code == village.parent_code)
        .outerjoin(Account, Account.id == Enterprise.mentor_id)
    )


def line_of(row: Row[Any]) -> EnterpriseLine:
    """A line of a row with its columns and a `sort_key`."""
    values = row._asdict()
    del values["sort_key"]
    values["is_expired"] = bool(values["is_expired"])
    values["is_overdue"] = bool(values["is_overdue"])
    values["unplanned_days"] = _unplanned_days(row, values.pop("sick_since_on"))
    return EnterpriseLine(**values)


def _unplanned_days(row: Row[Any], sick_since_on: date | None) -> int | None:
    if sick_since_on is None or row.has_plan or row.life_cycle in RESTING:
        return None
    return (local_today() - sick_since_on).days
