"""Reading accounts, and the one place that says how far a person reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Account, LoginSession, Membership
from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound
from app.core.permissions import ROLE_LABELS, ROLE_PERMISSIONS, Permission, Role
from app.core.scope import WHOLE_COUNTRY, Scope, is_within
from app.core.text import search_text
from app.db import db
from app.db.areas import lies_in_any
from app.places.models import Area
from app.places.queries import path_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipLine:
    """A role in a place, as shown."""

    id: UUID
    role: Role
    role_label: str
    area_code: str
    area_label: str
    from_on: date
    until_on: date | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account as a list shows it."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    is_active: bool
    second_factor_at: datetime | None
    memberships: tuple[MembershipLine, ...]


def current_memberships(account_id: UUID, *, today: date | None = None) -> list[Membership]:
    """The memberships of an account that are in force on a day (default: today)."""
    day = today or local_today()
    statement = (
        select(Membership)
        .where(Membership.account_id == account_id, in_force(day))
        .order_by(Membership.from_on, Membership.id)
    )
    return list(db.session.scalars(statement))


def in_force(day: date) -> ColumnElement[bool]:
    """Whether a membership is in force on a day."""
    return and_(
        Membership.from_on <= day, or_(Membership.until_on.is_(None), Membership.until_on >= day)
    )


def roles_of(account_id: UUID) -> frozenset[Role]:
    """The roles that an account has today, wherever."""
    return frozenset(Role(membership.role) for membership in current_memberships(account_id))


def scope_of(account_id: UUID, permission: Permission) -> Scope:
    """How far an account reaches under one permission: the sum of the roles that grant it."""
    return reach(account_id, current_memberships(account_id), permission)


def reach(account_id: UUID, memberships: Iterable[Membership], permission: Permission) -> Scope:
    """The scope that these memberships give under one permission."""
    areas: list[str] = []
    is_mentor = is_owner = False
    for membership in memberships:
        role = Role(membership.role)
        if permission not in ROLE_PERMISSIONS[role]:
            continue
        if role is Role.MENTOR:
            # A mentor's area says where they work; their reach is what is assigned to them.
            is_mentor = True
        elif role is Role.ENTREPRENEUR:
            is_owner = True
        else:
            areas.append(membership.area_code)
    return Scope(
        account_id=account_id,
        areas=tuple(sorted(set(areas))),
        mentor_account_id=account_id if is_mentor else None,
        owner_account_id=account_id if is_owner else None,
    )


def work_areas(account_id: UUID, permission: Permission) -> tuple[str, ...]:
    """The areas of the roles that grant a permission, a mentor's work area among them."""
    return tuple(
        sorted(
            {
                membership.area_code
                for membership in current_memberships(account_id)
                if permission in ROLE_PERMISSIONS[Role(membership.role)]
            }
        )
    )


def account_by_name(name: str) -> Account | None:
    """The account whose e-mail (case ignored) or phone (+62...) this is."""
    statement = select(Account).where(or_(Account.email == name.lower(), Account.phone == name))
    return db.session.scalars(statement).one_or_none()


def session_by_token(token_sha256: str) -> LoginSession | None:
    """The log-in whose token has this hash, with its account."""
    return db.session.get(LoginSession, token_sha256, options=[selectinload(LoginSession.account)])


