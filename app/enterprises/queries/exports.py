"""The rows of a list for a file, read one after the other, and the files that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, literal, not_, select, true
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.models.exports import RegisterExport
from app.enterprises.queries.conditions import reached
from app.enterprises.queries.consents import may_use
from app.enterprises.queries.listing import ordering
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.list_filter import ListFilter
from app.places.models import Area

_READ_AT_ONCE = 1000


def export_rows(
    scope: Scope, wanted: ListFilter, *, sort: str, also: ColumnElement[bool] | None = None
) -> Iterator[Row[Any]]:
    """All rows of a list in its order, read on a connection of their own and never all held.

    Whose owner withdrew or restricted their data is left out. `also` is a condition of a higher
    feature.
    """
    statement = _rows().where(reached(scope, wanted), may_use(BASE)).order_by(*ordering(sort))
    if also is not None:
        statement = statement.where(also)
    with db.engine.connect() as connection:
        result = connection.execution_options(yield_per=_READ_AT_ONCE).execute(statement)
        yield from result


def row_count(
    scope: Scope, wanted: ListFilter, *, most: int, also: ColumnElement[bool] | None = None
) -> int:
    """How many rows the file of a list has, narrowed by `also`, at most one more than `most`."""
    found = (
        select(literal(1))
        .select_from(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(reached(scope, wanted), may_use(BASE), true() if also is None else also)
        .limit(most + 1)
    )
    return db.session.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def left_out_count(
    scope: Scope, wanted: ListFilter, *, also: ColumnElement[bool] | None = None
) -> int:
    """How many rows of a list are in no file, because their owner withdrew or restricted."""
    statement = (
        select(func.count())
        .select_from(Enterprise)
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(reached(scope, wanted), not_(may_use(BASE)), true() if also is None else also)
    )
    return db.session.execute(statement).scalar_one()


def exports_since(account_id: UUID, since: datetime) -> int:
    """How many files a person has asked for since an instant."""
    statement = (
        select(func.count())
        .select_from(RegisterExport)
        .where(RegisterExport.account_id == account_id, RegisterExport.created_at >= since)
    )
    return db.session.execute(statement).scalar_one()


def own_export(scope: Scope, export_id: UUID) -> RegisterExport:
    """A file that this person asked for, while they still reach what is in it.

    Raises:
        NotFound: unknown, somebody else's, not finished, or beyond what they reach today.
    """
    found = db.session.get(RegisterExport, export_id)
    if (
        found is None
        or found.account_id != scope.account_id
        or found.finished_at is None
        or not all(scope.covers_area(area) for area in found.scope_areas)
    ):
        raise NotFound("export_unknown", message="Berkas ini tidak ditemukan.")
    return found


def export_by_id(export_id: UUID) -> RegisterExport:
    """A file that is to be made, for the job that makes it."""
    return db.session.execute(
        select(RegisterExport).where(RegisterExport.id == export_id)
    ).scalar_one()


def _rows() -> Any:
    village, district, regency = aliased(Area), aliased(Area), aliased(Area)
    return (
        select(
            *_ABOUT_OWNER,
            *_ABOUT_ENTERPRISE,
            village.name.label("village_name"),
            district.name.label("district_name"),
            regency.name.label("regency_name"),
            Account.name.label("mentor_name"),
            # For opening NIK and phone number; they are no columns of the file.
            Owner.id.label("owner_id"),
            Owner.nik_sealed,
            Owner.phone_sealed,
        )
        .join(Owner, Owner.id == Enterprise.owner_id)
        .join(village, village.code == Enterprise.village_code)
        .join(district, district.code == village.parent_code)
        .join(regency, regency.code == district.parent_code)
        .outerjoin(Account, Account.id == Enterprise.mentor_id)
    )


_ABOUT_OWNER = (
    Owner.name.label("owner_name"),
    Owner.nik_masked,
    Owner.sex,
    Owner.born_on,
    Owner.education,
    Owner.category,
    Owner.relation,
    Owner.country,
    Owner.work_sector,
    Owner.years_abroad,
    Owner.returned_on,
    Owner.consented_on,
    Owner.consent_way,
)
_ABOUT_ENTERPRISE = (
    Enterprise.name,
    Enterprise.product_line,
    Enterprise.sector,
    Enterprise.kbli_code,
    Enterprise.kbli_version,
    Enterprise.village_code,
    Enterprise.hamlet,
    Enterprise.address,
    Enterprise.lat,
    Enterprise.lng,
    Enterprise.nib,
    Enterprise.npwp,
    Enterprise.started_on,
    Enterprise.workers_paid_male,
    Enterprise.workers_paid_female,
    Enterprise.workers_family_male,
    Enterprise.workers_family_female,
    Enterprise.capital,
    Enterprise.yearly_sales,
    Enterprise.size_class,
    Enterprise.is_ultra_micro,
    Enterprise.has_equipment,
    Enterprise.sold_outside_home,
    Enterprise.declared_non_halal,
    Enterprise.is_seasonal,
    Enterprise.life_cycle,
    Enterprise.life_cycle_on,
    Enterprise.life_cycle_reason,
    Enterprise.health_class,
    Enterprise.health_score,
    Enterprise.health_status,
    Enterprise.assessed_on,
    Enterprise.health_valid_until,
    Enterprise.has_plan,
    Enterprise.last_visit_on,
    Enterprise.next_visit_due_on,
)
