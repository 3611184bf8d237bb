"""Requests of owners within one's reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, select

from app.accounts.queries import names
from app.core.clock import utc_now
from app.core.errors import NotFound, WrongState
from app.core.permissions import Permission
from app.core.scope import Scope
from app.dashboard.queries.desk import Waiting, stand_in_front
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import owner_within, within
from app.rights.models import PersonRequest
from app.rights.rules.requests import (
    KIND_LABELS,
    OWN_PAGE,
    STATE_LABELS,
    WAITING,
    Clock,
    clock_of,
)

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request as lists and its page show it."""

    row: PersonRequest
    owner_name: str
    kind_label: str
    state_label: str
    clock: Clock
    recorded_by: str
    answered_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for an answer."""
        return self.row.state == WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """Requests, those that are due first in front; `overdue_count` of them are late."""

    lines: tuple[RequestLine, ...]
    waiting_count: int
    overdue_count: int


def work_list(scope: Scope, *, answered: bool = False) -> WorkList:
    """The requests that wait for an answer, or the latest that have one."""
    now = utc_now()
    statement = _requests(scope).where(
        PersonRequest.state != WAITING if answered else PersonRequest.state == WAITING
    )
    order = (
        (PersonRequest.answered_at.desc(), PersonRequest.id)
        if answered
        else (PersonRequest.due_at, PersonRequest.id)
    )
    lines = _lines(statement.order_by(*order).limit(_MOST), now)
    waiting = (
        select(func.count(), func.sum(_late(now)))
        .select_from(PersonRequest)
        .join(Owner, Owner.id == PersonRequest.owner_id)
        .where(PersonRequest.state == WAITING, owner_within(scope))
    )
    count, late = db.session.execute(waiting).one()
    return WorkList(lines=lines, waiting_count=count, overdue_count=late or 0)


def waiting_count(scope: Scope) -> int:
    """How many requests wait for an answer."""
    waiting = (
        select(func.count())
        .select_from(PersonRequest)
        .join(Owner, Owner.id == PersonRequest.owner_id)
        .where(PersonRequest.state == WAITING, owner_within(scope))
    )
    return db.session.execute(waiting).scalar_one()


stand_in_front(
    Waiting(
        label="Permintaan pemilik tentang datanya, dijawab dalam 72 jam",
        endpoint="rights.index",
        permission=Permission.PERSON_REQUEST,
        count=waiting_count,
    )
)


def request(scope: Scope, request_id: UUID) -> RequestLine:
    """One request.

    Raises:
        NotFound: unknown, or of an owner outside the scope.
    """
    found = _lines(_requests(scope).where(PersonRequest.id == request_id), utc_now())
    if not found:
        raise NotFound("request_unknown", message="Permintaan ini tidak ditemukan.")
    return found[0]


def requests_of(
    scope: Scope, owner_id: UUID, *, with_own_page: bool = True
) -> tuple[RequestLine, ...]:
    """The requests of one owner, newest first; those of their own page are not for mentors."""
    statement = _requests(scope).where(PersonRequest.owner_id == owner_id)
    if not with_own_page:
        statement = statement.where(PersonRequest.came_by != OWN_PAGE)
    return _lines(statement.order_by(PersonRequest.received_at.desc(), PersonRequest.id), utc_now())


def check_whole_reach(scope: Scope, owner_id: UUID) -> None:
    """Refuse what touches all data of a person to who reaches only some of it.

    Raises:
        WrongState: an enterprise of the owner lies elsewhere.
    """
    elsewhere = exists().where(Enterprise.owner_id == owner_id, ~within(scope))
    if db.session.execute(select(elsewhere)).scalar_one():
        raise WrongState(
            "owner_partly_elsewhere",
            message="Sebagian usaha pemilik ini di luar wilayah Anda. Teruskan permintaan ini "
            "kepada Disnaker provinsi atau admin.",
        )


def _requests(scope: Scope) -> Any:
    return (
        select(PersonRequest, Owner.name.label("owner_name"))
        .join(Owner, Owner.id == PersonRequest.owner_id)
        .where(owner_within(scope))
    )


def _late(now: datetime) -> Any:
    return case((PersonRequest.due_at < now, 1), else_=0)


def _lines(statement: Any, now: datetime) -> tuple[RequestLine, ...]:
    rows = db.session.execute(statement).all()
    people = names({row.PersonRequest.recorded_by for row in rows} | _answering(rows))
    return tuple(_line(row.PersonRequest, row.owner_name, people, now) for row in rows)


def _answering(rows: Any) -> set[UUID]:
    return {row.PersonRequest.answered_by for row in rows if row.PersonRequest.answered_by}


def _line(
    row: PersonRequest, owner_name: str, people: dict[UUID, str], now: datetime
) -> RequestLine:
    return RequestLine(
        row=row,
        owner_name=owner_name,
        kind_label=KIND_LABELS[row.kind],
        state_label=STATE_LABELS[row.state],
        clock=clock_of(row.due_at, now=now, answered_at=row.answered_at),
        recorded_by=people.get(row.recorded_by, ""),
        answered_by=people.get(row.answered_by) if row.answered_by else None,
    )