def names(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of accounts, for lines that show who did something."""
    wanted = {account_id for account_id in account_ids if account_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def own_sessions(account_id: UUID) -> list[tuple[str, str, datetime, datetime]]:
    """The log-ins of an account: (token hash, device, since, last seen), newest first."""
    statement = (
        select(
            LoginSession.token_sha256,
            LoginSession.device,
            LoginSession.created_at,
            LoginSession.seen_at,
        )
        .where(LoginSession.account_id == account_id)
        .order_by(LoginSession.created_at.desc(), LoginSession.token_sha256)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


def accounts(scope: Scope, *, text: str = "", role: Role | None = None) -> list[AccountLine]:
    """Accounts with a membership inside the areas of the scope, by name; not owners' cards.

    People whose every membership lies elsewhere don't exist here; at most 500 are given.
    """
    condition = _membership_within(scope)
    if role is not None:
        condition = and_(condition, Membership.role == role)
    statement = (
        select(Account)
        .where(Account.memberships.any(condition), Account.is_card_only.is_(False))
        .options(selectinload(Account.memberships))
        .order_by(Account.name, Account.id)
    )
    wanted = search_text(text)
    found = [one for one in db.session.scalars(statement) if wanted in search_text(one.name)][:500]
    labels = path_labels(membership.area_code for one in found for membership in one.memberships)
    return [_line(account, scope, labels) for account in found]


def people(scope: Scope, *, role: Role) -> list[tuple[UUID, str]]:
    """Who has a role inside the areas of the scope: account and name, by name."""
    condition = and_(_membership_within(scope), Membership.role == role)
    statement = (
        select(Account.id, Account.name)
        .where(Account.memberships.any(condition), Account.is_card_only.is_(False))
        .order_by(Account.name, Account.id)
        .limit(500)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def account_within(scope: Scope, account_id: UUID) -> Account:
    """The account, if one of its memberships lies inside the scope.

    Raises:
        NotFound: unknown, or wholly elsewhere.
    """
    statement = select(Account).where(
        Account.id == account_id,
        Account.memberships.any(_membership_within(scope)),
        # Who has a card alone is looked after on the page of their card, and gets no other role.
        Account.is_card_only.is_(False),
    )
    account = db.session.scalars(statement).one_or_none()
    if account is None:
        raise NotFound("account_unknown")
    return account


def account_line(scope: Scope, account_id: UUID) -> AccountLine:
    """One account with the memberships that lie inside the scope."""
    account = account_within(scope, account_id)
    return _line(account, scope, _labels(account))


def membership_lines(account_id: UUID) -> tuple[MembershipLine, ...]:
    """All roles of one account, with the names of their places, for the person themselves."""
    account = db.session.get(Account, account_id)
    whole = Scope(account_id=account_id, areas=(WHOLE_COUNTRY,))
    return _line(account, whole, _labels(account)).memberships if account is not None else ()


def area_named(scope: Scope, text: str) -> str:
    """The code of the area that a code or name means, among those of the scope.

    Raises:
        InvalidInput: field "area", with the possible codes when several have that name.
    """
    if not text:
        return WHOLE_COUNTRY
    if db.session.get(Area, text) is not None:
        return text
    found = db.session.execute(
        select(Area.code, Area.name)
        .where(Area.search_name.in_(_names_of_area(text)))
        .order_by(Area.code)
    ).all()
    within = [(code, name) for code, name in found if scope.covers_area(code)]
    if len(within) == 1:
        return str(within[0][0])
    offered = ", ".join(f"{code} ({name})" for code, name in within[:6])
    raise InvalidInput(
        "area_unclear" if within else "area_unknown",
        field="area",
        message=f"Ada beberapa, tulis kodenya: {offered}."
        if within
        else "Wilayah tidak ditemukan. Tulis nama lengkap atau kodenya.",
    )


def _names_of_area(text: str) -> tuple[str, ...]:
    plain = search_text(text)
    bare = plain.removeprefix("kabupaten ").removeprefix("kecamatan ").removeprefix("desa ")
    return (plain, bare, f"kabupaten {bare}", f"kota {bare}")


def accounts_within(scope: Scope) -> Select[UUID]:
    """The ids of accounts with a membership inside the areas of the scope, as a subquery."""
    return select(Membership.account_id).where(_membership_within(scope))


def _membership_within(scope: Scope) -> ColumnElement[bool]:
    return lies_in_any(Membership.area_code, scope.areas)


def _labels(account: Account) -> dict[str, str]:
    return path_labels(membership.area_code for membership in account.memberships)


def _line(account: Account, scope: Scope, labels: Mapping[str, str]) -> AccountLine:
    today = local_today()
    return AccountLine(
        id=account.id,
        name=account.name,
        email=account.email,
        phone=account.phone,
        is_active=account.is_active,
        second_factor_at=account.second_factor_at,
        memberships=tuple(
            MembershipLine(
                id=membership.id,
                role=Role(membership.role),
                role_label=ROLE_LABELS[Role(membership.role)],
                area_code=membership.area_code,
                area_label=labels.get(membership.area_code, "Seluruh Indonesia"),
                from_on=membership.from_on,
                until_on=membership.until_on,
                is_current=membership.from_on <= today
                and (membership.until_on is None or membership.until_on >= today),
            )
            for membership in account.memberships
            if any(is_within(membership.area_code, area) for area in scope.areas)
        ),
    )
