"""How far a scope reaches into the register: the conditions that every query of it begins with."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import joinedload

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope, range_of
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.plans import beside_index

Row = TypeVar("Row")


def within(scope: Scope, *, by_index: bool = True) -> ColumnElement[bool]:
    """The condition on `Enterprise` that holds for what the scope reaches, and nothing else.

    `by_index=False` keeps SQLite from looking the areas up first (see `plans`).
    """
    if WHOLE_COUNTRY in scope.areas:
        return true()
    conditions = [in_area(area, by_index=by_index) for area in scope.areas]
    if scope.mentor_account_id is not None:
        conditions.append(Enterprise.mentor_id == scope.mentor_account_id)
    if scope.owner_account_id is not None:
        own = select(Owner.id).where(Owner.account_id == scope.owner_account_id)
        conditions.append(Enterprise.owner_id.in_(own))
    return or_(*conditions) if conditions else false()


def in_area(area: str, *, by_index: bool = True) -> ColumnElement[bool]:
    """The condition on `Enterprise` that its village is, or lies in, an area."""
    if area == WHOLE_COUNTRY:
        return true()
    code: Any = Enterprise.village_code if by_index else beside_index(Enterprise.village_code)
    if len(area) == _VILLAGE_LENGTH:
        return and_(code == area)
    first, last = range_of(area)
    return and_(code >= first, code < last)


def within_area(scope: Scope, area: str, *, by_index: bool = True) -> ColumnElement[bool]:
    """The condition on `Enterprise` that it lies in an area and the scope reaches it.

    What lies in an area that is reached as a whole needs no second range: SQLite would walk along
    the wider one.
    """
    asked = in_area(area, by_index=by_index)
    return asked if scope.covers_area(area) else and_(within(scope, by_index=by_index), asked)


def enterprise(scope: Scope, enterprise_id: UUID) -> Enterprise:
    """One enterprise, with its owner loaded.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    statement = (
        select(Enterprise)
        .where(Enterprise.id == enterprise_id, within(scope))
        .options(joinedload(Enterprise.owner))
    )
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    return found


def row_within(
    scope: Scope, table: type[Row], key: UUID, *, unknown: NotFound, locked: bool = False
) -> Row:
    """One row of a table whose rows belong to enterprises, the way a scope reaches them.

    `locked` holds the row until the transaction ends.

    Raises:
        NotFound: `unknown`, also for a row of an enterprise outside the scope.
    """
    columns: Any = table
    statement = (
        select(table)
        .join(Enterprise, Enterprise.id == columns.enterprise_id)
        .where(columns.id == key, within(scope))
    )
    if locked:
        statement = statement.with_for_update(of=table)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise unknown
    return found


def enterprise_with_nib(scope: Scope, nib: str) -> UUID | None:
    """The enterprise within the scope that has this NIB."""
    if not nib:
        return None
    return db.session.scalars(
        select(Enterprise.id).where(Enterprise.nib == nib, within(scope))
    ).one_or_none()


def owner(scope: Scope, owner_id: UUID) -> Owner:
    """One owner, who is reached through an enterprise of theirs.

    An owner without any enterprise is reached by those who reach the whole country, and by
    themselves.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    found = db.session.scalars(
        select(Owner).where(Owner.id == owner_id, owner_within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("owner_unknown", message="Pemilik ini tidak ditemukan.")
    return found


def owner_within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Owner` that one of their enterprises is reached."""
    if WHOLE_COUNTRY in scope.areas:
        return true()
    reached = exists().where(Enterprise.owner_id == Owner.id, within(scope))
    if scope.owner_account_id is not None:
        return or_(reached, Owner.account_id == scope.owner_account_id)
    return reached


def enterprises_of(scope: Scope, owner_id: UUID) -> list[Enterprise]:
    """The enterprises of an owner that the scope reaches, by name."""
    statement = (
        select(Enterprise)
        .where(Enterprise.owner_id == owner_id, within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    return list(db.session.scalars(statement))


_VILLAGE_LENGTH = 13
